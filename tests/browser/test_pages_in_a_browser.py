"""Every template in every state, in a real browser: accessible, quiet, alone, and narrow enough.

Belongs here: what must be true of any page. Does not belong here: what a page says.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.browser.states import STATES

pytestmark = pytest.mark.xdist_group("night")

DESK = {"width": 1280, "height": 900}
DARK = ("start", "indicator of money", "municipality with data", "quality", "comparison")
"""States whose contrast is looked at in dark colours too; the others have the same parts."""

NARROW = {"width": 320, "height": 256}
"""A phone, and what remains of a window of 1280 × 1024 at 400 % zoom (WCAG 2.1, 1.4.10)."""

SHEET = {"width": 718, "height": 1050}
"""A4 with margins of 20 mm."""


@dataclass
class Visit:
    """A page in a browser, with what it said and asked for."""

    page: Page
    base: str
    said: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", self._request)

    def open(self, address: str) -> None:
        answer = self.page.goto(f"{self.base}{address}/index.html" if address else self.base)
        assert answer is not None and answer.status == 200, f"{address} is not there"

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.base):
            self.foreign.append(request.url)

    def too_wide(self) -> list[str]:
        """Elements that make the page scroll sideways; none where it does not."""
        return self.page.evaluate(
            """() => { const wide = document.documentElement;
              if (wide.scrollWidth <= wide.clientWidth) return [];
              return [...document.querySelectorAll('body *')]
                .filter(each => each.getBoundingClientRect().right > wide.clientWidth + 1
                                && !each.parentElement.closest('.scroll'))
                .map(each => each.outerHTML.slice(0, 120)).slice(0, 5).concat('page ' + wide.scrollWidth); }"""
        )

    def cut(self) -> list[str]:
        """Tables of which a part stands outside their frame or, printed, outside the sheet."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll('table')].filter(each => {
                const frame = each.closest('.scroll') || document.querySelector('main');
                return each.getBoundingClientRect().right > frame.getBoundingClientRect().right + 1; })
              .map(each => each.caption.textContent)"""
        )

    def violations(self, *only: str) -> list[str]:
        """Rules of axe-core the page breaks, with the first places."""
        if not self.page.evaluate("() => typeof axe !== 'undefined'"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate(
            """only => axe.run(only.length ? {runOnly: only, resultTypes: ['violations']}
                                           : {resultTypes: ['violations']})
              .then(result => result.violations.map(each =>
                each.id + ': ' + each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')))""",
            list(only),
        )
        return list(found)


@pytest.fixture(scope="module")
def window(browser: Browser, served: str):
    """One window for all pages: opening one costs more than looking at most pages."""
    context = browser.new_context(viewport=DESK)
    yield Visit(page=context.new_page(), base=served)
    context.close()


@pytest.fixture
def visit(window: Visit) -> Visit:
    window.page.goto("about:blank")
    window.page.emulate_media(media="screen", color_scheme="light")
    window.page.set_viewport_size(DESK)
    window.said.clear()
    window.foreign.clear()
    return window


@pytest.mark.parametrize("state", STATES)
def test_a_page_is_accessible_quiet_and_alone(visit, state):
    visit.open(STATES[state])
    assert visit.violations() == []
    if state in DARK:
        visit.page.emulate_media(color_scheme="dark")
        assert visit.violations("color-contrast") == []
    visit.page.set_viewport_size(NARROW)
    assert visit.too_wide() == []
    assert visit.cut() == []
    assert visit.said == []
    assert visit.foreign == []
    visit.page.set_viewport_size(SHEET)
    visit.page.emulate_media(media="print")
    assert visit.cut() == []


def test_small_multiples_of_chosen_units_are_accessible_quiet_and_narrow(visit):
    visit.page.goto(f"{visit.base}vergleich/index.html?ags=05334002&ags=05314000")
    visit.page.wait_for_selector("#bilder svg")
    assert visit.violations() == []
    visit.page.emulate_media(color_scheme="dark")
    assert visit.violations("color-contrast") == []
    visit.page.set_viewport_size(NARROW)
    assert (visit.too_wide(), visit.said, visit.foreign) == ([], [], [])
