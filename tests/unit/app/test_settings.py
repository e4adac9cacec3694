"""Options: each is described, each can be set in three places, and a wrong one is named."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kiosk.actions.faults import WorldFault
from kiosk.app.settings import Settings, options, read_settings, write_setting


def test_every_option_is_described_and_every_description_is_an_option() -> None:
    described = {option.name for option in options()}
    assert described | {"data_dir"} == {field.name for field in fields(Settings)}
    assert all(option.sentence.endswith(".") for option in options())


def test_the_call_comes_before_the_environment_the_environment_before_the_file_the_file_before_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_settings(tmp_path).sync_interval_s == 60
    write_setting(tmp_path, "sync_interval_s", "50")
    assert read_settings(tmp_path).sync_interval_s == 50
    monkeypatch.setenv("KIOSK_SYNC_INTERVAL_S", "40")
    assert read_settings(tmp_path).sync_interval_s == 40
    assert read_settings(tmp_path, sync_interval_s=30).sync_interval_s == 30
    assert read_settings(tmp_path, sync_interval_s=None).sync_interval_s == 40


def test_what_is_kept_is_read_back_whatever_signs_it_holds(tmp_path: Path) -> None:
    write_setting(tmp_path, "bureau_url", "https://bureau:8443")
    write_setting(tmp_path, "reader_url", 'a "quoted" \\ path 南站')
    kept = read_settings(tmp_path)
    assert (kept.bureau_url, kept.reader_url) == ("https://bureau:8443", 'a "quoted" \\ path 南站')


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("sync_jitter", "1.5"), ("sync_jitter", "-0.1"), ("sync_interval_s", "0")),
        *(("sync_interval_s", "nan"), ("screen_size", "large"), ("screen_width_mm", "wide")),
        *(("latch_jams", "0"), ("latch_faults", "1.5"), ("latch_uncertain_slips", "often")),
        *(("full_screen", "perhaps"), ("language", "fr"), ("no_such_option", "1")),
    ],
)
def test_an_impossible_value_is_told_by_its_name(tmp_path: Path, name: str, value: str) -> None:
    write_setting(tmp_path, name, value)
    with pytest.raises(WorldFault) as fault:
        read_settings(tmp_path)
    assert fault.value.sentence.args == {"name": name}


def test_a_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("sync_jitter = = 1", encoding="utf-8")
    with pytest.raises(WorldFault, match=r"cli\.bad_file"):
        read_settings(tmp_path)
