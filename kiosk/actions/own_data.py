"""What a person may ask about what is known of him, with the card on the reader (个人信息保护法 15, 44–47).

Each act is one transaction with its journal entry, and counts from that moment on at this kiosk, also in the
dark. What law still holds at the bureau, and until when, comes back with a later round.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.actions.check_in import Method, keep_answers
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.leave_line import WITHDRAWN
from kiosk.actions.own_data_ports import KnownErasure
from kiosk.actions.ports import CheckIn, Records
from kiosk.actions.recognise import Recognition, answers_of, proofs_of, standing_of
from kiosk.actions.talk_over import end
from kiosk.actions.verify_hardship import keep_hardship
from kiosk.domain.identity import check_phone, normalise_phone
from kiosk.domain.ids import WorkerId
from kiosk.domain.sentences import Sentence
from kiosk.domain.workers import FirstAnswers, Standing, Worker
from kiosk.messages.events import ErasureAsked
from kiosk.messages.personal import Kind


@dataclass(frozen=True, slots=True, repr=False)
class OwnData:
    """Everything this kiosk can tell of whoever holds the card.

    `worker` is who he is as it is kept here, None where only other kiosks know him or nobody does. `visit` is
    today's at this kiosk. `optional` and `statutory` are the erasures that were asked of either kind. Where
    `is_restricted`, what consent allowed is kept and not used.
    """

    worker: Worker | None
    answers: FirstAnswers
    standing: Standing
    visit: CheckIn | None
    optional: KnownErasure | None
    statutory: KnownErasure | None
    is_restricted: bool = False

    def __repr__(self) -> str:
        """Show nothing of the person."""
        return "OwnData(…)"


def look_at(hall: Hall, recognition: Recognition) -> OwnData:
    """Return what is known of the person whose card lies there. Reads only."""
    of = recognition.worker
    with hall.store.reading() as records:
        known = records.workers.by_id(of)
        return OwnData(
            worker=known,
            answers=answers_of(known, recognition.capsule),
            standing=standing_of(records, of, recognition, hall),
            visit=records.check_ins.of(of, hall.today()),
            optional=records.erasures.of(of, Kind.OPTIONAL),
            statutory=records.erasures.of(of, Kind.STATUTORY),
            is_restricted=records.restrictions.of(of).is_restricted,
        )


def correct_phone(hall: Hall, recognition: Recognition, phone: str | None) -> None:
    """Put another telephone number in the place of the one that is known, or none; other answers stay.

    Raises Refused where nobody can have such a number. Recognise the card anew for what holds afterwards.
    """
    if phone is not None and check_phone(phone) is not None:
        raise Refused(Sentence("actions.own_data.phone"))
    with hall.store.writing() as records:
        before = answers_of(records.workers.by_id(recognition.worker), recognition.capsule)
        number = None if phone is None else normalise_phone(phone)
        keep_answers(hall, records, recognition.worker, replace(before, phone=number))


def withdraw(hall: Hall, recognition: Recognition, method: Method = "card") -> bool:
    """Withdraw consent to telephone, trades and span: they are gone here at once, and then everywhere.

    Return False where that was asked already and nothing was given since. Work is found without them, too.
    Recognise the card anew before anything else is done with it.
    """
    with hall.store.writing() as records:
        return _ask(hall, records, recognition, Kind.OPTIONAL, method)


def leave_out(hall: Hall, recognition: Recognition, rest: FirstAnswers, method: Method = "card") -> None:
    """Withdraw consent to all answers but `rest`, which is given anew: what is left out can be read no more.

    One transaction. The same key seals why somebody is helped first; as far as that still counts, it is given
    anew, too, for nobody took it back.
    """
    with hall.store.writing() as records:
        known = proofs_of(records, recognition).hardships
        _ask(hall, records, recognition, Kind.OPTIONAL, method)
        if rest != FirstAnswers():
            keep_answers(hall, records, recognition.worker, rest)
        for held in {item.kind: item for item in reversed(known)}.values():
            if held.is_valid_on(hall.today()):
                keep_hardship(hall, records, recognition.worker, held, "")


def ask_erasure(hall: Hall, recognition: Recognition, method: Method = "card") -> bool:
    """Ask that everything be erased: consent is withdrawn, and this kiosk forgets who it is.

    What law holds is restricted at the bureau until its day. Places taken stay taken; lines are left, since
    nobody could be told that it is his turn. The visit is over with this: whoever lays the card down again is
    met as somebody new. Return False where nothing new was asked.
    """
    with hall.store.writing() as records:
        for item in records.sign_ups.open_of(recognition.worker, hall.today()):
            end(hall, records, item, WITHDRAWN, "")
        asked = [_ask(hall, records, recognition, kind, method) for kind in (Kind.OPTIONAL, Kind.STATUTORY)]
        return any(asked)


def _ask(hall: Hall, records: Records, recognition: Recognition, kind: Kind, method: Method) -> bool:
    """Ask it of every registration of the person; return whether any of that is news."""
    asked = [_ask_of(hall, records, of, kind, method) for of in records.merges.ids_of(recognition.worker)]
    return any(asked)


def _ask_of(hall: Hall, records: Records, of: WorkerId, kind: Kind, method: Method) -> bool:
    known = records.erasures.of(of, kind)
    if known is not None and known.asked_at is not None and not known.is_given_anew:
        return False
    now = hall.now()
    epoch = records.erasures.ask(of, kind, now)
    wish = ErasureAsked(worker=of, kind=kind.value, epoch=epoch, method=method)
    records.journal.append(wish, now)
    return True
