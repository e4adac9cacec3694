"""Every table of a printer is whole, and one that is not is refused with one clear sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.devices.profiles import Dialect, Presenter, Proven, load_profile, profile_names
from kiosk.resources import data

EMULATED = {"generic-58", "generic-80", "generic-80-gsh", "custom-kpm", "custom-vkp"}
FROM_MANUALS = {"epson-tm-t82", "xprinter-xp-58", "xprinter-xp-80", "gprinter-gp-80", "hprt-tp80k"}


def test_every_table_says_whether_it_was_ever_tried() -> None:
    proven = {name: load_profile(name).proven for name in profile_names()}
    assert {name for name, how in proven.items() if how is Proven.EMULATOR} == EMULATED
    assert {name for name, how in proven.items() if how is Proven.MANUAL} == FROM_MANUALS


@pytest.mark.parametrize("name", profile_names())
def test_a_table_holds_together(name: str) -> None:
    profile = load_profile(name)
    assert profile.columns * 12 == profile.width_dots, "a half-width character is twelve dots wide"
    assert (profile.near_end_mm > 0) is profile.has_near_end_sensor
    assert (profile.presenter is Presenter.NONE) is (profile.dialect is not Dialect.CUSTOM)


def _without(line: str) -> Callable[[str], str]:
    return lambda table: "".join(row for row in table.splitlines(keepends=True) if not row.startswith(line))


def _instead(line: str, said: str) -> Callable[[str], str]:
    return lambda table: _without(line)(table) + f"{said}\n"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without("band_rows"), "band_rows is missing"),
        (lambda table: table + "colour = true\n", "colour is not a key of a printer profile"),
        (_instead("width_dots", "width_dots = 5.5"), "width_dots is a whole number, not 5.5"),
        (_instead("width_dots", "width_dots = 575"), "width_dots is a multiple of 8, at most 832"),
        (_instead("width_dots", "width_dots = true"), "width_dots is a whole number, not True"),
        (_instead("cut", 'cut = "1D 5"'), "cut is bytes such as"),
        (_instead("cut", 'cut = ""'), "cut are more than nothing"),
        (_instead("dialect", 'dialect = "star"'), "dialect is one of epson, custom, none, not 'star'"),
        (_instead("band_rows", "band_rows = 400"), "band_rows is more than 0 and not more than kept_rows"),
        (_instead("presenter", 'presenter = "custom"'), "a presenter is seen by the custom dialect only"),
        (_instead("near_end_mm", "near_end_mm = -1"), "not negative"),
        (lambda table: "=" + table, "Invalid"),
    ],
)
def test_a_wrong_table_is_refused_with_its_name_and_the_key(
    tmp_path: Path, change: Callable[[str], str], said: str
) -> None:
    table = (data("printers") / "generic-80.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(change(table), encoding="utf-8")
    with pytest.raises(ValueError, match=r"printer profile mine\.toml: ") as refused:
        load_profile("mine", tmp_path)
    assert said in str(refused.value)
