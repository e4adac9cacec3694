"""Requests the bureau turns away: a status, a catalogue key, and nothing of its inside."""

from __future__ import annotations


class RequestRefused(Exception):
    """A request that is not carried out; whatever it began was rolled back."""

    def __init__(self, status: int, key: str, detail: str = "", *, retry_after_s: int | None = None) -> None:
        """Keep the HTTP status, the sentence's key, a detail that names nobody, and when to come again."""
        super().__init__(key)
        self.status = status
        self.key = key
        self.detail = detail
        self.retry_after_s = retry_after_s


class NotApplicable(Exception):
    """An entry that contradicts what is known; it is kept raw and shown to a person. `reason` is a key."""

    def __init__(self, reason: str) -> None:
        """Keep the catalogue key of the reason."""
        super().__init__(reason)
        self.reason = reason
