"""The tables of a study as files in a new folder, written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Literal

from simsvc.engine import SEMANTICS
from simsvc.errors import Problem, ScenarioError
from simsvc.log import TABLES
from simsvc.study.simulate import Study


def refuse_existing(folder: Path) -> None:
    """Refuse a folder that exists, or whose parent doesn't, before anything is computed.

    Raises
    ------
    ScenarioError
        Naming the folder.
    """
    if folder.exists():
        raise ScenarioError(Problem("--out", str(folder), "this exists already", "name a new folder"))
    if not folder.absolute().parent.is_dir():
        problem = Problem("--out", str(folder), f"there is no folder {folder.parent}", "make it first")
        raise ScenarioError(problem)


def export(study: Study, folder: Path, format_: Literal["parquet", "csv"] | str = "parquet") -> list[Path]:
    """Write every table, the scenario (``scenario.toml``) and what is needed to repeat the run (``study.json``).

    Parameters
    ----------
    study : Study
        From :func:`simsvc.simulate`.
    folder : Path
        A folder that does not exist yet.
    format_ : str
        ``"parquet"`` or ``"csv"``.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ScenarioError
        If the folder exists or can't be made.
    """
    refuse_existing(folder)
    made = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}."))
    try:
        for table in TABLES:
            frame = getattr(study, table)
            if format_ == "csv":
                frame.to_csv(made / f"{table}.csv", index=False)
            else:
                frame.to_parquet(made / f"{table}.parquet", index=False)
        (made / "scenario.toml").write_text(study.scenario.to_toml(), encoding="utf-8")
        about = {
            "format": 1,
            "scenario": study.scenario.name,
            "hash": study.scenario.hash,
            "seed": study.seed,
            "replications": list(study.logs),
            "engine": study.engine,
            "semantics": SEMANTICS,
        }
        (made / "study.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
        os.chmod(made, 0o755)
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return sorted(folder.iterdir())
