"""Find people this kiosk knows by the first letters of their names."""

from __future__ import annotations

from kiosk.actions.hall import Hall


def make_names_findable(hall: Hall) -> int:
    """Spell the names that came since somebody last looked for people so; return how many they were.

    The dictionary that knows how is loaded only here, where somebody at the desk waits for it, and never
    while a card lies on the reader.
    """
    with hall.store.writing() as records:
        return records.workers.spell_names()
