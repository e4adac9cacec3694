"""Breaks of one line each in the rules of sync; the simulator must see every one of them.

A mutant changes the code of the very function that the processes run, in place, so that whoever imported it
runs the broken one. `seed` is a schedule that was seen to go wrong, `has_sticks` whether sticks are carried
in it, `closes_doors` whether the coach's door goes from device to device. Two breaks stand in the simulated
kiosk and bureau: what they break is no function but an order of steps. docs/breaks-of-sync.md lists all,
and says who keeps that order in the product.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

from kiosk.protocol import (
    bureau_side,
    carrying,
    doors,
    feed_places,
    generations,
    holdings,
    ingest,
    kiosk_side,
    lives,
    marks,
    quotas,
    watermarks,
)
from tests.simulation.kiosks import SimKiosk
from tests.simulation.offices import SimBureau

RULES = (
    bureau_side,
    carrying,
    feed_places,
    doors,
    generations,
    holdings,
    ingest,
    kiosk_side,
    lives,
    marks,
    quotas,
    watermarks,
)
"""Every module whose functions the processes and the simulator share."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One broken line: what it means, where it stands, and what becomes of it."""

    means: str
    function: Callable[..., Any]
    line: str
    becomes: str
    seed: int
    has_sticks: bool = False
    closes_doors: bool = False
    also: Mutant | None = None
    """A second line, where one alone is harmless because the other end would still see it."""


def _of(function: Any) -> FunctionType:  # noqa: ANN401 - a property, a context manager or a plain function
    plain = function.fget if isinstance(function, property) else inspect.unwrap(function)
    assert isinstance(plain, FunctionType)
    return plain


@contextmanager
def broken(mutant: Mutant) -> Iterator[None]:
    """Break one line for a while, or two. Raises LookupError when a line is not there, or there twice."""
    with _broken_line(mutant), nullcontext() if mutant.also is None else broken(mutant.also):
        yield


@contextmanager
def _broken_line(mutant: Mutant) -> Iterator[None]:
    function = _of(mutant.function)
    source = textwrap.dedent(inspect.getsource(function))
    if source.count(mutant.line) != 1:
        raise LookupError(f"{mutant.means}: {mutant.line!r} stands {source.count(mutant.line)} times")
    # A decorator would wrap the function once more; only its code is wanted.
    plain = source[source.index("def ") :].replace(mutant.line, mutant.becomes)
    compiled = compile("from __future__ import annotations\n" + plain, "<mutant>", "exec")
    code = next(item for item in compiled.co_consts if isinstance(item, CodeType))
    whole = function.__code__
    function.__code__ = code
    try:
        yield
    finally:
        function.__code__ = whole


