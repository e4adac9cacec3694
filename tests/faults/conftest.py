"""Bad days set up kiosks on one disk: none of them holds room back there."""

from __future__ import annotations

import os

os.environ.setdefault("KIOSK_STORAGE_BALLAST_MB", "0")
