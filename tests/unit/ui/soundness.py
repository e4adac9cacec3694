"""What must hold after whatever was done at the screen, and of what a morning left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import pairwise

from sqlalchemy import select

from kiosk.actions.practice import PRACTICE_CARD
from kiosk.actions.recognise import standing_of
from kiosk.domain.placements import OPEN_STATES
from kiosk.storage.opening import OpenedStore
from kiosk.storage.tables import placement, slip
from kiosk.ui.journeys import LESSON_STEPS, PERSONAL_STEPS, TEAM_STEPS, Step
from kiosk.ui.visit import Visit

NOBODYS = {Step.HOME, Step.LAY_CARD, Step.READING, Step.UNREADABLE, Step.SCANNED, Step.TURNED_AWAY}
"""Pages that nobody is known on."""


def fault_of_visit(visit: Visit, secrets: Mapping[str, frozenset[str]]) -> str | None:
    """Return what is wrong with what a visit shows and holds; `secrets` are people's words by their names.

    By name, because one person may have an old and a new card.
    """
    session, step = visit.session, visit.step
    met = session.recognition
    is_group = session.lesson is not None and session.lesson.group is not None
    personal = PERSONAL_STEPS - {Step.GOODBYE} - (LESSON_STEPS if is_group else frozenset())
    held, own = set(texts_of(session)), met.card.name if met else None
    leaked = {word for name, words in secrets.items() if name != own for word in words & held}
    practises = met is not None and met.card is PRACTICE_CARD
    faults = {
        "practice on the first page": visit.is_practice and step is Step.HOME,
        "somebody real in practice": visit.is_practice and met is not None and not practises,
        "practice in the real hall": practises and not visit.is_practice,
        "a page about somebody with nobody there": met is None and step in personal,
        "a visit of nobody": met is None and session.arrival is not None,
        "a line or a place of nobody": met is None and (session.sign_up, session.giving) != (None, None),
        "a page about nobody still knows somebody": met is not None and step in NOBODYS,
        "a page of a team without its team": step in TEAM_STEPS and session.team is None,
        "a page of a class without its class": step in LESSON_STEPS and session.lesson is None,
        "somebody else's place": bool(met and session.placement and session.placement.worker != met.worker),
        f"{len(leaked)} words of somebody else": bool(leaked),
    }
    return next((fault for fault, is_so in faults.items() if is_so), None)


def fault_of_classes(visit: Visit) -> str | None:
    """Return what is wrong where slips are on their way: somebody lacks a class that the job needs.

    Asked of what is kept, never of the judgement that let them through.
    """
    session, hall, met = visit.session, visit.practising.hall, visit.session.recognition
    if visit.step not in {Step.PRINTING, Step.TEAM_PRINTING}:
        return None
    team = session.team.taken.placements if session.team and session.team.taken else ()
    for place in (session.placement, *team) if session.placement else team:
        shown = met if met is not None and met.worker == place.worker else None
        with hall.store.reading() as records:
            line = records.board.line(place.job, hall.now())
            held = standing_of(records, place.worker, shown, hall).education
        if line is None:
            continue  # taken back by its employer since
        learned = {item.hazard_class for item in held if item.is_valid_on(line.job.shift.first_day)}
        if not line.job.needs_classes <= learned:
            return f"a slip without the class of {', '.join(sorted(line.job.needs_classes - learned))}"
    return None


def fault_of_places(opened: OpenedStore) -> str | None:
    """Return what is wrong with the places that were taken: two at one time, or one without its slip."""
    with opened.database.reading() as connection:
        taken = connection.execute(_PLACES).all()
    for before, after in pairwise(taken):
        if before.worker == after.worker and after.starts < before.ends:
            return "somebody holds two places at one time"
    return "a place has no slip" if any(place.slip_state is None for place in taken) else None


_PLACES = (
    select(placement.c.worker, placement.c.starts, placement.c.ends, slip.c.state.label("slip_state"))
    .select_from(placement.outerjoin(slip, slip.c.placement == placement.c.id))
    .where(placement.c.state.in_(sorted(OPEN_STATES)))
    .order_by(placement.c.worker, placement.c.starts)
)


def texts_of(held: object) -> Iterator[str]:
    """Return every word that a value holds, however deep."""
    if isinstance(held, str):
        yield held
    elif is_dataclass(held):
        for item in fields(held):
            yield from texts_of(getattr(held, item.name))
    elif isinstance(held, Mapping):
        for key, value in held.items():
            yield from texts_of(key)
            yield from texts_of(value)
    elif isinstance(held, Iterable):
        for value in held:
            yield from texts_of(value)