MUTANTS = (
    Mutant(
        "an answer makes spent numbers free again",
        holdings.told,
        "return replace(holding, granted=holding.granted | fresh, spent=holding.spent - fresh)",
        "return Holding(granted=holding.granted | granted)",
        1,
    ),
    Mutant(
        "numbers asked back can still be spent",
        holdings.Holding.free,
        "return self.granted - self.spent - self.returned",
        "return self.granted - self.spent",
        2,
    ),
    Mutant(
        "one of two quotas is not spent",
        holdings.spend,
        "return replace(holding, spent=holding.spent | NumberSet.single(number))",
        "return replace(holding, spent=holding.spent)",
        0,
    ),
    Mutant(
        "spent numbers go back",
        holdings.surplus,
        "free = holding.free",
        "free = holding.granted - holding.returned",
        1,
    ),
    Mutant(
        "a gap is taken in",
        ingest.judge,
        "return Gap(known.acked + 1)",
        "return Fresh(request.events)",
        0,
    ),
    Mutant(
        "what is known is taken in again",
        ingest.judge,
        "return Fresh([entry for entry in request.events if entry.seq > known.acked])",
        "return Fresh(request.events)",
        0,
    ),
    Mutant(
        "what is sent counts as acknowledged",
        watermarks.heard,
        "known = max(mark.floor, min(wanted, mark.head))",
        "known = mark.head",
        9,
    ),
    Mutant(
        "a restored bureau is told nothing again",
        watermarks.in_new_generation,
        "return replace(mark, acked=mark.floor, prune_ok=mark.floor)",
        "return mark",
        46,
    ),
    Mutant(
        "what is acknowledged is pruned, backup or not",
        watermarks.prunable,
        "return min(mark.prune_ok, mark.acked)",
        "return mark.acked",
        3,
    ),
    Mutant(
        "an old copy of the database goes on as if nothing had happened",
        lives.disagreement,
        "return None if _contains(life, mark) else Cause.WENT_BACK",
        "return None",
        0,
    ),
    Mutant(
        "another stream's marker does not matter",
        lives.disagreement,
        "return Cause.OTHER_STREAM",
        "return None",
        0,
    ),
    Mutant(
        "a cloned disk goes on as the original",
        lives.disagreement,
        "return Cause.OTHER_MACHINE",
        "return None",
        30,
    ),
    Mutant(
        "the marker follows no commit",
        kiosk_side.followed_by_marker,
        "if head is not None:",
        "if False:",
        5,
    ),
    Mutant(
        "the head of the marker falls",
        marks.followed,
        "if head < now.head:",
        "if False:",
        204,
    ),
    Mutant(
        "the two processes write the marker's head without the lock",
        marks.raise_head,
        "with files.locked():",
        "if True:",
        873,
    ),
    Mutant(
        "the marker forgets the streams before",
        marks.begin,
        "older = known.older if known else ()",
        "older = ()",
        2034,
    ),
    Mutant(
        "a lost marker loses what the stream was given",
        marks.begin,
        "if ended is not None:",
        "if False:",
        3104,
    ),
    Mutant(
        "grants can be spent before the marker knows of them",
        kiosk_side.keep_granted,
        "        book.remember_granted(since, missing)\n        book.store_granted(since, missing)",
        "        book.store_granted(since, missing)\n        book.remember_granted(since, missing)",
        5440,
    ),
    Mutant(
        "an answer of an older life is believed",
        generations.belief_in,
        "return Belief.NEWER if number_of(told) > number_of(known) else Belief.STRANGE",
        "return Belief.SAME",
        0,
    ),
    Mutant(
        "what kiosks were given is not asked after a restore",
        bureau_side._believe,
        "if not views:",
        "if True:",
        21,
    ),
    Mutant(
        "what streams before were given is not asked after a restore",
        bureau_side._believe_claims,
        "for old in request.older or []:",
        "for old in []:",
        2034,
    ),
    Mutant(
        "there is no quarantine",
        generations.Quarantine.is_over,
        "return awaited <= self.reported",
        "return True",
        5,
    ),
    Mutant(
        "two reports end the quarantine, whoever made them",
        generations.Quarantine.is_over,
        "return awaited <= self.reported",
        "return len(self.reported) >= 2",
        15,
    ),
    Mutant(
        "a report need not reach the head",
        generations.is_full_report,
        "return not is_old and tells_older and acked >= head",
        "return not is_old and tells_older",
        1356,
        also=Mutant(
            "a count believes what a restored bureau knows",
            quotas.write_off,
            "if count and (not is_all_told or count > len(right.committed)):",
            "if count > len(right.committed):",
            1356,
        ),
    ),
    Mutant(
        "a report need not tell of streams before",
        generations.is_full_report,
        "return not is_old and tells_older and acked >= head",
        "return not is_old and acked >= head",
        346,
    ),
    Mutant(
        "granted numbers stay free",
        quotas.grant,
        "return QuotaState(state.capacity, state.free - given, {**state.rights, stream: grown})",
        "return QuotaState(state.capacity, state.free, {**state.rights, stream: grown})",
        0,
    ),
    Mutant(
        "a number in another hand becomes free",
        quotas._balanced,
        "free = (state.free - committed).lowest(room)",
        "free = state.free.lowest(room)",
        7,
    ),
    Mutant(
        "fresh numbers are not fresh",
        quotas._balanced,
        "- committed - free",
        "- free",
        1,
    ),
    Mutant(
        "a stream is written off by nothing",
        quotas.write_off,
        "settled = replace(right, granted=burned, counted=count)",
        "settled = replace(right, granted=burned, counted=0)",
        1062,
    ),
    Mutant(
        "a count believes what a restored bureau knows",
        quotas.write_off,
        "if count and (not is_all_told or count > len(right.committed)):",
        "if count > len(right.committed):",
        3969608194,
    ),
    Mutant(
        "the number of somebody aboard is handed out again",
        doors.acknowledged,
        "return settled, answered - frozenset(aboard)",
        "return settled, answered",
        84,
    ),
    Mutant(
        "a number is handed out before its door keeps the paper out",
        doors.acknowledged,
        "answered = door.open_blocks & frozenset(slips)",
        "answered = door.open_blocks",
        530,
        has_sticks=True,
    ),
    Mutant(
        "a door goes to another device before a restored bureau knows all papers",
        doors.handed_to,
        "if is_quarantined:",
        "if False:",
        638,
        closes_doors=True,
    ),
    Mutant(
        "one paper of several frees the number",
        doors.scanned_in,
        "or copies or not is_over:",
        "or not is_over:",
        468,
    ),
    Mutant(
        "a blocked slip comes aboard",
        doors.come_aboard,
        "if slip in book.kept_out:",
        "if False:",
        2,
    ),
    Mutant(
        "a slip comes aboard twice",
        doors.come_aboard,
        "if slip in book.aboard:",
        "if False:",
        31,
    ),
    Mutant(
        "a request that lay about takes the place of the present stream",
        bureau_side.hear,
        "if not request.is_old and request.hello != book.hello_of(kiosk, machine, makes_new=False):",
        "if False:",
        741,
    ),
    Mutant(
        "what streams before spent is not let go of when it is granted anew",
        holdings.told,
        "return replace(holding, granted=holding.granted | fresh, spent=holding.spent - fresh)",
        "return replace(holding, granted=holding.granted | fresh)",
        47,
        has_sticks=True,
    ),
    Mutant(
        "a bundle that was overtaken is a fork",
        carrying.is_late,
        "if request.head >= known.acked or is_chain_broken(request):",
        "if True:",
        1,
        has_sticks=True,
    ),
    Mutant(
        "whatever comes late by stick was overtaken",
        carrying.is_late,
        "if request.head >= known.acked or is_chain_broken(request):",
        "if False:",
        0,
        has_sticks=True,
    ),
    Mutant(
        "an old letter turns the board back",
        feed_places.leads_on,
        "return known.pos < page.pos",
        "return True",
        26,
        has_sticks=True,
    ),
    Mutant(
        "a letter leaves a hole behind it",
        feed_places.leads_on,
        "return reaches(known, asked) and not reaches(known, end_of(page))",
        "return not reaches(known, end_of(page))",
        4,
        has_sticks=True,
    ),
    Mutant(
        "the second round of a bundle begins like the first",
        carrying._round_of,
        "prev_hash=outgoing.events[start - 1].hash if start else outgoing.prev_hash,",
        "prev_hash=outgoing.prev_hash,",
        0,
        has_sticks=True,
    ),
    Mutant(
        "neither end looks whose life a message is of",
        bureau_side.hear,
        'if request.generation not in {"", ours}:',
        "if False:",
        0,
        also=Mutant(
            "an answer of any other life is believed",
            generations.belief_in,
            "if told == known:",
            'if told == known or known != "":',
            0,
        ),
    ),
    Mutant(
        "what is asked back is free before it is given back",
        SimBureau._recalls,
        "return asked",
        """for item in asked:
        state = self.kept.quotas[item.quota]
        told = [placed.spent for placed in self.kept.placed.values() if placed.stream == stream]
        spent = {number for pairs in told for name, number in pairs if name == item.quota}
        idle = state.right_of(StreamId(stream)).committed - NumberSet.of_pairs((n, n) for n in sorted(spent))
        gone = idle - idle.lowest(item.keep)
        self.kept.quotas[item.quota] = quotas.give_back(state, StreamId(stream), gone)
    return asked""",
        61,
    ),
    Mutant(
        "a slip is printed before its take is committed",
        SimKiosk.take,
        "    self._world.printed(paper)",
        "        self._world.printed(paper)",
        0,
    ),
)
