"""The key comes from the machine's credentials or a private file, and is never silently replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.actions.faults import StorageFault
from kiosk.storage.keys import CREDENTIAL_NAME, KEY_FILE_NAME, KeySource, load_key


def test_the_first_start_makes_a_key_only_its_owner_can_read(tmp_path: Path) -> None:
    key = load_key(tmp_path, tmp_path / "kiosk.db", {})
    assert (key.source, len(key.raw), len(key.salt)) == (KeySource.FILE, 32, 16)
    assert (tmp_path / KEY_FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert load_key(tmp_path, tmp_path / "kiosk.db", {}) == key
    assert [item.name for item in tmp_path.iterdir()] == [KEY_FILE_NAME]


@pytest.mark.parametrize("content", [b"\x07" * 48, (b"07" * 48) + b"\n"])
def test_a_key_may_bring_its_salt(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEY_FILE_NAME).write_bytes(content)
    key = load_key(tmp_path, tmp_path / "kiosk.db", {})
    assert (key.raw, key.salt) == (b"\x07" * 32, b"\x07" * 16)


def test_a_credential_goes_before_the_file(tmp_path: Path) -> None:
    load_key(tmp_path, tmp_path / "kiosk.db", {})
    (tmp_path / CREDENTIAL_NAME).write_bytes(b"\x07" * 32)
    key = load_key(tmp_path, tmp_path / "kiosk.db", {"CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert (key.source, key.raw) == (KeySource.CREDENTIAL, b"\x07" * 32)
    assert key.protects.key == "storage.key_from_credential"


def test_a_database_without_its_key_is_not_given_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "kiosk.db").write_bytes(b"pages")
    with pytest.raises(StorageFault, match=r"storage\.key_missing"):
        load_key(tmp_path, tmp_path / "kiosk.db", {})
    assert not (tmp_path / KEY_FILE_NAME).exists()


@pytest.mark.parametrize("content", [b"", b"short", b"zz" * 32, b"\xff" * 64])
def test_a_key_of_the_wrong_shape_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEY_FILE_NAME).write_bytes(content)
    with pytest.raises(StorageFault, match=r"storage\.key_unreadable"):
        load_key(tmp_path, tmp_path / "kiosk.db", {})


def test_a_key_never_shows_itself(tmp_path: Path) -> None:
    key = load_key(tmp_path, tmp_path / "kiosk.db", {})
    for shown in (repr(key), str(key), f"{[key]}"):
        assert repr(key.raw) not in shown
        assert key.raw.hex() not in shown
