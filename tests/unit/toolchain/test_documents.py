"""The documents tell today's truth: what they name is there, and what is there is named."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from itertools import takewhile
from pathlib import Path

import pytest
import typer

from kiosk.app.settings import Settings, options
from kiosk.bureau.describing import DESCRIBED
from kiosk.cli import app

ROOT = Path(__file__).resolve().parents[3]
DECISIONS = ROOT / "docs" / "decisions"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "assets").rglob("*.md")])
EACH_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))

OUR_FOLDERS = ("assets", "data", "deploy", "docs", "kiosk", "requirements", "tests", "tools")
PLACES_OF_A_HALL = ("/dev", "/etc", "/media", "/opt", "/proc", "/run", "/sys", "/usr", "/var")
MOST_PICTURES, LARGEST_PICTURE_BYTES = 10, 150_000
ROUTES_OF_THE_BUREAU = tuple(item.path for item in DESCRIBED)
OTHER_PEOPLES_SITES = (
    "https://www.qt.io",
    "https://doc.qt.io",
    "https://code.qt.io",
    "https://openfontlicense.org",
)


def code_in(document: Path) -> Iterator[str]:
    """Every code span and every line of a code block."""
    is_block = False
    for line in document.read_text(encoding="utf-8").splitlines():
        if line.lstrip().startswith("```"):
            is_block = not is_block
        elif is_block or line.startswith("    "):
            yield line.strip()
        else:
            yield from re.findall(r"`([^`]+)`", line)


def anchors_of(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands_of_run() -> set[str]:
    listed = subprocess.run(["sh", ROOT / "run"], check=True, capture_output=True, text=True).stdout
    return set(re.findall(r"^  ([a-z-]+) ", listed, re.MULTILINE))


def commands_of_kiosk() -> dict[str, set[str]]:
    """Each command of `kiosk` with its options; `bureau serve` is one command."""
    found: dict[str, set[str]] = {}

    def walk(name: str, command: object) -> None:
        found[name] = {option for item in getattr(command, "params", []) for option in item.opts}
        for child, below in getattr(command, "commands", {}).items():
            walk(f"{name} {child}".strip(), below)

    walk("", typer.main.get_command(app))
    return found


def said_to_kiosk(document: Path) -> Iterator[str]:
    """What stands behind `kiosk` in each line that gives it a command."""
    for line in code_in(document):
        direct = re.search(r"(?:^|bin/|-m |\./run )kiosk ([^|#]+)", line)
        short = re.search(r"\./run ((?:bureau|demo) [^|#]+)", line)
        yield from (found.group(1) for found in (direct, short) if found)


def prefixes_of(words: list[str]) -> Iterator[str]:
    """The longest beginning of a line first, the empty one last."""
    return (" ".join(words[:length]) for length in range(len(words), -1, -1))


def rows_of(document: Path, heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    text = document.read_text(encoding="utf-8").split(f"\n{heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


@EACH_DOCUMENT
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            assert target.startswith(OTHER_PEOPLES_SITES), target
            continue
        file, _, anchor = target.partition("#")
        place = (document.parent / file).resolve() if file else document
        assert place.is_relative_to(ROOT), target
        assert place.exists(), target
        assert not anchor or anchor in anchors_of(place), target


@EACH_DOCUMENT
def test_every_command_of_run_that_a_document_names_is_listed(document: Path) -> None:
    named = {name for line in code_in(document) for name in re.findall(r"\./run ([a-z][a-z-]*)", line)}
    assert named - commands_of_run() == set()


@EACH_DOCUMENT
def test_every_command_of_kiosk_that_a_document_names_can_be_given(document: Path) -> None:
    known = commands_of_kiosk()
    for said in said_to_kiosk(document):
        words = list(takewhile(re.compile("[a-z]+(?:-[a-z]+)*").fullmatch, said.split()))
        name = next(name for name in prefixes_of(words) if name in known)
        is_group = any(other.startswith(f"{name} ".lstrip()) for other in known if other != name)
        assert name == " ".join(words) or not is_group, said
        options_given = set(re.findall(r"(?<!\S)--[a-z-]+", said))
        assert name == "emulate" or options_given <= known[name] | {"--help"}, said


@EACH_DOCUMENT
def test_every_file_a_document_names_is_there(document: Path) -> None:
    for said in code_in(document):
        if re.fullmatch(rf"(?:{'|'.join(OUR_FOLDERS)})/[\w./*{{}},<>-]*", said) and "<" not in said:
            assert list(ROOT.glob(said.rstrip("/"))), said


@EACH_DOCUMENT
def test_every_test_a_document_names_is_there(document: Path) -> None:
    named = {said for said in code_in(document) if re.fullmatch(r"test_\w+", said)}
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert {name for name in named if f"def {name}(" not in written} == set()


@EACH_DOCUMENT
def test_a_document_speaks_of_the_kiosk_and_not_of_how_it_was_written(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    places = re.findall(r"(?<![\w.:/*)…>}-])/[a-z]\w*(?:[\w./-]*\w)?", text)
    known = (*PLACES_OF_A_HALL, *ROUTES_OF_THE_BUREAU)
    assert [place for place in places if not place.startswith(known)] == []
    assert re.findall(r"(?i)\b(?:TODO|TBD|FIXME|coming soon|(?:issue|ticket|milestone) #?\d+)\b", text) == []


def test_every_room_stands_on_the_map_in_the_order_of_the_layers() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = (item["layers"] for item in contracts["contracts"] if item["type"] == "layers")
    in_order = [room for layer in layers for room in re.findall(r"\w+", layer)]
    rows = rows_of(ROOT / "ARCHITECTURE.md", "## The rooms")
    assert [re.findall(r"kiosk/(\w+)", room)[0] for room, *_ in rows] == in_order


def test_every_break_that_holds_a_guarantee_is_tried() -> None:
    listed = tomllib.loads((ROOT / "tools" / "mutants.toml").read_text(encoding="utf-8"))["mutant"]
    tried = {item["breaks"]: item["file"] for item in listed}
    rows = rows_of(ROOT / "ARCHITECTURE.md", "## What holds, and where")
    named = [(kept_in, broken) for _, kept_in, _, broken in rows if broken != "–"]
    assert named
    assert [broken for kept_in, broken in named if f"`{tried.get(broken)}`" not in kept_in] == []


def test_the_page_of_settings_says_what_the_program_reads() -> None:
    told = rows_of(ROOT / "docs" / "settings.md", "## Every option")
    known = [
        [
            f"`{item.name}`",
            item.type,
            item.unit or "–",
            f"`{item.default}`" if item.default != "" else "–",
            item.sentence,
        ]
        for item in options()
    ]
    assert told == known, "\n".join("| " + " | ".join(row) + " |" for row in known)


def test_every_option_of_the_program_is_described() -> None:
    assert {item.name for item in options()} == {field.name for field in fields(Settings)} - {"data_dir"}


def test_the_readme_tells_every_option_of_the_demo() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        told = (ROOT / name).read_text(encoding="utf-8")
        unsaid = [option for option in commands_of_kiosk()["demo"] if f"`{option}" not in told]
        assert unsaid == [], name


def test_both_readmes_show_the_same_few_light_pictures() -> None:
    shown = [
        re.findall(r"docs/pictures/[\w-]+\.png", (ROOT / name).read_text(encoding="utf-8"))
        for name in ("README.md", "README.zh-CN.md")
    ]
    assert shown[0] == shown[1]
    kept = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in ROOT.glob("docs/pictures/*")}
    assert set(shown[0]) == set(kept)
    assert len(kept) <= MOST_PICTURES
    assert max(kept.values()) <= LARGEST_PICTURE_BYTES


def test_every_decision_has_a_number_of_its_own_a_status_and_a_line_in_the_list() -> None:
    records = sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")
    numbers = [path.name[:4] for path in records]
    assert len(set(numbers)) == len(numbers)
    told = (DECISIONS / "README.md").read_text(encoding="utf-8")
    for record in records:
        text = record.read_text(encoding="utf-8")
        title = text.splitlines()[0].removeprefix("# ")
        assert re.search(
            r"^\*\*Status:\*\* (accepted|replaced by \d{4}), \d{4}-\d\d\.$", text, re.MULTILINE
        ), record
        assert f"| [{record.name[:4]}]({record.name}) | {title} |" in told, title


def test_every_package_a_hall_installs_stands_in_the_list_of_licences() -> None:
    lock = (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8")
    told = {(row[0], row[1]) for row in rows_of(ROOT / "THIRD_PARTY.md", "## Python packages")}
    assert told == set(re.findall(r"^([\w.-]+)==([^ ;]+)", lock, re.MULTILINE))


def test_every_licence_in_the_tree_goes_into_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "assets").rglob("LICENSE*")}
    assert set(project["license-files"]) == texts | {"LICENSE", "THIRD_PARTY.md"}


def test_every_break_that_the_map_names_is_tried() -> None:
    tried = tomllib.loads((ROOT / "tools" / "mutants.toml").read_text(encoding="utf-8"))["mutant"]
    breaks = {item["breaks"]: item["file"] for item in tried}
    for _promise, kept_in, _test, broken in rows_of(ROOT / "ARCHITECTURE.md", "## What holds, and where"):
        assert broken == "–" or breaks[broken] in kept_in, broken


def test_every_line_that_is_to_be_broken_stands_once_in_its_file() -> None:
    tried = tomllib.loads((ROOT / "tools" / "mutants.toml").read_text(encoding="utf-8"))["mutant"]
    for item in tried:
        lines = (ROOT / item["file"]).read_text(encoding="utf-8").splitlines()
        assert [line.strip() for line in lines].count(item["line"]) == 1, (item["file"], item["line"])
