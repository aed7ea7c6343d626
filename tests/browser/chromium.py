"""The system's Chromium, and how it is started.

Belongs here: finding it. Does not belong here: what is looked at.
"""

from __future__ import annotations

import os
import shutil

FLAGS = ("--no-sandbox", "--disable-gpu", "--hide-scrollbars")


def chromium() -> str | None:
    """Where it is, if the system has one."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return os.environ.get("SDG17_TEST_CHROMIUM") or next((path for path in found if path), None)
