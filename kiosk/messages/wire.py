"""The base of every wire value: frozen, strict about types, tolerant of fields a newer version added."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

PROTOCOL = 1


class Wire(BaseModel):
    """A value as it travels. Unknown fields are ignored, so a newer side can speak to an older one.

    Read from JSON, only the names of fields are kept for the next value: names and numbers of people are not.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", cache_strings="keys")
