"""The lines of the ledgers of safety, coaches, vehicles and drivers, in the words of a language."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.actions.ledger_ports import BookedDriver, BookedIncident, BookedSafety, BookedTrip, BookedVehicle
from kiosk.actions.ledger_words import Words, age_at, day_or_empty, hall_moment, moment_or_empty
from kiosk.actions.ports import Records
from kiosk.domain.coach_lines import FleetLine, SafetyLine, TripLine
from kiosk.domain.departures import TICKED
from kiosk.domain.manifests import short_code
from kiosk.domain.periods import Period


def safety_lines(records: Records, period: Period, words: Words, most: int) -> Iterable[SafetyLine]:
    """Return a line for each who was sent to work in a period, at most so many."""
    return (_safety(item, words) for item in records.books.safety(period.first, period.last, most))


def trip_lines(records: Records, period: Period, words: Words, most: int) -> Iterable[TripLine]:
    """Return a line for each coach that left in a period, at most so many."""
    return (_trip(item, words) for item in records.books.trips(period.first, period.last, most))


def fleet_lines(records: Records, period: Period, words: Words, most: int) -> Iterable[FleetLine]:
    """Return a line for each time papers of a vehicle or driver were seen in a period, at most so many."""
    seen = records.books.fleet(period.first, period.last, most)
    return (
        _vehicle(item, words) if isinstance(item, BookedVehicle) else _driver(item, words) for item in seen
    )


def _safety(item: BookedSafety, words: Words) -> SafetyLine:
    dangers = (words.tr("ledger.dangerous"),) if item.is_dangerous else ()
    left_without = "no" if item.trip else ""
    return SafetyLine(
        slip=item.slip,
        at=hall_moment(item.taken_at),
        name=item.person.name,
        number=item.person.number,
        employer=item.employer,
        title=item.title,
        hazards=(*dangers, *(words.tr(f"ui.hazard_short.{each}") for each in item.hazards)),
        ppe=tuple(words.tr(f"ui.ppe.{each}") for each in item.ppe),
        education=item.education,
        reminded=item.paper,
        trip=item.trip,
        aboard="yes" if item.is_aboard else left_without,
        hall=words.member(item.sent_by),
        carrier=item.carrier,
        carried_at=moment_or_empty(item.carried_at),
        receiver=item.receiver,
        received_at=moment_or_empty(item.received_at or item.came_at),
        incidents=tuple(_incident(each, words) for each in item.incidents),
        home=item.whereabouts,
    )


def _incident(item: BookedIncident, words: Words) -> str:
    kind, grade = words.tr(f"incident.kind.{item.kind}"), words.tr(f"incident.grade.{item.severity.lower()}")
    state = "closed" if item.is_closed else "open"
    return words.tr(f"ledger.incident.{state}", kind=kind, grade=grade)


def _trip(item: BookedTrip, words: Words) -> TripLine:
    is_whole = item.good == len(TICKED)
    return TripLine(
        label=item.label,
        plate=item.plate,
        seats=item.seats or "",
        driver=item.driver,
        destination=item.destination,
        employers=item.employers,
        listed=item.listed,
        boarded=item.boarded,
        departed_at=hall_moment(item.departed_at),
        arrived_at=moment_or_empty(item.arrived_at),
        inspection="failed" if item.bad else "passed" if is_whole else "part",
        back=item.back,
        stayed=item.stayed,
        missing=item.missing,
        actor=words.member(item.actor),
        manifest=short_code(item.digest),
    )


def _vehicle(item: BookedVehicle, words: Words) -> FleetLine:
    return FleetLine(
        at=hall_moment(item.at),
        what="vehicle",
        plate=item.plate,
        kind=words.tr(f"trips.kind.{item.kind}"),
        seats=item.approved,
        owner=item.owner,
        permit_no=item.permit_no,
        permit_to=day_or_empty(item.permit_to),
        inspection_to=day_or_empty(item.inspection_to),
        insurance_to=day_or_empty(item.insurance_to),
        name="",
        age="",
        licence_class="",
        licence_to="",
        qualification_no="",
        qualification_to="",
        standing=_standing(is_active=item.is_active),
        actor=words.member(item.actor),
    )


def _driver(item: BookedDriver, words: Words) -> FleetLine:
    return FleetLine(
        at=hall_moment(item.at),
        what="driver",
        plate="",
        kind="",
        seats="",
        owner="",
        permit_no="",
        permit_to="",
        inspection_to="",
        insurance_to="",
        name=item.name,
        age=age_at(item.birth_date, item.at),
        licence_class=item.licence_class,
        licence_to=day_or_empty(item.licence_to),
        qualification_no=item.qualification_no,
        qualification_to=day_or_empty(item.qualification_to),
        standing=_standing(is_active=item.is_active),
        actor=words.member(item.actor),
    )


def _standing(*, is_active: bool) -> str:
    return "active" if is_active else "withdrawn"
