"""One recorded morning a file of tests: recording costs seconds, cutting it costs nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.durability.mornings import Morning, a_morning, furnish

PEOPLE = 6


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kiosk with work to give out that nobody has come to yet; copy it, and leave it as it is."""
    root = tmp_path_factory.mktemp("furnished")
    furnish(root)
    return root


@pytest.fixture(scope="session")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Morning:
    """Six people come to a kiosk while sync pulls; cut it wherever you like."""
    root = tmp_path_factory.mktemp("morning")
    furnish(root)
    return a_morning(root, PEOPLE)
