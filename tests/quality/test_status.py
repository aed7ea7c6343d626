"""Properties of the status vocabulary: an order without gaps, and what may stand beside a value."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.reasons import REASONS
from quality.status import (
    CASCADE,
    NEVER_WITH_VALUE,
    OBS_STATUS,
    WITHOUT_VALUE,
    consistent_expr,
    from_rank_expr,
    rank_expr,
    worst,
)

statuses = st.sampled_from(CASCADE)
many = st.lists(statuses, min_size=1, max_size=8)


def test_every_code_has_one_place_in_the_cascade() -> None:
    assert sorted(CASCADE) == sorted(OBS_STATUS)
    assert len(set(CASCADE)) == len(CASCADE)


def test_order_is_the_one_decided() -> None:
    """M > Q > O > L > U > I > E > P > D > B > A, from the strongest to the mildest."""
    decided = [code for code in reversed(CASCADE) if code != "N"]
    assert decided == ["M", "Q", "O", "L", "U", "I", "E", "P", "D", "B", "A"]


def test_codes_without_value() -> None:
    assert set("LMOQU") == WITHOUT_VALUE
    assert {"U"} == WITHOUT_VALUE - NEVER_WITH_VALUE


@given(many, many)
def test_worst_is_associative_and_ignores_order(one: list[str], other: list[str]) -> None:
    assert worst(worst(*one), worst(*other)) == worst(*one, *other) == worst(*reversed(other), *one)


@given(many)
def test_worst_is_one_of_the_inputs_and_none_is_stronger(codes: list[str]) -> None:
    strongest = worst(*codes)
    assert strongest in codes
    assert all(CASCADE.index(code) <= CASCADE.index(strongest) for code in codes)


@given(statuses)
def test_normal_never_changes_a_status(code: str) -> None:
    assert worst(code, "A") == worst(code) == code


def test_no_input_at_all_is_missing() -> None:
    assert worst() == "O"


@given(many)
def test_expressions_agree_with_the_plain_function(codes: list[str]) -> None:
    frame = pl.DataFrame({"status": codes})
    strongest = frame.select(from_rank_expr(rank_expr(pl.col("status")).max())).item()
    assert strongest == worst(*codes)


@given(many)
def test_rank_and_back_is_the_same(codes: list[str]) -> None:
    frame = pl.DataFrame({"status": codes})
    assert frame.select(from_rank_expr(rank_expr(pl.col("status")))).to_series().to_list() == codes


def test_unknown_code_is_refused() -> None:
    with pytest.raises(pl.exceptions.InvalidOperationError):
        pl.DataFrame({"status": ["Z"]}).select(rank_expr(pl.col("status")))


@given(st.lists(st.tuples(st.none() | st.floats(allow_nan=False), statuses), min_size=1, max_size=20))
def test_value_and_status_may_stand_together(rows: list[tuple[float | None, str]]) -> None:
    """Null only with L, M, O, Q, U; a value, zero included, never with L, M, O, Q."""
    frame = pl.DataFrame(rows, schema={"value": pl.Float64, "status": pl.String}, orient="row")
    found = frame.select(consistent_expr(pl.col("value"), pl.col("status"))).to_series().to_list()
    expected = [
        status in "LMOQU" if value is None else status not in ("L", "M", "O", "Q") for value, status in rows
    ]
    assert found == expected


def test_null_status_is_never_consistent() -> None:
    frame = pl.DataFrame(
        {"value": [1.0, None], "status": [None, None]}, schema_overrides={"status": pl.String}
    )
    found = frame.select(consistent_expr(pl.col("value"), pl.col("status"))).to_series()
    assert not found.fill_null(False).any()


def test_texts_exist_in_both_languages() -> None:
    for text in (*OBS_STATUS.values(), *REASONS.values()):
        assert text.de.strip() and text.en.strip() and text.de != text.en
    assert all(text.de.endswith(".") and text.en.endswith(".") for text in REASONS.values())


def test_not_listed_covers_names_a_list_has_but_nobody_can_attribute() -> None:
    """Ambiguous names wait in review; their units must not be told that no list names them."""
    assert "nicht eindeutig" in REASONS["not_listed"].de
    assert "unambiguously" in REASONS["not_listed"].en
