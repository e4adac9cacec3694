"""Show a whole card number: two people of the desk, a reason, and both names in the log."""

from __future__ import annotations

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.two_persons import Pair, record_pair_act
from kiosk.domain.duties import Act
from kiosk.domain.ids import WorkerId
from kiosk.domain.sentences import Sentence

SHOWN_S = 30
"""So long a number stands on the screen."""


def unmask_number(hall: Hall, worker: WorkerId, reason: str, pair: Pair) -> str:
    """Return the number, once it is written down who asked and who confirmed. Raises Refused.

    The log names the person by the pseudonym alone; a number that is forgotten here is not shown.
    """
    if not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    with hall.store.writing() as records:
        known = records.workers.by_id(worker)
        if known is None:
            raise Refused(Sentence("actions.unmask.gone"))
        record_pair_act(hall, records, pair, Act.UNMASK_NUMBER, "worker", worker, reason)
    return known.number
