"""What a posting says so far, field by field, in the words in which it is read back to the employer."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.domain.jobs import Hazard, Ppe
from kiosk.ui.desk.draft import Draft
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.presenting import Say, day_word, short_time


def said(scene: DeskScene, draft: Draft, name: str) -> str:
    """Return what was said of a field, empty while nobody has said it."""
    say = scene.say()
    answers: dict[str, Callable[[], str]] = {
        "employer": lambda: draft.employer.name if draft.employer else "",
        "trade": lambda: scene.trade_word(draft.trade.key) if draft.trade else "",
        "content": lambda: draft.content,
        "people": lambda: say("desk.said.people", count=draft.headcount) if draft.headcount else "",
        "pay": lambda: _pay(say, draft),
        "when": lambda: _when(scene, draft),
        "place": lambda: f"{draft.place.town} {draft.place.spot}" if draft.place else "",
        "coach": lambda: _coach(say, draft),
        "safety": lambda: _safety(say, draft),
        "terms": lambda: _terms(say, draft),
    }
    return answers[name]()


def _pay(say: Say, draft: Draft) -> str:
    if not draft.pay_fen or draft.rule is None or draft.way is None:
        return ""
    unit = say(f"ui.unit.{draft.unit.value}", piece=draft.piece_name)
    when, how = say(f"ui.payday_tag.{draft.rule.value}"), say(f"desk.way.{draft.way.value}")
    return f"{draft.pay_fen / 100:g} {unit} · {when} · {how}"


def _when(scene: DeskScene, draft: Draft) -> str:
    if draft.day is None or draft.starts_at is None or draft.ends_at is None:
        return ""
    say = scene.say()
    day = day_word(say, draft.day, scene.hall.today())
    rest = say("desk.said.break", count=draft.break_min)
    return f"{day} {short_time(draft.starts_at)}–{short_time(draft.ends_at)} · {rest}"


def _coach(say: Say, draft: Draft) -> str:
    if not draft.is_coach_said:
        return ""
    trip = draft.trip
    return f"{short_time(trip.departs_at)} {trip.destination}" if trip else say("desk.said.no_coach")


def _safety(say: Say, draft: Draft) -> str:
    if not draft.is_safety_said:
        return ""
    dangers = [say(f"ui.hazard_short.{item.value}") for item in Hazard if item in draft.hazards]
    things = [say(f"ui.ppe.{item.value}") for item in Ppe if item in draft.ppe]
    told = say("desk.comma").join(dangers) or say("desk.said.no_hazard")
    handed = say("desk.comma").join(things) or say("desk.said.no_ppe")
    learned = [say("desk.said.classes", count=len(draft.classes))] if draft.classes else []
    return " · ".join([told, handed, *learned])


def _terms(say: Say, draft: Draft) -> str:
    if draft.is_instant is None or draft.insurance is None:
        return ""
    parts = [
        say(_way(draft)),
        say("desk.said.meal" if draft.has_meal else "desk.said.no_meal"),
        say(f"desk.insurance.{draft.insurance.value}"),
    ]
    return " · ".join(parts)


def _way(draft: Draft) -> str:
    if draft.is_talked_over:
        return "desk.instant.talk"
    return "desk.said.instant" if draft.is_instant else "desk.said.referral"
