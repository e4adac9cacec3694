"""“Why not me?” on paper (叫号说明): each call out of one line, and the numbers it was decided from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Literal

from kiosk.domain.clock import clock_text
from kiosk.domain.papers import PaperKind
from kiosk.paper.blocks import Block, Document, Figured, Flow, Rule, Space, Weight, Words
from kiosk.paper.headings import Heading, plain, titled
from kiosk.paper.phrases import Sentences
from kiosk.paper.slips import SecondLanguage

SIDE, ROW = 80, 56


@dataclass(frozen=True, slots=True)
class CallTold:
    """One call: the sentence of the screen, and what stood written down when it was decided.

    `at` is local. `said` is the sentence's key, `values` what its places take, and `rule` the key of what
    stood in the way. `waited` people stood in the line, `before` of them before this person, at least so many
    where not `is_exact`; `free` places lay here, of which `kept` were promised to people called before.
    """

    at: time
    said: str
    values: Mapping[str, str]
    rule: str
    waited: int
    before: int
    is_exact: bool
    free: int
    kept: int


@dataclass(frozen=True, slots=True)
class WhyPaper:
    """The answer to one person in one line, the newest call first; others are numbers and times of coming.

    The name is masked; times are local.
    """

    number: str
    heading: Heading
    queue_number: str
    worker_name: str
    arrived_at: time
    signed_at: time
    job_title: str
    employer_name: str
    rule_version: int
    calls: tuple[CallTold, ...]
    complaint_phone: str
    second_language: SecondLanguage | None = None
    paper: Literal[PaperKind.WHY_NOT] = PaperKind.WHY_NOT


def why_blocks(paper: WhyPaper, tr: Sentences, second: Sentences | None) -> Document:
    """Return the answer as blocks; `second` doubles what was said of each call, and what stood in the way."""
    own = (
        Words(paper.queue_number, 60, Weight.BLACK, 44),
        Words(paper.worker_name, 34),
        plain(tr("paper.why.came", time=clock_text(paper.arrived_at)), 30),
        plain(tr("paper.why.signed", time=clock_text(paper.signed_at)), 30),
    )
    blocks: list[Block] = [
        *titled(tr("paper.title.why_not"), paper.number, paper.heading, tr),
        Figured("meeting", SIDE, _of_job(paper, tr)),
        Space(10),
        Flow(own),
        Space(10),
        Rule(2),
        Space(12),
        *(block for call in paper.calls for block in _told(call, tr, second)),
        Rule(2),
        Space(12),
        *_rule(paper, tr),
        Space(12),
        Flow((plain(tr("paper.take_card")), plain(tr("paper.complaint", phone=paper.complaint_phone)))),
    ]
    return Document(tuple(blocks))


def _of_job(paper: WhyPaper, tr: Sentences) -> tuple[Flow, ...]:
    question = Flow((Words(tr("hiring.why.open"), 46, Weight.BLACK, 34),))
    return (question, Flow((Words(paper.job_title, 32), plain(paper.employer_name, 30))))


def _told(call: CallTold, tr: Sentences, second: Sentences | None) -> list[Block]:
    before = "paper.why.before" if call.is_exact else "paper.why.before_at_least"
    line = (tr("paper.why.waited", waited=call.waited), tr(before, before=call.before))
    places = [tr("paper.why.free", free=call.free)]
    if call.kept:
        places.append(tr("paper.why.kept", kept=call.kept))
    lines = [
        Flow((Words(tr("hiring.why.at", at=clock_text(call.at)), 34, Weight.BLACK),)),
        Flow((Words(tr(call.said, **call.values), 32),)),
        *((Flow((Words(tr(call.rule), 32),)),) if call.rule else ()),
        Flow(tuple(plain(text) for text in line)),
        Flow(tuple(plain(text) for text in places)),
    ]
    if second is not None:
        doubled = [second(call.said, **call.values), *((second(call.rule),) if call.rule else ())]
        lines += [Flow((plain(text),)) for text in doubled]
    return [Figured("call", ROW, tuple(lines)), Space(14)]


def _rule(paper: WhyPaper, tr: Sentences) -> tuple[Block, ...]:
    words = (
        Flow((Words(tr("rulebook.kiosk.line"), 34, Weight.BLACK),)),
        Flow((plain(tr("rulebook.kiosk.line.why")),)),
        Flow((plain(tr("paper.why.rule", version=paper.rule_version)), plain(tr("paper.why.recount")))),
        Flow((Words(tr("paper.why.ask", name=paper.heading.attendant), 30),)),
    )
    return (Figured("safety", ROW, words),)
