"""The manifest of a trip (乘车名单) as it was when the coach left: frozen, and known again by its hash.

The hash is over canonical JSON: keys in order, no white space, UTF-8. People stand in it by their pseudonyms,
so that it can be told and compared without a name; whoever prints it looks the names up.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk.domain.ids import SlipNumber, StaffId, TripId, WorkerId

SHORT_SIGNS = 8
"""As many signs of the hash are read to one another on the telephone."""


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One seat of the list. `education` is how its holder stands with the class of the job, empty if unknown.

    `boarded_at` is None for whoever is on the list and not in the coach.
    """

    seat: int
    slip: SlipNumber
    worker: WorkerId
    education: str
    boarded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who went, by seat, with which vehicle and driver; `checked` names, by check, who said so."""

    trip: TripId
    plate: str
    driver: WorkerId
    approved: int
    crew: int
    departed_at: datetime
    actor: StaffId
    checked: tuple[tuple[str, StaffId], ...]
    lines: tuple[ManifestLine, ...]

    @property
    def listed(self) -> int:
        """Return how many were on the list."""
        return len(self.lines)

    @property
    def aboard(self) -> tuple[SlipNumber, ...]:
        """Return the slips of those who are in the coach, by seat."""
        return tuple(line.slip for line in self.lines if line.boarded_at is not None)

    @property
    def text(self) -> str:
        """Return the canonical JSON."""
        told = {
            "actor": self.actor,
            "approved": self.approved,
            "checked": dict(self.checked),
            "crew": self.crew,
            "departed_at": _instant(self.departed_at),
            "driver": self.driver,
            "lines": [_line(line) for line in sorted(self.lines, key=lambda line: line.seat)],
            "plate": self.plate,
            "trip": self.trip,
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON, in hex."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """Return the SHA-256 of a manifest's canonical JSON, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def short_code(digest: str) -> str:
    """Return the start of a manifest's hash as it is read aloud: 4F2A-91C0."""
    sign = digest[:SHORT_SIGNS].upper()
    return f"{sign[:4]}-{sign[4:]}"


def manifest_from(text: str) -> Manifest:
    """Return the manifest that canonical JSON tells."""
    told = json.loads(text)
    return Manifest(
        trip=TripId(told["trip"]),
        plate=told["plate"],
        driver=WorkerId(told["driver"]),
        approved=told["approved"],
        crew=told["crew"],
        departed_at=datetime.fromisoformat(told["departed_at"]),
        actor=StaffId(told["actor"]),
        checked=tuple((check, StaffId(actor)) for check, actor in told["checked"].items()),
        lines=tuple(
            ManifestLine(
                seat=line["seat"],
                slip=SlipNumber(line["slip"]),
                worker=WorkerId(line["worker"]),
                education=line["education"],
                boarded_at=datetime.fromisoformat(line["boarded_at"]) if line["boarded_at"] else None,
            )
            for line in told["lines"]
        ),
    )


def _line(line: ManifestLine) -> dict[str, object]:
    return {
        "boarded_at": _instant(line.boarded_at) if line.boarded_at else "",
        "education": line.education,
        "seat": line.seat,
        "slip": line.slip,
        "worker": line.worker,
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
