"""Confidential values cannot be computed from what is published: tried, on invented units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import load_indicators, load_measure_groups
from indicators.comparison.aggregate import areas, evaluated, known_units, sums
from indicators.comparison.confidential_sums import Summed, withhold
from indicators.comparison.disclosure import Cell, publishable, rounded, width
from indicators.confidentiality import limits
from indicators.indicator import Indicator
from tests.indicators.attacker import Equation, determined, exactly, interval

LIMIT, PERSON = 300, 100
DECLARED = {each.id: each for group in load_measure_groups().values() for each in group.measures}
STAFF = "development_policy_staff"


def verdicts(values: Mapping[str, int], *groups: str) -> list[bool]:
    """Which of the groups, each written as the letters of its units, may be published in this order."""
    cells = [Cell(key=group, values={unit: values[unit] for unit in group}) for group in groups]
    return publishable(cells, limit=LIMIT, per_person=PERSON)


def attacked(values: Mapping[str, int], groups: list[str], said: list[bool]) -> list[Equation]:
    return [
        exactly(group, sum(values[u] for u in group)) for group, yes in zip(groups, said, strict=True) if yes
    ]


def test_the_naive_way_gives_a_value_away_and_ours_does_not() -> None:
    """Primary suppression alone: Germany less the other Land is the one confidential unit."""
    values = {"a": 150, "b": 200, "c": 120, "d": 250}
    groups = ["abcd", "abc", "bcd"]
    naive = attacked(values, groups, [True, True, True])
    assert determined(naive) == {"d": Fraction(250), "a": Fraction(150)}
    said = verdicts(values, *groups)
    assert said == [True, False, False]
    assert determined(attacked(values, groups, said)) == {}


def test_three_sums_that_are_harmless_in_pairs_give_a_value_away_together() -> None:
    values = {"a": 50, "b": 60, "c": 70}
    pairs = ["ab", "bc", "ac"]
    for two in combinations(pairs, 2):
        assert determined([exactly(pair, sum(values[u] for u in pair)) for pair in two]) == {}
    assert set(determined([exactly(pair, sum(values[u] for u in pair)) for pair in pairs])) == set("abc")
    assert verdicts(values, *pairs) == [False, False, False]


def test_a_sum_near_its_bound_is_withheld_though_nothing_follows_by_subtraction() -> None:
    values = {"a": 298, "b": 299, "c": 297}
    assert determined([exactly("abc", 894)]) == {}
    low, high = interval("a", [exactly("abc", 894)], limit=LIMIT)
    assert high - low < PERSON / 2
    assert verdicts(values, "abc") == [False]


def test_two_units_protect_nobody_from_each_other() -> None:
    assert verdicts({"a": 150, "b": 150}, "ab") == [False]
    assert verdicts({"a": 150, "b": 150, "c": 150}, "abc") == [True]


VALUES = st.lists(st.integers(1, LIMIT - 1), min_size=3, max_size=9)


@settings(max_examples=40)
@given(VALUES, st.data())
def test_no_attack_succeeds(numbers: list[int], data: st.DataObject) -> None:
    """Any values, any overlapping groups: neither elimination nor bounds nor an insider learn a value."""
    units = "abcdefghi"[: len(numbers)]
    values = dict(zip(units, numbers, strict=True))
    subset = st.sets(st.sampled_from(units), min_size=1).map(lambda found: "".join(sorted(found)))
    groups = [units, *data.draw(st.lists(subset, max_size=6))]
    equations = attacked(values, groups, verdicts(values, *groups))
    assert not determined(equations)
    inside = {unit for equation in equations for unit in equation.units}
    for unit in sorted(inside):
        low, high = interval(unit, equations, limit=LIMIT)
        assert low - 1e-6 <= values[unit] <= high + 1e-6
        assert high - low >= PERSON / 2 - 1e-6
    for insider, unit in combinations(sorted(inside), 2):
        low, high = interval(unit, equations, limit=LIMIT, known={insider: values[insider]})
        assert high - low >= PERSON / 2 - 1e-6


@given(st.integers(2, 8), st.data())
def test_the_width_is_the_one_linear_programming_finds(number: int, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(1, LIMIT - 1), min_size=number, max_size=number))
    units = [str(place) for place in range(number)]
    low, high = interval("0", [exactly(units, sum(values))], limit=LIMIT)
    assert width(sum(values), number, LIMIT) == pytest.approx(high - low, abs=1e-6)


@given(st.integers(0, 5_000), st.integers(1, LIMIT - 1))
def test_one_more_report_between_two_releases_is_hidden_by_rounding(before: int, joining: int) -> None:
    """The same sum with and without one unit: the difference leaves it anywhere below the limit."""
    first, second = rounded(before, LIMIT), rounded(before + joining, LIMIT)
    assert abs(first - before) <= LIMIT / 2
    lowest, highest = second - first - LIMIT, second - first + LIMIT
    assert lowest <= 0
    assert highest >= LIMIT - 1


def country(staff: Mapping[str, int]) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Made-up units by key with their hundredths of a post; those under three posts are sealed."""
    units = pl.DataFrame(
        {
            "ags": list(staff),
            "level": ["municipality"] * len(staff),
            "land": [ags[:2] for ags in staff],
            "population": [10_000] * len(staff),
        }
    )
    small = {ags: value for ags, value in staff.items() if 0 < value < LIMIT}
    public = {ags: value for ags, value in staff.items() if ags not in small}

    def rows(measure: str, values: Mapping[str, int]) -> list[tuple[object, ...]]:
        return [(measure, ags, 2024, "none", value, "A", None) for ags, value in values.items()]

    schema = {
        "measure_id": pl.String,
        "ags": pl.String,
        "year": pl.Int64,
        "phase": pl.String,
        "value": pl.Int64,
        "obs_status": pl.String,
        "reason": pl.String,
    }
    people = dict.fromkeys(staff, 10_000)
    shown = pl.DataFrame(
        [*rows(STAFF, public), *rows("population_30_06", people)], schema=schema, orient="row"
    )
    return {
        "units": units,
        "measure": shown,
        "sealed": pl.DataFrame(rows(STAFF, small), schema=schema, orient="row"),
    }, units


