"""What follows from a danger of a job: whether it counts as dangerous work, and which class is proposed."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.domain.jobs import Hazard

DANGEROUS = frozenset({Hazard.HEIGHT, Hazard.ELECTRIC, Hazard.WELDING, Hazard.TOXIC})
"""Work with any of these counts as dangerous work (安全生产法 43) until the bureau says otherwise."""
CLASS_OF = {
    Hazard.HEIGHT: "height",
    Hazard.LIFTING: "lifting",
    Hazard.HEAT: "heat",
    Hazard.ELECTRIC: "electric",
    Hazard.WELDING: "fire",
    Hazard.TOXIC: "toxic",
}
"""The safety class that a danger proposes (安全生产法 28)."""


def classes_of(hazards: Iterable[Hazard]) -> set[str]:
    """Return the classes that dangers propose."""
    return {CLASS_OF[hazard] for hazard in hazards if hazard in CLASS_OF}
