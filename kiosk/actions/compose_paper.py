"""Compose the small papers beside the slip: every word of them is fixed when somebody asks for one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import cast

from pydantic import TypeAdapter
from pydantic_core import from_json

from kiosk.actions.compose_slip import read_document
from kiosk.actions.hall import Hall
from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.ports import CheckIn, Records
from kiosk.actions.why_not import Explained
from kiosk.domain.clock import hall_time
from kiosk.domain.identity import last_four, mask_name, mask_phone
from kiosk.domain.ids import PaperNumber, WorkerId
from kiosk.domain.jobs import Job
from kiosk.domain.papers import RECEIPT_VALID_DAYS, PaperKind
from kiosk.domain.sign_ups import SignUp
from kiosk.domain.slips import SlipState
from kiosk.domain.trips import Trip, small_number
from kiosk.domain.workers import Worker
from kiosk.messages import slip_codes
from kiosk.messages.boarding_codes import BoardingCode
from kiosk.paper.blocks import Document
from kiosk.paper.boarding_passes import BoardingPass
from kiosk.paper.headings import Heading
from kiosk.paper.number_tickets import NumberTicket
from kiosk.paper.papers import FORMS, Paper, paper_blocks
from kiosk.paper.phrases import Sentences
from kiosk.paper.practice import PRACTICE_LETTER, marked
from kiosk.paper.registration_receipts import RegistrationReceipt
from kiosk.paper.slip_blocks import slip_blocks
from kiosk.paper.slips import Ride, SecondLanguage, SlipDocument
from kiosk.paper.why_papers import CallTold, WhyPaper


@dataclass(frozen=True, slots=True)
class Asked:
    """What every paper is composed with: its number, which copy it is, and its second language."""

    number: PaperNumber
    copy_no: int
    second_language: SecondLanguage | None


def number_ticket(hall: Hall, records: Records, asked: Asked, worker: Worker, visit: CheckIn) -> NumberTicket:
    """Return the ticket of a visit at this kiosk."""
    return NumberTicket(
        number=asked.number,
        heading=heading(hall, records, asked),
        queue_number=visit.queue_number,
        worker_name=mask_name(worker.name),
        arrived_at=hall_time(visit.key.arrived_at).time(),
        ahead=records.papers.waiting_before(visit.key.day, visit.key.sequence),
        complaint_phone=_text(hall, records, "hotline.complaint"),
        second_language=asked.second_language,
    )


def registration_receipt(
    hall: Hall, records: Records, asked: Asked, worker: Worker, trades: tuple[str, ...]
) -> RegistrationReceipt:
    """Return the receipt of a registration; `trades` are the Chinese names of what the person wants to do."""
    parameters = records.settings.parameters(hall.today())
    phone = worker.answers.phone
    return RegistrationReceipt(
        number=asked.number,
        heading=heading(hall, records, asked),
        worker_name=mask_name(worker.name),
        card_tail=last_four(worker.number),
        phone=mask_phone(phone) if phone else None,
        trades=trades,
        span=worker.answers.span,
        notice_version=worker.notice_version,
        valid_until=hall.today() + timedelta(days=RECEIPT_VALID_DAYS),
        ledger_years=parameters.whole("retention.service_ledger_years"),
        hall_phone=parameters.text("hall.phone"),
        complaint_phone=parameters.text("hotline.complaint"),
        second_language=asked.second_language,
        is_restricted=records.restrictions.of(worker.id).is_restricted,
    )


def boarding_pass(
    hall: Hall, records: Records, asked: Asked, slip: SlipDocument, trip: Trip, ride: Ride
) -> BoardingPass:
    """Return the pass for a seat of the holder of a slip of this kiosk, with a signed code for the door."""
    return BoardingPass(
        number=asked.number,
        heading=heading(hall, records, asked),
        slip=slip.number,
        worker_name=slip.worker_name,
        card_tail=slip.card_tail,
        day=trip.day,
        ride=ride,
        plate=trip.plate,
        destination=trip.destination,
        coach_phone=trip.phone,
        complaint_phone=_text(hall, records, "hotline.complaint"),
        code=hall.signer.sign_boarding(_boarding_code(hall, slip, trip, ride.seat)),
        second_language=asked.second_language,
    )


def why_paper(
    hall: Hall,
    records: Records,
    asked: Asked,
    worker: Worker,
    item: SignUp,
    job: Job,
    told: Sequence[Explained],
) -> WhyPaper:
    """Return the answer to “why not me?” of one line, for at least one call."""
    employer = records.board.employer(job.employer)
    return WhyPaper(
        number=asked.number,
        heading=heading(hall, records, asked),
        queue_number=item.queue_number,
        worker_name=mask_name(worker.name),
        arrived_at=_local(item.turn.own.arrived_at),
        signed_at=_local(item.signed_at),
        job_title=job.title,
        employer_name=employer.name if employer else job.place.town,
        rule_version=told[0].rule_version,
        calls=tuple(_call_told(call) for call in told),
        complaint_phone=_text(hall, records, "hotline.complaint"),
        second_language=asked.second_language,
    )


def heading(hall: Hall, records: Records, asked: Asked) -> Heading:
    """Return the first lines of a paper that comes out now."""
    return Heading(
        station=hall.identity.station_name,
        kiosk_letter=hall.identity.letter,
        attendant=_text(hall, records, "hall.duty_name"),
        printed_at=hall_time(hall.now()).replace(tzinfo=None),
        copy_no=asked.copy_no,
    )


def queued(hall: Hall, worker: WorkerId, paper: Paper) -> PaperRecord:
    """Return a paper of this person that waits to be printed, under a token that no other copy has."""
    return PaperRecord(
        number=PaperNumber(paper.number),
        kind=paper.paper,
        worker=worker,
        state=SlipState.QUEUED,
        copy_no=paper.heading.copy_no,
        document=written(paper),
        token=hashlib.sha256(f"{paper.number}:{hall.fresh_id()}".encode()).hexdigest()[:8],
        evidence="",
        changed_at=hall.now(),
    )


def written(paper: Paper) -> str:
    """Return a paper's document as JSON; the same text is printed and previewed."""
    return _form(paper.paper).dump_json(paper).decode()


