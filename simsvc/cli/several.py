"""Several scenarios judged in turn: a table each, a closing table, one JSON; bad input stops nothing but itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from simsvc.cli.common import open_scenario
from simsvc.cli.guard import BAD_INPUT
from simsvc.cli.output import FORMAT, console, print_problems, print_table, write_json
from simsvc.cli.words import word
from simsvc.errors import InputError, Problem, SimsvcError

if TYPE_CHECKING:
    from simsvc.cli.judging import Job
    from simsvc.network import Network
    from simsvc.promise import Validation
    from simsvc.scenario import Scenario

FAILS, UNDECIDED = 1, 3


@dataclass
class Outcome:
    """What has come of each scenario so far, by the name given: a validation, or what it was refused for."""

    names: Sequence[str]
    judged: dict[str, Validation] = field(default_factory=dict)
    refused: dict[str, list[Problem]] = field(default_factory=dict)

    def refuse(self, name: str, error: SimsvcError) -> None:
        """Note why a scenario can't be judged, and say it on stderr."""
        problems = error.problems if isinstance(error, InputError) else [Problem(name, "", str(error))]
        self.refused.setdefault(name, []).extend(problems)
        console(stderr=True).print(f"{name}:", style="bold")
        print_problems(problems)

    @property
    def exit_code(self) -> int:
        """2 if one was refused, else 1 if one fails, else 3 if one is undecided, else 0."""
        codes = {v.exit_code for v in self.judged.values()}
        if self.refused:
            return BAD_INPUT
        return next((code for code in (FAILS, UNDECIDED) if code in codes), 0)

    def as_json(self) -> dict[str, Any]:
        """Everything, in the order of the command line."""
        from simsvc.promise import to_json

        return {
            "format": FORMAT,
            "validations": [to_json(self.judged[name]) for name in self.names if name in self.judged],
            "refused": [
                {"scenario": name, "problems": [asdict(p) for p in self.refused[name]]}
                for name in self.names
                if name in self.refused
            ],
        }


def judge_each(names: Sequence[str], changes: list[str] | None, job: Job, json: str | None) -> int:
    """Judge the scenarios in turn and return the exit code.

    Bad input is told first, before anything is simulated. The JSON file is written after each scenario, so that what is
    done stays when a later one is interrupted.
    """
    outcome, language, out = Outcome(names), job.language.value, console()
    opened = list(_opened(outcome, changes))
    for k, (name, scenario, net) in enumerate(opened, 1):
        try:
            result = job.judge(scenario, word("of", language).format(name=scenario.name, k=k, n=len(opened)))
            outcome.judged[name] = result
            if json is not None and json != "-":
                write_json(outcome.as_json(), json)
            job.show(result, scenario, net, name)
            job.page(result, scenario)
        except SimsvcError as error:
            outcome.refuse(name, error)
        if not job.quiet:
            out.print()
    if json is not None:
        write_json(outcome.as_json(), json)
    if not job.quiet:
        columns = [word("scenario", language), *_heads(language)]
        print_table(out, word("summary", language), columns, _summary(outcome, language))
    return outcome.exit_code


def _opened(outcome: Outcome, changes: list[str] | None) -> Iterator[tuple[str, Scenario, Network]]:
    """Scenarios with their networks; what can't be opened is refused, as is a second one of the same name."""
    from simsvc import network

    known: dict[str, str] = {}
    for name in outcome.names:
        try:
            scenario = open_scenario(name, changes)
            net = network.load(scenario.model.network, scenario.folder)
            before = known.setdefault(scenario.name, name)
            if before != name:
                message = f"{before} and {name} are both named so"
                raise InputError(Problem("name", scenario.name, message, "give one of them another name"))
        except SimsvcError as error:
            outcome.refuse(name, error)
        else:
            yield name, scenario, net


def _heads(language: str) -> list[str]:
    from simsvc.report.words import Words

    words = Words(language)
    verdicts = [words(f"verdict.{v}") for v in ("holds", "fails", "undecided", "no cases")]
    return [*verdicts, word("estimates", language), word("result", language)]


def _summary(outcome: Outcome, language: str) -> Iterator[Sequence[object]]:
    from rich.text import Text

    from simsvc.cli.verdicts import STYLES
    from simsvc.report.words import Words

    words = Words(language)
    for name in outcome.names:
        found = outcome.judged.get(name)
        counts: list[object] = ["–"] * 5
        state, said = "fails", word("bad_input", language)
        if found is not None:
            base = found.base()
            counts = [sum(r.verdict == v for r in base) for v in ("holds", "fails", "undecided", "no cases")]
            counts.append(sum(r.kind == "measure" for r in found.rows))
            if name not in outcome.refused:
                state = {0: "holds", FAILS: "fails"}.get(found.exit_code, "undecided")
                said = words(f"verdict.{state}")
        yield found.scenario if found is not None else name, *counts, Text(said, STYLES[state])
