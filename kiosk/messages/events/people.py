"""What people said and showed of themselves."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import Field

from kiosk.messages.events.body import EventBody
from kiosk.messages.personal import Kind, Sealing
from kiosk.messages.wire import Wire


class Person(Wire):
    """The personal fields of a worker that the law lets the hall keep."""

    kind: str
    name: str
    number: str
    sex: str
    birth_date: date | None
    region: str


class WorkerRegistered(EventBody):
    """A person said yes to the notice and was registered (consent evidence: version, time, channel).

    `epoch` is how many erasures of who he is the kiosk knew of: of two the one that knew of more says it.
    `actor` is who keyed him in, empty for a card.
    """

    type: ClassVar[str] = "worker_registered"
    v: ClassVar[int] = 2
    sealing: ClassVar[Sealing | None] = Sealing(Kind.STATUTORY, (("person", None),))
    worker: str
    person: Person | None = None
    notice_version: int
    method: Literal["card", "by_hand"]
    sealed: str = ""
    epoch: int = Field(default=0, ge=0)
    actor: str = ""


class WorkerCorrected(EventBody):
    """An attendant put right what is known of a person; all of it as it is from now on, and never the number.

    Begins with version 2, the first whose personal fields are sealed: none was ever written in clear.
    """

    type: ClassVar[str] = "worker_corrected"
    v: ClassVar[int] = 2
    sealing: ClassVar[Sealing | None] = Sealing(
        Kind.STATUTORY, (("name", ""), ("sex", ""), ("birth_date", None))
    )
    worker: str
    name: str = ""
    sex: str = ""
    birth_date: date | None = None
    actor: str
    sealed: str = ""


class CheckedIn(EventBody):
    """A person came to the hall today; `queue_number` is what is called, the key is the order of the day."""

    type: ClassVar[str] = "checked_in"
    check_in: str
    worker: str
    hall_day: date
    queue_number: str
    sequence: int
    arrived_at: datetime
    method: Literal["card", "by_hand"]


class FirstAnswersGiven(EventBody):
    """A person answered, changed or skipped the first questions."""

    type: ClassVar[str] = "first_answers_given"
    v: ClassVar[int] = 2
    sealing: ClassVar[Sealing | None] = Sealing(
        Kind.OPTIONAL, (("phone", None), ("trades", []), ("span", None))
    )
    worker: str
    phone: str | None = None
    trades: list[str] = Field(default_factory=list)
    span: str | None = None
    sealed: str = ""


class ErasureAsked(EventBody):
    """A person asked that one kind of what is known of him be erased: 个人信息保护法 15 and 47.

    `epoch` counts the erasures of that kind which the kiosk knew of when it was asked: what was given under a
    later one is not meant, however late this is heard.
    """

    type: ClassVar[str] = "erasure_asked"
    worker: str
    kind: Literal["optional", "statutory"]
    epoch: int = Field(ge=0)
    method: Literal["card", "by_hand"]


class UseRestricted(EventBody):
    """A person restricted the use of what consent allowed, or allowed it again: 个人信息保护法 44.

    `step` counts what he ever said of it: of two words the one with more holds, see `domain.restrictions`.
    `epoch` is how many erasures of who he is the kiosk knew of; a word from before an erasure went with it.
    """

    type: ClassVar[str] = "use_restricted"
    worker: str
    is_restricted: bool
    step: int = Field(ge=1)
    epoch: int = Field(default=0, ge=0)
    method: Literal["card", "by_hand"]


class CertificateRecorded(EventBody):
    """An attendant saw a certificate."""

    type: ClassVar[str] = "certificate_recorded"
    v: ClassVar[int] = 2
    sealing: ClassVar[Sealing | None] = Sealing(
        Kind.STATUTORY, (("kind", ""), ("number_tail", ""), ("valid_until", None), ("review_by", None))
    )
    worker: str
    kind: str = ""
    number_tail: str = ""
    valid_until: date | None = None
    review_by: date | None = None
    actor: str
    sealed: str = ""


class ClassHeld(EventBody):
    """A safety class was held for one person; `actor` is the attendant, empty for one alone at the screen.

    `record` is the number in the file of safety education. Version 0 is a class in an attendant's own words,
    `score_percent` None one without questions. `signature` is how the person signed: the text of
    `kiosk.domain.signatures`.
    """

    type: ClassVar[str] = "class_held"
    v: ClassVar[int] = 2
    sealing: ClassVar[Sealing | None] = Sealing(Kind.STATUTORY, (("signature", ""),))
    worker: str
    hazard_class: str
    held_on: date
    valid_until: date
    actor: str
    record: str = ""
    course_version: int = 0
    mode: Literal["taught", "alone", "group"] = "taught"
    score_percent: int | None = None
    tries: int = 0
    spent_min: int = 0
    signature: str = ""
    sealed: str = ""
