"""A coach on its way: who answers is signed and timed, what befalls people is his, and all come back."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.actions.count_return import close_return, homecoming_of, note_whereabouts, open_returns
from kiosk.actions.faults import Refused
from kiosk.actions.hand_duty import Told, hand_duty
from kiosk.actions.note_incident import Happened, close_incident, note_incident
from kiosk.domain.clock import instant_of
from kiosk.domain.ids import SlipNumber, WorkerId
from kiosk.domain.incidents import IncidentKind, Severity
from kiosk.domain.manifests import Manifest, ManifestLine
from kiosk.domain.returns import Whereabouts
from kiosk.domain.segments import Boundary, Party, Proof, flaws
from kiosk.domain.signatures import Signature
from kiosk.messages.events import DutyHanded, ReturnClosed
from tests.halls import CLERK, SampleKiosk
from tests.outings import COACH, go_out

MARK = Signature((((10, 10), (120, 90), (200, 20)),))


def told(kiosk: SampleKiosk) -> list[object]:
    return [event.parsed() for event in kiosk.opened.sync_book.outgoing(900).events]


def signed(boundary: Boundary, headcount: int, exceptions: str = "") -> Told:
    return Told(boundary, headcount, "测试辛", Proof.SIGNED, signature=MARK, exceptions=exceptions)


def phoned(boundary: Boundary, at: datetime, headcount: int = 3) -> Told:
    return Told(boundary, headcount, "测试壬", Proof.PHONE, at=at)


def test_the_driver_signs_at_departure_and_the_journal_has_a_mask_and_a_digest(kiosk: SampleKiosk) -> None:
    """One-line break: in `_entry`, tell the name in full."""
    go_out(kiosk, 3)
    hand_duty(kiosk.hall, COACH, signed(Boundary.DEPARTURE, 3), CLERK)
    [entry] = [body for body in told(kiosk) if isinstance(body, DutyHanded)]
    assert (entry.giver, entry.taker, entry.signer) == ("operator", "transport", "测*辛")
    assert entry.signature == hashlib.sha256(MARK.text.encode()).hexdigest()
    assert "测试辛" not in entry.model_dump_json()
    with kiosk.hall.store.reading() as records:
        [kept] = records.outings.hand_overs(COACH)
    assert (kept.signer, kept.signature, kept.at) == ("测试辛", MARK.text, kiosk.hall.now())


def test_a_clock_set_back_between_hand_overs_leaves_no_gap_and_no_overlap(kiosk: SampleKiosk) -> None:
    """One-line break: in `hand_duty`, take the instant from the wall clock."""
    go_out(kiosk, 3)
    began = kiosk.hall.now()
    for boundary in Boundary:
        kiosk.clock.pass_time(3600)
        kiosk.clock.instant -= timedelta(hours=5)
        hand_duty(kiosk.hall, COACH, signed(boundary, 3), CLERK)
    with kiosk.hall.store.reading() as records:
        handed = records.outings.hand_overs(COACH)
    assert [each.boundary for each in handed] == list(Boundary)
    assert flaws(handed, began, kiosk.hall.now()) == ()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (Told(Boundary.DEPARTURE, 3, "测试辛", Proof.SIGNED), "unsigned"),
        (Told(Boundary.DEPARTURE, 3, " ", Proof.PHONE), "unsigned"),
        (signed(Boundary.DEPARTURE, 2), "say_why"),
        (phoned(Boundary.ARRIVAL, datetime.fromisoformat("2030-01-01T00:00+08:00")), "time"),
        (phoned(Boundary.ARRIVAL, datetime.fromisoformat("2020-01-01T00:00+08:00")), "time"),
    ],
)
def test_no_hand_over_without_signer_mark_reason_or_of_a_time_that_cannot_be(
    kiosk: SampleKiosk, wrong: Told, why: str
) -> None:
    go_out(kiosk, 3)
    before = len(told(kiosk))
    with pytest.raises(Refused, match=rf"duty_handed\.{why}"):
        hand_duty(kiosk.hall, COACH, wrong, CLERK)
    assert len(told(kiosk)) == before


def test_an_arrival_by_telephone_is_kept_at_its_own_time_and_never_twice(kiosk: SampleKiosk) -> None:
    go_out(kiosk, 3)
    left = hand_duty(kiosk.hall, COACH, signed(Boundary.DEPARTURE, 3), CLERK)
    kiosk.clock.pass_time(7200)
    there = left.at + timedelta(minutes=50)
    kept = hand_duty(kiosk.hall, COACH, phoned(Boundary.ARRIVAL, there), CLERK)
    assert (kept.at, kept.noted_at) == (there, kiosk.hall.now())
    with pytest.raises(Refused, match="twice"):
        hand_duty(kiosk.hall, COACH, phoned(Boundary.ARRIVAL, there), CLERK)


def test_an_incident_is_his_who_answered_then_whatever_is_recorded_later(kiosk: SampleKiosk) -> None:
    """One-line break: in `note_incident`, ask who answers now."""
    go_out(kiosk, 3)
    left = hand_duty(kiosk.hall, COACH, signed(Boundary.DEPARTURE, 3), CLERK)
    kiosk.clock.pass_time(7200)
    hand_duty(kiosk.hall, COACH, phoned(Boundary.ARRIVAL, left.at + timedelta(minutes=50)), CLERK)
    bump = Happened(IncidentKind.TRAFFIC, Severity.COMMON, left.at + timedelta(minutes=20), 2)
    noted = note_incident(kiosk.hall, COACH, bump, CLERK)
    assert noted.party is Party.TRANSPORT
    with kiosk.hall.store.reading() as records:
        assert records.outings.open_incidents() == [noted]
    close_incident(kiosk.hall, COACH, noted.id, "没人受伤", CLERK)
    with kiosk.hall.store.reading() as records:
        assert records.outings.open_incidents() == []
        assert [each.party for each in records.outings.incidents(COACH)] == [Party.TRANSPORT]


WORDS = st.lists(
    st.tuples(
        st.sampled_from(["back", "out", "stay", "stay_long", "close", "days"]), st.sets(st.integers(0, 4))
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS)
def test_whatever_is_said_everybody_who_went_out_is_back_stays_or_is_listed_until_he_is(
    kiosk: SampleKiosk, words: list[tuple[str, set[int]]]
) -> None:
    """One-line break: in `_settled`, call an outing settled once its count was closed."""
    slips = _out_once(kiosk)
    for word, who in words:
        chosen = [slips[at] for at in sorted(who)]
        if word == "days":
            kiosk.clock.pass_time(86_400)
        elif word == "close":
            close_return(kiosk.hall, COACH, CLERK)
        elif chosen:
            _say(kiosk, word, chosen)
        _check(kiosk, slips)


def _out_once(kiosk: SampleKiosk) -> list[SlipNumber]:
    """Return who is out; the same five in every example, of whom nothing is said yet."""
    with kiosk.hall.store.reading() as records:
        is_out = records.outings.of(COACH) is not None
        slips = [each.slip for each in records.outings.passengers(COACH)]
    if not is_out:
        return list(go_out(kiosk, 5))
    note_whereabouts(kiosk.hall, COACH, slips, Whereabouts.OUT, CLERK)
    return slips


def _say(kiosk: SampleKiosk, word: str, slips: list[SlipNumber]) -> None:
    where = {"back": Whereabouts.BACK, "out": Whereabouts.OUT}.get(word, Whereabouts.STAYED)
    until = kiosk.hall.today() + timedelta(days=2) if word == "stay_long" else kiosk.hall.today()
    stays = where is Whereabouts.STAYED
    note_whereabouts(
        kiosk.hall,
        COACH,
        slips,
        where,
        CLERK,
        reason="活没完" if stays else "",
        until=until if stays else None,
    )


def _check(kiosk: SampleKiosk, slips: list[SlipNumber]) -> None:
    with kiosk.hall.store.reading() as records:
        outing = records.outings.of(COACH)
        assert outing is not None
        home = homecoming_of(kiosk.hall, records, outing)
        listed = [each.slip for due in open_returns(kiosk.hall, records) for each in due.not_back]
    settled = {*home.count.back, *home.count.stayed}
    not_back = [slip for slip in slips if slip not in settled]
    is_due = kiosk.hall.now() >= home.due_at
    assert listed == (not_back if is_due else [])


def test_a_return_is_asked_for_when_it_is_due_and_closed_with_names_of_who_is_missing(
    kiosk: SampleKiosk,
) -> None:
    slips = go_out(kiosk, 3)
    with kiosk.hall.store.reading() as records:
        assert open_returns(kiosk.hall, records) == []
        outing = records.outings.of(COACH)
    assert outing is not None
    returns_at = outing.trip.returns_at
    assert returns_at is not None
    due = instant_of(outing.trip.day, returns_at) + timedelta(hours=1)
    kiosk.clock.pass_time((due - kiosk.hall.now()).total_seconds())
    note_whereabouts(kiosk.hall, COACH, slips[:1], Whereabouts.BACK, CLERK)
    with kiosk.hall.store.reading() as records:
        [home] = open_returns(kiosk.hall, records)
        assert [each.slip for each in home.not_back] == slips[1:]
    close_return(kiosk.hall, COACH, CLERK)
    [closed] = [body for body in told(kiosk) if isinstance(body, ReturnClosed)]
    assert (closed.expected, closed.back, closed.missing) == (3, 1, 2)
    with kiosk.hall.store.reading() as records:
        [home] = open_returns(kiosk.hall, records)
        assert home.count.missing == tuple(slips[1:])
    note_whereabouts(kiosk.hall, COACH, slips[1:], Whereabouts.BACK, CLERK)
    with kiosk.hall.store.reading() as records:
        assert open_returns(kiosk.hall, records) == []
        assert records.outings.unsettled() == []


def test_nobody_is_marked_who_did_not_go_out_and_nobody_stays_without_a_reason_or_for_a_past_day(
    kiosk: SampleKiosk,
) -> None:
    slips = go_out(kiosk, 2)
    yesterday = kiosk.hall.today() - timedelta(days=1)
    for who, where, reason, until in (
        ([SlipNumber("PG-of-another")], Whereabouts.BACK, "", None),
        ([], Whereabouts.BACK, "", None),
        (slips, Whereabouts.MISSING, "", None),
        (slips, Whereabouts.STAYED, "", None),
        (slips, Whereabouts.STAYED, "活没完", yesterday),
    ):
        with pytest.raises(Refused):
            note_whereabouts(kiosk.hall, COACH, who, where, CLERK, reason=reason, until=until)


def test_whom_the_door_before_this_one_let_in_is_waited_for_too(kiosk: SampleKiosk) -> None:
    """One-line break: in `_went_out`, forget the manifest."""
    slips, before = go_out(kiosk, 2), SlipNumber("PG-NZ-0918-07-0001")
    now = kiosk.hall.now()
    lines = [ManifestLine(at, slip, WorkerId(""), "", now) for at, slip in enumerate([*slips, before], 1)]
    manifest = Manifest(COACH, "甘G00001", WorkerId("d"), 20, 1, now, CLERK.id, (), tuple(lines))
    with kiosk.hall.store.writing() as records:
        records.trips.depart(manifest, now)
    note_whereabouts(kiosk.hall, COACH, slips, Whereabouts.BACK, CLERK)
    kiosk.clock.pass_time(timedelta(days=1).total_seconds())
    with kiosk.hall.store.reading() as records:
        [home] = open_returns(kiosk.hall, records)
        assert [who.slip for who in home.not_back] == [before]
    assert note_whereabouts(kiosk.hall, COACH, [before], Whereabouts.BACK, CLERK).is_open is False
