"""Both encodings at the real bureau over TLS: who speaks which, and how one falls back to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.offices import office
from kiosk.codes import load_dictionaries
from kiosk.messages.packing import MEDIA_TYPE, Packing
from kiosk.messages.sync import Problem, SyncReply, SyncRequest
from kiosk.sync.http_bureau import BureauRefusedError, BureauUnreachableError, HttpBureau
from kiosk.sync.lines import Answer, HttpsLine
from kiosk.sync.wordings import PLAIN_S
from tests.unit.bureau.rehearsal import HandClock, Machine, checked_in, new_machine, on_the_wire, registered

JSON = "application/json"


@dataclass(slots=True)
class Line:
    """A kiosk's connection, and what passed over it: media type and size of each request and answer."""

    bureau: Watched
    passed: list[tuple[str, int, int, str]]

    def said_as(self) -> list[tuple[str, int]]:
        return [(media_type, status) for media_type, _, status, _ in self.passed]


class Watched(HttpBureau):
    """A connection of which every answer is looked at, and may be spoilt, before the kiosk believes it."""

    spoil: Callable[[Answer], Answer] = staticmethod(lambda answer: answer)
    passed: list[tuple[str, int, int, str]]

    def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str], read_s: float = 20.0
    ) -> Answer:
        answer = super()._ask(method, path, body, headers, read_s)
        self.passed.append((headers["Content-Type"], len(body), answer.status, answer.media_type))
        return self.spoil(answer)


@contextmanager
def a_line(
    folder: Path, client: httpx.Client, packing: Packing | None, clock: HandClock | None = None
) -> Iterator[Line]:
    monotonic = (clock or HandClock()).monotonic
    ca = BureauFolder(folder).ca_certificate
    bureau = Watched(str(client.base_url), ca, packing, monotonic)
    bureau.passed = []
    with bureau:
        yield Line(bureau, bureau.passed)


@pytest.fixture
def folder(bureau_dir: Path) -> Path:
    return bureau_dir


@pytest.fixture
def machine(folder: Path) -> Machine:
    with office(folder, HandClock()) as bureau:
        return new_machine(bureau, folder)


@pytest.fixture
def packing() -> Packing:
    return Packing(load_dictionaries())


def speak(line: Line, machine: Machine) -> SyncReply:
    """Do rounds until the bureau knows the stream; return its last answer."""
    reply = line.bureau.sync(machine.request(), machine.key)
    if reply.hello:
        machine.hello = reply.hello
        reply = line.bureau.sync(machine.request(), machine.key)
    machine.hear(reply)
    return reply


def test_a_kiosk_that_packs_is_answered_packed_and_its_entries_arrive(
    folder: Path, machine: Machine, packing: Packing
) -> None:
    machine.do(registered("w-1"))
    machine.do(checked_in("w-1"))
    with on_the_wire(folder, HandClock()) as client, a_line(folder, client, packing) as line:
        assert speak(line, machine).acked == 2
    assert {passed[0] for passed in line.passed} == {passed[3] for passed in line.passed} == {MEDIA_TYPE}


def test_both_encodings_get_the_same_answer(folder: Path, machine: Machine, packing: Packing) -> None:
    clock = HandClock()
    with (
        on_the_wire(folder, clock) as client,
        a_line(folder, client, packing) as packed,
        a_line(folder, client, None) as plain,
    ):
        speak(packed, machine)
        said = machine.request()
        assert packed.bureau.sync(said, machine.key) == plain.bureau.sync(said, machine.key)
    assert plain.said_as() == [(JSON, 200)]


def test_a_round_without_news_is_far_smaller_packed(folder: Path, machine: Machine, packing: Packing) -> None:
    with on_the_wire(folder, HandClock()) as client, a_line(folder, client, packing) as line:
        for _ in range(3):
            speak(line, machine)
    assert line.passed[-1][1] <= 60
    assert len(machine.request().model_dump_json()) > 300


def test_a_bureau_that_was_started_anew_asks_for_all_of_it_and_nobody_notices(
    folder: Path, machine: Machine, packing: Packing
) -> None:
    clock = HandClock()
    with on_the_wire(folder, clock) as client, a_line(folder, client, packing) as line:
        speak(line, machine)
        memory = line.bureau._wording._last
    machine.do(registered("w-1"))
    with on_the_wire(folder, clock) as client, a_line(folder, client, packing) as line:
        line.bureau._wording._last = memory
        assert speak(line, machine).acked == 1
        assert line.said_as() == [(MEDIA_TYPE, 412), (MEDIA_TYPE, 200)]


def of_the_day_after_tomorrow() -> Packing:
    return Packing({**load_dictionaries(), 200: b"words of the day after tomorrow " * 20})


def test_a_bureau_without_the_dictionary_is_spoken_to_in_json_for_a_day_and_then_packed_again(
    folder: Path, machine: Machine
) -> None:
    clock = HandClock()
    machine.do(registered("w-1"))
    with (
        on_the_wire(folder, HandClock()) as client,
        a_line(folder, client, of_the_day_after_tomorrow(), clock) as line,
    ):
        assert speak(line, machine).acked == 1
        clock.forward(timedelta(seconds=PLAIN_S - 1))
        speak(line, machine)
        assert line.said_as()[:2] == [(MEDIA_TYPE, 415), (JSON, 200)]
        assert {media_type for media_type, _ in line.said_as()[1:]} == {JSON}
        clock.forward(timedelta(seconds=1))
        speak(line, machine)
        assert line.said_as()[-2:] == [(MEDIA_TYPE, 415), (JSON, 200)]


