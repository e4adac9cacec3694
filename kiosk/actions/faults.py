"""Whose fault is it? Either the world failed, and a person can do something about it, or we are wrong."""

from __future__ import annotations

from kiosk.domain.sentences import Sentence


class WorldFault(Exception):
    """Something outside failed: a disk, a cable, a peer. It carries the sentence a person is told."""

    def __init__(self, sentence: Sentence) -> None:
        """Keep the sentence; the exception's own text is its key."""
        super().__init__(sentence.key)
        self.sentence = sentence


class StorageFault(WorldFault):
    """The disk is full, read-only, locked for too long, or the file is damaged; nothing was committed."""


class IntegrityFault(Exception):
    """A rule of ours was about to be broken; this is a defect, and the transaction was rolled back."""


class Refused(Exception):
    """An action is lawfully refused; the sentence says why and what would change it."""

    def __init__(self, sentence: Sentence) -> None:
        """Keep the sentence; the exception's own text is its key."""
        super().__init__(sentence.key)
        self.sentence = sentence
