"""Every indicator against its own worked examples, in Polars and in DuckDB alike."""

from __future__ import annotations

import re

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import load_indicators, load_measure_groups
from indicators.formula import measures_of, observe
from indicators.indicator import OWN_GOAL, Example, Indicator
from indicators.reference_metadata import OWN_CONCEPTS, concepts, filed_under
from quality.status import NEVER_WITH_VALUE, WITHOUT_VALUE
from tests.indicators.synthetic import that_count

INDICATORS = load_indicators()
DECLARED = {each.id: each for group in load_measure_groups().values() for each in group.measures}
COMPUTED = [each for each in INDICATORS.values() if each.formula is not None]
OURS_ALONE = {"pt_int_n", "pt_ausg_ew"}
"""Indicators no framework knows: they keep twin towns apart from development cooperation."""
UN_CODES = {
    *("17.1.1", "17.1.2", "17.2.1", "17.3.1", "17.3.2", "17.6.1", "17.9.1"),
    *("17.14.1", "17.16.1", "17.17.1", "17.18.1"),
}
UNGUARDED = r"/(?!\s*(?:nullif\(|\([1-9]\d* \+ 0 \* \w+\)))"
"""A division by anything but a guarded measure or a number that is never zero."""
CASES = [(each, example) for each in INDICATORS.values() for example in each.examples]
AGS, YEAR = "01001000", 2020


def measured(values: dict[str, int | None]) -> pl.DataFrame:
    """Table `measure` for one unit and year, made up."""
    rows = [
        {
            "measure_id": name,
            "ags": AGS,
            "year": YEAR,
            "phase": "none" if DECLARED[name].unit != "cent" else "actual",
            "value": value,
            "unit": DECLARED[name].unit,
            "obs_status": "A" if value is not None else DECLARED[name].absent_status,
            "reason": None if value is not None else DECLARED[name].absent_reason,
            "note": None,
        }
        for name, value in values.items()
    ]
    schema = {"value": pl.Int64, "year": pl.Int64, "reason": pl.String, "note": pl.String}
    return pl.DataFrame(rows, schema_overrides=schema)


def units(level: str = "municipality") -> pl.DataFrame:
    return pl.DataFrame(
        {"ags": [AGS], "level": [level], "territory_date": [None], "is_live": [True]},
        schema_overrides={"territory_date": pl.Date},
    )


def one(indicator: Indicator, values: dict[str, int | None]) -> dict[str, object]:
    frame = observe(
        indicator,
        measures=measured(values),
        declared=DECLARED,
        units=units(indicator.levels[0]),
        reference_year=YEAR,
        phase="actual",
    )
    assert frame.height == 1
    return frame.row(0, named=True)


def in_duckdb(formula: str, values: dict[str, int | None]) -> float | None:
    columns = ", ".join(
        f"CAST({'NULL' if value is None else value} AS BIGINT) AS {name}" for name, value in values.items()
    )
    with duckdb.connect() as connection:
        row = connection.execute(f"SELECT {formula} FROM (SELECT {columns})").fetchone()  # noqa: S608
    assert row is not None
    return None if row[0] is None else float(row[0])


@pytest.mark.parametrize(
    ("indicator", "example"), CASES, ids=[f"{i.id}-{n}" for n, (i, _) in enumerate(CASES)]
)
def test_worked_example_in_both_engines(indicator: Indicator, example: Example) -> None:
    result = one(indicator, dict(example.measures))
    assert result["value"] == example.value
    if example.value is None:
        assert result["obs_status"] in WITHOUT_VALUE
        assert result["reason"] is not None
    else:
        assert result["obs_status"] == example.obs_status
    assert indicator.formula is not None
    assert in_duckdb(indicator.formula, dict(example.measures)) == example.value


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda each: each.id)
def test_declaration_is_complete(indicator: Indicator) -> None:
    texts = {
        **concepts(indicator),
        "name": indicator.name,
        "description": indicator.description,
        "unit": indicator.unit,
    }
    assert set(OWN_CONCEPTS) | {"PITFALLS"} <= set(texts)
    assert [name for name, text in texts.items() if not (text.de.strip() and text.en.strip())] == []
    assert indicator.definition_version
    assert indicator.levels
    assert set(indicator.levels) <= {"municipality", "association", "district"}
    assert (indicator.formula is None) == (indicator.not_computable is not None)


