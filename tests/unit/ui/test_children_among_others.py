"""A child among others: at a class and in a team too, nothing is left of it but a count."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.recognise import Acquaintance, recognise
from kiosk.domain.identity import normalise_number
from kiosk.domain.sentences import Sentence
from kiosk.messages.capsules import number_hash
from kiosk.ui.journeys import Step
from tests.unit.ui.pupils import TEACHER, lesson, step, tap_in, teach
from tests.unit.ui.visit_rig import VisitRig, set_up

CHILD = "an"


def rows(rig: VisitRig) -> dict[str, str]:
    """Return every row of every table as text, by the table's name."""
    names = text("SELECT name FROM sqlite_master WHERE type = 'table'")
    with rig.kiosk.opened.database.reading() as connection:
        tables = connection.execute(names).scalars().all()
        return {name: str(connection.execute(text(f'SELECT * FROM "{name}"')).all()) for name in tables}  # noqa: S608


def leaves_a_count_alone(rig: VisitRig) -> None:
    """Lay the child's card down, and look at all that is kept and said because of it."""
    before, head = rows(rig), rig.kiosk.opened.sync_book.outgoing(1).head
    tap_in(rig, CHILD)
    said = [entry.type for entry in rig.kiosk.opened.sync_book.outgoing(500).events if entry.seq > head]
    assert said == ["counts_changed"]
    child = rig.kiosk.people[CHILD].card
    kept = "".join(found for name, found in rows(rig).items() if found != before[name])
    assert child.number not in kept
    assert child.name not in kept
    assert number_hash(rig.kiosk.hall.identity.city_key, normalise_number(child.number)) not in kept


def test_of_a_child_at_a_class_only_a_count_is_left(tmp_path: Path) -> None:
    """Red where the page of signatures calls a child somebody who was not taught."""
    rig = set_up(tmp_path)
    register_and_check_in(rig.kiosk.hall, recognise(rig.kiosk.hall, rig.kiosk.people["miao"].card))
    rig.visit.open_class("lifting", TEACHER)
    leaves_a_count_alone(rig)
    tap_in(rig, "miao")
    teach(rig)
    assert step(rig) is Step.GROUP_ROLL
    leaves_a_count_alone(rig)
    group = lesson(rig).group
    assert group is not None
    assert group.said == Sentence("lesson.group.too_young")
    assert len(group.members) == 1
    rig.close()


def test_no_parameter_makes_the_kiosk_keep_a_child(tmp_path: Path) -> None:
    """Red where a card is judged by the delivered number alone."""
    rig = set_up(tmp_path)
    with rig.kiosk.opened.database.writing() as connection:
        lowered = connection.execute(
            text("UPDATE parameter SET value = '6' WHERE \"key\" = 'age.minimum_years'")
        )
        assert lowered.rowcount
    with rig.kiosk.hall.store.reading() as records:
        assert records.settings.parameters(rig.kiosk.hall.today()).whole("age.minimum_years") == 6
    met = recognise(rig.kiosk.hall, rig.kiosk.people[CHILD].card)
    assert met.acquaintance is Acquaintance.TOO_YOUNG
    assert (met.number_hash, met.worker) == ("", "")
    rig.close()
