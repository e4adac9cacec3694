"""The bureau's routes as an OpenAPI document, made of the very messages that they read and answer with."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from kiosk.messages.packing import MEDIA_TYPE
from kiosk.messages.sync import (
    EnrolReply,
    EnrolRequest,
    PostReply,
    PostRequest,
    Problem,
    SyncReply,
    SyncRequest,
)
from kiosk.messages.wire import PROTOCOL

JSON, BYTES, TEXT = "application/json", "application/octet-stream", "text/plain"
_REF = "#/components/schemas/{model}"
_SIGNED = ("Kiosk-Id", "Kiosk-Token", "Kiosk-Suite", "Kiosk-Signature")
_WORDS = {
    400: "The message cannot be read, or contradicts itself.",
    401: "Nobody known signed this.",
    403: "Known, and not allowed to do this.",
    404: "There is nothing at this address.",
    405: "There is nothing at this address for this method.",
    408: "The message came too slowly.",
    409: "This request was received before.",
    412: "It builds upon a round that is not remembered; say it in full.",
    413: "It is longer than is allowed.",
    415: "Its encoding is not known here.",
    426: "It speaks another protocol.",
    429: "Somebody speaks too often; Retry-After says when to come again.",
    500: "A fault of the bureau's program.",
    503: "The bureau's storage is in trouble, or it is not ready.",
}
_ALWAYS = (404, 405, 429, 500, 503)
_WITH_BODY = (400, 408, 413)
_NOT_READY = 503


@dataclass(frozen=True, slots=True)
class Described:
    """One route: what it is for, what it reads and answers; models, or media types of what is no JSON."""

    method: str
    path: str
    summary: str
    reads: type[BaseModel] | str | None
    answers: type[BaseModel] | str
    refuses: tuple[int, ...] = ()
    is_signed: bool = False


class State(BaseModel):
    """How the bureau is; a word for each part."""

    state: str


class Ready(State):
    """Whether the bureau can take in what kiosks tell; `backup_age_h` is -1 where there is no backup."""

    database: str
    disk: str
    backup: str
    backup_age_h: int


DESCRIBED = (
    Described("GET", "/healthz", "Say that the server runs and its database answers.", None, State),
    Described("GET", "/readyz", "Say whether kiosks may come: disk, database, backup.", None, Ready),
    Described("GET", "/metrics", "Tell the figures of this server for Prometheus.", None, TEXT),
    Described("GET", "/openapi.json", "Tell what this document tells.", None, JSON),
    Described("GET", "/ca.pem", "Tell the authority's certificate.", None, "application/x-pem-file"),
    Described(
        "POST", "/enrol", "Become a kiosk by a one-time code.", EnrolRequest, EnrolReply, (403, *_WITH_BODY)
    ),
    Described(
        "POST",
        "/sync",
        "Do one round: entries in, rights and state out.",
        SyncRequest,
        SyncReply,
        (401, 403, 409, 412, 415, 426, *_WITH_BODY),
        is_signed=True,
    ),
    Described(
        "POST",
        "/post",
        "Hear how this kiosk is called by now, and offer a new key.",
        PostRequest,
        PostReply,
        (401, 403, 409, *_WITH_BODY),
        is_signed=True,
    ),
    Described("GET", "/courier", "Tell the card by which bundles are sealed for this bureau.", None, JSON),
    Described(
        "POST",
        "/courier",
        "Bring a bundle of any kiosk, and take the sealed answer.",
        BYTES,
        BYTES,
        (401, 403, 409, *_WITH_BODY),
        is_signed=True,
    ),
)


@cache
def openapi() -> dict[str, object]:
    """Return the document, version 3.1."""
    told = itertools.chain.from_iterable((item.reads, item.answers) for item in DESCRIBED)
    models = dict.fromkeys(what for what in (*told, Problem) if isinstance(what, type))
    schemas = models_json_schema([(model, "validation") for model in models], ref_template=_REF)[1]
    paths: dict[str, dict[str, object]] = {}
    for item in DESCRIBED:
        paths.setdefault(item.path, {})[item.method.lower()] = _operation(item)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The bureau of a hall kiosk",
            "version": str(PROTOCOL),
            "description": "Rounds are repeated safely: the same request has one effect.",
        },
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }


def _operation(item: Described) -> dict[str, object]:
    refusals: Sequence[int] = sorted({*_ALWAYS, *item.refuses})
    answer = {"description": "Done.", "content": _content(item.answers)}
    if item.answers is SyncReply:
        answer["content"] = {**_content(item.answers), MEDIA_TYPE: {"schema": {}}}
    told: dict[str, object] = {
        "summary": item.summary,
        "responses": {"200": answer} | {str(status): _refusal(item, status) for status in refusals},
    }
    if item.is_signed:
        told["parameters"] = [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in _SIGNED
        ]
    if item.reads is not None:
        told["requestBody"] = {"required": True, "content": _content(item.reads)}
    return told


def _refusal(item: Described, status: int) -> dict[str, object]:
    names = ["Problem", "Ready"] if item.answers is Ready and status == _NOT_READY else ["Problem"]
    schemas = [{"$ref": _REF.format(model=name)} for name in names]
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    return {"description": _WORDS[status], "content": {JSON: {"schema": schema}}}


def _content(what: type[BaseModel] | str) -> dict[str, object]:
    if isinstance(what, str):
        return {what: {"schema": {}}}
    return {JSON: {"schema": {"$ref": _REF.format(model=what.__name__)}}}
