"""Versions that meet: what earlier ones said is understood, and what later ones may say stops nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import Field

from kiosk.bureau.counting import counts
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import office
from kiosk.bureau.rebuilding import rebuild
from kiosk.codes import load_dictionaries
from kiosk.domain.ids import JobId, QuotaId
from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.messages import exchanges
from kiosk.messages.events import EVENT_TYPES
from kiosk.messages.exchanges import Exchange
from kiosk.messages.feed import FeedPage, FeedRow
from kiosk.messages.packing import MEDIA_TYPE, Packing, PackingFault, Reason
from kiosk.messages.sync import SyncReply, SyncRequest
from kiosk.protocol.kiosk_side import request_of, take_in
from kiosk.storage.feed_tables import unread_row
from kiosk.storage.opening import OpenedStore
from kiosk.sync.rounds import clock_view
from tests.faults.recording import VECTORS
from tests.unit.bureau.rehearsal import HandClock, Machine, checked_in, new_machine, on_the_wire, registered
from tests.unit.storage.samples import NOW, TurnedClock, opened

VERSIONS = sorted(path.name for path in VECTORS.iterdir())
EACH_VERSION = pytest.mark.parametrize("version", VERSIONS)
KINDS: dict[str, type[SyncRequest] | type[SyncReply]] = {"request": SyncRequest, "reply": SyncReply}


class LaterRequest(SyncRequest):
    """What a later kiosk might say."""

    mood: str = "sunny"
    weather: dict[str, list[int]] = Field(default_factory=lambda: {"NZ": [1, 2, 3]})


class LaterReply(SyncReply):
    """What a later bureau might answer."""

    advice: list[str] = Field(default_factory=lambda: ["take an umbrella"])


@pytest.fixture
def packing() -> Packing:
    return Packing(load_dictionaries())


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[OpenedStore]:
    store = opened(tmp_path / "kiosk", TurnedClock())
    yield store
    store.close()


@pytest.fixture
def folder(bureau_dir: Path) -> Path:
    return bureau_dir


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let later messages be packed like those of today."""
    for ours, theirs in ((SyncRequest, LaterRequest), (SyncReply, LaterReply)):
        monkeypatch.setitem(exchanges._APART, theirs, exchanges._APART[ours])
        for table in (exchanges._BARE, exchanges._NOT_REMEMBERED):
            monkeypatch.setitem(table, theirs, table[ours])


def vector(version: str, name: str) -> bytes:
    return (VECTORS / version / name).read_bytes()


def says_all_of(said: Any, recorded: Any) -> bool:  # noqa: ANN401 - values of JSON
    """Return whether a message holds every value that was recorded; later versions may add to it."""
    if isinstance(recorded, dict):
        return all(name in said and says_all_of(said[name], value) for name, value in recorded.items())
    if isinstance(recorded, list):
        return len(said) == len(recorded) and all(map(says_all_of, said, recorded))
    return bool(said == recorded)


@EACH_VERSION
@pytest.mark.parametrize("name", ["request", "reply", "next-request", "next-reply"])
def test_every_word_of_an_earlier_version_is_understood(version: str, name: str) -> None:
    recorded = vector(version, f"{name}.json")
    message = KINDS[name.removeprefix("next-")].model_validate_json(recorded)
    assert says_all_of(json.loads(message.model_dump_json()), json.loads(recorded))


@EACH_VERSION
@pytest.mark.parametrize("name", ["request", "reply"])
def test_what_an_earlier_version_packed_says_what_its_json_says(
    packing: Packing, version: str, name: str
) -> None:
    unpacked = packing.unpack(KINDS[name], vector(version, f"{name}.packed"))
    assert unpacked == KINDS[name].model_validate_json(vector(version, f"{name}.json"))


@EACH_VERSION
def test_a_word_that_builds_upon_another_is_understood_or_asked_for_whole(
    packing: Packing, version: str
) -> None:
    """Never read as something else: who understands the words before otherwise calls them otherwise."""
    said = SyncRequest.model_validate_json(vector(version, "request.json"))
    answered = SyncReply.model_validate_json(vector(version, "reply.json"))
    exchange = Exchange.of(said, answered)
    for name, after in (("request", exchange.request), ("reply", exchange.reply)):
        expected = KINDS[name].model_validate_json(vector(version, f"next-{name}.json"))
        try:
            assert packing.unpack(KINDS[name], vector(version, f"next-{name}.packed"), after) == expected
        except PackingFault as fault:
            assert fault.reason is Reason.FORGOTTEN  # noqa: PT017 - either of two ends is right
            assert version != VERSIONS[-1], "what is said today is understood today"


@EACH_VERSION
def test_a_bureau_takes_in_whatever_an_earlier_kiosk_tells(folder: Path, version: str) -> None:
    with on_the_wire(folder, HandClock()) as client:
        machine = enrolled(folder)
        packed = vector(version, "request.packed")
        first = client.post("/sync", content=packed, headers=said_packed(machine, packed))
        assert (first.status_code, first.headers["content-type"]) == (200, MEDIA_TYPE)
        hello = Packing(load_dictionaries()).unpack(SyncReply, first.content).hello
        text = vector(version, "request.json").replace(b'"hello":""', f'"hello":"{hello}"'.encode())
        second = client.post("/sync", content=text, headers=machine.headers(text))
        reply = SyncReply.model_validate_json(second.content)
    told = json.loads(vector(version, "request.json"))["events"]
    assert {entry["type"] for entry in told} <= set(EVENT_TYPES)
    assert reply.acked == len(told) == counts(folder)["events"]
    unread = {"bureau.refused.unknown_type", "bureau.refused.malformed"}
    assert {item.seq for item in reply.refusals if item.reason in unread} <= posted_by_hand(told)
    assert check_invariants(folder) == []


