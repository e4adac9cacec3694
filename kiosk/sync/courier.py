"""A kiosk at a stick: what it says is written in advance, what the bureau answered is read when it comes.

The same requests, answers and rules as on the wire. A bundle may be read twice, late or in any order: the
watermark trims, rights are absolute, and pages that lead back are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.carry_bundles import Found, Outcome, Stick, bundles_on, failed, remove_all
from kiosk.domain.clock import Clock
from kiosk.domain.sentences import Sentence
from kiosk.messages.bundles import (
    Answer,
    BadBundle,
    Label,
    Upward,
    Way,
    answer_key,
    make_bundle,
    name_of,
    read_bundle,
)
from kiosk.messages.courier_cards import Card
from kiosk.protocol.carrying import news, requests_of
from kiosk.protocol.kiosk_side import take_in
from kiosk.protocol.ports import Outgoing, SyncBook
from kiosk.sync.rounds import clock_view, yield_turn

_MOST_ENTRIES = 20_000
"""About three weeks of a busy kiosk; what is left goes with the next trip."""
_NOT_WELL = {"courier.superseded", "courier.outdated"}


@dataclass(frozen=True, slots=True)
class Author:
    """The kiosk that speaks, and this run of its machine."""

    kiosk: str
    letter: str
    key: Ed25519PrivateKey = field(repr=False)
    boot: str


@dataclass(frozen=True, slots=True)
class Courier:
    """One kiosk's side of the courier, beside its screen and its sync or without them."""

    book: SyncBook
    author: Author
    clock: Clock
    card: Card
    hear_time: Callable[[datetime], None]
    """Told when the bureau wrote an answer that is believed."""

    def write(self, stick: Stick) -> Outcome:
        """Put everything this kiosk has to say on a stick, in place of what it said there before."""
        bundle, entries = self._fitting_bundle()
        label = read_bundle(bundle).label
        before = [item for item in bundles_on(stick, Way.UP)[0] if _is_said_again(item.label, label)]
        stick.put(label.file_name, bundle)
        remove_all(stick, (item for item in before if item.name != label.file_name))
        return Outcome(label.file_name, Sentence("courier.written", {"count": entries}))

    def read(self, stick: Stick) -> list[Outcome]:
        """Carry out what the bureau answers to this kiosk, the oldest first; it leaves the stick then."""
        found, outcomes = bundles_on(stick, Way.DOWN)
        for item in found:
            if item.label.kiosk == self.author.kiosk:
                outcomes.append(self._read(stick, item))
        return outcomes

    def _read(self, stick: Stick, item: Found) -> Outcome:
        reader = answer_key(self.author.key)
        try:
            sealed = read_bundle(item.raw)
            sealed.require(Way.DOWN, reader.public_key())
            answers = sealed.open_downward(reader, self.card.signing).answers
        except BadBundle as bad:
            return failed(item.name, Sentence(bad.fault.value))
        # Of several answers to one stream the last one tells how far it is.
        told = {answer.said.stream: self._take_in(answer) for answer in answers}
        stick.remove(item.name)
        key = _weightiest(told.values())
        return Outcome(item.name, Sentence(key), is_well=key not in _NOT_WELL)

    def _take_in(self, answer: Answer) -> str:
        """Carry out one answer and return the key of what it means for a person, empty for nothing."""
        present, *_ = self._views(0)
        said, reply = answer.said, answer.reply
        pages = news(reply.pages, said.cursors, present.cursors)
        is_overtaken = len(pages) < sum(1 for page in reply.pages if page.rows)
        fresh = reply.model_copy(
            update={"pages": pages, "open_places": {} if is_overtaken else reply.open_places}
        )
        verdict = take_in(self.book, said, fresh, self.clock.now(), yield_turn)
        if not verdict.is_valid:
            return "courier.outdated"
        self.hear_time(reply.server_time)
        if reply.is_superseded and said.stream == present.stream:
            return "courier.superseded"
        if reply.hello:
            return "courier.once_more"
        return "courier.more" if verdict.speaks_again or reply.acked < said.head else ""

    def _views(self, limit: int) -> list[Outgoing]:
        """Return what the present stream says, and an old one if it has something left; they take turns."""
        said = [self.book.outgoing(limit) for _ in range(2)]
        present = [view for view in said if not view.is_old]
        return [*present[:1], *(view for view in said if view.is_old)]

    def _fitting_bundle(self) -> tuple[bytes, int]:
        """Return a bundle that every reader takes, with as many entries as fit, and how many those are."""
        limit = _MOST_ENTRIES
        while True:
            present, *old = self._views(limit)
            try:
                return self._bundle([*old, present])
            except BadBundle:
                if limit == 0:
                    raise
                limit //= 4

    def _bundle(self, views: Sequence[Outgoing]) -> tuple[bytes, int]:
        """Return the bundle of some streams, the present one last, and how many entries it holds."""
        clock = clock_view(self.clock, self.author.boot)
        requests = [item for view in views for item in requests_of(view, self.author.kiosk, clock)]
        own = answer_key(self.author.key).public_key()
        label = Label(
            way=Way.UP,
            kiosk=self.author.kiosk,
            letter=self.author.letter,
            stream=views[-1].stream,
            head=requests[-1].first - 1 + len(requests[-1].events),
            made_at=self.clock.now(),
            sealed_for=name_of(self.card.sealing),
        )
        content = Upward(answer_key=own.public_bytes_raw().hex(), requests=requests)
        bundle = make_bundle(label, content, self.card.sealing, self.author.key)
        return bundle, sum(len(item.events) for item in requests)


def _is_said_again(label: Label, by: Label) -> bool:
    """Return whether a new bundle of the same journal tells all that an earlier one told."""
    return (label.kiosk, label.stream) == (by.kiosk, by.stream) and label.head <= by.head


def _weightiest(told: Iterable[str]) -> str:
    """Return the key of what a person must know most of what the answers mean."""
    meant = set(told)
    weights = ("courier.superseded", "courier.outdated", "courier.once_more", "courier.more")
    return next((key for key in weights if key in meant), "courier.read")
