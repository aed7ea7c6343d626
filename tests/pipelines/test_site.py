"""The site: what pages say, that they are valid, safe, self-contained, and written only when changed.

All data are made up: an invented Land with one district, an independent city and a few villages.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import html5lib
import polars as pl
import pytest

from pipelines.catalogue import coverage
from pipelines.exchange.addresses import files_of
from pipelines.site.build import build_site
from pipelines.site.formula import spelled
from pipelines.site.language import ENGLISH, GERMAN
from pipelines.site.numbers import euro, number
from pipelines.site.previous import HASHES
from quality.contracts import CONTRACTS
from tests.quality.world import row

FILE = "ab" * 32
HOSTILE = '<script>alert(1)</script> & "Dorf" {{ 7*7 }}'
VILLAGE, EVIL, CITY, GONE, WOOD = "99001001", "99001002", "99002000", "99001003", "99001004"
LONE = "98000001"


def _unit(ags: str, level: str, name: str, **values: object) -> dict[str, object]:
    settings = {
        "land": ags[:2],
        "district": ags[:5] if level == "municipality" else None,
        "is_unincorporated": False,
        "is_independent_city": False,
        "valid_from": date(2019, 12, 31),
        "valid_to": None,
        "territory_date": date(2024, 6, 30),
        **values,
    }
    return row("municipality", ags=ags, level=level, name=name, **settings)


def _observed(
    indicator: str, ags: str, year: int, value: float | None, **values: object
) -> dict[str, object]:
    settings = {
        "obs_status": "A" if value is not None else "L",
        "reason": None if value is not None else "not_collected",
        "note": None,
        "snapshot_ids": [FILE] if value is not None else [],
        **values,
    }
    return row("observation", indicator_id=indicator, ags=ags, year=year, value=value, **settings)


def _indicator(
    key: str, number_: int, kind: str, unit: str, formula: str, **values: object
) -> dict[str, object]:
    return row(
        "indicator",
        indicator_id=key,
        number=number_,
        kind=kind,
        unit_de=unit,
        formula=formula,
        **{"family": "money", "name_de": f"Indikator {key}", "decimals": 2, "metadata": "{}", **values},
    )


def _rows() -> dict[str, list[dict[str, object]]]:
    spending = "cast(development_spending as double) / nullif(100 * population_30_06, 0)"
    return {
        "municipality": [
            _unit("99", "land", "Musterland", district=None),
            _unit("99001", "district", "Musterkreis", type_code="44"),
            _unit("99002", "district", "Musterstadt", is_independent_city=True, type_code="41"),
            _unit("98", "land", "Stadtland", district=None),
            _unit(LONE, "municipality", "Einsiedel", district=None),
            _unit(VILLAGE, "municipality", "Musterdorf, Gemeinde"),
            _unit(EVIL, "municipality", HOSTILE),
            _unit(CITY, "municipality", "Musterstadt, Stadt", is_independent_city=True),
            _unit(GONE, "municipality", "Altdorf", valid_to=date(2023, 11, 30)),
            _unit(WOOD, "municipality", "Musterforst", is_unincorporated=True),
        ],
        "population": [
            row(
                "population",
                ags=VILLAGE,
                reference_date=date(2022, 12, 31),
                census_base="census_2011",
                territory_date=date(2024, 6, 30),
                inhabitants=18917,
            )
        ],
        "indicator": [
            _indicator("ez_ausg_ew", 1, "money", "€ je Einwohner", spending),
            _indicator("pt_gs_n", 12, "count", "Partnerschaften", "partnerships_dac", decimals=0),
            _indicator("fairtrade_town", 20, "binary", "0/1", "fairtrade_town", decimals=0),
        ],
        "observation": [
            _observed("ez_ausg_ew", VILLAGE, 2015, 1.014021),
            _observed("ez_ausg_ew", VILLAGE, 2018, 0.57, obs_status="E", reason="population_of_other_date"),
            _observed("pt_gs_n", VILLAGE, 2018, None),
            _observed("fairtrade_town", VILLAGE, 2018, None),
            _observed("ez_ausg_ew", EVIL, 2018, None),
            _observed("pt_gs_n", CITY, 2018, 2.0),
            *(
                _observed("ez_ausg_ew", EVIL, year, None, obs_status="O", reason="not_separable")
                for year in (2012, 2014, 2015)
            ),
        ],
        "observation_plan": [_observed("ez_ausg_ew", VILLAGE, 2019, 0.9)],
        "measure": [
            row("measure", measure_id="development_spending", ags=VILLAGE, year=2018, phase="actual",
                value=1918224, unit="cent", note=None),
            row("measure", measure_id="unattributable_spending", ags=VILLAGE, year=2018, phase="actual",
                value=115878233, unit="cent", note=None),
            row("measure", measure_id="unattributable_spending", ags=CITY, year=2018, phase="actual",
                value=0, unit="cent", note=None),
            row("measure", measure_id="population_30_06", ags=VILLAGE, year=2018, phase="none",
                value=18917, unit="persons", note="2022-12-31/census_2011"),
        ],
        "partnership": [
            row("partnership", partnership_id="p1", ags=CITY, partner_name="Kapstadt", partner_country="ZAF",
                category="partnership", valid_from=date(2000, 1, 1), valid_to=None, source_ids="document_facts",
                last_attested_on=date(2025, 5, 7)),
        ],
        "partnership_claim": [
            row("partnership_claim", partnership_id="p1", ags=CITY, source_id="document_facts",
                raw_text="99002000;Musterstadt;partnership;Ratsvorlage 1/2025"),
        ],
        "engagement": [
            row("engagement", ags=CITY, kind="agenda_2030_resolution", value=1.0, unit="0/1",
                valid_from=date(2018, 7, 11), valid_from_text="2018-07-11", document="Ratsvorlage 2/2018",
                attested_on=date(2025, 5, 7), source_id="document_facts", note=None),
        ],
        "country": [row("country", country="ZAF", name_de="Südafrika", name_en="South Africa")],
        "source": [
            row("source", source_id="document_facts", title="Angaben aus Dokumenten", state="read",
                attribution="Rat der Stadt", homepage="https://example.org/", problem=None),
        ],
        "snapshot": [row("snapshot", snapshot_id=FILE, source_id="document_facts", name="facts/documents.csv")],
        "reason": [
            row("reason", reason="not_collected", text_de="Keine Erhebung deckt dies ab."),
            row("reason", reason="not_separable", text_de="Enthalten, aber nicht abgrenzbar."),
            row("reason", reason="population_of_other_date", text_de="Nächstliegende Einwohnerzahl.",
                text_en="Closest population figure."),
        ],
        "quality_result": [
            row("quality_result", check_id="good.one", passed=True, severity="stop"),
            row("quality_result", check_id="bad.one", passed=False, severity="warn", observed="3 <b>rows</b>"),
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    made = {name: pl.DataFrame(rows, schema=CONTRACTS[name].schema) for name, rows in _rows().items()}
    return {**made, "coverage": coverage(made["observation"], made["municipality"])}


@pytest.fixture(scope="module")
def site(tables, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build_site(tables, folder, None, lambda done, total: None)
    return folder


def page(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def all_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def _english(place: str) -> bool:
    return place == "en" or place.startswith("en/")


def test_every_unit_has_its_page_and_unincorporated_areas_have_none(site):
    addresses = {str(path.parent.relative_to(site)) for path in all_pages(site)}
    english = {place.removeprefix("en").removeprefix("/") or "." for place in addresses if _english(place)}
    addresses = {place for place in addresses if not _english(place)}
    assert english == addresses
    expected = {f"gemeinde/{ags}" for ags in (VILLAGE, EVIL, CITY, GONE, LONE)}
    expected |= {
        "kreis/99001",
        "kreis/99002",
        "land/98",
        "land/99",
        ".",
        "indikator",
        "quellen",
        "qualitaet",
        "vergleich",
    }
    expected |= {"methode", "lizenz", "barrierefreiheit", "datenschutz", "kontakt"}
    expected |= {f"indikator/{key}" for key in ("ez_ausg_ew", "pt_gs_n", "fairtrade_town")}
    expected |= {f"gemeinde/{ags}/einbetten" for ags in (VILLAGE, CITY)}
    assert addresses == expected


def test_pages_are_valid_html(site):
    for path in all_pages(site):
        html5lib.HTMLParser(strict=True).parse(path.read_bytes())


def test_pages_load_nothing_from_elsewhere_and_run_no_script(site):
    for path in all_pages(site):
        html = path.read_text()
        loaded = re.findall(r"<(?:link|script|img|iframe|source|object|embed|use|image)\b[^>]*>", html)
        assert [tag for tag in loaded if "://" in tag or 'href="//' in tag or not _own_script(tag)] == []
        assert "style=" not in html, "the security policy of the page forbids inline styles"
        assert "default-src 'self'" in html
        assert re.search(r"\son\w+=", html) is None
    style = (site / "style.css").read_text()
    assert "@import" not in style and "url(" not in style


def _own_script(tag: str) -> bool:
    """Anything but a script, or one of those that pages may use and can do without."""
    return not tag.startswith("<script") or bool(
        re.fullmatch(r'<script src="(?:\.\./)*(?:suche|felder|vergleich)\.js" defer>', tag)
    )


def test_links_are_relative_and_lead_somewhere(site):
    offered: set[str] = set()
    for path in all_pages(site):
        for link in re.findall(r'(?:href)="([^"]*)"', path.read_text()):
            if link.startswith(("https://example.org", "https://www.govdata.de/dl-de/")):
                continue
            if "/daten/" in link:
                offered.add(link.rpartition("../daten/")[2])
                continue
            target, _, anchor = link.partition("#")
            target, _, _chosen = target.partition("?")
            file = (path.parent / target).resolve() if target else path
            assert file.is_file(), f"{path}: {link}"
            if anchor:
                assert f'id="{anchor}"' in file.read_text(), f"{path}: {link}"
    assert {file.path for file in files_of(VILLAGE, "municipality", observed=True, content=True)} <= offered


def test_ids_are_unique_and_headings_in_order(site):
    for path in all_pages(site):
        html = path.read_text()
        ids = re.findall(r'\bid="([^"]*)"', html)
        assert len(ids) == len(set(ids)), path
        levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
        assert levels.count(1) == 1 and levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), path


def test_accessible_frame(site):
    for path in all_pages(site):
        html = path.read_text()
        code = "en" if _english(str(path.parent.relative_to(site))) else "de"
        assert f'<html lang="{code}">' in html
        assert html.count("<main") == 1
        assert (path.parent.name == "einbetten") == ("<header" not in html)
        assert 'href="#inhalt"' in html or path.parent.name == "einbetten"
        assert html.count("<table") == html.count("<caption")
        assert re.search(r"<th(?![^>]*scope=)[^e]", html) is None
        for svg in re.findall(r"<svg[^>]*>", html):
            assert (
                'role="img"' in svg and 'aria-label="' + ("Chart: " if code == "en" else "Diagramm: ") in svg
            )


def test_contrast_of_text_is_at_least_4_5_in_both_schemes(site):
    style = (site / "style.css").read_text()
    for block in re.findall(r":root \{(.*?)\}", style, re.S):
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", block))
        for ink in ("ink", "muted", "accent", "plan"):
            for paper in ("paper", "panel"):
                assert _contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper, block)


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("status", "reason", "message"),
    [
        ("A", None, "Von 1 (2015) auf 3 (2018)"),
        ("U", None, "3 (2018)"),
        ("D", None, "3 (2018)"),
        ("E", "lower_bound", "3 in den ausgewerteten Quellen (2018)"),
        ("E", "incomplete_lists", "3 nach unvollständigen Verzeichnissen (2018)"),
    ],
)
def test_headlines_compare_years_only_where_that_is_sound(tables, tmp_path, status, reason, message):
    rows = [
        _observed("pt_gs_n", CITY, year, value, obs_status=status, reason=reason)
        for year, value in ((2015, 1.0), (2018, 3.0))
    ]
    observation = pl.DataFrame(rows, schema=CONTRACTS["observation"].schema)
    build_site({**tables, "observation": observation}, tmp_path, None, lambda done, total: None)
    assert f"<figcaption><strong>{message}</strong>" in page(tmp_path, f"gemeinde/{CITY}")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (0.0, "Für Musterstadt weist der Haushalt 2018 keine Ausgaben für Entwicklungszusammenarbeit aus."),
        (0.57, "2018 gab Musterstadt 0,57 € je Einwohner für Entwicklungszusammenarbeit aus"),
    ],
)
def test_a_confirmed_zero_is_told_as_what_the_budget_shows(tables, tmp_path, value, sentence):
    rows = [_observed("ez_ausg_ew", CITY, 2018, value, obs_status="E", reason="population_of_other_date")]
    observation = pl.DataFrame(rows, schema=CONTRACTS["observation"].schema)
    build_site({**tables, "observation": observation}, tmp_path, None, lambda done, total: None)
    assert sentence in text_of(page(tmp_path, f"gemeinde/{CITY}"))


def test_hostile_names_are_text(site):
    for path in all_pages(site):
        html = path.read_text()
        assert "<script>" not in html and "<b>rows" not in html
    html = page(site, f"gemeinde/{EVIL}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "{{ 7*7 }}" in html


def test_formula_stands_with_the_numbers_of_the_unit(site):
    text = text_of(page(site, f"gemeinde/{VILLAGE}"))
    assert "19.182,24 € ÷ 18.917 Einwohner = 0,57 € je Einwohner" in text
    assert "Einwohner am 31.12.2022 (Basis Zensus 2011)" in text


def test_money_that_cannot_be_attributed_stands_apart(site):
    text = text_of(page(site, f"gemeinde/{VILLAGE}"))
    assert "Ausgaben, die nicht zuzuordnen sind" in text
    assert "2018 Ist 1.158.782,33 € 61,26 €" in text
    assert "nicht zuzuordnen" not in text_of(page(site, f"gemeinde/{CITY}")), "nothing was set aside there"


def test_missing_years_are_rows_and_never_zero(site):
    html = page(site, f"gemeinde/{VILLAGE}")
    text = text_of(html)
    assert "2016–2017 keine Angabe" in text
    assert "2019 keine Angabe" in text, "the year with a plan and no actual value"
    assert html.count("k. A.</text>") == 2
    assert "0,00" not in text
    assert not re.search(r"<td[^>]*>0</td>", html)


def test_plan_figures_stand_apart_and_are_named(site):
    html = page(site, f"gemeinde/{VILLAGE}")
    actual, plan = re.findall(r'<table class="(?:actual|plan)[^"]*">.*?</table>', html, re.S)
    assert "0,90" in plan and "Plan" in plan
    assert "0,90" not in actual
    assert "geschätzter Wert" in actual


def test_indicators_without_value_say_why(site):
    text = text_of(page(site, f"gemeinde/{VILLAGE}"))
    assert (
        "Indikator pt_gs_n · Indikator fairtrade_town nicht erhoben (2018): Keine Erhebung deckt dies ab."
        in text
    )


def test_reasons_of_earlier_years_are_not_hidden_by_the_newest(site):
    text = text_of(page(site, f"gemeinde/{EVIL}"))
    told = (
        "nicht erhoben (2018): Keine Erhebung deckt dies ab. "
        "fehlt (2012, 2014–2015): Enthalten, aber nicht abgrenzbar. 1 Indikator Indikator ez_ausg_ew"
    )
    assert told in text


def test_a_place_of_which_nothing_is_known_says_so(site):
    html = page(site, f"gemeinde/{EVIL}")
    assert "liegt noch keine Angabe zu globaler Partnerschaft" in html
    assert "<svg" not in html


def test_documented_facts_have_their_documents(site):
    text = text_of(page(site, f"gemeinde/{CITY}"))
    assert "Musterstadt hat am 11. Juli 2018 die Musterresolution zur Agenda 2030 beschlossen." in text
    assert "Für Musterstadt nennen die Quellen 2 Partnerschaften mit Kommunen in Entwicklungsländern" in text
    assert "Kapstadt Südafrika Partnerschaft seit 2000 Ratsvorlage 1/2025" in text
    assert "Alle Einträge zuletzt genannt am 07.05.2025." in text
    assert "Ratsvorlage 2/2018" in text


def test_sources_stand_beside_the_values_with_file_and_hash(site):
    html = page(site, f"gemeinde/{VILLAGE}")
    assert "Rat der Stadt" in html and "facts/documents.csv" in html
    assert (
        'href="#q1">[1]' in html and '<li id="q1"><a href="../../quellen/index.html#document_facts">' in html
    )
    assert FILE not in html, "a file of a whole Land delivered anew would rewrite the pages of all its units"
    listed = text_of(page(site, "quellen").split('id="document_facts"')[1])
    assert "facts/ documents.csv" in listed and FILE in listed


def test_district_of_an_independent_city_shows_the_city(site):
    html = page(site, "kreis/99002")
    assert "Kreisfreie Stadt" in html and f"gemeinde/{CITY}/index.html" in html
    assert "Kapstadt" in html and "<svg" in html
    assert "kreis/99002/index.html" in page(site, f"gemeinde/{CITY}")


def test_dissolved_units_say_so_and_are_listed_apart(site):
    assert "besteht nicht mehr (nicht mehr im Verzeichnis seit 30.11.2023)" in page(site, f"gemeinde/{GONE}")
    district = page(site, "kreis/99001")
    assert (
        district.index("Musterdorf") < district.index("Frühere Gebietseinheiten") < district.index("Altdorf")
    )
    assert "Altdorf" not in page(site, "land/99")


def test_start_leads_to_every_municipality_without_script(site):
    assert "land/99/index.html" in page(site, "")
    land = page(site, "land/99")
    assert all(f"gemeinde/{ags}/index.html" in land for ags in (VILLAGE, EVIL, CITY))
    assert "3 Gemeinden, 2 davon mit belegten Angaben" in land


def test_indicator_page_lists_values_and_counts_reasons(site):
    text = text_of(page(site, "indikator/ez_ausg_ew"))
    assert "Eine Gebietseinheit hat mindestens einen Wert." in text
    assert "Musterdorf, Gemeinde Gemeinde Musterland 2018 0,57 € je Einwohner" in text
    assert "Gemeinde 1 nein fehlt Enthalten, aber nicht abgrenzbar." in text, (
        "a unit that was read counts as read"
    )
    assert "nicht erhoben Keine Erhebung deckt dies ab." not in text
    assert "1 nein nicht erhoben Keine Erhebung deckt dies ab." in text_of(
        page(site, "indikator/fairtrade_town")
    )


def test_districts_of_a_land_say_their_kind_and_cities_what_is_known_of_them(site):
    districts = text_of(page(site, "land/99")).split("Kreise und kreisfreie Städte")[1].split("Gemeinden")[0]
    assert "Musterkreis Landkreis Musterstadt kreisfreie Stadt ●" in districts


def test_start_counts_what_is_known_by_land(site):
    said = text_of(page(site, ""))
    assert "Musterland 3 2 67 %" in said and "Stadtland 1 0 0 %" in said


def test_quality_page_words_what_failed_and_counts_the_rest(site):
    html = page(site, "qualitaet")
    assert "bad.one" in html and "good.one" not in html
    assert "3 &lt;b&gt;rows" in html
    assert "Prüfungen 2 bestanden 1 " in text_of(html)


def test_equal_input_links_every_page_and_draws_nothing(tables, site, tmp_path):
    shuffled = {name: frame.sample(fraction=1.0, shuffle=True, seed=17) for name, frame in tables.items()}
    report = build_site(shuffled, tmp_path / "new", site, lambda done, total: None)
    assert (report.written, report.charts) == (0, 0)
    assert report.unchanged == report.pages == len(all_pages(site))
    for path in all_pages(site):
        assert (tmp_path / "new" / path.relative_to(site)).stat().st_ino == path.stat().st_ino
    assert (tmp_path / "new" / HASHES).read_bytes() == (site / HASHES).read_bytes()


def test_two_builds_from_nothing_are_equal_byte_for_byte(tables, site, tmp_path):
    build_site(tables, tmp_path, None, lambda done, total: None)
    for path in all_pages(site):
        assert (tmp_path / path.relative_to(site)).read_bytes() == path.read_bytes()


def test_a_changed_value_rewrites_only_pages_that_show_it(tables, site, tmp_path):
    changed = tables["observation"].with_columns(
        value=pl.when(pl.col("ags") == CITY).then(3.0).otherwise(pl.col("value"))
    )
    before = {path: path.read_bytes() for path in all_pages(site)}
    new = tmp_path / "new"
    report = build_site({**tables, "observation": changed}, new, site, lambda done, total: None)
    differing = {
        str(path.parent.relative_to(site))
        for path in all_pages(site)
        if (new / path.relative_to(site)).read_bytes() != path.read_bytes()
    }
    german = {f"gemeinde/{CITY}", f"gemeinde/{CITY}/einbetten", "kreis/99002", "indikator/pt_gs_n"}
    assert differing == german | {f"en/{place}" for place in german}
    assert report.written == len(differing)
    assert {path: path.read_bytes() for path in all_pages(site)} == before


def test_writing_into_a_folder_of_links_leaves_the_other_release_alone(tables, site, tmp_path):
    new = tmp_path / "new"
    build_site(tables, new, site, lambda done, total: None)
    before = page(site, f"gemeinde/{VILLAGE}")
    renamed = tables["municipality"].with_columns(pl.col("name").str.replace("Musterdorf", "Neudorf"))
    build_site({**tables, "municipality": renamed}, new, None, lambda done, total: None)
    assert "Neudorf" in page(new, f"gemeinde/{VILLAGE}")
    assert page(site, f"gemeinde/{VILLAGE}") == before


def test_a_damaged_list_of_hashes_means_everything_is_written(tables, site, tmp_path):
    old = tmp_path / "old"
    old.mkdir()
    (old / HASHES).write_text("{not json")
    report = build_site(tables, tmp_path / "new", old, lambda done, total: None)
    assert report.unchanged == 0 and report.written == report.pages


def test_no_tables_still_give_a_site(tmp_path):
    report = build_site({}, tmp_path, None, lambda done, total: None)
    assert report.pages == 20
    for path in all_pages(tmp_path):
        html5lib.HTMLParser(strict=True).parse(path.read_bytes())


def test_progress_ends_at_the_total(tables, tmp_path):
    seen: list[tuple[int, int]] = []
    report = build_site(tables, tmp_path, None, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (report.pages, report.pages)


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234567.891, 2, "1.234.567,89"),
        (0.125, 2, "0,13"),
        (-0.4, 2, "−0,40"),
        (0.0, 2, "0,00"),
        (0.004, 2, "< 0,01"),
        (-0.004, 2, "> −0,01"),
        (18917, 0, "18.917"),
        (2.0, 0, "2"),
    ],
)
def test_numbers_are_german_and_small_ones_are_not_zero(value, decimals, written):
    assert number(value, decimals) == written


def test_money_and_notes():
    assert euro(1918224) == "19.182,24 €"
    assert euro(-5) == "−0,05 €"
    assert euro(-123456, "en_GB") == "−€1,234.56"
    assert GERMAN.note("2022-12-31/census_2011") == "Einwohner am 31.12.2022 (Basis Zensus 2011)"
    assert ENGLISH.note("2022-12-31") == "31 Dec 2022"
    assert GERMAN.note(None) == ""


def test_english_pages_write_english_numbers_dates_and_names(site):
    village = text_of(page(site, f"en/gemeinde/{VILLAGE}"))
    assert "18,917" in village and "31 Dec 2022" in village and "€19,182.24 ÷ 18,917 inhabitants" in village
    german = text_of(page(site, f"gemeinde/{VILLAGE}"))
    assert "18.917" in german and "31.12.2022" in german and "19.182,24 € ÷ 18.917 Einwohner" in german
    city = text_of(page(site, f"en/gemeinde/{CITY}"))
    assert "South Africa" in city and "Südafrika" not in city
    assert "estimated value" in village and "Closest population figure." in village


def test_a_page_and_its_translation_lead_to_each_other(site):
    html = page(site, f"gemeinde/{VILLAGE}")
    assert f'hreflang="en" href="../../en/gemeinde/{VILLAGE}/index.html"' in html
    html = page(site, f"en/gemeinde/{VILLAGE}")
    assert f'hreflang="de" href="../../../gemeinde/{VILLAGE}/index.html"' in html
    assert 'hreflang="en" href="../en/index.html"' in page(site, "en")


@pytest.mark.parametrize(
    ("formula", "money", "text"),
    [
        ("cast(a as double) / nullif(100 * b, 0)", True, "A ÷ B"),
        ("cast(100 * a as double) / nullif(b, 0)", False, "100 · A ÷ B"),
        ("cast(100 * (a - b) as double) / nullif(a, 0)", False, "100 · (A − B) ÷ A"),
        ("cast(100000 * a as double) / nullif(b, 0)", False, "100.000 · A ÷ B"),
        ("a / nullif(b + c, 0)", False, "A ÷ (B + C)"),
        ("a", False, "A"),
        ("coalesce(a / nullif(c, 0), cast(b as double) / nullif(100 * c, 0))", True, "A ÷ C | B ÷ C"),
    ],
)
def test_formulas_are_spelled_out(formula, money, text):
    assert spelled(formula, str.upper, number, cents_to_euro=money) == text


def test_of_two_ways_the_one_whose_numbers_are_known_is_shown():
    formula = "coalesce(cast(a as double) / (10 + 0 * a), cast(b as double) / nullif(100 * c, 0))"
    known = {"b": "5 €", "c": "2"}
    said = spelled(formula, lambda name: known.get(name, "?"), number, cents_to_euro=True, missing="?")
    assert said == "5 € ÷ 2"


def test_every_formula_of_the_catalogue_can_be_spelled():
    from indicators import load_indicators

    for indicator in load_indicators().values():
        if indicator.formula:
            said = spelled(
                indicator.formula, lambda name: f"[{name}]", number, cents_to_euro=indicator.kind == "money"
            )
            assert "cast" not in said and "nullif" not in said and "double" not in said
            assert said.count("(") == said.count(")")
