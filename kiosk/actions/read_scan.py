"""Read a scanned code: whose it is, whether it is genuine, and what this kiosk knows of it without a network.

Nothing that a code says is shown before its signature is proven, and no more is claimed than a kiosk can
know: whether a slip is void or used is certain at its trip's door alone, so here it is told with the hour of
the bureau's last word. Reading changes nothing and keeps nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kiosk.actions.compose_slip import read_document
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, SlipRecord, Staff, SyncHealth
from kiosk.actions.scan_ports import CodeKeys, KioskKey
from kiosk.actions.scan_readings import (
    ArrivalReading,
    BadgeReading,
    BadgeShown,
    BoardingReading,
    BoardingShown,
    CardReading,
    ForeignReading,
    PartReading,
    PracticeReading,
    Reading,
    ReturnReading,
    ReturnShown,
    SeatShown,
    SlipReading,
    SlipShown,
    Standing,
)
from kiosk.domain.boarding import is_of_this_time
from kiosk.domain.clock import clock_text, hall_day, hall_time
from kiosk.domain.ids import SlipNumber
from kiosk.domain.placements import PlacementState
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipKind, SlipSerial, SlipState
from kiosk.domain.trips import TripState
from kiosk.messages import arrival_codes, badge_codes, boarding_codes, return_codes
from kiosk.messages.arrival_codes import TaggedArrivalCode
from kiosk.messages.badge_codes import SignedBadgeCode, staff_mark
from kiosk.messages.boarding_codes import SignedBoardingCode
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.practice_codes import PRACTICE_KEY_ID
from kiosk.messages.return_codes import TaggedReturnCode
from kiosk.messages.scanned import Foreign, OwnCard, Scanned, what_is
from kiosk.messages.slip_codes import SignedSlipCode, SlipCode, check_code

_GIVEN_AHEAD = timedelta(days=1)
"""A pass is given out on the day before its coach at the earliest, by a key that was in use then."""


_FOREIGN = {
    Foreign.DAMAGED: "actions.scan.damaged",
    Foreign.WEB_ADDRESS: "actions.scan.web_address",
    Foreign.PAYMENT: "actions.scan.payment",
    Foreign.GOODS: "actions.scan.goods",
    Foreign.OTHER: "actions.scan.other",
}
_VOID = frozenset({PlacementState.CANCELLED, PlacementState.DUPLICATE, PlacementState.NO_SHOW})
_USED = frozenset(
    {
        PlacementState.BOARDED,
        PlacementState.ARRIVED,
        PlacementState.WORKING,
        PlacementState.ENDED,
        PlacementState.SETTLED,
        PlacementState.CLOSED,
        PlacementState.INCIDENT,
        PlacementState.DISPUTED,
    }
)


def read_scan(hall: Hall, keys: CodeKeys, text: str) -> Reading:
    """Return what a screen can show of a scanned text; any text has an answer."""
    scanned = what_is(text)
    if isinstance(scanned, OwnCard | Foreign):
        return _unsigned(scanned)
    if _is_of_practice(keys, scanned):
        return PracticeReading()
    if isinstance(scanned, SignedSlipCode):
        return _slip(hall, keys, scanned, text)
    if isinstance(scanned, SignedBadgeCode):
        return _badge(hall, keys, scanned)
    if isinstance(scanned, SignedBoardingCode):
        return _boarding(hall, keys, scanned)
    return _part(hall, keys, scanned, text)


def _unsigned(scanned: OwnCard | Foreign) -> CardReading | ForeignReading:
    if isinstance(scanned, OwnCard):
        return CardReading(scanned)
    return ForeignReading(scanned, Sentence(_FOREIGN[scanned]))


def _is_of_practice(keys: CodeKeys, scanned: Scanned) -> bool:
    """Return whether a code stands on a paper of practice: its key is nobody's, so nothing else is proven."""
    if not isinstance(scanned, SignedSlipCode | SignedBoardingCode | TaggedReturnCode):
        return False
    return scanned.code.key_id == PRACTICE_KEY_ID and keys.kiosk(PRACTICE_KEY_ID) is None


