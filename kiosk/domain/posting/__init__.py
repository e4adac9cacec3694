"""May this advertisement be published: what it must say, what it may not, and whether its pay is lawful."""

from __future__ import annotations

from kiosk.domain.posting.hits import Decision, Field, Hit, PostingReview
from kiosk.domain.posting.reviewing import review

__all__ = ["Decision", "Field", "Hit", "PostingReview", "review"]
