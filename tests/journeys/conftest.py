"""Journeys set up dozens of kiosks on one disk, and copy some: none of them holds room back there."""

from __future__ import annotations

import os

os.environ.setdefault("KIOSK_STORAGE_BALLAST_MB", "0")
