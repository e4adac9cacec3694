"""Bundles of a stick are brought to the bureau, whoever stands at it, and its answers are put beside them.

    STICK/courier/bureau-card.txt                                    the bureau's keys
    STICK/courier/NZ-01-A-20260918T051000…-3533cdb4-up.bundle    what a kiosk says of one journal
    STICK/courier/NZ-01-A-20260918T090000…-3533cdb4-down.bundle  the bureau's answer

Of each journal the newest bundle is brought first, for it says all that is not yet acknowledged. Only where
the bureau misses what lies before it, as after a restore, older ones are brought too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from kiosk.actions.faults import Refused
from kiosk.domain.sentences import Sentence
from kiosk.messages.bundles import SUFFIX, BadBundle, Label, Way, read_bundle


class Stick(Protocol):
    """The courier's folder on a stick. Every method raises WorldFault when the stick fails or is gone."""

    def names(self) -> list[str]:
        """Return the names of the files, sorted; none of a stick that was never used."""
        ...

    def read(self, name: str) -> bytes:
        """Return a file's content, cut somewhat above the longest that a bundle may be."""
        ...

    def put(self, name: str, content: bytes) -> None:
        """Put a file there, whole or not at all, also when the stick is pulled out meanwhile."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already does no harm."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file, as a sentence."""

    file: str
    sentence: Sentence
    is_well: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """One bundle on a stick."""

    name: str
    raw: bytes
    label: Label


Deliver = Callable[[bytes], bytes]
"""Bring a bundle to the bureau and return its answer, a bundle too; raises Refused or WorldFault."""


def carry_bundles(stick: Stick, deliver: Deliver) -> list[Outcome]:
    """Bring what lies on a stick to the bureau; one bad file stops no other."""
    found, outcomes = bundles_on(stick, Way.UP)
    # By entries before time: a kiosk's clock may have died in between.
    by_stream = sorted(found, key=lambda item: (*_journal(item.label), item.label.head, item.label.made_at))
    for _, group in groupby(by_stream, key=lambda item: _journal(item.label)):
        outcomes += _carried(stick, list(group), deliver)
    return outcomes


def bundles_on(stick: Stick, way: Way) -> tuple[list[Found], list[Outcome]]:
    """Return the bundles that go one way, the oldest first, and what is to be said of files that are none."""
    found: list[Found] = []
    outcomes: list[Outcome] = []
    for name in stick.names():
        if not name.endswith(SUFFIX):
            continue
        raw = stick.read(name)
        try:
            label = read_bundle(raw).label
        except BadBundle as bad:
            outcomes.append(failed(name, Sentence(bad.fault.value)))
            continue
        if label.way is way:
            found.append(Found(name, raw, label))
    return sorted(found, key=lambda item: item.label.made_at), outcomes


def remove_all(stick: Stick, found: Iterable[Found]) -> None:
    """Remove bundles that are needed no more."""
    for item in found:
        stick.remove(item.name)


def failed(name: str, reason: Sentence) -> Outcome:
    """Return what is said of a file of which nothing was carried out."""
    return Outcome(name, reason, is_well=False)


def _carried(stick: Stick, group: list[Found], deliver: Deliver) -> list[Outcome]:
    """Bring the bundles of one journal, oldest first in `group`, and put the last answer on the stick."""
    outcomes: list[Outcome] = []
    while group:
        newest = group[-1]
        try:
            answer = deliver(newest.raw)
            if len(group) > 1 and read_bundle(answer).label.head < newest.label.head:
                for older in group[:-1]:
                    with suppress(Refused):
                        deliver(older.raw)
                answer = deliver(newest.raw)
            return [*outcomes, _answered(stick, group, answer)]
        except Refused as refused:
            outcomes.append(failed(newest.name, refused.sentence))
        except BadBundle as bad:
            outcomes.append(failed(newest.name, Sentence(bad.fault.value)))
        group = group[:-1]
    return outcomes


def _answered(stick: Stick, group: list[Found], answer: bytes) -> Outcome:
    said, label = group[-1].label, read_bundle(answer).label
    before = [item for item in bundles_on(stick, Way.DOWN)[0] if _journal(item.label) == _journal(said)]
    stick.put(label.file_name, answer)
    remove_all(stick, (item for item in before if item.name != label.file_name))
    # The newest one stays: it asks for state too, and its kiosk replaces it. What lies before it goes when a
    # backup holds it, for nobody else may have it.
    remove_all(stick, (item for item in group[:-1] if item.label.head <= label.saved))
    told = Sentence("courier.delivered", {"kiosk": said.kiosk, "letter": said.letter, "head": label.head})
    return Outcome(group[-1].name, told)


def _journal(label: Label) -> tuple[str, str]:
    return label.kiosk, label.stream
