"""Restrict the use of what consent allowed, or allow it again, with the card in hand (个人信息保护法 44).

What was answered and shown stays kept. While it is restricted nobody is ranked by it, called by telephone
or put first for hardship; work is found, taken and paid for all the same. It counts at once at this kiosk,
and at the others with the person's capsule.
"""

from __future__ import annotations

from kiosk.actions.check_in import Method
from kiosk.actions.hall import Hall
from kiosk.actions.recognise import Recognition
from kiosk.messages.events import UseRestricted
from kiosk.messages.personal import Kind


def restrict_use(
    hall: Hall, recognition: Recognition, *, is_restricted: bool, method: Method = "card"
) -> bool:
    """Keep what the person says; return False where that holds already, or nobody is kept here."""
    worker = recognition.worker
    with hall.store.writing() as records:
        before = records.restrictions.of(worker)
        if before.is_restricted is is_restricted or records.workers.by_id(worker) is None:
            return False
        said = before.said(is_restricted=is_restricted)
        records.restrictions.keep(worker, said)
        for of in records.merges.ids_of(worker):
            erasure = records.erasures.of(of, Kind.STATUTORY)
            entry = UseRestricted(
                worker=of,
                is_restricted=is_restricted,
                step=said.step,
                epoch=erasure.epoch if erasure else 0,
                method=method,
            )
            records.journal.append(entry, hall.now())
    return True
