"""Using pages as people do: by keyboard, by search, comparing, without scripts, printed.

Belongs here: what happens when somebody acts. Does not belong here: what must be true of any page at
rest (`test_pages_in_a_browser.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.xdist_group("night")

AACHEN, BREMEN = "05334002", "04011000"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    yield context.new_page()
    context.close()


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(page, served):
    page.goto(f"{served}gemeinde/{AACHEN}/index.html")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["x"] >= 0, "the skip link comes into view"
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}gemeinde/{AACHEN}/index.html#inhalt")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => { const at = document.activeElement, look = getComputedStyle(at);
                  return [document.querySelector('main').contains(at), look.outlineStyle,
                          at.getBoundingClientRect().width > 0]; }"""
            )
        )
    assert all(inside and outline != "none" and seen for inside, outline, seen in reached), reached


def test_what_unfolds_opens_by_keyboard(page, served):
    page.goto(f"{served}indikator/ez_ausg_ew/index.html")
    summary = page.locator("main summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main details").first).to_have_attribute("open", "")
    expect(page.locator("main details pre").first).to_be_visible()


def test_the_search_finds_names_words_and_keys(page, served):
    page.goto(served)
    field = page.get_by_role("searchbox")
    field.fill("münchen")
    expect(page.locator("#treffer a").first).to_have_text(re.compile("^München"))
    field.fill("muenchen-gibt-es-nicht")
    expect(page.locator("#treffer-zahl")).to_have_text("0 Treffer.")
    field.fill(AACHEN)
    expect(page.locator("#treffer a")).to_have_count(1)
    field.press("Enter")
    page.wait_for_url(f"**/gemeinde/{AACHEN}/index.html")


def test_long_tables_can_be_filtered(page, served):
    page.goto(f"{served}indikator/daten_verf/05/index.html")
    rows = page.locator("table[data-filter] tbody tr")
    before = rows.count()
    page.locator(".filter input").fill("Aachen")
    shown = rows.filter(visible=True)
    assert 0 < shown.count() < before
    assert all("Aachen" in text for text in shown.all_inner_texts())


def test_a_comparison_says_what_the_pages_say_and_its_address_brings_it_back(page, served):
    page.goto(f"{served}vergleich/index.html")
    for name in ("Aachen", "Bremen, Stadt"):
        page.get_by_role("searchbox").fill(name)
        page.locator("#treffer button").first.click()
        expect(page.locator("#gewaehlt li").filter(has_text=name)).to_be_visible()
    assert page.url.endswith(f"?ags={AACHEN}&ags={BREMEN}")
    page.reload()
    table = page.locator("#gegenueber table")
    expect(table.locator("thead th")).to_have_count(4)
    expect(page.locator("#ohne")).to_be_hidden()
    page.goto(f"{served}gemeinde/{AACHEN}/index.html")
    stated = page.locator("section.card#pt_gs_n .value strong").inner_text()
    page.goto(f"{served}vergleich/index.html?ags={AACHEN}&ags={BREMEN}")
    row = table.locator("tbody tr").filter(has=page.locator('a[href*="indikator/pt_gs_n/"]'))
    assert row.locator("td").first.locator("strong").inner_text().startswith(stated)


def test_a_comparison_says_what_is_missing_and_what_cannot_be_compared(page, served):
    page.goto(f"{served}vergleich/index.html?ags={AACHEN}&ags={BREMEN}&ags=99999999")
    row = page.locator("#gegenueber tbody tr").filter(has=page.locator('a[href*="indikator/agenda_res/"]'))
    expect(row.locator("td").nth(1)).to_contain_text("keine Angabe")
    expect(row.locator("td").nth(1).locator("small")).to_contain_text("nicht erhoben")
    expect(row.locator("td").last).to_have_text("Nur für eine Kommune gibt es einen Wert.")
    expect(page.locator("#gewaehlt")).to_contain_text("99999999")
    page.get_by_role("button", name=re.compile("Entfernen: 99999999")).click()
    expect(page.locator("#gewaehlt li")).to_have_count(2)


def test_small_multiples_stand_on_one_scale_and_mark_missing_years(page, served):
    """Bonn has the values of Aachen in this made-up world, so their bars must be of one height."""
    page.goto(f"{served}vergleich/index.html?ags={AACHEN}&ags=05314000&ags={BREMEN}")
    figure = page.locator("#bilder figure").filter(has_text="Partnerschaften mit Kommunen").first
    expect(figure.locator("svg")).to_have_attribute("aria-label", re.compile(r"Aachen: .*Bonn: .*Bremen: "))
    bars = figure.locator("rect").evaluate_all(
        "all => all.map(each => [each.getAttribute('x'), Number(each.getAttribute('height')).toFixed(2)].join())"
    )
    assert bars and all(bars.count(bar) >= 2 for bar in bars[: len(bars) // 3])
    assert figure.locator("text", has_text="k. A.").count() > 0


def test_nothing_is_missing_without_scripts(browser, served):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    expect(page.locator("form")).to_be_hidden()
    page.locator('main a[href^="land/05/"]').first.click()
    page.locator(f'a[href*="gemeinde/{AACHEN}/"]').first.click()
    expect(page.locator("h1")).to_contain_text("Aachen")
    page.goto(f"{served}vergleich/index.html?ags={AACHEN}")
    expect(page.locator("#ohne")).to_be_visible()
    expect(page.locator("form")).to_be_hidden()
    page.locator('main a[href$="land/05/index.html"]').click()
    page.locator('a[href$="land/05/vergleich/index.html"]').click()
    expect(page.locator("section.card").first).to_contain_text("Münster")
    expect(page.locator("section.card svg").first).to_be_visible()
    context.close()


def test_print_leaves_out_what_paper_cannot_use(page, served):
    page.goto(f"{served}gemeinde/{AACHEN}/index.html")
    page.emulate_media(media="print")
    expect(page.locator("header.top nav")).to_be_hidden()
    page.goto(f"{served}quellen/index.html")
    assert page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"
    page.goto(served)
    expect(page.locator(".search")).to_be_hidden()
    page.emulate_media(media="screen")


@pytest.mark.parametrize(
    "address",
    [
        "land/05/vergleich",
        "vergleichsgruppe/independence.member.100000",
        "verband/053345999",
        "gemeinde/05170999",
    ],
)
def test_templates_other_tests_do_not_build_are_valid_in_both_languages(states_site: Path, address: str):
    for language in ("", "en"):
        html5lib.HTMLParser(strict=True).parse((states_site / language / address / "index.html").read_bytes())


def test_no_page_loads_anything_from_elsewhere(states_site: Path):
    loading = re.compile(
        r"""<(?:script|img|iframe|source|embed|object|use|image|video|audio|track|form|input|base)\b[^>]*
            (?:src|href|srcset|data|action|formaction|poster)=["'](?:[a-z]+:|//)
          | <link\b[^>]*href=["'](?:[a-z]+:|//) | <meta\b[^>]*http-equiv=["']refresh | \bstyle= | \son\w+=""",
        re.VERBOSE | re.IGNORECASE,
    )
    for file in sorted(states_site.rglob("*")):
        if file.suffix == ".html":
            html = file.read_text("utf-8")
            assert (found := loading.search(html)) is None, f"{file}: {found}"
            assert "default-src 'self'" in html
        elif file.suffix in (".css", ".js"):
            assert re.search(r"https?:|@import|url\(|//[a-z]+\.", file.read_text("utf-8")) is None, file
        elif file.suffix == ".svg":
            assert re.search(r"href=|<script|@import", file.read_text("utf-8")) is None, file
