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


def heard(mark: Watermark, acked: int, need_from: int | None = None, prune_ok: int = 0) -> Watermark:
    """Return the watermark after an answer: it only rises, unless the bureau asks again from `need_from`."""
    wanted = max(mark.acked, acked) if need_from is None else need_from - 1
    known = max(mark.floor, min(wanted, mark.head))
    return replace(mark, acked=known, prune_ok=max(mark.prune_ok, min(prune_ok, known)))


def compared(mark: Watermark, acked: int, told: int | None) -> int:
    """Return what an answer acknowledges of a stream that has ended: nothing behind what was `told`."""
    return acked if told is None else min(acked, max(told, mark.floor))


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
