"""Where the program's own files are: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def assets(*parts: str) -> Path:
    """Return the path of a font, icon, sound or translation, as in `assets("fonts", "NotoSansSC.ttf")`.

    Without parts it is the folder itself. Nothing is looked up: whoever opens the path learns if it is there.
    """
    return _root("assets").joinpath(*parts)


def data(*parts: str) -> Path:
    """Return the path of a settings, code, profile or sample file, as in `data("settings.toml")`."""
    return _root("data").joinpath(*parts)


def _root(name: str) -> Path:
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _PACKAGE.parent / name
