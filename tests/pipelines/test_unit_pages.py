"""What the page of a unit says of comparison, trend, changes and totals. All data are made up."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipelines.site.dossier import Archive
from pipelines.site.frames import library
from pipelines.site.language import ENGLISH, GERMAN
from pipelines.site.model import Places
from pipelines.site.peers import peer_pages
from pipelines.site.units import unit_pages
from quality.contracts import CONTRACTS
from tests.quality.world import row

TOWN, OTHER, GROUP = "99001001", "99001002", "size_land.20000.99"


def _unit(ags: str, level: str, name: str) -> dict[str, object]:
    own = {"land": ags[:2], "district": ags[:5] if level == "municipality" else None}
    flags = {"is_unincorporated": False, "is_independent_city": False, "valid_to": None}
    return row("municipality", ags=ags, level=level, name=name, **own, **flags)


def _total(level: str, value: float, **values: object) -> dict[str, object]:
    own = {"area_id": "99", "area_kind": "land", "year": 2018, "method": "sum", "obs_status": "A"}
    return row("aggregate", indicator_id="pt_gs_n", level=level, value=value, **{**own, **values})


ROWS = {
    "municipality": [
        _unit("99", "land", "Musterland"),
        _unit("99001", "district", "Musterkreis"),
        _unit(TOWN, "municipality", "Musterdorf"),
        _unit(OTHER, "municipality", "Nachbardorf"),
    ],
    "indicator": [
        row("indicator", indicator_id="pt_gs_n", number=12, kind="count", family="partnerships", decimals=0,
            name_de="Partnerschaften", is_context=False, formula=None, metadata="{}"),
    ],
    "observation": [
        row("observation", indicator_id="pt_gs_n", ags=TOWN, year=2018, value=2.0, obs_status="A",
            reason=None, further_reasons=None, note=None, snapshot_ids=[]),
        row("observation", indicator_id="pt_gs_n", ags=OTHER, year=2018, value=None, obs_status="L",
            reason="not_collected", further_reasons=None, note=None, snapshot_ids=[]),
    ],
    "peer_group": [
        row("peer_group", group_id=GROUP, name_de="kleine Städte", rule_de="Gleiche Größe.", members=9,
            population=100, population_date=date(2022, 12, 31)),
    ],
    "peer_member": [row("peer_member", group_id=GROUP, ags=TOWN)],
    "peer_statistic": [
        row("peer_statistic", indicator_id="pt_gs_n", group_id=GROUP, year=2018, reporting=7, members=9,
            coverage=0.8, lower_quartile=0.0, median=1.0, upper_quartile=1.5, minimum=0.0, maximum=2.0,
            share_yes=None, reason=None),
    ],
    "peer_position": [
        row("peer_position", indicator_id="pt_gs_n", ags=TOWN, year=2018, group_id=GROUP, percentile=92.0,
            band="above", reason=None),
        row("peer_position", indicator_id="pt_gs_n", ags=TOWN, year=2018, group_id="independence.member.20000",
            percentile=None, band=None, reason="too_few_report"),
    ],
    "peer_sensitivity": [
        row("peer_sensitivity", indicator_id="pt_gs_n", ags=TOWN, year=2018, statement_de="In 1 von 2 darüber"),
    ],
    "trend": [
        row("trend", indicator_id="pt_gs_n", ags=TOWN, method="dns_weather", is_default=True, symbol=None,
            reason="trend_too_few_values"),
    ],
    "reason": [
        row("reason", reason="too_few_report", text_de="Nötig sind fünf."),
        row("reason", reason="trend_too_few_values", text_de="Nötig sind vier Werte."),
        row("reason", reason="less_than_half_covered", text_de="Weniger als die Hälfte."),
    ],
    "revision": [
        row("revision", release_id="20261121T010203Z", indicator_id="pt_gs_n", ags=TOWN, year=2018,
            old_value=1.0, old_status="A", new_value=2.0, new_status="A", causes="source"),
        row("revision", release_id="20261101T010203Z", indicator_id="pt_gs_n", ags=TOWN, year=2017,
            old_value=5.0, old_status="A", new_value=6.0, new_status="A", causes="method"),
    ],
    "aggregate": [
        _total("municipality", 2.0, reason=None, reporting=1, members=2, coverage=0.9, distinct_partners=2),
        _total("district", 7.0, obs_status="U", reason="less_than_half_covered", reporting=1, members=9,
               coverage=0.1, distinct_partners=None),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def books():
    return library({name: pl.DataFrame(rows, schema=CONTRACTS[name].schema) for name, rows in ROWS.items()})


@pytest.fixture(scope="module")
def models(books):
    return {page.address: page.model for page in unit_pages(books, [GERMAN])}


def test_a_unit_page_says_the_side_of_the_band_and_leaves_its_numbers_to_the_group(models):
    card = models[f"gemeinde/{TOWN}"]["themes"][0]["cards"][0]
    assert card["peers"]["overall"] == "In 1 von 2 darüber"
    assert card["peers"]["placed"] == [{"band": "above", "groups": ["kleine Städte"]}]
    assert card["peers"]["refused"] == [
        {"reason": "Nötig sind fünf.", "groups": ["independence.member.20000"]}
    ]
    assert "92" not in str(card["peers"]) and "1,5" not in str(card["peers"])


def test_the_page_of_a_group_has_rule_band_coverage_and_members(books):
    (page,) = peer_pages(Places(books, GERMAN))
    told = page.model["indicators"][0]
    assert page.address == f"vergleichsgruppe/{GROUP}" and page.model["rule"] == "Gleiche Größe."
    assert (told["reporting"], told["coverage"]) == ("7 von 9", "80 %")
    assert (told["lower"], told["median"], told["upper"]) == ("0", "1", "2")
    assert [(each["place"]["name"], each["percentile"]) for each in told["rows"]] == [("Musterdorf", "92")]


def test_no_trend_is_told_with_its_reason_and_changes_with_their_causes(models):
    card = models[f"gemeinde/{TOWN}"]["themes"][0]["cards"][0]
    assert card["trend"]["text"] == "keine Aussage. Nötig sind vier Werte."
    assert card["changes"]["title"] == "Geändert mit der Veröffentlichung vom 21.11.2026"
    (line,) = card["changes"]["rows"]
    assert line.startswith("2018: bisher 1 (normaler Wert), jetzt 2 (normaler Wert).")


def test_a_land_prints_no_total_behind_which_too_few_people_stand(models):
    totals = models["land/99"]["totals"]
    assert [(each["value"], each["coverage"]) for each in totals["known"]] == [("2", "90 %")]
    assert [each["reason"] for each in totals["unknown"]] == ["Weniger als die Hälfte."]


def test_a_headline_names_its_number_and_a_place_without_values_its_silence(models):
    (sentence,) = models[f"gemeinde/{TOWN}"]["headline"]
    assert sentence["numbers"] == "pt_gs_n:2018" and sentence["anchor"] == "pt_gs_n"
    other = models[f"gemeinde/{OTHER}"]
    assert other["themes"] == [] and other["headline"][0]["numbers"] == ""
    assert [gap["count"] for gap in other["silent"]["gaps"]] == ["1 Indikator"]


def test_dossiers_of_a_batch_hold_only_their_own_units(books):
    dossiers = Archive(books).dossiers([OTHER, TOWN])
    assert set(dossiers[TOWN].actual) == {"pt_gs_n"} and dossiers[TOWN].gaps == []
    assert dossiers[OTHER].actual == {} and [gap.years for gap in dossiers[OTHER].gaps] == [[2018]]
    assert ENGLISH.counted("indicators", 1) == "1 indicator"


@pytest.mark.parametrize(
    ("address", "language", "start"),
    [
        ("https://sdg17.example.org", GERMAN, f'src="https://sdg17.example.org/gemeinde/{TOWN}/einbetten/'),
        (
            "https://sdg17.example.org",
            ENGLISH,
            f'src="https://sdg17.example.org/en/gemeinde/{TOWN}/einbetten/',
        ),
        (None, GERMAN, f'src="https://ADRESSE-DIESER-SEITEN/gemeinde/{TOWN}/einbetten/'),
        ('https://a"b', GERMAN, 'src="https://a&quot;b/'),
    ],
)
def test_the_piece_to_embed_has_the_public_address_or_says_what_to_replace(books, address, language, start):
    pages = unit_pages(books, [language], public_address=address)
    model = next(page.model for page in pages if page.address == f"gemeinde/{TOWN}")
    assert start in model["embed"] and model["address_known"] == (address is not None)
    if address is None:
        assert model["embed"].split('"')[1].split("/gemeinde")[0] in language["embed_note"]
