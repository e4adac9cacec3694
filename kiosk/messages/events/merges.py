"""Registrations that are one person, by the pseudonyms that stand for them everywhere: nothing is sealed."""

from __future__ import annotations

from typing import ClassVar

from kiosk.messages.events.body import EventBody


class WorkersMerged(EventBody):
    """Two persons of the desk said that two registrations are one person, who goes on as `kept`."""

    type: ClassVar[str] = "workers_merged"
    merge: str
    kept: str
    joined: str
    actor: str


class MergeUndone(EventBody):
    """A merge was a mistake; who they were is told again, since this may be heard before the merge."""

    type: ClassVar[str] = "merge_undone"
    merge: str
    kept: str
    joined: str
    actor: str
