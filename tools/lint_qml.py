"""Runs qmllint on every QML file, with types generated from the Python view models; any warning fails.

A view model module is a Python file under kiosk/ui that sets `QML_IMPORT_NAME`. Its classes are described
for qmllint under build/qml, so that a misspelt property of a view model is found before the screen is shown.
The name must not be one that a qmldir of our own QML files uses.
"""

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
METATYPES = Path(PySide6.__file__).parent / "Qt" / "metatypes"


def lint(root: Path) -> int:
    """Return 0 when every QML file under `root`/kiosk/ui is without a warning; none at all is fine."""
    screens, types = root / "kiosk" / "ui", root / "build" / "qml"
    files = sorted(screens.rglob("*.qml"))
    if not files:
        print("there are no QML files")
        return 0
    for module, sources in _view_models(screens).items():
        _describe(module, sources, types)
    imports = [part for path in (types, *_import_paths(screens)) for part in ("-I", str(path))]
    names = [str(path.relative_to(root)) for path in files]
    command = [str(BIN / "pyside6-qmllint"), *imports, "--max-warnings", "0", *names]
    return subprocess.run(command, check=False, cwd=root).returncode


def _view_models(screens: Path) -> dict[str, list[Path]]:
    """Group the Python files of the screens by the QML module that their classes belong to."""
    modules = defaultdict[str, list[Path]](list)
    for source in sorted(screens.rglob("*.py")):
        named = re.search(r'^QML_IMPORT_NAME = "([\w.]+)"$', source.read_text("utf-8"), re.MULTILINE)
        if named:
            modules[named.group(1)].append(source)
    return modules


def _describe(module: str, sources: list[Path], types: Path) -> None:
    """Write the qmldir and the types of one module of view models to where qmllint looks for it."""
    folder = types.joinpath(*module.split("."))
    folder.mkdir(parents=True, exist_ok=True)
    meta = str(folder / "models.json")
    qt_modules = ("core", "gui", "qml", "quick")
    qt_types = ",".join(str(METATYPES / f"qt6{name}_metatypes.json") for name in qt_modules)
    dump = ["--out-file", meta, *map(str, sources)]
    register = [
        *("--import-name", module, "--major-version", "1", "--minor-version", "0"),
        *("--foreign-types", qt_types, "--generate-qmltypes", str(folder / "models.qmltypes")),
        *("-o", str(folder / "registration.cpp"), meta),
    ]
    subprocess.run([BIN / "pyside6-metaobjectdump", *dump], check=True)
    subprocess.run([BIN / "pyside6-qmltyperegistrar", *register], check=True)
    (folder / "qmldir").write_text(f"module {module}\ntypeinfo models.qmltypes\n")


def _import_paths(screens: Path) -> set[Path]:
    """Find the folders that QML modules of our own are imported from: as far up as the name has parts."""
    paths = set()
    for qmldir in screens.rglob("qmldir"):
        named = re.search(r"^module ([\w.]+)$", qmldir.read_text("utf-8"), re.MULTILINE)
        if named:
            paths.add(qmldir.parents[named.group(1).count(".") + 1])
    return paths


if __name__ == "__main__":
    raise SystemExit(lint(ROOT))
