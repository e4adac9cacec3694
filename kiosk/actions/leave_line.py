"""Leave the line of a job: whoever signed up may go at any time, and need not say why."""

from __future__ import annotations

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.recognise import Recognition
from kiosk.actions.talk_over import end
from kiosk.domain.ids import SignUpId
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp

WITHDRAWN = "withdrawn"


def leave_line(hall: Hall, recognition: Recognition, sign_up: SignUpId) -> SignUp:
    """Leave a line; a number that was kept is free for the next. Raises Refused for another's sign-up."""
    with hall.store.writing() as records:
        item = records.sign_ups.by_id(sign_up)
        if item is None or not item.is_open or item.worker != recognition.worker:
            raise Refused(Sentence("hiring.not_possible"))
        return end(hall, records, item, WITHDRAWN, "")