def _slip(hall: Hall, keys: CodeKeys, signed: SignedSlipCode, text: str) -> SlipReading:
    code = signed.code
    maker = keys.kiosk(code.key_id)
    verdict = signed.sealed.verify(maker.public_key if maker else None)
    if maker is not None and not maker.could_sign(code.day):
        verdict = Verdict.FORGED
    if verdict is not Verdict.GENUINE or maker is None:
        return SlipReading(verdict, _doubt(verdict))
    number = _number(maker, code.kind, code.day, code.counter)
    with hall.store.reading() as records:
        health = records.settings.sync_health()
        record = records.slips.by_number(number)
        document = read_document(record.document) if record and record.document else None
        # A number carries no year, and a kiosk's successor takes its numbers on: only the code is the slip.
        seat = _seat(records, number, code.day)
        if record is None or document is None or document.code != text:
            judged = _judged(hall, _shown(code, number), Standing.UNKNOWN, health, is_checked=False)
            return replace(judged, seat=seat)
        standing = _standing(records, record)
    shown = _shown(code, number, document.trade_title, record.state)
    judged = _judged(hall, shown, standing, health, is_checked=_is_checked(record, health))
    return judged if standing in {Standing.VOID, Standing.USED} else replace(judged, seat=seat)


def _seat(records: Records, number: SlipNumber, day: date) -> SeatShown | None:
    """Return the seat of a slip of this day's year, sold or given at a desk, wherever that was."""
    rider = records.riders.by_slip(number)
    coach = None if rider is None else records.board.trip(rider.trip)
    if rider is None or coach is None or not is_of_this_time(coach, day):
        return None
    return SeatShown(coach, rider.seat) if coach.state is TripState.PLANNED else None


def _judged(
    hall: Hall, shown: SlipShown, standing: Standing, health: SyncHealth, *, is_checked: bool
) -> SlipReading:
    told_at = health.last_success_at
    if standing is Standing.VOID:
        sentence = Sentence("actions.scan.slip_void")
    elif standing is Standing.USED:
        sentence = Sentence("actions.scan.slip_used")
    elif told_at is None:
        sentence = Sentence("actions.scan.slip_never_checked")
    else:
        key = "actions.scan.slip_checked" if is_checked else "actions.scan.slip_unchecked"
        at, told_on = clock_text(hall_time(told_at).time()), hall_day(told_at)
        sentence = Sentence(key, {"time": at})
        if told_on != hall.today():
            earlier = "actions.scan.slip_checked_on" if is_checked else "actions.scan.slip_unchecked_on"
            sentence = Sentence(earlier, {"day": told_on, "time": at})
    return SlipReading(Verdict.GENUINE, sentence, shown, standing, told_at, is_checked)


def _standing(records: Records, record: SlipRecord) -> Standing:
    placement = records.placements.by_id(record.placement)
    if record.state is SlipState.VOID or (placement and placement.state in _VOID):
        return Standing.VOID
    return Standing.USED if placement and placement.state in _USED else Standing.OPEN


def _is_checked(record: SlipRecord, health: SyncHealth) -> bool:
    """Return whether the bureau has had this slip as it is now, and answered since."""
    waits_since, told_at = health.oldest_pending_at, health.last_success_at
    has_it = waits_since is None or waits_since > record.changed_at
    return has_it and told_at is not None and told_at >= record.changed_at


def _shown(
    code: SlipCode, number: SlipNumber, trade_title: str = "", state: SlipState | None = None
) -> SlipShown:
    return SlipShown(
        number=number,
        kind=code.kind,
        day=code.day,
        pay_fen=code.pay_fen,
        pay_unit=code.pay_unit,
        starts_on=code.starts_on,
        trip_no=code.trip_no,
        bay_no=code.bay_no,
        check_code=check_code(code.promise),
        trade_title=trade_title,
        state=state,
    )


