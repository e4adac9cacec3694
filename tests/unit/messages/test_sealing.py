"""Personal fields of entries are read with their worker's key, and by nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import load_trades
from kiosk.messages.events import CertificateRecorded, EventBody, FirstAnswersGiven, Person, WorkerRegistered
from kiosk.messages.personal import Kind, packed, unpacked
from kiosk.messages.sealing import new_key, opened, sealed_json
from tests.unit.bureau.rehearsal import number_of

KEY, OTHER = "11" * 16, "22" * 16
NAME, NUMBER, PHONE = "测试甲", number_of(1), "13900000001"
CITIZEN = Person(
    kind="citizen", name=NAME, number=NUMBER, sex="2", birth_date=date(1968, 3, 12), region="999999"
)
FOREIGNER = Person(
    kind="foreign_2017", name="TEST, ANNA", number="XXX999980010101", sex="2", birth_date=None, region=""
)
ANSWERS = FirstAnswersGiven(worker="w1", phone=PHONE, trades=["weeding", "pick_fruit"], span="day")
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)


def registered(person: Person) -> WorkerRegistered:
    return WorkerRegistered(worker="w1", person=person, notice_version=3, method="card")


def told(body: EventBody, secret: str = KEY, stream: str = "s", seq: int = 4) -> EventBody:
    """Return what a bureau reads of a sealed entry before it has any key."""
    return type(body).model_validate_json(sealed_json(body, secret, stream, seq))


def without_seal(body: EventBody | None) -> EventBody | None:
    return None if body is None else body.model_copy(update={"sealed": ""})


@pytest.mark.parametrize(
    "body",
    [
        registered(CITIZEN),
        registered(CITIZEN.model_copy(update={"sex": "1"})),  # as somebody typed it, against the number
        registered(CITIZEN.model_copy(update={"number": NUMBER[:-1] + "*"})),
        registered(FOREIGNER),
        ANSWERS,
        FirstAnswersGiven(worker="w1", phone="0936-0000012", trades=["a trade of next year"], span="either"),
        CertificateRecorded(
            worker="w1", kind="welder", number_tail="0012", review_by=date(2027, 1, 1), actor="s"
        ),
    ],
)
def test_what_is_sealed_is_read_with_its_key(body: EventBody) -> None:
    assert without_seal(opened(told(body), [OTHER, KEY], "s", 4)) == body


@given(TEXTS, st.sampled_from([NUMBER, "XXX999980010101", ""]) | TEXTS, TEXTS, st.none() | st.dates())
def test_any_person_is_packed_and_comes_out_again(
    name: str, number: str, region: str, born: date | None
) -> None:
    """Broken by leaving out what a number tells without looking whether it tells just that."""
    body = registered(
        Person(kind="citizen", name=name, number=number, sex="2", birth_date=born, region=region)
    )
    assert (
        WorkerRegistered.model_validate(body.model_dump() | unpacked(WorkerRegistered, packed(body))) == body
    )


@given(
    st.none() | TEXTS | st.from_regex(r"[0-9]{1,16}", fullmatch=True),
    st.lists(st.sampled_from(sorted(load_trades().by_key)) | TEXTS, max_size=4),
    st.sampled_from([None, "day", "long", "either"]) | TEXTS,
)
def test_any_answers_are_packed_and_come_out_again(
    phone: str | None, trades: list[str], span: str | None
) -> None:
    body = FirstAnswersGiven(worker="w1", phone=phone, trades=trades, span=span)
    again = body.model_dump() | unpacked(FirstAnswersGiven, packed(body))
    assert FirstAnswersGiven.model_validate(again) == body


@given(st.binary(max_size=40))
def test_packed_nonsense_is_a_value_error_and_nothing_else(raw: bytes) -> None:
    for kind in (WorkerRegistered, FirstAnswersGiven, CertificateRecorded):
        try:
            unpacked(kind, raw)
        except ValueError:
            continue


def test_nothing_of_a_person_stands_in_a_sealed_entry() -> None:
    for body in (registered(CITIZEN), ANSWERS):
        text = sealed_json(body, KEY, "s", 4)
        assert not any(word in text for word in (NAME, NUMBER, NUMBER[6:14], PHONE, "weeding", "day"))
        assert '"worker":"w1"' in text


def test_another_key_another_place_and_another_worker_open_nothing() -> None:
    """Broken by making the key of an entry without its place: an entry could be told as another one."""
    entry = told(ANSWERS)
    assert opened(entry, [OTHER], "s", 4) is None
    assert opened(entry, [], "s", 4) is None
    assert opened(entry, [KEY], "s", 5) is None
    assert opened(entry, [KEY], "t", 4) is None
    assert opened(entry.model_copy(update={"worker": "w2"}), [KEY], "s", 4) is None


def test_the_same_words_in_two_places_look_different() -> None:
    assert told(ANSWERS).sealed_text != told(ANSWERS, seq=5).sealed_text


def test_answers_that_say_nothing_need_no_key() -> None:
    nothing = FirstAnswersGiven(worker="w1")
    assert told(nothing) == nothing
    assert opened(told(nothing), [], "s", 4) == nothing


def test_entries_of_older_programs_are_read_as_they_are() -> None:
    text = (
        '{"worker":"w1","number_hash":"ab","person":' + CITIZEN.model_dump_json() + ',"notice_version":3,'
        '"method":"card"}'
    )
    assert opened(WorkerRegistered.model_validate_json(text), [], "s", 4) == registered(CITIZEN)


def test_keys_are_drawn_anew_each_time() -> None:
    assert new_key("w1", Kind.OPTIONAL, 0).secret != new_key("w1", Kind.OPTIONAL, 0).secret
