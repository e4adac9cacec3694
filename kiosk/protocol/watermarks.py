"""How far a stream is known: what the bureau has, what its backup holds, and what is no longer kept here."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Watermark:
    """Seqs of one stream at its kiosk: floor <= acked <= head, and prune_ok <= acked.

    `floor` is the newest entry that cannot be told again, since it was pruned or blanked; what the bureau's
    verified backup holds is `prune_ok`.
    """

    head: int
    acked: int = 0
    floor: int = 0
    prune_ok: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """The entries of one request, first..last, and the hash at the last; with none, at the one before."""

    first: int
    last: int
    hash: str


def is_answer_to(told: Told, mark: Watermark, hash_here: str | None) -> bool:
    """Return whether an answer may move the watermark; `hash_here` is what the database has at `told.last`.

    One that comes late may be about entries that an old copy of the database has written otherwise: the hash
    tells. And one behind a gap would acknowledge entries of whose refusal nobody was told.
    """
    return told.first <= mark.acked + 1 and told.hash == hash_here


def heard(
    mark: Watermark, told: Told, acked: int, need_from: int | None = None, prune_ok: int = 0
) -> Watermark:
    """Return the watermark after an answer: it only rises, unless the bureau asks again from `need_from`.

    Nothing is acknowledged behind what was told, whatever the bureau knows of other requests.
    """
    wanted = max(mark.acked, min(acked, told.last)) if need_from is None else need_from - 1
    known = max(mark.floor, min(wanted, mark.head))
    return replace(mark, acked=known, prune_ok=max(mark.prune_ok, min(prune_ok, known)))


def in_new_generation(mark: Watermark) -> Watermark:
    """Return the watermark for a restored bureau, or of a stream that ends: all that is kept is told again.

    An old copy of the database may have written other entries where the bureau acknowledged some; told once
    more, they are compared, and none is lost.
    """
    return replace(mark, acked=mark.floor, prune_ok=mark.floor)


def prunable(mark: Watermark) -> int:
    """Return the newest seq that may be pruned: acknowledged, and in a backup that was verified."""
    return min(mark.prune_ok, mark.acked)


def pruned(mark: Watermark, up_to: int) -> Watermark:
    """Return the watermark after pruning; never above what is prunable."""
    return replace(mark, floor=max(mark.floor, min(up_to, prunable(mark))))


def blanked(mark: Watermark, up_to: int) -> Watermark:
    """Return the watermark after acknowledged entries up to a seq lost their words, in a backup or not."""
    return replace(mark, floor=max(mark.floor, min(up_to, mark.acked)))
