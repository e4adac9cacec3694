"""A place as a ticket, in the same order as the slip: before it is taken, and when its owner comes back."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.clock import clock_text
from kiosk.domain.identity import mask_name
from kiosk.domain.jobs import Job
from kiosk.domain.trips import Trip
from kiosk.ui import presenting as words
from kiosk.ui.faces import coach_back, place_words, rest_words, way_words
from kiosk.ui.views.scene import Scene


@dataclass(frozen=True, slots=True)
class TicketFace:
    """The promise as the slip will print it."""

    family: str
    figure: str
    title: str
    employer: str
    person: str
    day: str
    pay: str
    unit: str
    payday: str
    pay_note: str
    hours: str
    hours_note: str
    place: str
    place_note: str
    departs: str
    own_way: str
    own_way_note: str
    bay: str
    bay_word: str
    seat: str
    give_back: str


def ticket_face(scene: Scene, job: Job, trip: Trip | None, seat: int | None = None) -> TicketFace:
    """Return the ticket of a job for the person of the visit; without a `seat` it names the way back."""
    say, recognition = scene.say, scene.session.recognition
    with scene.hall.store.reading() as records:
        employer = records.board.employer(job.employer)
    days = words.days_of_work(job.shift)
    first = words.dated(say, job.shift.first_day)
    rest = rest_words(say, job)
    return TicketFace(
        family=job.family.value,
        figure=words.figure(scene.hall.picture_of(job)),
        title=words.job_title(say, job),
        employer=employer.name if employer else "",
        person=mask_name(recognition.card.display_name) if recognition else "",
        day=say("ui.fact.from_day", day=first, days=days) if days > 1 else first,
        pay=words.pay_figure(job.pay),
        unit=words.pay_unit(say, job.pay),
        payday=words.payday(say, job, scene.today),
        pay_note=words.pay_note(say, job.pay, employer.name if employer else ""),
        hours=words.hours(job.shift),
        hours_note=say("ui.ticket.rest_meal", rest=rest) if job.has_meal else rest,
        place=place_words(job),
        place_note=way_words(say, job),
        departs=clock_text(trip.departs_at) if trip else "",
        own_way=say("ui.coach.none"),
        own_way_note=coach_back(say, job, None),
        bay=trip.bay if trip else "",
        bay_word=say("ui.coach.bay"),
        seat=_seat_words(scene, job, trip, seat) if trip else "",
        give_back=say("ui.ticket.give_back_coach" if trip else "ui.ticket.give_back"),
    )


def _seat_words(scene: Scene, job: Job, trip: Trip, seat: int | None) -> str:
    return coach_back(scene.say, job, trip) if seat is None else scene.say("ui.held.seat", seat=seat)
