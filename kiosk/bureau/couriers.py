"""Bundles at the bureau: opened, heard like rounds on the wire, and answered by a bundle.

Each round in a bundle is one transaction with the same rules; a bundle that comes twice has one effect.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import structlog
from sqlalchemy import Connection

from kiosk.actions.carry_bundles import Outcome, Stick, carry_bundles
from kiosk.actions.faults import Refused
from kiosk.bureau.books import SqlBook
from kiosk.bureau.crowds import Crowd
from kiosk.bureau.desk_feed import any_page_of
from kiosk.bureau.ingesting import known_hashes
from kiosk.bureau.offices import Office, checked_round, office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.readings import Reader
from kiosk.bureau.rounds import Round, refusals
from kiosk.bureau.speakers import Enrolled, Speaker, ever_enrolled
from kiosk.domain.clock import Clock
from kiosk.domain.sentences import Sentence
from kiosk.messages.bundles import (
    Answer,
    BadBundle,
    Downward,
    Fault,
    Label,
    SealedBundle,
    Upward,
    Way,
    make_bundle,
    name_of,
    public_key,
    read_bundle,
)
from kiosk.messages.courier_cards import CARD_FILE
from kiosk.messages.feed import Cursor, FeedPage
from kiosk.messages.sync import SyncReply, SyncRequest
from kiosk.protocol.carrying import is_late
from kiosk.protocol.generations import NONE_YET

_MOST_PAGES = 40
"""Pages of one answer; what is left comes with the next one."""
_log = structlog.get_logger("bureau")


def serve_stick(data_dir: Path, stick: Stick, clock: Clock) -> list[Outcome]:
    """Take in every bundle of a stick and put the answers on it, beside a server that may be running.

    The bureau's card is put there too, so that a kiosk without a network can write for this bureau.
    """
    with office(data_dir, clock, is_server=False) as bureau:

        def deliver(bundle: bytes) -> bytes:
            try:
                return answer_bundle(bureau, bundle)
            except RequestRefused as refused:
                raise Refused(Sentence(refused.key)) from None

        stick.put(CARD_FILE, bureau.courier.card.encode())
        outcomes = carry_bundles(stick, deliver)
        bureau.seal_due()
        return outcomes


def take_bundle(bureau: Office, headers: Mapping[str, str], raw: bytes) -> bytes:
    """Answer a bundle that any kiosk brings over the wire, whoever wrote it. Raises RequestRefused."""
    bureau.require_kiosk("/courier", headers, raw)
    answer = answer_bundle(bureau, raw)
    label = read_bundle(answer).label
    _log.info("bundle", kiosk=label.kiosk, carrier=headers.get("kiosk-id", ""), acked=label.head)
    return answer


def answer_bundle(bureau: Office, raw: bytes) -> bytes:
    """Hear what a bundle says and return the sealed answer. Raises RequestRefused; what was heard stays."""
    try:
        sealed = read_bundle(raw)
        sealed.require(Way.UP, bureau.courier.sealing.public_key())
        with bureau.database.reading() as connection:
            possible = ever_enrolled(connection, sealed.label.kiosk)
        author, said = _opened(bureau, sealed, possible)
        reader = public_key(said.answer_key)
    except BadBundle as bad:
        raise RequestRefused(413 if bad.fault is Fault.TOO_LARGE else 400, bad.fault.value) from None
    answers = list(_answers(bureau, author.speaker, said))
    if not answers:
        raise RequestRefused(400, Fault.DAMAGED.value)
    last = answers[-1].reply
    label = Label(
        way=Way.DOWN,
        kiosk=author.speaker.kiosk,
        letter=author.letter,
        stream=last.stream,
        head=last.acked,
        saved=last.prune_ok,
        made_at=bureau.clock.now(),
        sealed_for=name_of(reader),
    )
    while True:
        try:
            return make_bundle(label, Downward(answers=answers), reader, bureau.courier.signing)
        except BadBundle:
            answers = _with_fewer_pages(answers)


def _opened(bureau: Office, sealed: SealedBundle, possible: Sequence[Enrolled]) -> tuple[Enrolled, Upward]:
    """Return who wrote a bundle, and what it says; raises BadBundle, as the one who is enrolled now would."""
    for author in possible[1:]:
        with suppress(BadBundle):
            return author, sealed.open_upward(bureau.courier.sealing, author.key)
    return possible[0], sealed.open_upward(bureau.courier.sealing, possible[0].key)


def _answers(bureau: Office, speaker: Speaker, said: Upward) -> Iterator[Answer]:
    """Hear round after round; of a stream that has to say something first, the rest is not heard."""
    requests = [checked_round(speaker, request) for request in said.requests]
    waiting: set[str] = set()
    for at, request in enumerate(requests):
        if request.stream in waiting:
            continue
        reply = _heard(bureau, speaker, request)
        is_going_on = reply.acked >= request.first - 1 + len(request.events) and not reply.hello
        follows = any(later.stream == request.stream for later in requests[at + 1 :])
        if not is_going_on:
            waiting.add(request.stream)
        if is_going_on and follows:
            reply = reply.model_copy(update={"pages": [], "rights": [], "recalls": []})
        else:
            reply = _with_all_pages(bureau, reply)
        yield Answer(said=_echo(request), reply=reply)


def _heard(bureau: Office, speaker: Speaker, request: SyncRequest) -> SyncReply:
    now = bureau.clock.now()
    with bureau.database.writing() as connection:
        overtaken = _overtaken(bureau, connection, speaker, request)
        if overtaken is not None:
            return overtaken
        heard = bureau.use_token(connection, speaker, secrets.token_hex(16))
        # Who comes by stick stands in no crowd: what he says of people who wait is long over.
        answer = Round(connection, bureau.registry, Crowd(), speaker, bureau.reader, now).answer(request)
    bureau.note_numbers(answer, heard)
    return answer


def _overtaken(
    bureau: Office, connection: Connection, speaker: Speaker, request: SyncRequest
) -> SyncReply | None:
    """Return the answer to a round that only tells what is known, and less: how far that is, no more.

    But for what was refused of its entries: this answer may be the one that acknowledges them.
    """
    now = bureau.clock.now()
    book = SqlBook(connection, bureau.registry, speaker, bureau.reader, now, request)
    known = book.stream(request.stream)
    is_ours = known is not None and known.kiosk == speaker.kiosk
    if known is None or not is_ours or request.generation not in {NONE_YET, book.generation()}:
        return None
    last = request.first + len(request.events) - 1
    if not is_late(known, request, known_hashes(connection, known.id, request.first - 1, last)):
        return None
    return SyncReply(
        stream=request.stream,
        generation=book.generation(),
        server_time=now,
        acked=known.acked,
        prune_ok=0,
        rights=[],
        refusals=refusals(connection, known.id, request.first, last)(),
        pages=[],
        is_revoked=speaker.is_revoked,
    )


def _with_fewer_pages(answers: Sequence[Answer]) -> list[Answer]:
    """Return answers with the first half of their pages; the others come with the next trip."""
    if not any(item.reply.pages for item in answers):
        raise RequestRefused(413, Fault.TOO_LARGE.value)
    return [
        Answer(
            said=item.said,
            reply=item.reply.model_copy(update={"pages": item.reply.pages[: len(item.reply.pages) // 2]}),
        )
        for item in answers
    ]


def _with_all_pages(bureau: Office, reply: SyncReply) -> SyncReply:
    """Return an answer with the pages for which a kiosk on the wire would have come again."""
    pages, open_ends = list(reply.pages), [page for page in reply.pages if page.has_more]
    with bureau.database.reading() as connection:
        while open_ends and len(pages) < _MOST_PAGES:
            open_ends = [_next_page(connection, bureau.reader, page) for page in open_ends]
            pages += open_ends
            open_ends = [page for page in open_ends if page.has_more]
    return reply.model_copy(update={"pages": pages})


def _next_page(connection: Connection, reader: Reader, page: FeedPage) -> FeedPage:
    cursor = Cursor(scope=page.scope, feed_gen=page.feed_gen, pos=page.pos)
    return any_page_of(connection, reader, page.scope, cursor)


def _echo(request: SyncRequest) -> SyncRequest:
    """Return a request without what only the bureau needed of it.

    Of each entry its number is left, and of the last one the hash, which tells what was acknowledged.
    """
    nothing: dict[str, object] = dict.fromkeys(("type", "boot", "prev_hash", "hash", "body"), "")
    numbers = [
        entry.model_copy(update={**nothing, "boottime_ms": 0, "at": request.clock.wall})
        for entry in request.events
    ]
    if numbers:
        numbers[-1] = numbers[-1].model_copy(update={"hash": request.events[-1].hash})
    without: dict[str, object] = {"events": numbers, "rights": [], "wants": [], "keys": []}
    return request.model_copy(update={**without, "older": None if request.older is None else []})
