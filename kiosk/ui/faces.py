"""What a job looks like on the screens: finished texts, in the fixed order of facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from kiosk.actions.board_ports import JobOnBoard
from kiosk.domain.clock import clock_text
from kiosk.domain.jobs import Employer, EmployerType, Hazard, Insurance, Job, Ppe
from kiosk.domain.trips import Trip
from kiosk.ui import presenting as words
from kiosk.ui.presenting import Say

HAZARD_FIGURES = {
    Hazard.HEIGHT: "pictograms/fall",
    Hazard.LADDER: "pictograms/fall",
    Hazard.ELECTRIC: "pictograms/electric",
    Hazard.WELDING: "pictograms/weld",
    Hazard.LIFTING: "pictograms/transport",
    Hazard.ANIMAL: "pictograms/sheep",
}
HAZARD_ORDER = tuple(Hazard)
"""The gravest first, as the enumeration of the domain lists them."""


@dataclass(frozen=True, slots=True)
class CardFace:
    """A job as a card or a row of the board."""

    job: str
    family: str
    figure: str
    label: str
    pay: str
    unit: str
    payday: str
    place: str
    distance: str
    hours: str
    departs: str
    departs_word: str
    bay: str
    bay_label: str
    own_way: str
    places_before: str
    places: str
    places_after: str
    row_before: str
    row_after: str
    reasons: list[str] = field(default_factory=list)
    reason_icons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FactFace:
    """One fact in the grid of a detail page."""

    icon: str
    head: str
    note: str


@dataclass(frozen=True, slots=True)
class DetailFace:
    """Everything the law makes an advertisement say, ready to be read."""

    family: str = "farm"
    figure: str = ""
    title: str = ""
    tasks: str = ""
    employer: str = ""
    vetted: str = ""
    pay: str = ""
    unit: str = ""
    payday: str = ""
    pay_note: str = ""
    departs: str = ""
    towards: str = ""
    back: str = ""
    bay: str = ""
    seats: str = ""
    facts: tuple[FactFace, ...] = ()


def card_face(say: Say, line: JobOnBoard, today: date, picture_of: Callable[[Job], str]) -> CardFace:
    """Return one line of the board as a card."""
    job, trip = line.job, line.trip
    span = words.span_word(say, job.shift, today)
    before, places, after = _places_parts(say, line, "ui.card.places")
    row_before, _, row_after = _places_parts(say, line, "ui.card.places_row")
    return CardFace(
        job=job.id,
        family=job.family.value,
        figure=words.figure(picture_of(job)),
        label=words.job_title(say, job),
        pay=words.pay_figure(job.pay),
        unit=words.pay_unit(say, job.pay),
        payday=words.payday_tag(say, job.pay),
        place=job.place.town,
        distance=words.distance(say, job.place.distance_m),
        hours=f"{span} {words.hours(job.shift)}".strip(),
        departs=clock_text(trip.departs_at) if trip else "",
        departs_word=say("ui.card.departs", time="").strip(),
        bay=trip.bay if trip else "",
        bay_label=say("ui.bay_label", bay=trip.bay) if trip else "",
        own_way=say("ui.card.own_way"),
        places_before=before.strip(),
        places=places,
        places_after=after.strip(),
        row_before=row_before.strip(),
        row_after=row_after.strip(),
    )


def detail_face(
    say: Say, line: JobOnBoard, employer: Employer | None, today: date, picture_of: Callable[[Job], str]
) -> DetailFace:
    """Return one job with all it must say."""
    job, trip = line.job, line.trip
    return DetailFace(
        family=job.family.value,
        figure=words.figure(picture_of(job)),
        title=words.job_title(say, job),
        tasks=words.job_tasks(say, job),
        employer=employer.name if employer else "",
        vetted=say("ui.detail.vetted") if employer and employer.is_verified else "",
        pay=words.pay_figure(job.pay),
        unit=words.pay_unit(say, job.pay),
        payday=words.payday(say, job, today),
        pay_note=words.pay_note(say, job.pay, employer.name if employer else ""),
        departs=clock_text(trip.departs_at) if trip else "",
        towards=say("ui.coach.towards", place=trip.destination) if trip else say("ui.coach.none"),
        back=coach_back(say, job, trip),
        bay=trip.bay if trip else "",
        seats=say("ui.coach.seats", seats=trip.seats) if trip else "",
        facts=(
            _hours_fact(say, job, today),
            _place_fact(say, job),
            _meal_fact(say, job),
            _certificate_fact(say, job),
            _hazard_fact(say, job),
            _ppe_fact(say, job),
            _insurance_fact(say, job, employer),
            _places_fact(say, line),
        ),
    )


def _places_parts(say: Say, line: JobOnBoard, key: str) -> tuple[str, str, str]:
    """Return the sentence about open places in three parts, because its number is set larger.

    It counts the whole city's: what lies at the bureau comes here as soon as somebody looks at the job.
    """
    before, after = say(key, places="\0").split("\0")
    return before, str(line.open_places), after


def coach_back(say: Say, job: Job, trip: Trip | None) -> str:
    """Return how one comes home: the coach back, or where to meet when there is no coach."""
    if trip is None:
        return say("ui.coach.meet", place=job.meeting_point) if job.meeting_point else ""
    if trip.returns_at is None:
        return say("ui.coach.no_return")
    return say("ui.coach.back", time=clock_text(trip.returns_at))


def place_words(job: Job) -> str:
    """Return town and spot."""
    return f"{job.place.town} {job.place.spot}".strip()


def rest_words(say: Say, job: Job) -> str:
    """Return how long the break of a day is."""
    if job.shift.break_min == 0:
        return say("ui.fact.no_break")
    if job.shift.break_min < 60:
        return say("ui.fact.break_min", minutes=job.shift.break_min)
    return say("ui.fact.break_h", hours=f"{job.shift.break_min / 60:.1f}".removesuffix(".0"))


def way_words(say: Say, job: Job) -> str:
    """Return how far the place is, in kilometres and minutes."""
    far = words.distance(say, job.place.distance_m)
    return say("ui.fact.way", distance=far, minutes=job.place.travel_min) if far else ""


def _hours_fact(say: Say, job: Job, today: date) -> FactFace:
    day = words.day_word(say, job.shift.first_day, today)
    days = words.days_of_work(job.shift)
    rest = rest_words(say, job)
    when = say("ui.fact.from_day", day=day, days=days) if days > 1 else day
    return FactFace("ui/schedule", words.hours(job.shift), say("ui.fact.when", day=when, rest=rest))


def _place_fact(say: Say, job: Job) -> FactFace:
    return FactFace("ui/location_on", place_words(job), way_words(say, job))


def _meal_fact(say: Say, job: Job) -> FactFace:
    head = say("ui.fact.meal" if job.has_meal else "ui.fact.no_meal")
    note = say("ui.fact.lodging" if job.has_lodging else "ui.fact.no_lodging")
    return FactFace("pictograms/meal", head, note)


def _certificate_fact(say: Say, job: Job) -> FactFace:
    names = [say(f"rules.certificate.{kind.value}") for kind in sorted(job.certificates)]
    head = say("ui.fact.certificate", names=say("ui.list_comma").join(names)) if names else ""
    note = say("ui.fact.age_min", years=job.age_min)
    if job.needs_classes:
        note = say("ui.fact.education", age=note)
    return FactFace("pictograms/cert", head or say("ui.fact.no_certificate"), note)


def _hazard_fact(say: Say, job: Job) -> FactFace:
    present = [hazard for hazard in HAZARD_ORDER if hazard in job.hazards]
    if not present:
        return FactFace("ui/verified_user", say("ui.fact.no_hazard"), say("ui.fact.no_hazard_note"))
    first, others = present[0], present[1:]
    icon = HAZARD_FIGURES.get(first, "ui/lamp_warn")
    head = say(f"ui.hazard.{first.value}")
    if not others:
        return FactFace(icon, head, say("ui.fact.stop_if_unsafe"))
    named = say("ui.list_comma").join(say(f"ui.hazard_short.{hazard.value}") for hazard in others)
    return FactFace(icon, head, say("ui.fact.more_hazards", names=named))


def _ppe_fact(say: Say, job: Job) -> FactFace:
    if not job.ppe:
        return FactFace("pictograms/glove", say("ui.fact.no_ppe"), say("ui.fact.no_ppe_note"))
    given = [item for item in Ppe if item in job.ppe]
    icon = "pictograms/hat" if Ppe.HELMET in job.ppe else "pictograms/glove"
    first, others = _ppe_names(say, given[:2]), _ppe_names(say, given[2:])
    note = say("ui.fact.more_ppe", names=others) if others else say("ui.fact.ppe_note")
    return FactFace(icon, say("ui.fact.ppe", names=first), note)


def _ppe_names(say: Say, things: list[Ppe]) -> str:
    return say("ui.list_comma").join(say(f"ui.ppe.{thing.value}") for thing in things)


def _insurance_fact(say: Say, job: Job, employer: Employer | None) -> FactFace:
    is_household = employer is not None and employer.type is EmployerType.HOUSEHOLD
    # A household is no employer in the law's sense: statutory injury insurance is never promised for it.
    kind = Insurance.NONE if is_household and job.insurance is Insurance.INJURY else job.insurance
    return FactFace(
        "ui/health_and_safety", say(f"ui.insurance.{kind.value}"), say(f"ui.insurance_note.{kind.value}")
    )


def _places_fact(say: Say, line: JobOnBoard) -> FactFace:
    is_full = line.open_places <= 0 and line.open_here <= 0
    head = say("finding.full.word") if is_full else say("ui.fact.places", places=line.open_places)
    return FactFace("ui/group", head, say("ui.fact.headcount", headcount=line.job.headcount))
