"""Each profile says, reads and holds what it may, and what it may not changes nothing."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import select

from kiosk.bureau.enrol import Profile
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.publishing import publish
from kiosk.bureau.rebuilding import rebuild_in
from kiosk.bureau.tables import dead_letter
from kiosk.bureau.trusting import revoke_kiosk
from kiosk.messages.desk_feed import desk_scope
from kiosk.messages.events import EVENT_TYPES, CountsChanged
from kiosk.messages.feed import Cursor
from kiosk.messages.sync import Want
from kiosk.protocol.profiles import RIGHTS, may_say, rights_of
from tests.unit.bureau.rehearsal import DAWN, TODAY, employer, job, new_machine, pulse, say_once, taken

PROFILES: tuple[Profile, ...] = get_args(Profile)
DENIED = "bureau.refused.not_this_profile"
OF_ITSELF = {"device_seen", "staff_acted", "help_called", "help_answered", "counts_changed"}
OF_COACHES = {
    *("slip_boarded", "block_acknowledged", "door_closed", "riders_called", "passengers_changed"),
    *("trip_crewed", "trip_checked", "trip_departed", "duty_handed"),
    *("incident_noted", "return_noted", "return_closed"),
}
SAYS = {
    "worker": set(EVENT_TYPES),
    "desk": set(EVENT_TYPES),
    "door": OF_COACHES | OF_ITSELF,
    "board": OF_ITSELF,
}
"""Told once more here, so that whoever widens the table says it twice."""


@pytest.mark.both_databases
@pytest.mark.parametrize("profile", PROFILES)
def test_a_kiosk_says_what_its_profile_may_and_nothing_else(
    bureau: Office, folder: Path, profile: Profile
) -> None:
    """Broken by applying whatever is signed."""
    machine = new_machine(bureau, folder, profile=profile)
    for kind in sorted(EVENT_TYPES):
        machine.write(kind, 1, "{}")
    machine.write("unheard_of", 1, "{}")
    reply = pulse(bureau, machine)
    assert reply.acked == len(machine.journal)
    denied = {item.seq for item in reply.refusals if item.reason == DENIED}
    assert {entry.type for entry in machine.journal if entry.seq in denied} == set(EVENT_TYPES) - SAYS[
        profile
    ]
    rebuild_in(bureau.database, bureau.reader)
    with bureau.database.reading() as connection:
        kept = connection.scalars(select(dead_letter.c.seq).where(dead_letter.c.reason == DENIED))
        assert set(kept) == denied
    assert check_invariants(folder) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_a_kiosk_reads_and_holds_what_its_profile_may(bureau: Office, folder: Path, profile: Profile) -> None:
    publish(bureau.database, "city", [employer(), job()])
    machine = new_machine(bureau, folder, profile=profile)
    pulse(bureau, machine)
    reply = pulse(bureau, machine, [Want(quota="places:j1", count=2, waiting=2)])
    own = ["city", "hall:NZ", *([desk_scope("NZ")] if profile == "desk" else [])]
    assert [page.scope for page in reply.pages] == own == machine.reply.scopes
    assert bool(machine.granted) == (profile in {"worker", "desk"})
    is_blank = base64.b64decode(machine.reply.city_key) == bytes(32)
    assert is_blank == (profile == "board")
    asked = machine.request().model_copy(
        update={"cursors": [Cursor(scope=desk_scope("NZ"), feed_gen="x", pos=0)]}
    )
    if profile == "desk":
        assert say_once(bureau, machine, asked).acked == 0
    else:
        with pytest.raises(RequestRefused, match="not_your_scope"):
            say_once(bureau, machine, asked)


def test_what_nobody_knows_may_do_nothing() -> None:
    assert set(RIGHTS) == set(PROFILES)
    assert not any(may_say("guest", kind) for kind in EVENT_TYPES)
    assert (rights_of("guest").reads, rights_of("guest").holds_numbers) == ((), False)


def test_what_a_revoked_machine_hands_in_is_judged_by_the_profile_it_had(
    bureau: Office, folder: Path
) -> None:
    """Broken by judging it by what stands at its post now."""
    publish(bureau.database, "city", [employer(), job()])
    machine = new_machine(bureau, folder)
    for _ in range(2):
        pulse(bureau, machine, [Want(quota="places:j1", count=2, waiting=2)])
    machine.do(taken("w1", "p1", 1))
    revoke_kiosk(folder, "NZ-01", "换成门口机", DAWN)
    heir = new_machine(bureau, folder, profile="door")
    heir.do(CountsChanged(hall_day=TODAY, kind="refused", count=1))
    assert pulse(bureau, heir).refusals == []
    reply = pulse(bureau, machine)
    assert reply.acked == 1
    assert DENIED not in {item.reason for item in reply.refusals}
