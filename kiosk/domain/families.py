"""The six families of work; a module of its own, for the first screen shows them before it knows of jobs."""

from __future__ import annotations

from enum import StrEnum


class Family(StrEnum):
    """The six families of work, each with its own colour on the signs."""

    FARM = "farm"
    BUILD = "build"
    FACTORY = "factory"
    KITCHEN = "kitchen"
    CARE = "care"
    TRANSPORT = "transport"
