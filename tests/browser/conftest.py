"""Fixtures of the browser tests: Debian's Chromium, and a site with every state a template can be in.

Belongs here: starting what the tests look at and with. Does not belong here: which pages are looked at
(`states.py`), what must be true of them (`test_*.py`).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from pipelines.serving import LOOPBACK, make_server
from tests.browser.chromium import FLAGS, chromium
from tests.browser.states import build_states
from tests.home import Home


@pytest.fixture(scope="session")
def states_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a night on embedded facts, with states added that those facts do not show."""
    given = os.environ.get("SDG17_TEST_NIGHT_HOME")
    home = Home(folder=Path(given)) if given else request.getfixturevalue("home")
    folder = tmp_path_factory.mktemp("states") / "site"
    build_states(home.folder, folder)
    return folder


@pytest.fixture(scope="module")
def browser(states_site: Path) -> Iterator[Browser]:
    """One browser per module, started when the site stands and ended before other tests draw pictures.

    Its driver keeps an event loop in this thread, in which the embedded JavaScript engine of the charts
    refuses to work.
    """
    del states_site
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here: install the package chromium, or name one in SDG17_TEST_CHROMIUM")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def served(states_site: Path) -> Iterator[str]:
    """The address of that site on loopback, with the security policy as a header too."""
    with make_server(states_site, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://{LOOPBACK}:{server.server_port}/"
        server.shutdown()
        thread.join()
