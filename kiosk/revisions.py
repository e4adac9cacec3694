"""Which revisions a schema has, read from the heads of Alembic's scripts.

Alembic itself takes long to load and 11 MB for as long as a process runs, and nearly every start finds the
schema as it should be.
"""

from __future__ import annotations

import re
from pathlib import Path

_REVISION = re.compile(r'^revision = "(\w+)"', re.MULTILINE)
_FOLLOWED = re.compile(r'^down_revision = "(\w+)"', re.MULTILINE)


def revisions_in(scripts: Path) -> tuple[str, frozenset[str]]:
    """Return the one newest revision among scripts in a folder's `versions`, and all of them."""
    texts = [path.read_text(encoding="utf-8") for path in scripts.glob("versions/*.py")]
    revisions = {match[1] for text in texts for match in _REVISION.finditer(text)}
    (head,) = revisions - {match[1] for text in texts for match in _FOLLOWED.finditer(text)}
    return head, frozenset(revisions)