def test_a_bureau_that_was_away_is_spoken_to_packed_again(folder: Path, machine: Machine) -> None:
    with (
        on_the_wire(folder, HandClock()) as client,
        a_line(folder, client, of_the_day_after_tomorrow()) as line,
    ):
        speak(line, machine)
        known = line.bureau._line
        line.bureau._line = HttpsLine("https://127.0.0.1:1", known._context)
        with pytest.raises(BureauUnreachableError):
            line.bureau.sync(machine.request(), machine.key)
        line.bureau._line = known
        speak(line, machine)
    assert line.said_as()[-2:] == [(MEDIA_TYPE, 415), (JSON, 200)]


def test_a_packed_answer_that_says_nothing_is_asked_for_in_json(
    folder: Path, machine: Machine, packing: Packing
) -> None:
    """Broken by letting `Wording.heard` raise what `unpack` raises and no more: it would be said again."""
    with on_the_wire(folder, HandClock()) as client, a_line(folder, client, packing) as line:
        speak(line, machine)

        def spoil(answer: Answer) -> Answer:
            is_packed = answer.media_type == MEDIA_TYPE
            return replace(answer, content=answer.content[:-3]) if is_packed else answer

        line.bureau.spoil = spoil
        with pytest.raises(BureauUnreachableError) as fault:
            line.bureau.sync(machine.request(), machine.key)
        assert fault.value.problem == "sync.strange_answer"
        machine.do(registered("w-1"))
        assert speak(line, machine).acked == 1
    assert line.said_as()[-1] == (JSON, 200)


@pytest.mark.parametrize(
    ("spoil", "status", "key"),
    [
        (lambda body: b"\x07" + body[1:], 415, "bureau.problem.strange_encoding"),
        (lambda body: body[:1] + b"\xff" + body[2:], 415, "bureau.problem.strange_encoding"),
        (lambda body: body[:-3], 400, "bureau.problem.malformed"),
        (lambda body: b"\x03\x01" + bytes(8) + body[2:], 412, "bureau.problem.forgotten"),
    ],
)
def test_what_cannot_be_unpacked_is_a_problem_in_json(
    folder: Path, machine: Machine, packing: Packing, spoil: Callable[[bytes], bytes], status: int, key: str
) -> None:
    with on_the_wire(folder, HandClock()) as client:
        body = spoil(packing.pack(machine.request()))
        headers = {"Content-Type": MEDIA_TYPE, **machine.headers(body)}
        answer = client.post("/sync", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == JSON
    assert Problem.model_validate_json(answer.content).key == key


def test_the_signature_covers_the_bytes_as_sent(folder: Path, machine: Machine, packing: Packing) -> None:
    said = machine.request()
    with on_the_wire(folder, HandClock()) as client:
        headers = {"Content-Type": MEDIA_TYPE, **machine.headers(said.model_dump_json().encode())}
        answer = client.post("/sync", content=packing.pack(said), headers=headers)
    assert answer.status_code == 401


def test_nobody_else_can_build_upon_what_a_kiosk_said(folder: Path, packing: Packing) -> None:
    with office(folder, HandClock()) as bureau:
        one, other = new_machine(bureau, folder, no=1), new_machine(bureau, folder, no=2)
    with on_the_wire(folder, HandClock()) as client, a_line(folder, client, packing) as line:
        speak(line, one)
        last = line.bureau._wording._last
        assert last is not None
        body = packing.pack(one.request(), after=last.request)
        headers = {"Content-Type": MEDIA_TYPE, **other.headers(body)}
        assert client.post("/sync", content=body, headers=headers).status_code == 412


def test_a_refusal_that_simpler_words_do_not_mend_is_told(
    folder: Path, machine: Machine, packing: Packing
) -> None:
    strange = machine.request().model_copy(update={"kiosk": "somebody-else"})
    with on_the_wire(folder, HandClock()) as client, a_line(folder, client, packing) as line:
        with pytest.raises(BureauRefusedError):
            line.bureau.sync(strange, machine.key)
        malformed = machine.request().model_copy(update={"first": 5})
        with pytest.raises(BureauRefusedError) as refused:
            line.bureau.sync(malformed, machine.key)
    assert refused.value.status == 400


def test_time_goes_on_between_rounds_and_is_told(folder: Path, machine: Machine, packing: Packing) -> None:
    clock = HandClock()
    with on_the_wire(folder, clock) as client, a_line(folder, client, packing) as line:
        before = speak(line, machine).server_time
        clock.forward(timedelta(minutes=1))
        assert speak(line, machine).server_time - before == timedelta(minutes=1)


def test_json_of_a_request_is_its_models_own(machine: Machine) -> None:
    said = machine.request()
    assert SyncRequest.model_validate_json(said.model_dump_json()) == said
