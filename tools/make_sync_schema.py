"""Writes the JSON schema of sync to data/sync/schema.json: `python -m tools.make_sync_schema`.

It is what the models say; packed messages have no other.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from kiosk.messages.course_bodies import CourseBody
from kiosk.messages.events import EVENT_TYPES
from kiosk.messages.feed import (
    BlockBody,
    CapsuleBody,
    EmployerBody,
    ErasureBody,
    JobBody,
    KeyBody,
    ParameterBody,
    SignUpBody,
    StaffBody,
    TripBody,
)
from kiosk.messages.merge_bodies import MergeBody
from kiosk.messages.part_bodies import PartBody
from kiosk.messages.sync import EnrolReply, EnrolRequest, Problem, SyncReply, SyncRequest
from kiosk.messages.wire import Wire
from kiosk.resources import data

MESSAGES: tuple[type[Wire], ...] = (SyncRequest, SyncReply, EnrolRequest, EnrolReply, Problem)
TOPICS: dict[str, type[Wire]] = {
    "parameter": ParameterBody,
    "course": CourseBody,
    "staff": StaffBody,
    "employer": EmployerBody,
    "trip": TripBody,
    "job": JobBody,
    "capsule": CapsuleBody,
    "key": KeyBody,
    "block": BlockBody,
    "erasure": ErasureBody,
    "sign_up": SignUpBody,
    "merge": MergeBody,
    "part": PartBody,
}
"""The bodies of rows by their topics."""


def schema() -> dict[str, Any]:
    """Return the schema of every message, of entries by their types, and of rows by their topics."""
    models = (*MESSAGES, *EVENT_TYPES.values(), *TOPICS.values())
    _, definitions = models_json_schema([(model, "validation") for model in models], title="Sync")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "messages": [model.__name__ for model in MESSAGES],
        "entries": {name: body.__name__ for name, body in EVENT_TYPES.items()},
        "topics": {name: body.__name__ for name, body in TOPICS.items()},
        **definitions,
    }


def main() -> None:
    """Write the file."""
    text = json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True)
    data("sync", "schema.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
