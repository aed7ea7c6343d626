"""Which population goes with a year: date, census base, territory, and units in two roles. All made up."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from indicators.measure import total
from indicators.measures.population import GROUP
from quality.contracts import CONTRACTS
from tests.quality.world import row

TOWN, CITY, DISTRICT, UNION = "09188001", "09161000", "09161", "091885101"
TOWNS = ("09188001", "09188002", "09188003")
Figure = tuple[str, str, str, int]
"""Key, date, census of the base, inhabitants."""


def units(gone: str | None = None) -> pl.DataFrame:
    """A city that is its own district, and an association of three towns."""
    common = {"is_unincorporated": False, "valid_from": date(2011, 12, 31)}
    rows = [
        row(
            "municipality",
            ags=CITY,
            level="municipality",
            is_independent_city=True,
            district=DISTRICT,
            **common,
        ),
        row("municipality", ags=DISTRICT, level="district", is_independent_city=True, **common),
        row("municipality", ags=UNION, level="association", is_independent_city=False, **common),
        *(
            row(
                "municipality",
                ags=town,
                level="municipality",
                is_independent_city=False,
                association=UNION,
                valid_to=date(2020, 12, 31) if town == gone else None,
                **common,
            )
            for town in TOWNS
        ),
    ]
    return pl.DataFrame(rows, schema=CONTRACTS["municipality"].schema)


def population(*figures: Figure, territory: str | None = None) -> pl.DataFrame:
    rows = [
        row(
            "population",
            population_id=f"{ags}/{day}/census_{base}/{territory or day}",
            ags=ags,
            reference_date=date.fromisoformat(day),
            census_base=f"census_{base}",
            territory_date=date.fromisoformat(territory or day),
            inhabitants=inhabitants,
        )
        for ags, day, base, inhabitants in figures
    ]
    return pl.DataFrame(rows, schema=CONTRACTS["population"].schema)


def measured(figures: pl.DataFrame, year: int, ags: str = TOWN, gone: str | None = None) -> pl.DataFrame:
    tables = {
        "population": figures,
        "municipality": units(gone),
        "unit_years": pl.DataFrame(
            {"ags": [ags], "year": [year]}, schema={"ags": pl.String, "year": pl.Int64}
        ),
    }
    lazy: dict[str, Any] = {name: nw.from_native(table.lazy()) for name, table in tables.items()}
    inputs = GROUP.inputs(lazy)
    result: pl.DataFrame = total(inputs, nw.from_native(pl.LazyFrame(GROUP.units()))).to_native().collect()
    return result


def taken(
    figures: pl.DataFrame, year: int, measure: str = "population_31_12", **more: Any
) -> tuple[object, ...]:
    """Value, status and denominator of one measure; empty where no figure is near."""
    found = measured(figures, year, **more).filter(pl.col("measure_id") == measure)
    return found.select("value", "obs_status", "note").row(0) if found.height else ()


def test_money_takes_mid_year_and_stocks_take_the_end() -> None:
    figures = population((TOWN, "2015-06-30", "2011", 1_000), (TOWN, "2015-12-31", "2011", 1_010))
    assert taken(figures, 2015, "population_30_06") == (1_000, "A", "2015-06-30/census_2011")
    assert taken(figures, 2015, "population_31_12") == (1_010, "A", "2015-12-31/census_2011")


def test_another_date_stands_in_for_five_years_and_no_longer() -> None:
    figures = population((TOWN, "2019-12-31", "2011", 1_000))
    assert taken(figures, 2024) == (1_000, "E", "2019-12-31/census_2011")
    assert taken(figures, 2025) == ()


@pytest.mark.parametrize(
    ("day", "base"),
    [("2022-12-31", "2022"), ("2023-12-31", "2022"), ("2021-12-31", "2011"), ("2015-12-31", "2011")],
)
def test_of_one_date_the_base_official_at_it_is_taken_and_never_both(day: str, base: str) -> None:
    """From the census day on that is the census of 2022; a back-calculation never wins before it."""
    figures = population((TOWN, day, "2011", 1_000), (TOWN, day, "2022", 950))
    expected = {"2011": 1_000, "2022": 950}[base]
    assert taken(figures, int(day[:4])) == (expected, "A", f"{day}/census_{base}")


def test_the_exact_date_wins_over_the_newer_census() -> None:
    figures = population((TOWN, "2022-12-31", "2011", 1_000), (TOWN, "2023-12-31", "2022", 950))
    assert taken(figures, 2022) == (1_000, "A", "2022-12-31/census_2011")


def test_of_two_dates_equally_far_the_earlier_is_taken() -> None:
    figures = population((TOWN, "2016-12-31", "2011", 1_000), (TOWN, "2018-12-31", "2011", 1_100))
    assert taken(figures, 2017) == (1_000, "E", "2016-12-31/census_2011")


def test_of_two_territories_the_newest_is_taken() -> None:
    old = population((TOWN, "2022-12-31", "2011", 1_000))
    new = population((TOWN, "2022-12-31", "2011", 1_200), territory="2024-06-30")
    assert taken(pl.concat([old, new]), 2022) == (1_200, "A", "2022-12-31/census_2011")


def test_a_city_takes_the_figure_of_its_own_district_where_it_has_none() -> None:
    figures = population((CITY, "2022-12-31", "2011", 100_000), (DISTRICT, "2024-12-31", "2022", 97_000))
    assert taken(figures, 2022, ags=CITY) == (100_000, "A", "2022-12-31/census_2011")
    assert taken(figures, 2024, ags=CITY) == (97_000, "A", "2024-12-31/census_2022")


def test_a_city_listed_under_both_keys_is_counted_once() -> None:
    figures = population((CITY, "2022-12-31", "2011", 100_000), (DISTRICT, "2022-12-31", "2011", 100_000))
    assert taken(figures, 2022, ags=CITY) == (100_000, "A", "2022-12-31/census_2011")


def test_an_association_is_the_sum_of_its_members() -> None:
    figures = population(*((town, "2022-12-31", "2011", 1_000) for town in TOWNS))
    assert taken(figures, 2022, ags=UNION) == (3_000, "A", "2022-12-31/census_2011")


def test_a_part_of_an_association_is_no_figure() -> None:
    figures = population(*((town, "2022-12-31", "2011", 1_000) for town in TOWNS[:2]))
    assert taken(figures, 2022, ags=UNION) == ()
    assert taken(figures, 2022, ags=UNION, gone=TOWNS[2]) == (2_000, "A", "2022-12-31/census_2011")


days = st.builds(
    lambda year, mid: f"{year}-{'06-30' if mid else '12-31'}", st.integers(2012, 2025), st.booleans()
)


@limits(max_examples=40)
@given(
    st.lists(st.tuples(days, st.sampled_from(["2011", "2022"])), min_size=1, unique=True),
    st.integers(2011, 2025),
)
def test_one_figure_is_taken_never_a_sum(keys: list[tuple[str, str]], year: int) -> None:
    """Each figure gets a power of two: a sum of two would be none of them."""
    figures = [(TOWN, day, base, 2**place) for place, (day, base) in enumerate(keys)]
    for measure in GROUP.measures:
        found = taken(population(*figures), year, measure.id)
        assert not found or found[0] in {figure[3] for figure in figures}
