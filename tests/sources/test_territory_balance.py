"""Balancing editions: made-up units that agree in one way, in two ways, or in none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sources.territory_balance import MOST_UNITS, Outcome, Shift, balance


def shift(key: str, hectare: int, people: int | None = None, *, whole: bool = True, **days: int) -> Shift:
    return Shift(
        key=key,
        hectare=hectare,
        area_before=days.get("area", hectare),
        inhabitants=people,
        before=days.get("before", people),
        after=days.get("after", people),
        is_whole=whole,
    )


def found(outcome: Outcome) -> list[tuple[list[str], list[str]]]:
    return [([x.key for x in group.losers], [x.key for x in group.gainers]) for group in outcome.groups]


def test_two_units_become_one() -> None:
    outcome = balance([shift("a", 300, 40), shift("b", 200, 10)], [shift("new", 500, 50)])
    assert found(outcome) == [(["a", "b"], ["new"])]
    assert not outcome.open_losers and not outcome.open_gainers


def test_a_unit_joins_one_that_goes_on() -> None:
    outcome = balance([shift("a", 300, 40)], [shift("on", 301, 40, whole=False)])
    assert found(outcome) == [(["a"], ["on"])]


def test_inhabitants_of_one_day_agree_to_the_person_or_not_at_all() -> None:
    outcome = balance([shift("a", 300, 40)], [shift("on", 300, 41, whole=False)])
    assert found(outcome) == []
    assert [each.key for each in outcome.open_losers] == ["a"]


def test_area_agrees_within_rounding_and_no_further() -> None:
    assert found(balance([shift("a", 300, 40)], [shift("new", 301, 40)]))
    assert not found(balance([shift("a", 300, 40)], [shift("new", 302, 40)]))


def test_two_ways_to_balance_are_none() -> None:
    twins = [shift("a", 100, 10), shift("b", 100, 10)]
    outcome = balance(twins, [shift("x", 100, 10, whole=False), shift("y", 100, 10, whole=False)])
    assert found(outcome) == []
    assert [each.key for each in outcome.open_losers] == ["a", "b"]


def test_a_twin_elsewhere_does_not_disturb_who_is_sure() -> None:
    losers = [shift("a", 100, 10), shift("b", 100, 10), shift("c", 777, 55)]
    gainers = [shift("x", 100, 10), shift("y", 100, 10), shift("z", 777, 55)]
    assert found(balance(losers, gainers)) == [(["c"], ["z"])]


def test_a_unit_is_split_where_inhabitants_say_in_which_shares() -> None:
    parts = [shift("x", 60, 30, whole=False), shift("y", 40, 5, whole=False)]
    assert found(balance([shift("a", 100, 35)], parts)) == [(["a"], ["x", "y"])]


def test_without_inhabitants_of_one_day_only_an_empty_unit_is_split() -> None:
    parts = [
        shift("x", 60, None, whole=False, before=10, after=11),
        shift("y", 40, None, whole=False, before=10, after=10),
    ]
    assert found(balance([shift("wood", 100, None, before=0)], parts)) == [(["wood"], ["x", "y"])]
    assert not found(balance([shift("town", 100, None, before=5)], parts))
    unknown = Shift(
        key="u", hectare=100, area_before=100, inhabitants=None, before=None, after=None, is_whole=True
    )
    assert not found(balance([unknown], parts))


def test_a_successor_of_another_day_has_about_the_inhabitants_of_its_parts() -> None:
    def outcome(after: int) -> Outcome:
        gainer = shift("on", 300, None, whole=False, before=1000, after=after)
        return balance([shift("a", 300, None, before=1000)], [gainer])

    assert found(outcome(2_100)) and found(outcome(1_850))
    assert not found(outcome(1_000)), "the area agrees, but nobody came along"


def test_several_to_several_is_refused() -> None:
    losers = [shift("a", 100, 30), shift("b", 100, 50)]
    gainers = [shift("x", 90, 35, whole=False), shift("y", 110, 45, whole=False)]
    outcome = balance(losers, gainers)
    assert not outcome.groups and len(outcome.open_losers) == len(outcome.open_gainers) == 2


def test_every_new_unit_must_be_explained_too() -> None:
    """b alone would explain y; then x would have come from nowhere."""
    losers = [shift("a", 50, None, before=10), shift("b", 50, None, before=10)]
    gainers = [shift("x", 100, None, after=20), shift("y", 50, None, whole=False, before=100, after=110)]
    assert found(balance(losers, gainers)) == [(["a", "b"], ["x"])]


def test_among_too_many_units_sums_agree_by_chance() -> None:
    losers = [shift(f"{n:02}", 10 + n, 5 + n) for n in range(MOST_UNITS + 1)]
    whole = shift("all", sum(x.hectare for x in losers), sum(x.inhabitants or 0 for x in losers))
    assert balance(losers, [whole]).groups == ()
    fewer = losers[:-1]
    one = shift("all", sum(x.hectare for x in fewer), sum(x.inhabitants or 0 for x in fewer))
    assert len(balance(fewer, [one]).groups[0].losers) == MOST_UNITS


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(20, 9_000), st.integers(1, 9_000)), min_size=1, max_size=9))
def test_what_is_concluded_always_balances(units: list[tuple[int, int]]) -> None:
    losers = [shift(f"l{n}", area, people) for n, (area, people) in enumerate(units)]
    gainers = [
        shift(f"g{n}", sum(x.hectare for x in pair), sum(x.inhabitants or 0 for x in pair))
        for n, pair in enumerate([losers[i : i + 2] for i in range(0, len(losers), 2)])
    ]
    outcome = balance(losers, gainers)
    for group in outcome.groups:
        assert sum(x.inhabitants or 0 for x in group.losers) == sum(x.inhabitants or 0 for x in group.gainers)
    members = [name for group in outcome.groups for name in group.members]
    assert len(members) == len(set(members))
    settled = len(members) + len(outcome.open_losers) + len(outcome.open_gainers)
    assert settled == len(losers) + len(gainers)
