"""Say that two registrations are one person, and take it back.

Nothing that was written changes: a merge stands beside the registrations, and whoever asks about one of them
is answered for both. It is two persons' act, since whoever has one of the two cards sees what was done with
the other; where day of birth or sex tell them apart, the second is a reviewer.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import CheckIn, Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.actions.two_persons import Pair, record_pair_act
from kiosk.domain.duties import Act
from kiosk.domain.ids import MergeId, WorkerId
from kiosk.domain.merges import Merge, clashes, looks_unlike
from kiosk.domain.sentences import Sentence
from kiosk.domain.workers import Engagement, HeldEducation, Worker
from kiosk.messages.events import MergeUndone, WorkersMerged
from kiosk.messages.personal import Kind


@dataclass(frozen=True, slots=True, repr=False)
class Side:
    """One of two registrations as it is kept here: who it is, today's visit, what is open and was learned."""

    worker: Worker
    visit: CheckIn | None
    engagements: tuple[Engagement, ...]
    education: tuple[HeldEducation, ...]

    def __repr__(self) -> str:
        """Show nothing of the person."""
        return "Side(…)"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two registrations side by side; `speaks_against` is the sentence that refuses, None where none does.

    `act` is what merging them would be: a reviewer's where they look unlike.
    """

    one: Side
    other: Side
    act: Act
    speaks_against: Sentence | None


def compare(hall: Hall, one: WorkerId, other: WorkerId) -> Comparison:
    """Return two registrations side by side. Reads only; raises Refused where one is not kept here."""
    with hall.store.reading() as records:
        sides = _side(hall, records, one), _side(hall, records, other)
        try:
            _refuse(records, *sides)
        except Refused as refused:
            return Comparison(*sides, _act(*sides), refused.sentence)
        return Comparison(*sides, _act(*sides), None)


def merge_people(hall: Hall, kept: WorkerId, joined: WorkerId, reason: str, pair: Pair) -> MergeId:
    """Let two registrations be one person, shown as `kept`, with all who are one with either.

    Raises Refused where they are one already, where one of
    them asked to be erased, and where both hold places of one time: one of these is given back first.
    """
    if not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    with hall.store.writing() as records:
        sides = _side(hall, records, kept), _side(hall, records, joined)
        _refuse(records, *sides)
        made = Merge(MergeId(hall.fresh_id()), kept, joined, hall.now())
        records.merges.add(made)
        actor = pair.first.staff.id
        entry = WorkersMerged(merge=made.id, kept=made.kept, joined=made.joined, actor=actor)
        records.journal.append(entry, made.merged_at)
        said = f"{made.joined}: {reason}"
        record_pair_act(hall, records, pair, _act(*sides), "worker", made.kept, said)
    return made.id


def undo_merge(hall: Hall, of: MergeId, reason: str, staff: Staff) -> None:
    """Take a merge back: each registration has its own history again, and what was done since is its own.

    Raises Refused without a reason, and where it was undone before.
    """
    if not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    with hall.store.writing() as records:
        made = records.merges.by_id(of)
        if made is None:
            raise Refused(Sentence("actions.merge.undone"))
        records.merges.undo(of)
        entry = MergeUndone(merge=of, kept=made.kept, joined=made.joined, actor=staff.id)
        records.journal.append(entry, hall.now())
        said = f"{made.joined}: {reason}"
        record_act(hall, records, staff, Act.UNDO_MERGE, "worker", made.kept, said)


def _side(hall: Hall, records: Records, worker: WorkerId) -> Side:
    known = records.workers.by_id(worker)
    if known is None:
        raise Refused(Sentence("actions.correct.gone"))
    return Side(
        worker=known,
        visit=records.check_ins.of(worker, hall.today()),
        engagements=records.workers.engagements(worker, hall.now()),
        education=tuple(item for item in records.workers.education(worker) if item.is_valid_on(hall.today())),
    )


def _act(one: Side, other: Side) -> Act:
    return Act.MERGE_UNLIKE if looks_unlike(one.worker, other.worker) else Act.MERGE_PEOPLE


def _refuse(records: Records, one: Side, other: Side) -> None:
    """Refuse what keeps two registrations from being one person."""
    everybody = records.merges.ids_of(one.worker.id)
    if other.worker.id in everybody:
        raise Refused(Sentence("actions.merge.same"))
    everybody += records.merges.ids_of(other.worker.id)
    if any(_is_erased(records, of) for of in everybody):
        raise Refused(Sentence("actions.merge.erased"))
    clash = next(clashes(one.engagements, other.engagements), None)
    if clash is not None:
        raise Refused(Sentence("actions.merge.clash", {"title": clash.title}))


def _is_erased(records: Records, of: WorkerId) -> bool:
    """Return whether somebody asked to be erased, and did not come again since."""
    asked = records.erasures.of(of, Kind.STATUTORY)
    return asked is not None and not asked.is_given_anew
