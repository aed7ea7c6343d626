"""Prepared comparisons: who stands beside whom, and what is said of them. All data are made up."""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.site.frames import library
from pipelines.site.known import companions
from pipelines.site.language import GERMAN
from pipelines.site.model import Places
from pipelines.site.side_by_side import side_by_side_count, side_by_side_pages
from pipelines.site.units import unit_pages
from quality.contracts import CONTRACTS
from tests.quality.world import row


def _unit(ags: str, level: str, name: str, *, city: bool = False, ended: bool = False) -> dict[str, object]:
    district = ags[:5] if level == "municipality" else None
    own = {"is_unincorporated": False, "is_independent_city": city, "land": ags[:2], "district": district}
    return row(
        "municipality", ags=ags, level=level, name=name, valid_to=date(2020, 1, 1) if ended else None, **own
    )


UNITS = [
    _unit("99", "land", "Musterland"),
    _unit("99001", "district", "Musterkreis"),
    _unit("99001001", "municipality", "Zweidorf"),
    _unit("99001002", "municipality", "Adorf"),
    _unit("99001003", "municipality", "Schweigen"),
    _unit("99002", "district", "Einkreis"),
    _unit("99002001", "municipality", "Alleindorf"),
    _unit("99002002", "municipality", "Vorbei", ended=True),
    _unit("99003", "district", "Stadt am Fluss", city=True),
    _unit("99003000", "municipality", "Stadt am Fluss", city=True),
    _unit("99004000", "municipality", "Stadt am Berg", city=True),
]


def _seen(ags: str, year: int, value: float | None, **more: object) -> dict[str, object]:
    own = {"indicator_id": "pt_gs_n", "obs_status": "A" if value is not None else "M", "reason": None,
           "further_reasons": None, "note": None, "snapshot_ids": []}  # fmt: skip
    return row("observation", ags=ags, year=year, value=value, **{**own, **more})


SEEN = [
    _seen("99001001", 2016, 3.0),
    _seen("99001001", 2017, None),
    _seen("99001001", 2018, 0.0, obs_status="E", reason="lower_bound"),
    _seen("99001002", 2017, 2.0),
    _seen("99002001", 2017, 2.0),
    _seen("99003000", 2018, 1.0),
    _seen("99004000", 2018, 1.0),
]


def _places() -> Places:
    indicator = row("indicator", indicator_id="pt_gs_n", number=12, kind="count", family="partnerships", decimals=0,
                    name_de="Partnerschaften", is_context=False, formula=None, metadata="{}")  # fmt: skip
    tables = {"municipality": UNITS, "observation": SEEN, "indicator": [indicator]}
    frames = {name: pl.DataFrame(rows, schema=CONTRACTS[name].schema) for name, rows in tables.items()}
    return Places(library(frames), GERMAN)


def test_towns_stand_with_their_district_and_cities_with_their_land_nobody_alone():
    told = [each for each in UNITS if each["level"] != "land"]
    assert companions(told) == {
        "kreis/99001": {"municipality": ["99001001", "99001002", "99001003"]},
        "land/99": {"municipality": ["99003000", "99004000"], "district": ["99001", "99002"]},
    }


def test_only_units_of_which_something_is_known_stand_there_in_the_order_of_names():
    places = _places()
    pages = {page.address: page.model for page in side_by_side_pages(places)}
    assert list(pages) == ["kreis/99001/vergleich", "land/99/vergleich"]
    assert side_by_side_count(places.library) == len(pages)
    (part,) = pages["kreis/99001/vergleich"]["parts"]
    assert [entry["name"] for entry in part["members"]] == ["Adorf", "Zweidorf"]
    (told,) = part["indicators"]
    assert [(each["value"], each["year"]) for each in told["rows"]] == [("2", 2017), ("0", 2018)]
    assert told["rows"][1]["status"].startswith("keine genannt") and told["years_differ"]
    assert pages["land/99/vergleich"]["others"][0]["key"] == "99001"


def test_all_fields_share_the_years_and_a_year_without_a_value_is_marked():
    (page, *_) = side_by_side_pages(_places())
    (picture,) = page.pictures
    kinds = [(each["y"], each["k"]) for each in picture["rows"] if each["k"] != "name"]
    assert kinds == [
        ("2016", "none"), ("2017", "actual"), ("2018", "none"),
        ("2016", "actual"), ("2017", "none"), ("2018", "flagged"),
    ]  # fmt: skip


def test_a_page_leads_to_the_comparison_it_stands_on_and_to_none_where_it_stands_alone():
    models = {page.address: page.model for page in unit_pages(_places().library, [GERMAN])}
    assert models["gemeinde/99001001"]["compared_on"] == "kreis/99001/vergleich"
    assert models["gemeinde/99003000"]["compared_on"] == "land/99/vergleich"
    assert models["gemeinde/99002001"]["compared_on"] == models["gemeinde/99001003"]["compared_on"] == ""
    assert [entry["key"] for entry in models["land/99"]["prepared"]] == ["99", "99001"]
