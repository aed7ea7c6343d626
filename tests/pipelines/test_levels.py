"""Levels: one city in two roles is one unit; associations get rows only where something is said. Made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from indicators import load_indicators, load_measure_groups
from indicators.formula import observe
from pipelines.observations import units_of
from pipelines.site.figure import anew, marks, message
from pipelines.site.language import GERMAN
from quality.contracts import CONTRACTS
from tests.quality.world import row

INDICATORS = load_indicators()
DECLARED = {measure.id: measure for group in load_measure_groups().values() for measure in group.measures}
UNITS = {
    "05314": "district",
    "05314000": "municipality",
    "11": "land",
    "11000": "district",
    "11000000": "municipality",
    "04": "land",
    "04011": "district",
    "04011000": "municipality",
    "04012": "district",
    "04012000": "municipality",
    "09188": "district",
    "09188001": "municipality",
    "09188999": "municipality",
    "091885101": "association",
}
CITIES = ("05314", "11000", "04011", "04012")
"""Bonn, Berlin, Bremen and Bremerhaven under their district keys."""


def municipality() -> pl.DataFrame:
    rows = [
        row(
            "municipality",
            ags=ags,
            level=level,
            is_independent_city=ags[:5] in CITIES,
            is_unincorporated=ags.endswith("999"),
            valid_from=date(2011, 12, 31),
        )
        for ags, level in UNITS.items()
    ]
    return pl.DataFrame(rows, schema=CONTRACTS["municipality"].schema)


def observed(levels: tuple[str, ...], said: dict[str, int]) -> set[str]:
    """Keys that get a row of an indicator open to these levels."""
    measures = pl.DataFrame(
        [
            {
                "measure_id": "development_spending",
                "ags": ags,
                "year": 2022,
                "phase": "actual",
                "value": cents,
                "obs_status": "A",
                "reason": None,
                "note": None,
            }
            for ags, cents in said.items()
        ],
        schema={**CONTRACTS["measure"].schema},
    ).drop("unit", "inputs")
    frame = observe(
        replace(INDICATORS["ez_ausg_ew"], levels=levels),
        measures=measures,
        declared=DECLARED,
        units=units_of(municipality()),
        reference_year=2023,
        phase="actual",
    )
    return set(frame["ags"])


def test_a_city_that_is_its_own_district_has_one_row_under_its_municipality_key() -> None:
    found = observed(("municipality", "district"), {})
    assert found == {"05314000", "11000000", "04011000", "04012000", "09188", "09188001"}


def test_an_association_has_a_row_only_where_something_is_said_of_it() -> None:
    levels = ("municipality", "district", "association")
    assert "091885101" not in observed(levels, {})
    assert "091885101" in observed(levels, {"091885101": 5_000})


def test_a_level_an_indicator_is_not_for_gets_no_row_even_where_something_is_said() -> None:
    assert observed(("municipality",), {"091885101": 5_000, "09188": 7_000}).isdisjoint(
        {"091885101", "09188"}
    )


def values(*points: tuple[float | None, str, str | None]) -> list[dict[str, object]]:
    return [
        {
            "year": 2020 + place,
            "value": value,
            "obs_status": status,
            "reason": None,
            "further_reasons": further,
        }
        for place, (value, status, further) in enumerate(points)
    ]


def test_pictures_have_a_gap_at_breaks_also_beneath_a_stronger_flag() -> None:
    assert anew(values((1, "A", None), (2, "B", None), (3, "A", None))) == {2021}
    assert anew(values((1, "A", None), (2, "E", "census_break"), (3, "A", None))) == {2021}
    assert anew(values((1, "A", None), (2, "D", None), (3, "D", None), (4, "A", None))) == {2021, 2023}
    assert anew(values((1, "D", None), (2, "D", None))) == frozenset()
    assert anew(values((1, "A", None), (None, "O", None), (2, "B", None))) == {2022}


def test_a_headline_does_not_compare_across_a_gap() -> None:
    indicator = {"kind": "money", "decimals": 2, "unit_de": "€", "family": "money"}
    joined = values((1.0, "E", None), (2.0, "E", None))
    broken = values((1.0, "E", None), (2.0, "E", "census_break"))
    assert message(GERMAN, indicator, joined, []).startswith("Von 1,00")
    assert "1,00" not in message(GERMAN, indicator, broken, [])
    assert "gap" in marks(indicator, broken, []) and "gap" not in marks(indicator, joined, [])
