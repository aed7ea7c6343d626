"""Sums over units: ratio of sums, same units above and below the line, levels apart. All invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import load_indicators
from indicators.comparison.aggregate import areas, evaluated, known_units, method_of, sums
from indicators.comparison.partners import distinct_partners
from indicators.indicator import Indicator
from tests.indicators.made_up_country import attributes, country, grouped, population

SPENDING, SHARE, COUNT, TITLE = "ez_ausg_ew", "pt_gs_anteil", "pt_gs_n", "fairtrade_town"
Figure = tuple[str, str, int | None, str]
SCHEMA = {
    "measure_id": pl.String,
    "ags": pl.String,
    "year": pl.Int64,
    "phase": pl.String,
    "value": pl.Int64,
    "obs_status": pl.String,
    "reason": pl.String,
}
PEOPLE = population(
    ("09188001", 1_000), ("09188002", 3_000), ("09162000", 6_000), ("11000000", 10_000), ("09188", 4_000)
)


def indicator(name: str, **changes: object) -> Indicator:
    return replace(load_indicators()[name], **changes)  # type: ignore[arg-type]


def added(
    chosen: Indicator,
    figures: Sequence[Figure],
    phase: str = "none",
    accounting: pl.DataFrame | None = None,
) -> dict[tuple[str, str], dict[str, object]]:
    """Table `aggregate` of the made-up country by area and level."""
    units, groups, members = grouped(country(), PEOPLE, attributes())
    rows = [(measure, ags, 2024, phase, value, status, None) for ags, measure, value, status in figures]
    measures = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    inside = areas(units, groups, members).filter(pl.col("level").is_in(list(chosen.levels)))
    cells = sums(chosen, known_units(chosen, measures, measures.clear()), inside, accounting)
    table = evaluated(chosen, cells.with_columns(withheld=pl.lit(None, pl.String)))
    return {(row["area_id"], row["level"]): row for row in table.to_dicts()}


def test_a_rate_is_the_ratio_of_sums_and_not_the_mean_of_rates() -> None:
    found = added(
        indicator(SPENDING),
        [
            ("09188001", "development_spending", 100_000, "A"),
            ("09188001", "population_30_06", 1_000, "E"),
            ("11000000", "development_spending", 300_000, "A"),
            ("11000000", "population_30_06", 10_000, "E"),
        ],
    )
    whole = found["DG", "municipality"]
    assert whole["value"] == pytest.approx(400_000 / (100 * 11_000))
    assert whole["value"] != pytest.approx((1.0 + 0.3) / 2)
    assert (whole["reporting"], whole["members"], whole["obs_status"]) == (2, 4, "E")


def test_numerator_and_denominator_are_of_the_same_units() -> None:
    """A unit whose spending is unknown does not enlarge the denominator."""
    found = added(
        indicator(SPENDING),
        [
            ("11000000", "development_spending", 300_000, "A"),
            ("11000000", "population_30_06", 10_000, "A"),
            ("09162000", "population_30_06", 6_000, "A"),
            ("09188002", "development_spending", None, "O"),
            ("09188002", "population_30_06", 3_000, "A"),
        ],
    )
    assert found["DG", "municipality"]["denominator"] == 1_000_000
    assert ("09", "municipality") not in found


BOOKED = [
    *((ags, "development_spending", 100_000, "A") for ags in ("11000000", "09188001", "09162000")),
    *((ags, "population_30_06", 10_000, "E") for ags in ("11000000", "09188001", "09162000")),
]
KEPT = {"11000000": "cameral", "09188001": "doppik_cash", "09162000": "doppik_cash"}


def accounts(kept: dict[str, str], year: int = 2024) -> pl.DataFrame:
    return pl.DataFrame({"ags": list(kept), "year": [year] * len(kept), "accounting": list(kept.values())})


def test_a_sum_over_accounting_systems_has_status_d() -> None:
    """Germany mixes two systems, Bavaria does not; the sum is stated all the same."""
    found = added(indicator(SPENDING), BOOKED, accounting=accounts(KEPT))
    whole, bavaria = found["DG", "municipality"], found["09", "municipality"]
    assert (whole["obs_status"], whole["reason"], whole["further_reasons"]) == ("D", "accounting_mixed", None)
    assert whole["value"] == pytest.approx(300_000 / (100 * 30_000))
    assert (bavaria["obs_status"], bavaria["further_reasons"]) == ("E", None)


def test_only_the_systems_of_units_and_years_added_up_count() -> None:
    silent = accounts({**KEPT, "11000000": "doppik_cash", "09188002": "cameral"})
    before = accounts({"11000000": "doppik_result"}, year=2023)
    found = added(indicator(SPENDING), BOOKED, accounting=pl.concat([silent, before]))
    assert found["DG", "municipality"]["obs_status"] == "E"


def test_a_stronger_status_keeps_mixed_accounting_among_the_further_reasons() -> None:
    two = [each for each in BOOKED if each[0] in {"09188001"}] + [
        ("09188002", "development_spending", 5, "A"), ("09188002", "population_30_06", 3_000, "A")
    ]  # fmt: skip
    kept = accounts({"09188001": "cameral", "09188002": "doppik_cash"})
    whole = added(indicator(SPENDING), two, accounting=kept)["DG", "municipality"]
    assert (whole["obs_status"], whole["reason"]) == ("U", "less_than_half_covered")
    assert whole["further_reasons"] == "accounting_mixed"


def test_levels_stand_apart_and_a_city_counts_once() -> None:
    found = added(
        indicator(COUNT),
        [
            ("09162000", "partnerships_dac", 2, "A"),
            ("09162", "partnerships_dac", 2, "A"),
            ("09188", "partnerships_dac", 1, "A"),
            ("11000000", "partnerships_dac", 5, "A"),
        ],
    )
    assert found["DG", "municipality"]["value"] == 7
    assert found["DG", "district"]["value"] == 1
    assert found["11", "municipality"]["value"] == 5
    assert found["11", "municipality"]["coverage"] == 1.0


def test_low_reliability_and_other_definitions_do_not_enter() -> None:
    figures = [
        ("09162000", "partnerships_dac", 2, "E"),
        ("09188001", "partnerships_dac", 50, "U"),
        ("09188002", "partnerships_dac", 50, "D"),
        ("11000000", "partnerships_dac", 1, "A"),
    ]
    whole = added(indicator(COUNT), figures)["DG", "municipality"]
    assert (whole["value"], whole["obs_status"]) == (3, "E")


def test_below_half_coverage_the_status_is_u() -> None:
    land = added(indicator(COUNT), [("09188001", "partnerships_dac", 1, "A")])["09", "municipality"]
    assert (land["value"], land["obs_status"], land["reason"]) == (1, "U", "less_than_half_covered")


def test_share_of_yes_among_those_known_and_not_below_half_coverage() -> None:
    most = [("11000000", "fairtrade_town", 1, "A"), ("09162000", "fairtrade_town", 0, "A")]
    whole = added(indicator(TITLE), most)["DG", "municipality"]
    assert (whole["value"], whole["numerator"], whole["denominator"]) == (50.0, 1, 2)
    few = added(indicator(TITLE), [("09188001", "fairtrade_town", 1, "A")])["DG", "municipality"]
    assert (few["value"], few["obs_status"]) == (None, "U")


def test_a_sum_of_zero_denominators_has_no_value() -> None:
    figures = [
        (ags, measure, 0, "A")
        for ags in ("11000000", "09162000")
        for measure in ("partnerships_dac", "partnerships_foreign")
    ]
    whole = added(indicator(SHARE), figures)["DG", "municipality"]
    assert (whole["value"], whole["obs_status"], whole["reason"]) == (None, "M", "denominator_zero")


def test_what_is_a_ratio_already_cannot_be_added() -> None:
    ready_made = indicator(SPENDING, formula="cast(development_spending as double) / 1000000")
    assert method_of(ready_made) == "none"
    whole = added(ready_made, [("11000000", "development_spending", 7, "A")])["DG", "municipality"]
    assert (whole["value"], whole["obs_status"], whole["reason"]) == (None, "M", "not_additive")


def test_plan_figures_are_never_added() -> None:
    figures = [("11000000", "development_spending", 5, "A"), ("11000000", "population_30_06", 1, "A")]
    assert added(indicator(SPENDING), figures, phase="plan") == {}


def test_every_indicator_of_the_catalogue_has_a_way_to_be_added_up_or_none() -> None:
    ways = {each.id: method_of(each) for each in load_indicators().values()}
    assert ways["ez_ausg_ew"] == ways["pt_gs_100k"] == ways["daten_verf"] == "ratio_of_sums"
    assert ways["pt_gs_n"] == "sum"
    assert ways["kepol_stelle"] == "share_of_yes"


def test_a_partner_of_two_towns_is_one_place() -> None:
    inputs = pl.DataFrame(
        {
            "measure_id": ["partnerships_dac"] * 3,
            "ags": ["09188001", "09188002", "11000000"],
            "year": [2024] * 3,
            "input_table": ["partnership_claim"] * 3,
            "input_id": ["c1", "c2", "c3"],
            "contribution": [1, 1, 0],
            "obs_status": ["E"] * 3,
        }
    )
    claims = pl.DataFrame(
        {
            "claim_id": ["c1", "c2", "c3"],
            "partnership_id": ["09188001-ZAF-kapstadt", "09188002-ZAF-kapstadt", "11000000-FRA-paris"],
        }
    )
    units, groups, members = grouped(country(), PEOPLE, attributes())
    found = distinct_partners(inputs.lazy(), claims, areas(units, groups, members))
    whole = found.filter(pl.col("area_id") == "DG")
    assert whole["distinct_partners"].to_list() == [1]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**7)), min_size=4, max_size=4))
def test_lands_add_up_to_germany_whatever_the_values(numbers: list[tuple[int, int]]) -> None:
    keys = ("09188001", "09188002", "09162000", "11000000")
    figures: list[Figure] = []
    for ags, (cents, people) in zip(keys, numbers, strict=True):
        figures += [(ags, "development_spending", cents, "A"), (ags, "population_30_06", people, "A")]
    found = added(indicator(SPENDING), figures)
    for part in ("numerator", "denominator", "reporting", "population_covered"):
        lands = [found[land, "municipality"][part] for land in ("09", "11")]
        assert sum(lands) == found["DG", "municipality"][part]  # type: ignore[type-var,arg-type]
    rates = [cents / (100 * people) for cents, people in numbers]
    whole = found["DG", "municipality"]["value"]
    assert min(rates) - 1e-9 <= whole <= max(rates) + 1e-9  # type: ignore[operator]


def test_population_of_a_group_is_as_of_its_own_date() -> None:
    units, _, _ = grouped(country(), PEOPLE, attributes())
    assert set(units["population_date"].drop_nulls()) == {date(2022, 12, 31)}
