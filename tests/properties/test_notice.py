"""Before a yes to the notice nothing of a person is kept; of somebody too young, never anything."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from kiosk.actions.recognise import Acquaintance
from kiosk.storage.opening import OpenedStore
from kiosk.ui.journeys import Step
from kiosk.ui.reception import receive, register
from kiosk.ui.sessions import Session
from tests.halls import open_sample_kiosk


def everything(opened: OpenedStore) -> dict[str, str]:
    """Every row of every table as text, by the table's name."""
    with opened.database.reading() as connection:
        names = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        )
        return {name: str(connection.execute(text(f'SELECT * FROM "{name}"')).all()) for name in names}  # noqa: S608


def test_forty_cards_without_a_yes_leave_a_count_and_nothing_else(tmp_path: Path) -> None:
    """One-line breaks: `reception.receive` registers whom the notice asks; `recognise` counts no age."""
    kiosk = open_sample_kiosk(tmp_path)
    before = everything(kiosk.opened)
    led_to = {key: receive(kiosk.hall, Session(), person.card) for key, person in kiosk.people.items()}
    after = everything(kiosk.opened)

    too_young = [key for key, step in led_to.items() if step is Step.TURNED_AWAY]
    assert too_young == [key for key, person in kiosk.people.items() if person.story == "under_age"]
    assert set(led_to.values()) == {Step.NOTICE, Step.TURNED_AWAY}
    said = kiosk.opened.sync_book.outgoing(100).events
    assert [entry.type for entry in said] == ["counts_changed"] * len(too_young)
    kept = "".join(rows for name, rows in after.items() if rows != before[name])
    for person in kiosk.people.values():
        assert person.card.number not in kept
        assert person.card.name not in kept
    kiosk.opened.close()


def test_a_yes_keeps_the_one_who_said_it(tmp_path: Path) -> None:
    """Without this the test above could not see anything."""
    kiosk = open_sample_kiosk(tmp_path)
    session, person = Session(), kiosk.people["miao"]
    assert receive(kiosk.hall, session, person.card) is Step.NOTICE
    assert session.recognition is not None
    assert session.recognition.acquaintance is Acquaintance.UNKNOWN
    register(kiosk.hall, session)
    kept = "".join(everything(kiosk.opened).values())
    assert person.card.number in kept
    assert person.card.name in kept
    kiosk.opened.close()
