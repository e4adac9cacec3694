"""A bundle opens for the one it was sealed for, when it is whole and genuine, and for nobody else."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk import catalogue
from kiosk.bureau.courier_keys import courier_keys
from kiosk.bureau.init import init_bureau
from kiosk.messages import bundles
from kiosk.messages.bundles import (
    MAX_BUNDLE_BYTES,
    BadBundle,
    Downward,
    Fault,
    Label,
    Upward,
    Way,
    answer_key,
    make_bundle,
    name_of,
    public_key,
    read_bundle,
)
from kiosk.messages.courier_cards import read_card
from kiosk.messages.events import FIRST_HASH
from kiosk.messages.sync import ClockView, SyncRequest

NOW = datetime(2026, 9, 18, 5, 10, tzinfo=UTC)
READER, AUTHOR = X25519PrivateKey.generate(), Ed25519PrivateKey.generate()


def label(way: Way = Way.UP) -> Label:
    return Label(way=way, kiosk="NZ-01", letter="A", stream="s", head=0, made_at=NOW, sealed_for="")


def content(clock: datetime = NOW) -> Upward:
    request = SyncRequest(
        kiosk="NZ-01",
        stream="s",
        generation="1-g",
        head=0,
        first=1,
        prev_hash=FIRST_HASH,
        events=[],
        rights=[],
        wants=[],
        cursors=[],
        clock=ClockView(wall=clock, boot="b", boottime_ms=1),
        backlog=0,
    )
    return Upward(answer_key=answer_key(AUTHOR).public_key().public_bytes_raw().hex(), requests=[request])


BUNDLE = make_bundle(label(), content(), READER.public_key(), AUTHOR)


def fault_of(raw: bytes, reader: X25519PrivateKey = READER, author: Ed25519PrivateKey = AUTHOR) -> Fault:
    with pytest.raises(BadBundle) as bad:
        read_bundle(raw).open_upward(reader, author.public_key())
    return bad.value.fault


def test_what_was_put_in_comes_out() -> None:
    sealed = read_bundle(BUNDLE)
    assert sealed.open_upward(READER, AUTHOR.public_key()) == content()
    assert (sealed.label.kiosk, sealed.label.sealed_for) == ("NZ-01", name_of(READER.public_key()))
    assert sealed.label.file_name == "NZ-01-A-20260918T051000000000-s-up.bundle"


def test_two_bundles_of_one_content_have_nothing_in_common_behind_the_label() -> None:
    again = read_bundle(make_bundle(label(), content(), READER.public_key(), AUTHOR))
    first = read_bundle(BUNDLE)
    assert first.key != again.key
    assert not any(a == b for a, b in zip(_parts(first.sealed), _parts(again.sealed), strict=True))


def _parts(sealed: bytes) -> list[bytes]:
    return [sealed[at : at + 8] for at in range(0, len(sealed) - 8, 8)][:20]


@given(at=st.integers(0, len(BUNDLE) - 1), change=st.integers(1, 255))
def test_one_changed_byte_opens_nothing(at: int, change: int) -> None:
    """Broken by letting `InvalidTag` through: the program would end instead of telling."""
    changed = bytearray(BUNDLE)
    changed[at] ^= change
    assert fault_of(bytes(changed)) in set(Fault) - {Fault.BAD_CARD, Fault.TOO_LARGE}


@given(length=st.integers(0, len(BUNDLE) - 1))
def test_a_bundle_whose_end_is_missing_is_told_from_one_that_was_changed(length: int) -> None:
    cut = Fault.CUT_OFF if length >= 3 or length == 0 else Fault.NO_BUNDLE
    assert fault_of(BUNDLE[:length]) is cut


@given(raw=st.binary(max_size=300))
def test_any_bytes_are_refused_in_one_way(raw: bytes) -> None:
    with pytest.raises(BadBundle):
        read_bundle(b"LGB\x01" + raw).open_upward(READER, AUTHOR.public_key())


def test_a_label_that_names_no_zone_or_no_kiosk_is_damaged() -> None:
    """Broken by any time in a label: sorting would end the program."""
    for wrong in ('"2026-09-18T05:10:00"', '"yesterday"'):
        text = label().model_dump_json().replace('"2026-09-18T05:10:00Z"', wrong).encode()
        raw = b"LGB\x01" + len(text).to_bytes(2, "big") + text + bytes(4 + 32)
        with pytest.raises(BadBundle, match=Fault.DAMAGED):
            read_bundle(raw)


def test_each_fault_has_its_own_name() -> None:
    other = X25519PrivateKey.generate()
    assert fault_of(BUNDLE, reader=other) is Fault.NOT_FOR_BUREAU
    assert fault_of(BUNDLE, author=Ed25519PrivateKey.generate()) is Fault.DAMAGED
    assert fault_of(b"%PDF-1.7") is Fault.NO_BUNDLE
    assert fault_of(BUNDLE + b"!") is Fault.DAMAGED
    assert fault_of(b"LGB\x02" + BUNDLE[4:]) is Fault.NEWER
    assert fault_of(bytes(MAX_BUNDLE_BYTES + 1)) is Fault.TOO_LARGE
    with pytest.raises(BadBundle, match=Fault.NOT_FOR_KIOSK):
        read_bundle(BUNDLE).require(Way.DOWN, READER.public_key())
    for language in catalogue.LANGUAGES:
        words = catalogue.load(language)
        assert all(words(fault.value) for fault in Fault)


def test_an_answer_is_not_taken_for_a_question() -> None:
    """Broken by not asking which way a bundle goes."""
    answer = make_bundle(label(Way.DOWN), Downward(answers=[]), READER.public_key(), AUTHOR)
    with pytest.raises(BadBundle):
        read_bundle(answer).require(Way.UP, READER.public_key())


def test_what_unfolds_without_end_is_not_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by `zlib.decompress` in place of a bounded one."""
    monkeypatch.setattr(bundles, "MAX_CONTENT_BYTES", 1000)
    folded = zlib.compress(bytes(100_000))
    monkeypatch.setattr(zlib, "compress", lambda _text, level: folded)
    bomb = make_bundle(label(), content(), READER.public_key(), AUTHOR)
    assert fault_of(bomb) is Fault.TOO_LARGE