def _badge(hall: Hall, keys: CodeKeys, signed: SignedBadgeCode) -> BadgeReading:
    code = signed.code
    verdict = badge_codes.verify(signed, keys.bureau(code.key_id), hall.today())
    if verdict not in {Verdict.GENUINE, Verdict.EXPIRED}:
        # The bureau tells its kiosks of each key it signs badges with; only it can help with any other.
        is_unknown = verdict is Verdict.UNKNOWN_KEY
        return BadgeReading(
            verdict, Sentence("actions.scan.badge_unknown") if is_unknown else _doubt(verdict)
        )
    with hall.store.reading() as records:
        bearer = _bearer(records, code.staff_mark, hall.today())
    if verdict is Verdict.EXPIRED:
        sentence = Sentence("actions.scan.badge_expired")
    elif bearer is None:
        sentence = Sentence("actions.scan.badge_stranger")
    elif bearer.badge_serial != code.serial:
        bearer, sentence = None, Sentence("actions.scan.badge_replaced")
    else:
        sentence = Sentence("actions.scan.badge", {"name": bearer.name})
    name = bearer.name if bearer else ""
    shown = BadgeShown(code.serial, code.valid_to, bearer.id if bearer else None, name)
    return BadgeReading(verdict, sentence, shown)


def _bearer(records: Records, mark: bytes, day: date) -> Staff | None:
    staff = records.desk.staff()
    return next((item for item in staff if item.works_on(day) and staff_mark(item.id) == mark), None)


def _boarding(hall: Hall, keys: CodeKeys, signed: SignedBoardingCode) -> BoardingReading:
    code = signed.code
    signer = keys.kiosk(code.key_id)
    verdict = boarding_codes.verify(signed, signer.public_key if signer else None, hall.today())
    if signer is not None and not signer.could_sign(code.trip_day - _GIVEN_AHEAD):
        verdict = Verdict.FORGED
    if verdict not in {Verdict.GENUINE, Verdict.EXPIRED}:
        return BoardingReading(verdict, _doubt(verdict))
    maker = keys.kiosk(code.slip_key_id)
    slip = _number(maker, code.slip_kind, code.slip_day, code.slip_counter) if maker else None
    sentence = Sentence("actions.scan.boarding", {"trip": code.trip_no, "seat": code.seat})
    if verdict is Verdict.EXPIRED:
        sentence = Sentence("actions.scan.boarding_over", {"day": code.trip_day})
    return BoardingReading(verdict, sentence, BoardingShown(slip, code.trip_day, code.trip_no, code.seat))


def _part(hall: Hall, keys: CodeKeys, tagged: TaggedReturnCode | TaggedArrivalCode, text: str) -> PartReading:
    if isinstance(tagged, TaggedArrivalCode):
        return _arrival(hall, tagged)
    return _return_part(hall, keys, tagged, text)


def _return_part(hall: Hall, keys: CodeKeys, tagged: TaggedReturnCode, text: str) -> ReturnReading:
    code = tagged.code
    verdict = return_codes.verify(tagged, hall.identity.city_key)
    maker = keys.kiosk(code.key_id)
    if maker is None or verdict is not Verdict.GENUINE:
        doubt = Verdict.UNKNOWN_KEY if verdict is Verdict.GENUINE else verdict
        return ReturnReading(doubt, _doubt(doubt))
    number = _number(maker, code.kind, code.day, code.counter)
    with hall.store.reading() as records:
        record = records.slips.by_number(number)
    # As with the slip itself: a number carries no year, only the code is the slip's.
    is_ours = record and record.document and read_document(record.document).return_code == text
    placement = record.placement if record and is_ours else None
    shown = ReturnShown(number, code.kind, code.day, placement)
    return ReturnReading(Verdict.GENUINE, Sentence("actions.scan.return_part"), shown)


def _arrival(hall: Hall, tagged: TaggedArrivalCode) -> ArrivalReading:
    verdict = arrival_codes.verify(tagged, hall.identity.city_key)
    if verdict is not Verdict.GENUINE:
        return ArrivalReading(verdict, _doubt(verdict))
    return ArrivalReading(verdict, Sentence("actions.scan.arrival_sheet"), tagged.code)


def _doubt(verdict: Verdict) -> Sentence:
    """Return what is said of a code that cannot be confirmed: where to go, and never a suspicion."""
    is_unknown = verdict is Verdict.UNKNOWN_KEY
    return Sentence("actions.scan.unknown_key" if is_unknown else "actions.scan.forged")


def _number(maker: KioskKey, kind: SlipKind, day: date, counter: int) -> SlipNumber:
    return SlipSerial(kind, maker.station, day, maker.kiosk_no, counter).number()
