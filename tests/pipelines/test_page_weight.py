"""How much a visitor loads for one place, and that what is left out of a page for it is not missed."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import polars as pl
import pytest

from bench.archive_night import WITH_PICTURES, WITHOUT, weights
from pipelines.site.build import build_site
from pipelines.site.lean import lean
from pipelines.site.style_sheet import minified, published
from tests.built_release import Built
from tests.home import Home

HEAVIEST = 6
"""Municipalities of which most is known; Wesel is among them with the heaviest page of the archive."""


def _heaviest(site: Path) -> tuple[float, float]:
    drawn, plain = (each["reached"] for each in weights(site))
    return drawn, plain


def test_pages_of_what_ships_with_the_program_are_light(shipped: Home) -> None:
    drawn, plain = _heaviest(shipped.folder / "current" / "site")
    assert plain <= WITHOUT and plain < drawn <= WITH_PICTURES


@pytest.fixture(scope="module")
def best_known(archive_release: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the archive's municipalities of which most is known."""
    folder = archive_release.home / "tables"
    tables = {file.stem: pl.read_parquet(file) for file in folder.glob("house/*.parquet")}
    known = tables["observation"].filter(pl.col("value").is_not_null())
    amount = known.group_by("ags").agg(pl.struct("indicator_id", "value").n_unique().alias("different"))
    towns = tables["municipality"].filter(pl.col("level") == "municipality", pl.col("valid_to").is_null())
    wanted = amount.join(towns, on="ags", how="semi").top_k(HEAVIEST, by="different")["ags"].to_list()
    kept = [*wanted, *(key[:5] for key in wanted), *(key[:2] for key in wanted), "05170048", "05170"]
    tables["municipality"] = tables["municipality"].filter(pl.col("ags").is_in(kept))
    site = tmp_path_factory.mktemp("best_known") / "site"
    build_site(tables, site, None, lambda done, total: None)
    return site


def test_pages_of_the_best_known_places_of_the_archive_are_light(best_known: Path) -> None:
    drawn, plain = _heaviest(best_known)
    assert plain <= WITHOUT and drawn <= WITH_PICTURES
    wesel = (best_known / "gemeinde/05170048/index.html").read_text("utf-8")
    assert len(wesel) > 30_000, "the page the limit was set for is among those weighed"


def test_every_number_of_a_source_on_a_page_leads_to_its_name_and_files(best_known: Path) -> None:
    page = (best_known / "gemeinde/05170048/index.html").read_text("utf-8")
    named = set(re.findall(r'href="#(q\d+)"', page))
    listed = dict(re.findall(r'<li id="(q\d+)">(.*?)(?=<li |</ol>)', page, re.S))
    assert named and named <= set(listed)
    sources = (best_known / "quellen/index.html").read_text("utf-8").replace("<wbr>", "")
    read = [name for entry in listed.values() for name in re.findall(r"[\w./-]+/[\w.-]+\.\w+$", entry)]
    assert len(read) >= 5
    assert all(f">{name}<" in sources for name in read), "its checksum stands beside the name"


PAGE = """<!DOCTYPE html>
<html lang="de">
<head>
<title>Zwei  Orte</title>
</head>
<body>
<main>
<p>Ein <a href="a">Wort</a></p>
<p>und <b>noch</b>
<i>eins</i></p>
<ul>
<li>eins</li>
<li><p>zwei</p></li>
</ul>
<table>
<caption>Werte</caption>
<thead><tr><th scope="col">Jahr</th><th scope="col">Wert</th></tr></thead>
<tbody>
<tr><th scope="row">2020</th><td>0,15</td></tr>
<tr><th scope="row">2019</th><td></td></tr>
</tbody>
</table>
<dl><div><dt>Trend</dt><dd><p>keiner</p></dd></div></dl>
<pre>a

  b</pre>
</main>
</body>
</html>
"""


def _tree(page: str) -> str:
    """What a browser makes of a page, without space that means nothing."""
    tree = html5lib.serialize(html5lib.HTMLParser(strict=True).parse(page), omit_optional_tags=False)
    return re.sub(
        r"\s*(</?(?:html|head|body|main|title|p|ul|li|table|t\w+|dl|d[tdi]\w*|pre)\b[^>]*>)\s*", r"\1", tree
    )


def test_a_lean_page_is_the_same_page() -> None:
    made = lean(PAGE)
    assert len(made) < 0.8 * len(PAGE)
    assert _tree(made) == _tree(PAGE)
    assert "a\n\n  b" in made and "<b>noch</b>\n<i>eins</i>" in made, "space that means something stays"


def test_a_style_sheet_loses_nothing_but_space() -> None:
    sheet = '/* why: */\n.a  > li + li::before,\n.b :hover { content: " ; { "; width: calc(1px + 2px); }\n'
    assert minified(sheet) == '.a>li + li::before,.b :hover{content:" ; { ";width:calc(1px + 2px)}'
    sheets = published()
    assert all(text.count(b"{") == text.count(b"}") for text in sheets.values())
    assert len(sheets["style.css"]) < 10_000
