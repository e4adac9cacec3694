"""A table in the source says each key once: of two lines for one key Python keeps the later, silently."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def _said_twice(source: str) -> list[str]:
    """Return the keys that one dictionary of this source says twice, however they are spelled."""
    tables = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Dict))
    counts = (Counter(ast.unparse(key) for key in table.keys if key is not None) for table in tables)
    return [key for count in counts for key, times in count.items() if times > 1]


def test_no_table_says_one_key_twice() -> None:
    assert _said_twice("{Role.A: 1, Role.B: 2, Role.A: 3}") == ["Role.A"]
    files = [path for room in ("kiosk", "tools") for path in (ROOT / room).rglob("*.py")]
    twice = {str(path.relative_to(ROOT)): _said_twice(path.read_text("utf-8")) for path in files}
    assert {path: keys for path, keys in twice.items() if keys} == {}