@pytest.mark.parametrize("indicator", COMPUTED, ids=lambda each: each.id)
def test_formula_and_examples_fit_each_other(indicator: Indicator) -> None:
    assert indicator.formula is not None
    names = set(measures_of(indicator))
    assert names <= set(DECLARED)
    assert all(set(example.measures) == names for example in indicator.examples)
    assert indicator.denominator is None or indicator.denominator in names
    assert not re.search(UNGUARDED, indicator.formula), "a denominator is not guarded"
    assert "round" not in indicator.formula
    values = [example.value for example in indicator.examples]
    counting = [(each, *that_count(indicator, each.measures)) for each in indicator.examples]
    unknown = [each for each, _, values in counting if None in values.values()]
    assert any(value is not None for value in values)
    assert unknown
    assert all(each.value is None for each in unknown)
    if indicator.denominator:
        zero = [each for each, how, values in counting if how.denominator and values[how.denominator] == 0]
        assert [(each.value, each.obs_status) for each in zero] == [(None, "M")]


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda each: each.id)
def test_standards_are_references_one_can_follow(indicator: Indicator) -> None:
    frameworks = [each.framework for each in indicator.standards]
    assert len(frameworks) == len(set(frameworks))
    for each in indicator.standards:
        assert each.title or each.note
        assert each.framework != "un" or (each.code in UN_CODES and each.title and each.goal == OWN_GOAL)
        assert each.framework != "dns" or each.code == "17.1"
        assert each.line().de.startswith("in Anlehnung an ")
    assert frameworks or indicator.id in OURS_ALONE


@pytest.mark.parametrize("indicator", COMPUTED, ids=lambda each: each.id)
def test_unit_of_measure_says_what_the_unit_says(indicator: Indicator) -> None:
    declared = indicator.metadata["UNIT_MEASURE"].de
    assert (declared == "Prozent") == (indicator.unit.de == "%")
    assert (declared == "Anzahl") == (indicator.kind == "count")
    assert (declared == "ja/nein") == (indicator.kind == "binary")
    assert ("je 100.000 Einwohner" in declared) == ("je 100.000 Einwohner" in indicator.unit.de)


def test_the_whole_catalogue_is_there() -> None:
    computed = [each.label for each in COMPUTED]
    assert computed == [*map(str, range(1, 25)), "24b", *map(str, range(25, 37))]
    absent = {each.standards[0].code: each.not_computable for each in INDICATORS.values() if not each.formula}
    assert {code: reason.obs_status for code, reason in absent.items() if reason} == {
        "17.3.2": "L",
        "17.3.1": "L",
        "17.17.1": "M",
    }


def test_the_core_set_is_the_one_agreed_on() -> None:
    core = [each.number for each in INDICATORS.values() if each.core]
    assert core == [1, 2, 3, 5, 7, 8, 9, 12, 13, 14, 15, 16, 17, 20, 22, 25, 26]
    counted = [each.number for each in INDICATORS.values() if each.counts_as_available]
    assert counted == [1, 2, 3, 5, 7, 8, 9, 12, 13, 14, 15, 16, 17, 20]


def test_context_says_where_others_file_it() -> None:
    filed = {each.id: filed_under(each) for each in COMPUTED if each.context}
    assert filed == {"steuer_ew": 16, "steuerquote": 17, "liqui_ew": 16, "saldo_ew": None, "breitband100": 9}
    assert {filed_under(each) for each in COMPUTED if not each.context} == {17}


LARGEST = {"0/1": 1}


def amounts(measure: str) -> st.SearchStrategy[int | None]:
    """Anything a measure of this unit may be, the unknown among it."""
    largest = LARGEST.get(DECLARED[measure].unit, 10**13)
    return st.one_of(st.none(), st.integers(min_value=0, max_value=largest))


@given(data=st.data())
def test_unknown_is_never_a_number_and_zero_never_divides(data: st.DataObject) -> None:
    indicator = data.draw(st.sampled_from(COMPUTED))
    values = {name: data.draw(amounts(name), label=name) for name in measures_of(indicator)}
    result = one(indicator, values)
    value, status = result["value"], result["obs_status"]
    how, used = that_count(indicator, values)
    if any(each is None for each in used.values()):
        assert value is None
        assert status in WITHOUT_VALUE
    elif how.denominator and used[how.denominator] == 0:
        assert (value, status) == (None, "M")
    else:
        assert value is not None
        assert status not in NEVER_WITH_VALUE
        assert indicator.formula is not None
        assert in_duckdb(indicator.formula, values) == value


def test_a_flag_on_any_input_reaches_the_result() -> None:
    indicator = INDICATORS["pt_gs_100k"]
    measures = measured({"partnerships_dac": 2, "population_31_12": 50_000}).with_columns(
        obs_status=pl.when(pl.col("measure_id") == "population_31_12")
        .then(pl.lit("E"))
        .otherwise("obs_status"),
        reason=pl.when(pl.col("measure_id") == "population_31_12")
        .then(pl.lit("population_of_other_date"))
        .otherwise("reason"),
        note=pl.when(pl.col("measure_id") == "population_31_12").then(pl.lit("2019-12-31/census_2011")),
    )
    row = observe(
        indicator, measures=measures, declared=DECLARED, units=units(), reference_year=YEAR, phase="actual"
    ).row(0, named=True)
    assert (row["value"], row["obs_status"], row["reason"]) == (4.0, "E", "population_of_other_date")
    assert row["denominator_id"] == "2019-12-31/census_2011"