def blocks_of(document: str, tr: Sentences, second: Sentences) -> Document:
    """Return the document of a slip or of any other paper as blocks."""
    fields = from_json(document, cache_strings="keys")
    if "paper" not in fields:
        slip = read_document(document)
        return _marked(slip_blocks(slip, tr, second), slip.kiosk_letter, tr)
    paper = _form(PaperKind(fields["paper"])).validate_python(fields)
    return _marked(paper_blocks(paper, tr, second), paper.heading.kiosk_letter, tr)


def _marked(blocks: Document, letter: str, tr: Sentences) -> Document:
    return marked(blocks, tr) if letter == PRACTICE_LETTER else blocks


@cache
def _form(kind: PaperKind) -> TypeAdapter[Paper]:
    return cast("TypeAdapter[Paper]", TypeAdapter(FORMS[kind]))


def _call_told(call: Explained) -> CallTold:
    return CallTold(
        at=_local(call.at),
        said=call.sentence.key,
        values={name: str(value) for name, value in call.sentence.args.items()},
        rule=call.rule.key if call.rule else "",
        waited=len(call.inputs.candidates) + call.inputs.behind,
        before=call.answer.before,
        is_exact=call.answer.is_written,
        free=call.inputs.free,
        kept=call.inputs.kept,
    )


def _boarding_code(hall: Hall, slip: SlipDocument, trip: Trip, seat: int) -> BoardingCode:
    code = slip_codes.decode(slip.code).code
    return BoardingCode(
        key_id=hall.signer.key_id,
        slip_key_id=code.key_id,
        slip_day=code.day,
        slip_counter=code.counter,
        slip_kind=code.kind,
        trip_day=trip.day,
        trip_no=code.trip_no or small_number(trip.label),
        seat=seat,
    )


def _local(instant: datetime) -> time:
    return hall_time(instant).time()


def _text(hall: Hall, records: Records, key: str) -> str:
    return records.settings.parameters(hall.today()).text(key)
