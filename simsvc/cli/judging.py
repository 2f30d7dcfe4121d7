"""What ``validate`` does with one scenario: judge it, print what was found, write its page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simsvc.cli.common import Language
from simsvc.cli.options import Engine
from simsvc.cli.progress import How, progress

if TYPE_CHECKING:
    from simsvc.network import Network
    from simsvc.promise import Validation
    from simsvc.scenario import Scenario
    from simsvc.study.workers import Workers


@dataclass(frozen=True)
class Job:
    """How scenarios are judged, and where what they say goes.

    ``report``: a file for one, a folder for several. ``crew``: processes that try the ranges, kept for all of them.
    """

    seed: int
    replications: int | None
    engine: Engine
    workers: int | None
    progress: How
    language: Language
    counties: bool
    robust: bool | None
    quiet: bool
    crew: Workers
    report: Path | None = None

    def judge(self, scenario: Scenario, label: str) -> Validation:
        """Simulate; ``label`` stands beside the progress."""
        from simsvc.study import validate

        with progress(label, self.progress, self.language.value) as tell:
            return validate(
                scenario,
                replications=self.replications,
                seed=self.seed,
                engine=self.engine.value,
                workers=self.workers,
                crew=self.crew,
                progress=tell,
                robust=self.robust,
            )

    def show(self, result: Validation, scenario: Scenario, net: Network, given: str) -> None:
        """Print, under the name given, unless the standard output is for JSON."""
        from simsvc.cli.output import console
        from simsvc.cli.verdicts import print_validation

        if not self.quiet:
            lang = self.language.value
            print_validation(console(), result, scenario.model, net, lang, counties=self.counties, given=given)

    def page(self, result: Validation, scenario: Scenario) -> None:
        """Write the report page, if one is wanted.

        Raises
        ------
        InputError
            If it can't be written.
        """
        from simsvc.cli.output import console
        from simsvc.errors import InputError, Problem
        from simsvc.report import report as write_report

        if self.report is None:
            return
        page = self.report / f"{scenario.name}.html" if self.report.is_dir() else self.report
        try:
            write_report(result, page, language=self.language.value, scenario=scenario)
        except OSError as error:
            problem = Problem("--report", str(page), f"can't be written: {error.strerror}", "name another place")
            raise InputError(problem) from None
        console(stderr=True).print(f"→ {page}")
