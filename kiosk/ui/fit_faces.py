"""Why a job is shown where it is: at most three reasons, each a drawing and a few signs, a refusal first."""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions.rank_jobs import FittingJob
from kiosk.domain.eligibility import Judgement, Level
from kiosk.domain.fitting import MOST_REASONS
from kiosk.ui.faces import CardFace
from kiosk.ui.presenting import Say, spoken

REASON_ICONS = {
    "finding.fit.wished": "ui/tick",
    "finding.fit.skilled": "pictograms/cert",
    "finding.fit.welcome": "ui/handshake",
    "finding.fit.soon": "ui/schedule",
    "finding.fit.paid": "ui/payments",
    "finding.fit.day_work": "ui/sunny",
    "finding.fit.long_work": "ui/calendar_month",
    "finding.fit.coach": "ui/directions_bus",
    "finding.fit.near": "ui/near_me",
    "finding.fit.elsewhere": "ui/swap_horiz",
    "finding.fit.wanted": "ui/group",
}
_REFUSED = "ui/forbidden"
_ASK = "ui/front_hand"


def with_reasons(say: Say, card: CardFace, item: FittingJob) -> CardFace:
    """Return the card of a job with the reasons of the person it was ranked for."""
    told = [*_refusal(say, item.judgement)]
    told += [(spoken(say, reason), REASON_ICONS[reason.key]) for reason in item.fit.reasons]
    kept = told[:MOST_REASONS]
    return replace(card, reasons=[words for words, _ in kept], reason_icons=[icon for _, icon in kept])


def _refusal(say: Say, judgement: Judgement) -> list[tuple[str, str]]:
    """Return the gravest thing that stands in the way, in the words of a card; nothing where nothing does."""
    blocks, reviews = judgement.of(Level.BLOCK), judgement.of(Level.REVIEW)
    if blocks:
        rule = blocks[0].rule.value.lower().replace("-", "_")
        return [(say(f"finding.refused.{rule}"), _REFUSED)]
    return [(say("finding.refused.ask_desk"), _ASK)] if reviews else []