def rate() -> Indicator:
    plain = load_indicators()["pt_gs_100k"]
    formula = f"cast(1000 * {STAFF} as double) / nullif(population_30_06, 0)"
    return replace(plain, id="made_up_rate", formula=formula, denominator="population_30_06")


def published(staff: Mapping[str, int], lists: Mapping[str, list[str]]) -> pl.DataFrame:
    """Table `aggregate` of the made-up country, with peer groups as given."""
    tables, units = country(staff)
    groups = pl.DataFrame({"group_id": list(lists)}, schema={"group_id": pl.String})
    members = pl.DataFrame(
        [(group, ags) for group, inside in lists.items() for ags in inside],
        schema={"group_id": pl.String, "ags": pl.String},
        orient="row",
    )
    inside = areas(units, groups, members)
    indicator = rate()
    known = known_units(indicator, tables["measure"], tables["sealed"])
    cell = ["area_id", "area_kind", "level", "year"]
    secret = known.filter("confidential").join(inside, on="ags").select(*cell, "ags")
    summed = Summed(indicator_id=indicator.id, cells=sums(indicator, known, inside), secret=secret)
    smallest = limits(DECLARED.values())
    return evaluated(indicator, withhold([summed], tables["sealed"], DECLARED, smallest)[indicator.id])


MANY = {
    **{f"05{n:06}": value for n, value in enumerate([50, 100, 150, 200, 250, 0, 700])},
    **{f"09{n:06}": value for n, value in enumerate([60, 450])},
    **{f"14{n:06}": value for n, value in enumerate([80, 90, 100, 110])},
}


def test_the_published_table_gives_no_value_away() -> None:
    """Every number of the table, every unit that is not confidential, every difference of sums."""
    lists = {"g.all_but_one": list(MANY)[1:], "g.north": list(MANY)[:3], "g.mixed": list(MANY)[2:9]}
    table = published(MANY, lists)
    by_area = {row["area_id"]: row for row in table.to_dicts()}
    assert by_area["DG"]["conf_status"] == "F"
    assert by_area["09"]["conf_status"] == "D"
    assert by_area["g.all_but_one"]["conf_status"] == "D"
    withheld = table.filter(pl.col("conf_status") != "F")
    assert withheld.select("value", "numerator", "denominator").null_count().row(0) == (withheld.height,) * 3
    assert set(withheld["obs_status"]) == {"Q"}
    where = {
        "DG": list(MANY),
        **{land: [a for a in MANY if a[:2] == land] for land in ("05", "09", "14")},
        **lists,
    }
    equations = []
    for area, row in by_area.items():
        if row["numerator"] is None:
            continue
        hidden = [a for a in where[area] if 0 < MANY[a] < LIMIT]
        open_part = sum(MANY[a] for a in where[area] if a not in hidden)
        total = round(row["numerator"] / 1000) - open_part
        equations.append(Equation(units=frozenset(hidden), low=total - LIMIT // 2, high=total + LIMIT // 2))
    assert equations
    for ags, value in MANY.items():
        if 0 < value < LIMIT:
            low, high = interval(ags, equations, limit=LIMIT)
            assert high - low >= PERSON / 2


def test_a_sum_of_fewer_than_three_persons_is_withheld_and_does_not_say_that_it_is_small() -> None:
    """An office with 2.5 posts that knew the sum of two to be below 3 would know the other within half a post."""
    small, large = (
        published({"05000001": 250, "05000002": other}, {}).drop("population_covered").rows()
        for other in (10, 290)
    )
    assert small == large
    table = published({"05000001": 50, "05000002": 60, "05000003": 70, "05000004": 0}, {})
    assert set(table["reason"]) == {"complementary"}
    assert set(table["conf_status"]) == {"D"}


def test_sums_without_confidential_units_are_exact_and_those_with_them_rounded() -> None:
    table = published({"05000001": 700, "05000002": 400, "05000003": 0}, {}).to_dicts()[0]
    assert (table["value"], table["confidential"], table["obs_status"]) == (1_100_000 / 30_000, 0, "A")
    blurred = published({f"0500000{n}": 200 for n in range(5)} | {"05000009": 700}, {}).to_dicts()[0]
    assert (blurred["numerator"], blurred["confidential"]) == ((900 + 700) * 1000, 5)
    assert (blurred["obs_status"], blurred["reason"]) == ("E", "rounded_for_confidentiality")


def test_own_lists_cannot_be_used_to_cut_a_unit_out() -> None:
    """An operator writes two lists that differ by one unit; the second is withheld."""
    both = published(MANY, {"own.a": list(MANY)[:7], "own.b": list(MANY)[1:7]})
    said = dict(both.select("area_id", "conf_status").rows())
    assert (said["own.a"], said["own.b"]) == ("F", "D")
