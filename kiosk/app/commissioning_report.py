"""What a commissioning found, as a page for people and as JSON for programs; nobody's card is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from kiosk.actions.commissioning import Finding, Measured, Outcome
from kiosk.catalogue import Catalogue
from kiosk.domain.sentences import Sentence

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.4em .6em;text-align:left;"
    "vertical-align:top}.ok{color:#0a5c2b}.failed{color:#a00}.skipped{color:#555}"
)


@dataclass(frozen=True, slots=True)
class Report:
    """All of one commissioning: `settings` are those that follow from it, `made_at` is the hall's time."""

    findings: tuple[Finding, ...]
    settings: Mapping[str, str]
    made_at: datetime
    made_by: str


def report_json(report: Report) -> str:
    """Return the report for programs."""
    values = {
        "made_at": report.made_at.isoformat(timespec="seconds"),
        "made_by": report.made_by,
        "settings": dict(report.settings),
        "findings": [values_of(finding) for finding in report.findings],
    }
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def report_html(report: Report, tr: Catalogue) -> str:
    """Return the report for people, one file that needs no other."""
    head = tr("commissioning.report.title", at=f"{report.made_at:%Y-%m-%d %H:%M}")
    rows = "".join(_row(finding, tr) for finding in report.findings)
    settings = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td><code>{escape(value)}</code></td></tr>"
        for name, value in report.settings.items()
    )
    columns = "".join(f"<th>{escape(tr(f'commissioning.report.{name}'))}</th>" for name in _COLUMNS)
    language = tr.language.replace("_", "-")
    return (
        f'<!doctype html>\n<html lang="{language}"><meta charset="utf-8"><title>{escape(head)}</title>'
        f"<style>{_STYLE}</style>\n<h1>{escape(head)}</h1>"
        f"<p>{escape(tr('commissioning.report.by', who=report.made_by))}</p>\n"
        f"<table><tr>{columns}</tr>\n{rows}</table>\n"
        f"<h2>{escape(tr('commissioning.report.settings'))}</h2>\n<table>{settings}</table></html>\n"
    )


def measured_words(measured: Measured, tr: Catalogue) -> str:
    """Return what was measured in words: 用时 1.2 秒 · 波特率 115200."""
    return " · ".join(
        tr(f"commissioning.measured.{name}", value=_word(value, tr))
        for name, value in measured.items()
        if value != ""
    )


def reason_words(finding: Finding, tr: Catalogue) -> str:
    """Return why a step failed or was skipped; nothing for one that went well."""
    return tr(finding.reason.key, **finding.reason.args) if finding.reason else ""


def values_of(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values."""
    reason = finding.reason
    return {
        "step": finding.step,
        "outcome": finding.outcome.value,
        "measured": dict(finding.measured),
        "reason": {"key": reason.key, "args": dict(reason.args)} if reason else None,
    }


def finding_from(values: Mapping[str, Any]) -> Finding:
    """Return the finding of plain values; raises KeyError, TypeError or ValueError where they are none."""
    reason = values["reason"]
    sentence = Sentence(reason["key"], reason["args"]) if reason else None
    return Finding(values["step"], Outcome(values["outcome"]), dict(values["measured"]), sentence)


_COLUMNS = ("step", "outcome", "measured", "reason")


def _row(finding: Finding, tr: Catalogue) -> str:
    cells = (
        tr(f"commissioning.step.{finding.step}"),
        tr(f"commissioning.outcome.{finding.outcome.value}"),
        measured_words(finding.measured, tr),
        reason_words(finding, tr),
    )
    body = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr class="{finding.outcome.value}">{body}</tr>\n'


def _word(value: object, tr: Catalogue) -> object:
    return tr(f"commissioning.value.{str(value).lower()}") if isinstance(value, bool) else value