@EACH_VERSION
def test_a_kiosk_takes_in_whatever_an_earlier_bureau_answers(kept: OpenedStore, version: str) -> None:
    book, clock = kept.sync_book, TurnedClock()
    said = request_of(book.outgoing(500), "NZ-01", clock_view(clock, "boot-1"))
    recorded = json.loads(vector(version, "reply.json"))
    ours = {"stream": said.stream, "acked": 0, "prune_ok": 0}
    reply = SyncReply.model_validate_json(json.dumps({**recorded, **ours}))
    assert take_in(book, said, reply, NOW, lambda: None).is_valid
    with kept.store.reading() as records:
        granted = NumberSet.of((NumberRange(1, 9), NumberRange(11, 12)))
        assert records.rights.free(QuotaId("places:j1")) == granted
        assert records.board.job(JobId("j1")) is not None
    with kept.database.reading() as connection:
        assert connection.execute(unread_row.select()).all() == []


@pytest.mark.usefixtures("later")
def test_fields_that_nobody_knows_yet_change_nothing(packing: Packing) -> None:
    said = SyncRequest.model_validate_json(vector(VERSIONS[-1], "request.json"))
    answered = SyncReply.model_validate_json(vector(VERSIONS[-1], "reply.json"))
    newer_said = LaterRequest(**{name: getattr(said, name) for name in SyncRequest.model_fields})
    newer_answered = LaterReply(**{name: getattr(answered, name) for name in SyncReply.model_fields})
    assert SyncRequest.model_validate_json(newer_said.model_dump_json()) == said
    assert SyncReply.model_validate_json(newer_answered.model_dump_json()) == answered
    assert packing.unpack(SyncRequest, packing.pack(newer_said)) == said
    assert packing.unpack(SyncReply, packing.pack(newer_answered)) == answered
    theirs = Exchange.of(newer_said, newer_answered)
    with pytest.raises(PackingFault) as fault:
        packing.unpack(
            SyncRequest, packing.pack(newer_said, after=theirs.request), Exchange.of(said, answered).request
        )
    assert fault.value.reason is Reason.FORGOTTEN


def test_an_entry_that_nobody_knows_yet_is_kept_raw_and_stops_nothing_in_either_encoding(
    folder: Path, packing: Packing
) -> None:
    with on_the_wire(folder, HandClock()) as client:
        machine = enrolled(folder)
        machine.do(registered("w-1"))
        machine.write("moon_landed", 3, '{"crater": "tycho", "crew": [1, 2]}')
        machine.do(checked_in("w-1"))
        hello = client.post("/sync", **spoken(machine)).json()["hello"]
        machine.hello = hello
        body = packing.pack(machine.request(count=2))
        answer = client.post("/sync", content=body, headers=said_packed(machine, body))
        machine.hear(packing.unpack(SyncReply, answer.content))
        assert machine.acked == 2
        reply = SyncReply.model_validate_json(client.post("/sync", **spoken(machine)).content)
    assert (reply.acked, counts(folder)["events"], counts(folder)["dead_letters"]) == (3, 3, 1)
    assert counts(folder)["check_ins"] == 1
    rebuild(folder)
    assert (counts(folder)["check_ins"], check_invariants(folder)) == (1, [])


def test_a_topic_that_nobody_knows_yet_stops_nothing_behind_it(kept: OpenedStore) -> None:
    recorded = SyncReply.model_validate_json(vector(VERSIONS[-1], "reply.json"))
    job = next(row for row in recorded.pages[0].rows if row.topic == "job")
    strange = FeedRow(topic="weather", id="NZ", pos=1, body="not even JSON")
    page = FeedPage(
        scope="city", feed_gen="g", rows=[strange, job.model_copy(update={"pos": 2})], pos=2, has_more=False
    )
    kept.sync_book.apply_page(page)
    assert [cursor.pos for cursor in kept.sync_book.outgoing(1).cursors] == [2]
    with kept.store.reading() as records:
        assert records.board.job(JobId(job.id)) is not None


def enrolled(folder: Path) -> Machine:
    with office(folder, HandClock(), is_server=False) as bureau:
        return new_machine(bureau, folder)


def said_packed(machine: Machine, body: bytes) -> dict[str, str]:
    return {"Content-Type": MEDIA_TYPE, **machine.headers(body)}


def spoken(machine: Machine) -> dict[str, Any]:
    body = machine.request().model_dump_json().encode()
    return {"content": body, "headers": machine.headers(body)}


def posted_by_hand(entries: list[dict[str, Any]]) -> set[int]:
    """Return the entries that post a job: a job of three fields is none, and is refused as malformed."""
    return {entry["seq"] for entry in entries if entry["type"] == "job_posted"}
