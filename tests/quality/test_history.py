"""Append-only history: what was published is found again, and only changes add rows. All rows are made up."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.contracts import CONTRACTS
from quality.history import HISTORY, aligned, as_of, extended, standing
from tests.quality.made_up import good_table

OBSERVATION = CONTRACTS["observation"]

Value = tuple[float | None, str, str]
VALUES = st.one_of(
    st.tuples(st.none(), st.sampled_from("OLM"), st.sampled_from("ab")),
    st.tuples(st.sampled_from([0.0, 1.0, 2.5]), st.sampled_from("AEB"), st.sampled_from("ab")),
)
NIGHTS = st.lists(
    st.dictionaries(st.tuples(st.sampled_from(["x", "y"]), st.integers(2020, 2022)), VALUES, max_size=5),
    min_size=1,
    max_size=6,
)


def observation(rows: dict[tuple[str, int], Value]) -> pl.DataFrame:
    plain = good_table("observation", 1).row(0, named=True)
    made = [
        {**plain, "indicator_id": name, "year": year, "value": value, "obs_status": status}
        | {"reason": None if value is not None else "not_listed", "snapshot_ids": [file * 64]}
        for (name, year), (value, status, file) in rows.items()
    ]
    return pl.DataFrame(made, schema=OBSERVATION.schema, orient="row").sort(list(OBSERVATION.key))


@given(nights=NIGHTS)
@settings(max_examples=50)
def test_every_release_is_found_again_exactly(nights: list[dict[tuple[str, int], Value]]) -> None:
    history, releases = HISTORY.empty(), []
    for number, rows in enumerate(nights):
        releases.append(f"r{number}")
        before = history
        history = extended(history, observation(rows), releases[-1])
        appended = history.join(before, on=list(HISTORY.key), how="semi")
        content = [name for name in HISTORY.columns if name != "valid_to_release"]
        assert appended.select(content).equals(before.select(content)), "nothing is rewritten or lost"
    for release, rows in zip(releases, nights, strict=True):
        assert as_of(history, releases, release).equals(observation(rows))
    assert standing(history).sort(list(OBSERVATION.key)).equals(observation(nights[-1]))


def test_a_row_unchanged_adds_nothing() -> None:
    rows: dict[tuple[str, int], Value] = {("x", 2020): (None, "O", "a"), ("y", 2020): (1.0, "A", "a")}
    once = extended(HISTORY.empty(), observation(rows), "r1")
    assert extended(once, observation(rows), "r2").equals(once)
    changed = extended(once, observation({**rows, ("y", 2020): (1.0, "A", "b")}), "r2")
    assert changed.height == 3, "another file under the same value is another row"


def test_null_and_null_are_equal_and_null_and_zero_are_not() -> None:
    once = extended(HISTORY.empty(), observation({("x", 2020): (None, "O", "a")}), "r1")
    assert extended(once, observation({("x", 2020): (0.0, "A", "a")}), "r2").height == 2


def test_a_history_of_an_older_program_is_read() -> None:
    once = extended(HISTORY.empty(), observation({("x", 2020): (1.0, "A", "a")}), "r1")
    older = once.drop("denominator_id").with_columns(gone=pl.lit(1))
    assert aligned(older, HISTORY).equals(once.with_columns(denominator_id=pl.lit(None, pl.String)))