def test_a_unit_nobody_speaks_of_gets_a_reason_not_a_zero() -> None:
    row = observe(
        INDICATORS["pt_gs_n"],
        measures=measured({"partnerships_dac": 1}).clear(),
        declared=DECLARED,
        units=units(),
        reference_year=YEAR,
        phase="actual",
    ).row(0, named=True)
    assert (row["value"], row["obs_status"], row["reason"]) == (None, "O", "not_listed")


@pytest.mark.parametrize(
    ("indicator_id", "expected"), [("pt_gs_anteil", (None, "O")), ("pt_gs_n", (2.0, "U"))]
)
def test_a_share_of_lower_bounds_is_withheld_while_the_count_stays(
    indicator_id: str, expected: tuple[float | None, str]
) -> None:
    measures = measured({"partnerships_dac": 2, "partnerships_foreign": 2}).with_columns(
        obs_status=pl.lit("U"), reason=pl.lit("lower_bound")
    )
    row = observe(
        INDICATORS[indicator_id],
        measures=measures,
        declared=DECLARED,
        units=units(),
        reference_year=YEAR,
        phase="actual",
    ).row(0, named=True)
    assert (row["value"], row["obs_status"]) == expected


@pytest.mark.parametrize(
    ("indicator_id", "reason"), [("pt_gs_anteil", "incomplete_lists"), ("pt_gs_n", "lower_bound")]
)
def test_a_share_of_lower_bounds_is_not_called_a_lower_bound(indicator_id: str, reason: str) -> None:
    measures = measured({"partnerships_dac": 2, "partnerships_foreign": 3}).with_columns(
        obs_status=pl.lit("E"), reason=pl.lit("lower_bound")
    )
    row = observe(
        INDICATORS[indicator_id],
        measures=measures,
        declared=DECLARED,
        units=units(),
        reference_year=YEAR,
        phase="actual",
    ).row(0, named=True)
    assert (row["reason"], row["further_reasons"]) == (reason, None)


def test_a_weaker_flag_is_kept_beside_the_stronger_one() -> None:
    measures = measured({"development_spending": 250_000, "population_30_06": 1000}).with_columns(
        obs_status=pl.Series(["D", "E"]), reason=pl.Series(["mixed_bodies", "population_of_other_date"])
    )
    row = observe(
        INDICATORS["ez_ausg_ew"],
        measures=measures,
        declared=DECLARED,
        units=units(),
        reference_year=YEAR,
        phase="actual",
    ).row(0, named=True)
    assert (row["obs_status"], row["reason"]) == ("E", "population_of_other_date")
    assert row["further_reasons"] == "mixed_bodies"


def test_a_year_that_has_not_ended_is_not_published() -> None:
    frame = observe(
        INDICATORS["pt_ausg_ew"],
        measures=measured({"partnership_spending": 0, "population_30_06": 1000}),
        declared=DECLARED,
        units=units(),
        reference_year=YEAR - 1,
        phase="actual",
    )
    assert frame["year"].to_list() == [YEAR - 1]
    assert frame["value"].to_list() == [None]


def test_nothing_per_inhabitant_is_nothing_however_many_they_are() -> None:
    measures = measured({"development_spending": 0, "population_30_06": 1000}).with_columns(
        obs_status=pl.Series(["A", "E"]),
        reason=pl.Series([None, "population_of_other_date"], dtype=pl.String),
    )
    row = observe(
        INDICATORS["ez_ausg_ew"],
        measures=measures,
        declared=DECLARED,
        units=units(),
        reference_year=YEAR,
        phase="actual",
    ).row(0, named=True)
    assert (row["value"], row["obs_status"], row["reason"]) == (0.0, "A", None)
    assert row["further_reasons"] is None


@pytest.mark.parametrize(
    ("partnerships", "people", "expected"),
    [
        (1, 5_000, (20.0, "U", "small_denominator")),
        (0, 5_000, (0.0, "A", None)),
        (1, 20_000, (5.0, "A", None)),
    ],
)
def test_a_single_case_among_few_is_unreliable(
    partnerships: int, people: int, expected: tuple[float, str, str | None]
) -> None:
    row = one(INDICATORS["pt_gs_100k"], {"partnerships_dac": partnerships, "population_31_12": people})
    assert (row["value"], row["obs_status"], row["reason"]) == expected