def test_an_author_cannot_offer_a_key_that_makes_every_secret_the_same() -> None:
    sealed = read_bundle(BUNDLE)
    start = len(sealed.head)
    weak = BUNDLE[:start] + bytes(32) + BUNDLE[start + 32 :]
    assert fault_of(weak) is Fault.DAMAGED
    with pytest.raises(BadBundle):
        public_key("00")


@pytest.fixture(scope="module")
def two_bureaus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("bureaus")
    for name in ("ours", "theirs"):
        init_bureau(folder / name, "测试人社局")
    return folder / "ours", folder / "theirs"


def test_a_card_is_believed_only_from_the_pinned_authority(two_bureaus: tuple[Path, Path]) -> None:
    """Broken by not asking who issued the certificate on the card."""
    ours, theirs = (courier_keys(init_bureau(folder, "测试人社局")) for folder in two_bureaus)
    authority = (two_bureaus[0] / "ca.pem").read_bytes()
    card = read_card(ours.card, authority)
    assert name_of(card.sealing) == name_of(ours.sealing.public_key())
    assert card.signing.public_bytes_raw() == ours.signing.public_key().public_bytes_raw()
    for wrong in (
        theirs.card,
        ours.card.replace(
            card.sealing.public_bytes_raw().hex(), theirs.sealing.public_key().public_bytes_raw().hex()
        ),
        "",
        "{}",
        ours.card[:-9],
    ):
        with pytest.raises(BadBundle):
            read_card(wrong, authority)


def test_the_bureaus_courier_keys_are_the_same_after_every_start(two_bureaus: tuple[Path, Path]) -> None:
    folder = init_bureau(two_bureaus[0], "测试人社局")
    first, again = courier_keys(folder), courier_keys(folder)
    assert name_of(first.sealing.public_key()) == name_of(again.sealing.public_key())
    assert first.sealing.private_bytes_raw() != first.signing.private_bytes_raw()
