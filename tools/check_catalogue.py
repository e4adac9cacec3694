"""Finds sentences that are missing, unused, untranslated or whose placeholders differ between languages.

A key counts as used where its text stands in the program: as a string in Python, QML or data/*.toml, or by
the constant parts of an f-string (`f"rules.{code}.worker"`), of a QML template, or of a QML sum
(`"ui.trade." + code`). A text that looks like a key of one of the catalogue's rooms, but is none, is missing.
"""

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.catalogue import LANGUAGES, SOURCE_LANGUAGE, CatalogueFault, load

ROOT = Path(__file__).resolve().parent.parent

KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
FILE_ENDINGS = {"csv", "db", "json", "png", "qml", "sock", "sqlite", "svg", "toml", "ttf"}
NAMES_OF_FIGURES = "bars.toml"
"""A file of figures, whose names look like keys and are none."""


@dataclass(frozen=True, slots=True)
class Uses:
    """What the program says: whole keys with the places they stand, and patterns of keys it builds."""

    keys: dict[str, str] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)

    def covers(self, key: str) -> bool:
        """Tell whether the program can say this sentence."""
        return key in self.keys or any(re.fullmatch(pattern, key) for pattern in self.patterns)


def main() -> int:
    """Print each fault on a line of its own; the exit code is 1 when there is any."""
    try:
        faults = find_faults(ROOT)
    except CatalogueFault as broken:
        faults = [str(broken)]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults in the sentences")
    return 1 if faults else 0


def find_faults(root: Path) -> list[str]:
    """Return one line for each fault of the catalogue under `root`, in a stable order."""
    translations = root / "assets" / "translations"
    languages = {language: dict(load(language, translations).sentences) for language in LANGUAGES}
    source = languages[SOURCE_LANGUAGE]
    faults = []
    for language, sentences in languages.items():
        faults += [f"{language}: {key} is empty" for key in sentences if not sentences[key].strip()]
        faults += [f"{language}: {key} is not translated" for key in source.keys() - sentences.keys()]
        faults += [f"{language}: {key} has no source sentence" for key in sentences.keys() - source.keys()]
        faults += [
            f"{language}: {key} has other placeholders than {SOURCE_LANGUAGE}"
            for key in sentences.keys() & source.keys()
            if _placeholders(sentences[key]) != _placeholders(source[key])
        ]
    return sorted(faults) + _faults_of_use(find_uses(root), set(source))


def _faults_of_use(uses: Uses, keys: set[str]) -> list[str]:
    rooms = {key.split(".", 1)[0] for key in keys}
    missing = [
        f"{place}: {key} is in no catalogue"
        for key, place in uses.keys.items()
        if key not in keys and key.split(".", 1)[0] in rooms and key.rsplit(".", 1)[1] not in FILE_ENDINGS
    ]
    matchless = [
        f"{place}: no key of the catalogue fits {pattern}"
        for pattern, place in uses.patterns.items()
        if pattern.split("\\.", 1)[0] in rooms and not any(re.fullmatch(pattern, key) for key in keys)
    ]
    unused = [f"{key} is used nowhere" for key in keys if not uses.covers(key)]
    return sorted(missing) + sorted(matchless) + sorted(unused)


def find_uses(root: Path) -> Uses:
    """Read every text of the program under `root` that may be a key."""
    uses = Uses()
    for path in sorted((root / "kiosk").rglob("*.py")):
        for text, line in _python_texts(ast.parse(path.read_text("utf-8"))):
            _note(uses, text, f"{path.relative_to(root)}:{line}")
    tables = [path for path in (root / "data").rglob("*.toml") if path.name != NAMES_OF_FIGURES]
    for path in [*sorted((root / "kiosk").rglob("*.qml")), *sorted(tables)]:
        for text, line in _quoted_texts(path.read_text("utf-8")):
            _note(uses, text, f"{path.relative_to(root)}:{line}")
    return uses


def _note(uses: Uses, text: str, place: str) -> None:
    """Keep a key, or a text with holes (written as NUL) as the pattern of the keys it can become."""
    parts = text.split("\0")
    if len(parts) > 1 and re.match(r"[a-z][a-z0-9_]*\.", parts[0]):
        uses.patterns.setdefault(r"[a-z0-9_.]+".join(map(re.escape, parts)), place)
    elif KEY.fullmatch(text):
        uses.keys.setdefault(text, place)


def _python_texts(tree: ast.AST) -> Iterator[tuple[str, int]]:
    pieces = {
        id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(_constant(value) for value in node.values), node.lineno
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield node.value, node.lineno


def _constant(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else "\0"


def _quoted_texts(source: str) -> Iterator[tuple[str, int]]:
    """Give the quoted texts of a QML or TOML file; one that ends with a dot is the start of a sum."""
    for number, line in enumerate(source.splitlines(), start=1):
        for text in re.findall(r"\"([^\"]*)\"|'([^']*)'|`([^`]*)`", line):
            quoted = re.sub(r"\$\{[^}]*\}", "\0", "".join(text))
            yield (quoted + "\0" if quoted.endswith(".") else quoted), number


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


if __name__ == "__main__":
    raise SystemExit(main())
