"""The kiosk's half of trust, over the wire: a new name, a new key, and being no kiosk any more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.ports import KioskIdentity
from kiosk.app.enrolling import enrol_by_ticket
from kiosk.app.own_post import KeptPost
from kiosk.app.pulse import pinned_bureau, run_pulse
from kiosk.app.settings import Settings, read_settings
from kiosk.bureau.counting import counts
from kiosk.bureau.enrol import Post
from kiosk.bureau.ticketing import make_ticket
from kiosk.bureau.trusting import ask_for_key, enrolled_kiosks, rename_kiosk, revoke_kiosk
from kiosk.messages.events import CountsChanged
from kiosk.messages.sync import PostReply
from kiosk.storage.opening import OpenedStore, join_store
from kiosk.storage.settings import REVOKED_AT
from kiosk.sync.posting import come
from kiosk.system_clock import SystemClock
from tests.unit.bureau.rehearsal import DAWN, TODAY, HandClock, on_the_wire

POST = Post("NZ", "南站", 1, "A", "worker")


@pytest.fixture
def kiosk(folder: Path, clock: HandClock, tmp_path: Path) -> Iterator[Settings]:
    """A machine that became a kiosk by a ticket and has spoken with its bureau."""
    with on_the_wire(folder, clock) as client:
        made = tmp_path / "kiosk"
        enrol_by_ticket(made, make_ticket(folder, str(client.base_url), POST, DAWN))
        settings = read_settings(made)
        run_pulse(settings, is_once=True)
        yield settings


@contextmanager
def joined(kiosk: Settings) -> Iterator[OpenedStore]:
    opened = join_store(kiosk.data_dir, SystemClock(), trade_names={})
    try:
        yield opened
    finally:
        opened.close()


def me(kiosk: Settings) -> KioskIdentity:
    with joined(kiosk) as opened:
        return KeptPost(opened).identity()


def problem(kiosk: Settings) -> str:
    with joined(kiosk) as opened, opened.store.reading() as records:
        return records.settings.sync_health().last_problem


def state(folder: Path) -> str:
    (item,) = enrolled_kiosks(folder)
    return item.state


def test_a_kiosk_is_called_by_its_new_name_after_its_next_round(folder: Path, kiosk: Settings) -> None:
    rename_kiosk(folder, "NZ-01", "K", "新站", DAWN)
    run_pulse(kiosk, is_once=True)
    assert (me(kiosk).letter, me(kiosk).station_name) == ("K", "新站")
    run_pulse(kiosk, is_once=True)
    assert state(folder) == "in use"
    assert problem(kiosk) == ""


def test_a_kiosk_that_is_asked_speaks_with_a_new_key_at_once(folder: Path, kiosk: Settings) -> None:
    before = me(kiosk).key_id
    ask_for_key(folder, "NZ-01", DAWN)
    run_pulse(kiosk, is_once=True)
    assert me(kiosk).key_id == enrolled_kiosks(folder)[0].key_id != before
    run_pulse(kiosk, is_once=True)
    assert state(folder) == "in use"
    assert problem(kiosk) == ""


class Deaf(KeptPost):
    """A kiosk that loses power before the answer to its offer is kept."""

    def adopt(self, told: PostReply, key: Ed25519PrivateKey | None) -> None:
        if key is not None:
            raise InterruptedError
        super().adopt(told, key)


def test_a_kiosk_that_never_heard_that_its_new_key_was_taken_finds_out(folder: Path, kiosk: Settings) -> None:
    """Broken by forgetting the key that was offered: the bureau refuses the old one for ever."""
    ask_for_key(folder, "NZ-01", DAWN)
    with joined(kiosk) as opened, pinned_bureau(kiosk) as bureau, pytest.raises(InterruptedError):
        come(bureau, Deaf(opened))
    assert me(kiosk).key_id != enrolled_kiosks(folder)[0].key_id
    run_pulse(kiosk, is_once=True)
    assert me(kiosk).key_id == enrolled_kiosks(folder)[0].key_id
    assert problem(kiosk) == ""


def test_a_revoked_kiosk_hands_in_what_is_left_and_remembers_that_it_is_none(
    folder: Path, kiosk: Settings
) -> None:
    with joined(kiosk) as opened, opened.store.writing() as records:
        body = CountsChanged(hall_day=TODAY, kind="refused", count=1)
        records.journal.append(body, DAWN)
    before = counts(folder)["events"]
    revoke_kiosk(folder, "NZ-01", "被盗", DAWN)
    run_pulse(kiosk, is_once=True)
    run_pulse(kiosk, is_once=True)
    assert counts(folder)["events"] == before + 1
    assert me(kiosk).city_key == bytes(32)
    with joined(kiosk) as opened, opened.store.reading() as records:
        assert records.settings.get(REVOKED_AT) is not None
        assert records.settings.sync_health().pending == 0
    assert problem(kiosk) == ""
