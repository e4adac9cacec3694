"""What the screen is built from loads no more than it needs, and makes a slip's picture once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from kiosk.app.building import slip_renderer
from tests.halls import SampleKiosk
from tests.interpreters import said_alone
from tests.unit.actions.visits import place_of, slip_of

LATE = {"alembic", "escpos", "usb", "httpx", "pypinyin", "starlette", "typer", "rich", "structlog"} | {
    "msgpack",
    "zstandard",
}
"""Libraries that the screen process does without until somebody asks for what they do, or for good."""
BEHIND = LATE | {"sqlalchemy", "sqlcipher3", "pydantic", "cryptography", "PIL", "serial", "kiosk.storage"}
"""What is loaded behind the first screen, while it stands on the glass."""


def loaded_with(module: str) -> set[str]:
    return set(said_alone(f"import sys, {module}; print(*sys.modules)").split())


def test_the_first_screen_is_loaded_without_the_hall_behind_it() -> None:
    assert loaded_with("kiosk.__main__, kiosk.app.settings, kiosk.app.screen") & BEHIND == set()


def test_the_screen_process_is_loaded_without_what_few_screens_need() -> None:
    assert loaded_with("kiosk.app.crew, kiosk.ui.screen; kiosk.ui.screen.load_rest()") & LATE == set()


def test_the_sync_process_is_loaded_without_what_it_never_asks_for() -> None:
    unasked = {"alembic", "typer", "structlog", "starlette", "pypinyin", "PySide6", "PIL", "httpx", "sqlite3"}
    assert loaded_with("kiosk.__main__, kiosk.app.pulse") & unasked == set()


def test_preview_and_printer_get_the_same_picture_of_a_slip(kiosk: SampleKiosk) -> None:
    document = slip_of(kiosk, place_of(kiosk).slip).document
    render = slip_renderer(384)
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(render, [document, document])
    assert first is second
