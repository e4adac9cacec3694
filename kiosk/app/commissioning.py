"""One commissioning of a kiosk's devices: kept while it lasts; at its end settings and a dated report.

| in the data folder           | what                                                              |
| ---------------------------- | ----------------------------------------------------------------- |
| commissioning/progress.json  | what is finished; an interrupted drill goes on from here          |
| commissioning/report-….html  | what was done and measured; the same as .json                     |
| printers/commissioned.toml   | the printer's profile, where it differs from the program's        |
| kiosk.toml                   | the settings that follow; the file before stays as kiosk.toml.bak |
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.actions.commissioning import Attendant, Finding, Outcome
from kiosk.actions.faults import WorldFault
from kiosk.app.building import OWN_PRINTERS
from kiosk.app.commissioning_report import Report, finding_from, report_html, report_json, values_of
from kiosk.app.settings import options, replace_file, toml_text, write_settings
from kiosk.catalogue import Catalogue
from kiosk.devices.commissioning.bench import USUAL, Bench, DrillTimes
from kiosk.devices.commissioning.drill import Drill, step_names
from kiosk.devices.commissioning.ports import Port, found_ports
from kiosk.devices.commissioning.suggestions import OWN_PROFILE, overrides, profile_table, settings_of
from kiosk.domain.sentences import Sentence

FOLDER = "commissioning"
_PROGRESS = "progress.json"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A finished drill: the findings, the settings that were written, and where the report lies."""

    findings: tuple[Finding, ...]
    settings: Mapping[str, str]
    report: Path

    @property
    def has_failed(self) -> bool:
        """Return whether any step failed."""
        return any(finding.outcome is Outcome.FAILED for finding in self.findings)


class Commissioning:
    """The drill of one kiosk, which its data folder remembers across interruptions."""

    def __init__(
        self,
        data_dir: Path,
        tr: Catalogue,
        now: Callable[[], datetime],
        given: Sequence[str] = (),
        times: DrillTimes = USUAL,
        look_for_ports: Callable[[Sequence[str]], list[Port]] = found_ports,
    ) -> None:
        """`given` are ports named by hand, `now` is the hall's time, `tr` the language of page and report.

        Raises WorldFault for a port that cannot be one.
        """
        try:
            look_for_ports(given)
        except ValueError as error:
            raise WorldFault(Sentence("commissioning.bad_port", {"cause": str(error)})) from error
        self._data_dir = data_dir
        self._tr = tr
        self._now = now
        self._given = tuple(given)
        self._times = times
        self._look_for_ports = look_for_ports
        self._folder = data_dir / FOLDER
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._kept = self._read()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what is finished, in the order of the steps."""
        return tuple(self._kept[name] for name in step_names() if name in self._kept)

    def begin_again(self, steps: Sequence[str] | None = None) -> None:
        """Forget what was found, of all steps or a few; then the rest of the last drill still counts."""
        if steps is not None and not self._kept:
            self._kept = self._last_report()
        for name in step_names() if steps is None else steps:
            self._kept.pop(name, None)
        self._write()

    def run(self, attendant: Attendant, by: str) -> Conclusion:
        """Go through the open steps and conclude; raises DrillInterrupted when the attendant leaves."""
        bench = Bench(
            look_for_ports=lambda: self._look_for_ports(self._given),
            attendant=attendant,
            tr=self._tr,
            times=self._times,
            findings=dict(self._kept),
        )
        Drill(bench, self._keep).run()
        return self._conclude(by)

    def _conclude(self, by: str) -> Conclusion:
        """Write profile, settings and report, and only then forget the progress."""
        now = self._now()
        wanted = settings_of(self._kept)
        known = {option.name for option in options()}
        settings = {name: value for name, value in wanted.items() if name in known}
        report = Report(self.findings, wanted, now, by)
        path = self._folder / f"report-{now:%Y%m%d-%H%M%S}.html"
        replace_file(path.with_suffix(".json"), report_json(report))
        replace_file(path, report_html(report, self._tr))
        if wanted.get("printer_profile") == OWN_PROFILE:
            own = self._data_dir / OWN_PRINTERS
            own.mkdir(mode=0o700, exist_ok=True)
            replace_file(own / f"{OWN_PROFILE}.toml", self._profile_text(), keep_before=True)
        if settings:
            write_settings(self._data_dir, settings, keep_before=True)
        (self._folder / _PROGRESS).unlink(missing_ok=True)
        return Conclusion(self.findings, settings, path)

    def _profile_text(self) -> str:
        base = self._kept["printer.profile"].measured["name"]
        otherwise = ", ".join(sorted(overrides(self._kept)))
        head = f"# {base}, but as found at this kiosk: {otherwise}.\n"
        return head + toml_text(profile_table(self._kept))

    def _keep(self, finding: Finding) -> None:
        self._kept[finding.step] = finding
        self._write()

    def _write(self) -> None:
        kept = [values_of(finding) for finding in self.findings]
        replace_file(self._folder / _PROGRESS, json.dumps(kept, ensure_ascii=False, indent=1))

    def _read(self) -> dict[str, Finding]:
        """Return what an earlier drill finished; a file that makes no sense counts as none."""
        return _findings_in(self._folder / _PROGRESS, lambda told: told)

    def _last_report(self) -> dict[str, Finding]:
        reports = sorted(self._folder.glob("report-*.json"))
        return _findings_in(reports[-1], lambda told: told["findings"]) if reports else {}


def _findings_in(path: Path, listed: Callable[[Any], Any]) -> dict[str, Finding]:
    try:
        kept = [finding_from(values) for values in listed(json.loads(path.read_text(encoding="utf-8")))]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {finding.step: finding for finding in kept if finding.step in step_names()}
