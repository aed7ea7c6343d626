"""Pictures of every template in every state, for people to look at.

    python -m tests.browser.pictures SITE FOLDER [STATE …]

Belongs here: taking the pictures. Does not belong here: judging them. They are build artefacts and stay
out of the repository. SITE is a built site; an address that it does not have is passed over.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pipelines.serving import LOOPBACK, make_server
from tests.browser.chromium import FLAGS, chromium
from tests.browser.states import STATES

VIEWS = {
    "phone": {"width": 320, "height": 640},
    "desktop": {"width": 1280, "height": 900},
    "dark": {"width": 1280, "height": 900},
    "print": {"width": 794, "height": 1123},
    "zoom": {"width": 320, "height": 256},
}
"""View to its window in pixels of the style sheet; `zoom` is 1280 × 1024 at 400 %, `print` is A4."""

MOST = 4000
"""Pixels of a long page that are kept."""


def take(site: Path, folder: Path, states: dict[str, str]) -> int:
    """Take the pictures; returns how many."""
    path = chromium()
    if path is None:
        raise SystemExit("no Chromium here: install the package chromium, or name one in SDG17_TEST_CHROMIUM")
    folder.mkdir(parents=True, exist_ok=True)
    with make_server(site, 0) as server, sync_playwright() as driver:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        base = f"http://{LOOPBACK}:{server.server_port}/"
        there = {state: each for state, each in states.items() if (site / each / "index.html").is_file()}
        taken = sum(_view(browser, base, folder, there, view) for view in VIEWS)
        browser.close()
        server.shutdown()
    return taken


def _view(browser: Browser, base: str, folder: Path, states: dict[str, str], view: str) -> int:
    size = VIEWS[view]
    context = browser.new_context(viewport=size, color_scheme="dark" if view == "dark" else "light")
    page, taken = context.new_page(), 0
    if view == "print":
        page.emulate_media(media="print")
    for state, address in states.items():
        page.goto(f"{base}{address}/index.html" if address else base)
        height = min(MOST, int(page.evaluate("document.documentElement.scrollHeight")))
        kept = {
            "x": 0,
            "y": 0,
            "width": size["width"],
            "height": size["height"] if view == "zoom" else height,
        }
        name = f"{state.replace(' ', '_')}.{view}.png"
        page.screenshot(path=folder / name, full_page=True, clip=kept)
        taken += 1
    context.close()
    return taken


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    wanted = {state: STATES[state] for state in sys.argv[3:]} or dict(STATES)
    print(take(Path(sys.argv[1]), Path(sys.argv[2]), wanted), "pictures in", sys.argv[2])  # noqa: T201
