"""The line of the trust card on the two engines."""

from __future__ import annotations

from dataclasses import dataclass

from simsvc.promise.result import Trust

WHAT = "Two engines agree", "双引擎一致性"


@dataclass(frozen=True)
class Twins:
    """One replication of a study, run by both engines.

    Attributes
    ----------
    replication : int
        Its number.
    rows : int
        Rows of all tables of its log.
    difference : str
        The first row that differs, in a line; empty when the logs are the same.
    """

    replication: int
    rows: int
    difference: str = ""


def twins_line(engine: str, twins: Twins | None) -> Trust:
    """What is known of the other engine's answer; ``twins`` is None where it was not run."""
    if twins is None and engine == "reference":
        return Trust(
            *WHAT,
            "not measured",
            "the reference engine, which defines the model, made this study; the compiled one was not run beside it",
            "本研究由参考引擎（模型的定义）完成；未与编译引擎对照",
        )
    if twins is None:
        return Trust(
            *WHAT,
            "not measured",
            "the compiled engine made this study; a replication is too large to be run again by the reference engine",
            "本研究由编译引擎完成；单次重复规模过大，未用参考引擎对照",
        )
    if twins.difference:
        return Trust(
            *WHAT,
            "warning",
            f"they differ in replication {twins.replication}: {twins.difference}; this is an error of the program, "
            "please report it and take the reference engine",
            f"第 {twins.replication} 次重复结果不一致：{twins.difference}；此为程序错误，请报告并改用参考引擎",
        )
    return Trust(
        *WHAT,
        "checked",
        f"replication {twins.replication} of this study was run by both: all {twins.rows:,} rows of the two logs are "
        "the same in every column",
        f"本研究第 {twins.replication} 次重复由两个引擎分别运行：日志共 {twins.rows:,} 行，逐列完全一致",
    )
