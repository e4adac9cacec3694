"""From what was found to the settings of this kiosk: which profile is likely, and what differs from it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum

from kiosk.actions.commissioning import Finding, Measured, Outcome
from kiosk.devices.profiles import PrinterProfile, load_profile, profile_from, profile_names
from kiosk.devices.sdt.profiles import GENERIC, reader_profile_names
from kiosk.resources import data

OWN_PROFILE = "commissioned"
"""The name of a profile that differs from the one it was made from."""
COLUMN_DOTS = 12
"""The width of one half-width character."""
Findings = Mapping[str, Finding]
Table = dict[str, object]


class Width(StrEnum):
    """The two papers of slip printers."""

    NARROW = "58"
    WIDE = "80"


_WIDTH_DOTS = {Width.NARROW: range(1, 433), Width.WIDE: range(433, 833)}


def likely_profiles(traits: Measured, width: Width) -> list[str]:
    """Return the profiles for this paper, the likeliest first.

    A name that the printer tells of itself weighs most, then what it answers; a profile that counts on an
    answer which did not come goes to the end.
    """
    names = [name for name in profile_names() if load_profile(name).width_dots in _WIDTH_DOTS[width]]
    return sorted(names, key=lambda name: (-_likelihood(load_profile(name), traits), name))


def likely_readers(words: str) -> list[str]:
    """Return the readers' profiles, the likeliest first: one that the system's words for the port name.

    All modules answer alike before a card lies there, so there is nothing to ask them.
    """
    said = _plain(words)
    return sorted(
        reader_profile_names(), key=lambda name: (_plain(name) not in said, name != GENERIC.name, name)
    )


def overrides(findings: Findings) -> Table:
    """Return the keys of the printer's profile that were found to be otherwise."""
    base = load_profile(_base_name(findings))
    found: Table = {}
    traits = _measured(findings, "printer.port")
    if base.has_token_reply and traits.get("answers_token") is False:
        found["has_token_reply"] = False
    if base.has_cut_count and traits.get("counts_cuts") is False and traits.get("has_presenter") is False:
        found["has_cut_count"] = False
    sensor = _measured(findings, "printer.near_end")
    if sensor:
        found["has_near_end_sensor"] = bool(sensor["has_sensor"])
        found["is_near_end_inverted"] = bool(sensor.get("is_inverted", False))
    if isinstance(width := _measured(findings, "printer.ruler").get("width_dots"), int):
        found |= {"width_dots": width, "columns": min(base.columns, width // COLUMN_DOTS)}
    return {key: value for key, value in found.items() if getattr(base, key) != value}


def profile_table(findings: Findings) -> Table:
    """Return the whole table of the printer's profile, as found."""
    name = _base_name(findings)
    table: Table = tomllib.loads(data("printers", f"{name}.toml").read_text(encoding="utf-8"))
    return table | overrides(findings)


def profile_of(findings: Findings) -> PrinterProfile:
    """Return the printer's profile as far as it is found out."""
    return profile_from(_base_name(findings), profile_table(findings))


def settings_of(findings: Findings) -> dict[str, str]:
    """Return the settings that follow; a device that was not found leaves its setting alone."""
    found: dict[str, str] = {}
    if url := _measured(findings, "reader.port").get("url"):
        found["reader_url"] = str(url)
    if name := _measured(findings, "reader.profile").get("name"):
        found["reader_profile"] = str(name)
    if url := _measured(findings, "printer.port").get("url"):
        # The probe does without flow control; a slip must not.
        found["printer_url"] = str(url).replace("&flow=none", "&flow=rtscts")
    if _measured(findings, "printer.profile"):
        found["printer_profile"] = OWN_PROFILE if overrides(findings) else _base_name(findings)
    if scanner := _measured(findings, "scanner.port"):
        found |= {"scanner_url": str(scanner["url"]), "scanner_profile": str(scanner["profile"])}
    return found


def _likelihood(profile: PrinterProfile, traits: Measured) -> int:
    spoken = _plain(f"{traits.get('maker', '')}{traits.get('model', '')}")
    family = _plain(profile.name.partition("-")[2])
    points = 8 if spoken and family and family in spoken else 0
    points += 4 if traits.get("has_presenter") is (profile.presenter.value != "none") else -4
    points += 2 if traits.get("answers_token") is profile.has_token_reply else -2
    points += 1 if profile.name.startswith("generic") else 0
    return points


def _plain(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _base_name(findings: Findings) -> str:
    return str(_measured(findings, "printer.profile")["name"])


def _measured(findings: Findings, step: str) -> Measured:
    found = findings.get(step)
    return found.measured if found is not None and found.outcome is Outcome.OK else {}
