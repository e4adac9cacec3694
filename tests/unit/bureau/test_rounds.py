"""One round of sync: each entry once, gaps refused, forks seen, and nothing that can stop the queue."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.counting import counts
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.publishing import publish
from kiosk.bureau.tables import dead_letter, stream
from kiosk.messages.events import HelpCalled
from kiosk.messages.sync import ClockView, Refusal, RightView, Want
from tests.unit.bureau.rehearsal import (
    DAWN,
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    pulse,
    registered,
    say,
)


@pytest.fixture
def machine(bureau: Office, folder: Path) -> Machine:
    machine = new_machine(bureau, folder)
    machine.do(registered("w1"))
    machine.do(checked_in("w1"))
    return machine


def stream_state(bureau: Office, machine: Machine) -> str:
    with bureau.database.reading() as connection:
        found: str = connection.execute(
            select(stream.c.state).where(stream.c.id == machine.stream)
        ).scalar_one()
        return found


def test_the_same_request_again_has_the_same_answer_and_no_effect(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    publish(bureau.database, "city", [employer(), job()])
    wants = [Want(quota="places:j1", count=2)]
    request = machine.request(wants=wants)
    first, again = say(bureau, machine, request), say(bureau, machine, request)
    assert first == again
    assert first.rights[0].granted == [(1, 2)]
    assert counts(folder)["events"] == 2


def test_a_request_that_begins_too_late_is_asked_for_again(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    reply = say(bureau, machine, machine.request(first=2))
    assert (reply.acked, reply.need_from, counts(folder)["events"]) == (0, 1, 0)


def test_known_entries_are_trimmed(bureau: Office, machine: Machine, folder: Path) -> None:
    say(bureau, machine, machine.request(count=1))
    assert say(bureau, machine, machine.request()).acked == 2
    assert counts(folder)["events"] == 2


def tell_another_story(bureau: Office, machine: Machine) -> None:
    """Let a machine be heard, and then go on from one entry before as if that had not been."""
    pulse(bureau, machine)
    machine.journal.pop()
    machine.do(checked_in("w1", "another"))
    machine.do(checked_in("w1", "third"))


def test_a_stream_that_tells_another_story_is_ended_and_its_tail_kept(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    tell_another_story(bureau, machine)
    machine.acked = 1
    reply = pulse(bureau, machine)
    assert (reply.acked, stream_state(bureau, machine)) == (3, "forked")
    assert reply.refusals == [Refusal(seq=seq, reason="bureau.refused.fork") for seq in (2, 3)]
    with bureau.database.reading() as connection:
        assert connection.scalars(select(dead_letter.c.seq)).all() == [2, 3]
    assert counts(folder)["events"] == 2
    assert check_invariants(folder) == []


def test_a_story_that_goes_on_from_another_past_is_another_story_too(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    """Broken by comparing only what both have: a copy put back tells none of it, with its watermark ahead."""
    tell_another_story(bureau, machine)
    reply = pulse(bureau, machine)
    assert (reply.acked, stream_state(bureau, machine)) == (3, "forked")
    assert counts(folder)["events"] == 2


def test_a_forked_stream_gets_no_more_rights_and_never_waits(bureau: Office, machine: Machine) -> None:
    publish(bureau.database, "city", [employer(), job()])
    pulse(bureau, machine)
    machine.journal.clear()
    machine.do(checked_in("w1", "another"))
    machine.acked = 0
    for acked in (1, 2, 3):
        reply = pulse(bureau, machine, [Want(quota="places:j1", count=1)])
        assert (reply.acked, reply.rights, reply.need_from) == (acked, [], None)
        machine.do(checked_in("w1", f"after-{len(machine.journal)}"))


def test_a_tampered_entry_ends_the_stream(bureau: Office, machine: Machine) -> None:
    machine.journal[1] = machine.journal[1].model_copy(update={"body": "{}"})
    pulse(bureau, machine)
    assert stream_state(bureau, machine) == "forked"


def test_a_kiosk_that_forgot_what_it_sent_is_told_to_begin_anew(bureau: Office, machine: Machine) -> None:
    pulse(bureau, machine)
    machine.journal.pop()
    machine.acked = 1
    assert say(bureau, machine, machine.request()).is_forked
    assert stream_state(bureau, machine) == "forked"


def test_a_request_that_was_only_late_is_not_taken_for_a_forgetful_kiosk(
    bureau: Office, machine: Machine
) -> None:
    """Broken by taking the clock of whatever came last for the newest: the second one would look newer."""
    late = [machine.request(count=1).model_copy(update={"head": 1}) for _ in range(2)]
    machine.do(checked_in("w1", "c2"))
    pulse(bureau, machine)
    assert [say(bureau, machine, request).acked for request in late] == [3, 3]
    assert stream_state(bureau, machine) == "live"


def test_a_new_stream_ends_the_rights_of_the_old_one_but_not_its_log(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    publish(bureau.database, "city", [employer(), job()])
    pulse(bureau, machine)
    newer = Machine(machine.reply, machine.key)
    pulse(bureau, newer)
    machine.do(checked_in("w1", "c9"))
    reply = pulse(bureau, machine, [Want(quota="places:j1", count=1)])
    assert (reply.acked, reply.rights, stream_state(bureau, machine)) == (3, [], "superseded")


def test_a_stream_of_another_kiosk_is_not_taken_over(bureau: Office, machine: Machine, folder: Path) -> None:
    pulse(bureau, machine)
    thief = new_machine(bureau, folder, no=2)
    thief.stream = machine.stream
    with pytest.raises(RequestRefused) as refused:
        say(bureau, thief, thief.request())
    assert refused.value.key == "bureau.problem.not_your_stream"


@pytest.mark.parametrize(
    ("kind", "v", "body", "reason"),
    [
        ("moon_landed", 1, "{}", "unknown_type"),
        ("checked_in", 99, "{}", "unknown_type"),
        ("checked_in", 1, "{}", "malformed"),
        ("checked_in", 1, "not json", "malformed"),
        ("checked_in", 1, "a \0 in it", "malformed"),
        ("moon\0landed", 1, "{}", "unknown_type"),
        ("help_answered", 1, '{"call":"x","actor":"s","waited_s":3}', "unknown_call"),
        ("rights_returned", 1, '{"quota":"places:x","ranges":[[1,2]]}', "number_not_granted"),
        ("rights_returned", 1, '{"quota":"places:j1","ranges":[[2,1]]}', "malformed"),
        ("job_posted", 1, '{"job":{},"actor":"s"}', "malformed"),
        (
            "checked_in",
            1,
            '{"check_in":"c","worker":"w1","hall_day":"2026-09-19","queue_number":"A1",'
            '"sequence":99999999999999999999,"arrived_at":"2026-09-19T05:00:00Z","method":"card"}',
            "malformed",
        ),
        (
            "checked_in",
            1,
            '{"check_in":"c","worker":"w1","hall_day":"2026-09-19","queue_number":"A1",'
            '"sequence":1,"arrived_at":"2026-09-19T05:00:00","method":"card"}',
            "malformed",
        ),
        ("rights_returned", 1, '{"quota":"places:j1","ranges":[[1,99999999999999999999]]}', "malformed"),
        ("first_answers_given", 1, '{"worker":"w9","phone":null,"trades":[],"span":null}', "unknown_worker"),
    ],
)
@pytest.mark.both_databases
def test_a_poisoned_entry_is_kept_told_and_does_not_stop_the_next(
    bureau: Office, machine: Machine, folder: Path, kind: str, v: int, body: str, reason: str
) -> None:
    publish(bureau.database, "city", [employer(), job()])
    bad = machine.write(kind, v, body)
    machine.do(HelpCalled(call="h1", screen="board", worker=None))
    reply = pulse(bureau, machine)
    assert reply.acked == 4
    assert reply.refusals == [Refusal(seq=bad, reason=f"bureau.refused.{reason}")]
    assert counts(folder)["dead_letters"] == 1


def test_a_kiosk_that_lost_the_answer_is_told_its_refusals_again(bureau: Office, machine: Machine) -> None:
    machine.write("moon_landed", 1, "{}")
    lost = say(bureau, machine, machine.request())
    assert say(bureau, machine, machine.request()).refusals == lost.refusals != []


def test_an_entry_whose_time_forgot_its_zone_does_no_harm(bureau: Office, machine: Machine) -> None:
    machine.write("help_called", 1, '{"call":"h","screen":"s","worker":null}', DAWN.replace(tzinfo=None))
    assert pulse(bureau, machine).refusals == []


@pytest.mark.parametrize(
    "change",
    [
        {"first": 0},
        {"first": 2**70},
        {"head": 1},
        {"head": 2**70},
        {"rights": [RightView(quota="places:j1", granted=[(2, 1)], returned=[], spent=0)]},
        {"clock": ClockView(wall=DAWN, boot="b", boottime_ms=2**70)},
    ],
)
def test_an_envelope_that_contradicts_itself_is_refused_whole(
    bureau: Office, machine: Machine, folder: Path, change: dict[str, object]
) -> None:
    with pytest.raises(RequestRefused) as refused:
        say(bureau, machine, machine.request().model_copy(update=change))
    assert (refused.value.status, refused.value.key) == (400, "bureau.problem.malformed")
    assert counts(folder)["events"] == 0
