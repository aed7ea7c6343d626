"""Values on few persons leave every table that is published. Everything in here is invented."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from indicators import load_measure_groups
from indicators.confidentiality import FEWEST_PERSONS, limits, suppress
from indicators.formula import observe
from indicators.indicator import Indicator
from indicators.measure import INPUT_COLUMNS, total
from quality.contracts import CONTRACTS
from sources.self_report_form import ITEMS
from tests.indicators.test_disclosure import rate

STAFF = "development_policy_staff"
SECRET = "2,37 Stellen"
MEASURES = {each.id: each for group in load_measure_groups().values() for each in group.measures}
SMALLEST = limits(MEASURES.values())


def contribution(ags: str, value: int | None, status: str = "A", measure: str = STAFF) -> dict[str, object]:
    return {
        "measure_id": measure,
        "ags": ags,
        "year": 2024,
        "phase": "none",
        "input_table": "self_report",
        "input_id": f"report {ags} {value}",
        "rule_id": None,
        "contribution": value,
        "obs_status": status,
        "reason": None,
        "note": SECRET,
        "snapshot_id": "a" * 64,
        "locator": "row 2",
        "raw_text": SECRET,
    }


def suppressed(*rows: dict[str, object]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    inputs = pl.DataFrame(list(rows), schema=CONTRACTS["measure_input"].schema).select(list(INPUT_COLUMNS))
    units = pl.LazyFrame(
        [{"measure_id": each.id, "unit": each.unit, "carries_note": True} for each in MEASURES.values()]
    )
    measure = total(nw.from_native(inputs.lazy()), nw.from_native(units)).to_native().collect()
    return suppress(inputs, measure.cast({"value": pl.Int64}), SMALLEST)


def test_values_below_three_persons_leave_with_note_and_wording() -> None:
    inputs, measure, sealed = suppressed(
        contribution("a", 237), contribution("b", 300), contribution("c", 0), contribution("d", None, "O")
    )
    said = {row["ags"]: row for row in measure.to_dicts()}
    assert (said["a"]["value"], said["a"]["obs_status"], said["a"]["reason"]) == (None, "Q", "small_number")
    assert [said[ags]["value"] for ags in "bcd"] == [300, 0, None]
    assert said["d"]["obs_status"] == "O"
    assert sealed.select("ags", "value").rows() == [("a", 237)]
    of_a = inputs.filter(pl.col("ags") == "a")
    assert of_a["contribution"].null_count() == 1
    for table in (measure.filter(pl.col("ags") == "a"), of_a):
        assert SECRET not in table.write_csv()
        assert "237" not in table.drop("input_id", strict=False).write_csv()


def test_a_sum_of_parts_that_are_small_by_themselves_is_confidential() -> None:
    inputs, measure, sealed = suppressed(contribution("a", 250), contribution("a", 270))
    assert measure["value"].to_list() == [None]
    assert inputs["contribution"].null_count() == 2
    assert sealed["value"].to_list() == [520]


def test_what_comes_as_confidential_is_suppressed_whatever_the_measure() -> None:
    _, measure, _ = suppressed(contribution("a", 5_000, "Q", measure="awards"))
    assert measure["value"].to_list() == [None]


def test_a_measure_that_counts_no_persons_keeps_its_small_numbers() -> None:
    _, measure, sealed = suppressed(contribution("a", 1, measure="awards"))
    assert (measure["value"].to_list(), sealed.height) == ([1], 0)


@pytest.mark.parametrize("people", [20_000, 500])
def test_a_rate_over_inhabitants_has_no_value_either(people: int) -> None:
    _, measure, _ = suppressed(contribution("05000001", 237))
    population = measure.with_columns(
        measure_id=pl.lit("population_30_06"),
        value=pl.lit(people, pl.Int64),
        obs_status=pl.lit("A"),
        reason=pl.lit(None, pl.String),
    )
    indicator: Indicator = rate()
    observed = observe(
        indicator,
        measures=pl.concat([measure, population]),
        declared=MEASURES,
        units=pl.DataFrame(
            {
                "ags": ["05000001"],
                "level": ["municipality"],
                "territory_date": [date(2024, 1, 1)],
                "is_live": [True],
            }
        ),
        reference_year=2024,
        phase="actual",
    ).row(0, named=True)
    assert (observed["value"], observed["obs_status"], observed["reason"]) == (None, "Q", "small_number")


def test_form_and_measures_agree_on_what_counts_persons_and_from_where() -> None:
    """The form keeps back exactly what the measure made of it would suppress."""
    of_form = {item.item: round(item.suppress_below * item.scale) for item in ITEMS if item.suppress_below}
    assert of_form == dict(SMALLEST)
    assert SMALLEST == {STAFF: 300, "seconded_expert_months": 36}
    assert FEWEST_PERSONS == 3
