"""Call the next: the first in fair order who may take the job, to a table or to a place that came free.

Every call is kept with what it was decided from. For each who is called one number lies here kept, so that
nobody is called for a place that somebody else has; two are never called for one number.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.actions.board_ports import JobOnBoard
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.hiring_ports import Decision, DecisionKind
from kiosk.actions.keep_decision import decided
from kiosk.actions.offered_job import judged, published
from kiosk.actions.ports import Records, Staff
from kiosk.actions.recognise import standing_of
from kiosk.actions.record_act import record_act
from kiosk.actions.sign_up import own_sign_ups
from kiosk.domain.duties import Act
from kiosk.domain.eligibility import Level
from kiosk.domain.fair_order import ABSENT, ORDER_VERSION, TWICE, Candidate, Choice, choose
from kiosk.domain.ids import JobId, SignUpId, TeamId, WorkerId
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp, Way, turn_behind_next
from kiosk.messages.decisions import inputs_of, turn_point
from kiosk.messages.events import SignUpCalled, SignUpMissed

CALLS = "line.calls"
ANSWER_MIN = "line.answer_min"
_WRITTEN_BEHIND = 20
"""So many behind the one who is called are kept with a call: a line of three hundred would fill the disk."""


@dataclass(frozen=True, slots=True)
class _Caller:
    """Who calls: a member of staff to a table, or, without one, the kiosk itself to where it stands."""

    spot: str
    actor: str
    answer_by: datetime | None
    present: Collection[WorkerId] = ()


def call_next(hall: Hall, job: JobId, table: str, staff: Staff) -> SignUp:
    """Call the first in fair order to a table, with the team he signed up with. One transaction.

    Of a team as many are called as there are numbers to keep for them; the others stand first then. Raises
    Refused where nobody waits who may take the job, or no number is left to keep for him; one that lies
    elsewhere is asked for then.
    """
    if not table.strip():
        raise Refused(Sentence("hiring.no_table"))
    with hall.store.writing() as records:
        line = published(hall, records, job)
        caller = _Caller(table, staff.id, None)
        called = _call(hall, records, line, caller)
        if called is None:
            if room_here(hall, records, line) > 0:
                raise Refused(Sentence("hiring.nobody_waits"))
            is_asked = _waits(hall, records, job) and _ask_for(hall, records, line, 1)
            raise Refused(Sentence("hiring.number_asked" if is_asked else "actions.take.full"))
        for item in (called, *_call_team(hall, records, line, caller, called.team)):
            record_act(hall, records, staff, Act.CALL_NEXT, "sign_up", item.id, table)
    return called


def expect_call(hall: Hall, job: JobId) -> None:
    """Ask for a number for whoever is called next, where none is free here: a desk holds none beforehand.

    Reads only. Asked before the call, the number mostly lies here when the table is chosen.
    """
    with hall.store.reading() as records:
        line = records.board.published(job, hall.now())
        if line is not None and room_here(hall, records, line) <= 0 and _waits(hall, records, job):
            _ask_for(hall, records, line, 1)


def call_waiting(hall: Hall, job: JobId | None = None, present: Collection[WorkerId] = ()) -> list[SignUp]:
    """Call whoever comes first for the places that came free here, of all jobs or of one.

    Who was called and did not answer in time goes behind the next, and is not called again before he is
    `present`: else places would wait for people who went home. How long a place waits the bureau says; until
    it does, none is kept for anybody. To be asked again and again; where nobody waits it reads one index and
    writes nothing.
    """
    with hall.store.reading() as records:
        today = hall.today()
        waiting = records.sign_ups.open_on(today) if job is None else records.sign_ups.line_of(job, today)
        waited_for = _waited_for(hall, records, [item for item in waiting if item.way is Way.PLACE])
    called: list[SignUp] = []
    for of in waited_for:
        with hall.store.writing() as records:
            _let_go(hall, records, of)
            line = records.board.published(of, hall.now())
            if line is None:
                continue
            while (item := _offer(hall, records, line, present)) is not None:
                called.append(item)
    return called


def can_be_waited_for(hall: Hall) -> bool:
    """Return whether places that come free are offered to who waits: the bureau says how long each waits."""
    with hall.store.reading() as records:
        return ANSWER_MIN in records.settings.parameters(hall.today()).values


def not_come(hall: Hall, sign_up: SignUpId, staff: Staff) -> SignUp:
    """Note that who was called did not come; called so often in vain, he goes behind the next, never off."""
    with hall.store.writing() as records:
        item = called_sign_up(records, sign_up)
        missed = _missed(hall, records, item, staff.id)
        record_act(hall, records, staff, Act.NOT_COME, "sign_up", item.id)
    return missed


def called_sign_up(records: Records, sign_up: SignUpId) -> SignUp:
    """Return somebody who was called and has not come yet. Raises Refused for anybody else."""
    item = records.sign_ups.by_id(sign_up)
    if item is None or not item.is_called:
        raise Refused(Sentence("hiring.not_possible"))
    return item


def room_here(hall: Hall, records: Records, line: JobOnBoard, own: SignUp | None = None) -> int:
    """Return how many numbers of a job, and seats, lie here free and are kept for nobody else.

    What is kept here for `own` is his.
    """
    if line.open_here <= 0:
        return 0
    kept = records.sign_ups.kept_at(hall.identity.kiosk)
    if not kept:
        return line.open_here
    is_own_here = own is not None and own.held_at == hall.identity.kiosk
    return min(len(records.rights.free(quota)) - kept.get(quota, 0) for quota in line.quotas) + is_own_here


def _waited_for(hall: Hall, records: Records, everybody: list[SignUp]) -> list[JobId]:
    """Return the jobs whose lines have something to do here, and ask for numbers that lie elsewhere."""
    jobs = {item.job: False for item in everybody}
    for job in jobs:
        own = [item for item in everybody if item.job == job]
        line = records.board.published(job, hall.now())
        has_room = line is not None and room_here(hall, records, line) > 0
        is_free = has_room and any(item.is_waiting for item in own)
        jobs[job] = is_free or any(_is_over(hall, item) for item in own)
        if line is not None and not has_room:
            _ask_for(hall, records, line, _share_of_line(hall, own))
    return [job for job, has_to_do in jobs.items() if has_to_do]


def _share_of_line(hall: Hall, own: list[SignUp]) -> int:
    """Return for how many of a line this kiosk asks: for who stands where somebody came to this kiosk.

    So each person, and each team as a whole, is asked for by one kiosk, and a hall asks for its line once. Of
    a line that came to other kiosks it asks for one, lest nobody asks for those of a kiosk that is dark.
    """
    waiting = [item.turn.at.kiosk == hall.identity.kiosk for item in own if item.is_waiting]
    return max(sum(waiting), min(len(waiting), 1))


def _waits(hall: Hall, records: Records, job: JobId) -> bool:
    return any(item.is_waiting for item in records.sign_ups.line_of(job, hall.today()))


def _ask_for(hall: Hall, records: Records, line: JobOnBoard, people: int) -> bool:
    """Ask for numbers that lie elsewhere: for so many people, beside those kept for who was called.

    Return whether there was anything to ask for.
    """
    if not people or line.open_here >= line.open_places:
        return False
    kept = records.sign_ups.kept_at(hall.identity.kiosk)
    hall.lacking({quota: kept.get(quota, 0) + people for quota in line.quotas})
    return True


def _is_over(hall: Hall, item: SignUp) -> bool:
    """Return whether a place that is offered here was not answered in time."""
    is_here = item.held_at == hall.identity.kiosk
    return is_here and item.is_called and item.answer_by is not None and item.answer_by <= hall.now()


def _let_go(hall: Hall, records: Records, job: JobId) -> None:
    for item in records.sign_ups.line_of(job, hall.today()):
        if _is_over(hall, item):
            _missed(hall, records, item, "", most=1)


def _offer(hall: Hall, records: Records, line: JobOnBoard, present: Collection[WorkerId]) -> SignUp | None:
    parameters = records.settings.parameters(hall.today())
    if room_here(hall, records, line) <= 0 or ANSWER_MIN not in parameters.values:
        return None
    answer_by = hall.now() + timedelta(minutes=parameters.whole(ANSWER_MIN))
    return _call(hall, records, line, _Caller(hall.identity.letter, "", answer_by, present))


def _call_team(
    hall: Hall, records: Records, line: JobOnBoard, caller: _Caller, team: TeamId | None
) -> list[SignUp]:
    """Call who of a team stands next, one by one, each by a decision of his own."""
    called: list[SignUp] = []
    while team is not None and (item := _call(hall, records, line, caller, team)) is not None:
        called.append(item)
    return called


def _call(
    hall: Hall, records: Records, line: JobOnBoard, caller: _Caller, team: TeamId | None = None
) -> SignUp | None:
    """Call who comes first, or, where a team is named, whoever of it comes first; None where nobody does."""
    waiting = [item for item in records.sign_ups.line_of(line.job.id, hall.today()) if item.is_waiting]
    if not waiting:
        return None
    choice = _choice(hall, records, line, waiting, caller.present)
    chosen = choose(choice)
    outcome = chosen.sign_up if chosen else ""
    decision = decided(hall, DecisionKind.CALL, line.job.id, ORDER_VERSION, inputs_of(choice), outcome)
    item = next((item for item in waiting if chosen and item.id == chosen.sign_up), None)
    if team is not None and (item is None or item.team != team):
        return None
    if item is None:
        _keep_once(records, decision)
        return None
    records.decisions.add(decision)
    called = item.called(caller.spot, hall.identity.kiosk, hall.now(), caller.answer_by)
    records.sign_ups.keep(called)
    records.journal.append(
        SignUpCalled(
            sign_up=called.id,
            worker=called.worker,
            nth=called.calls,
            spot=called.spot,
            held_at=called.held_at,
            answer_by=called.answer_by,
            actor=caller.actor,
            decision=decision.id,
            order_version=ORDER_VERSION,
        ),
        hall.now(),
    )
    return called


def _choice(
    hall: Hall, records: Records, line: JobOnBoard, waiting: list[SignUp], present: Collection[WorkerId]
) -> Choice:
    """Ask the rules of each in turn, up to the first who may; nobody behind him can be chosen."""
    candidates: list[Candidate] = []
    for item in waiting:
        rule = _stands_against(hall, records, line, item, present)
        candidates.append(Candidate(item.id, item.queue_number, item.turn, rule))
        if not rule:
            break
    asked = len(candidates)
    candidates += [_unasked(item) for item in waiting[asked : asked + _WRITTEN_BEHIND]]
    kept = records.sign_ups.kept_at(hall.identity.kiosk).get(line.job.quota, 0)
    room = room_here(hall, records, line)
    return Choice(kept + room, kept, tuple(candidates), len(waiting) - len(candidates))


def _stands_against(
    hall: Hall, records: Records, line: JobOnBoard, item: SignUp, present: Collection[WorkerId]
) -> str:
    """Return what stands against calling somebody now, empty where nothing does."""
    counts, *others = own_sign_ups(hall, records, item.worker, item.job)
    if counts.id != item.id:
        return TWICE
    is_asked_again = item.way is Way.PLACE and any(each.calls > 0 for each in (item, *others))
    if is_asked_again and not any(of in present for of in records.merges.ids_of(item.worker)):
        return ABSENT
    return _blocked_by(hall, records, line, item)


def _unasked(item: SignUp) -> Candidate:
    """Return somebody behind the one who is called: no rule need be asked."""
    return Candidate(item.id, item.queue_number, item.turn)


def _blocked_by(hall: Hall, records: Records, line: JobOnBoard, item: SignUp) -> str:
    """Return the rule that forbids somebody the job now.

    Of a person whom this kiosk does not know, another one asked the rules when he signed up; they are asked
    again when he takes the place.
    """
    if records.workers.by_id(item.worker) is None:
        return ""
    standing = standing_of(records, item.worker, None, hall)
    parameters = records.settings.parameters(hall.today())
    findings = judged(line, standing, parameters).findings
    return next((finding.rule.value for finding in findings if finding.level is not Level.WARN), "")


def _keep_once(records: Records, decision: Decision) -> None:
    """Keep that nobody could be called; asked again with nothing changed, it is kept already."""
    earlier = records.decisions.of_job(decision.job, decision.day)
    if not earlier or earlier[0].inputs != decision.inputs:
        records.decisions.add(decision)


def _missed(hall: Hall, records: Records, item: SignUp, actor: str, most: int | None = None) -> SignUp:
    """Put who did not come back into the line, behind the next where he was called often enough.

    A number that nobody has told moves nobody.
    """
    parameters = records.settings.parameters(hall.today())
    if most is None and CALLS in parameters.values:
        most = parameters.whole(CALLS)
    is_enough = most is not None and item.calls >= most
    line = records.sign_ups.line_of(item.job, hall.today())
    turn = turn_behind_next(line, item) if is_enough else item.turn
    waiting = item.back_in_line(turn, 0 if is_enough and item.way is Way.TALK else item.calls)
    records.sign_ups.keep(waiting)
    entry = SignUpMissed(
        sign_up=item.id, worker=item.worker, calls=waiting.calls, turn=turn_point(turn), actor=actor
    )
    records.journal.append(entry, hall.now())
    return waiting
