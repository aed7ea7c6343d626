"""Why a value changed, deduced from what stands beside it; alarms by tolerance. All rows are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from quality.contracts import CONTRACTS
from quality.plausibility import to_rows
from quality.revisions import KEY, REVISION, Edition, corrections_between, revised
from quality.rules.revisions import REVISION_RULES
from tests.quality.made_up import good_table
from tests.quality.world import database, good_world, row, tables

OBSERVATION = CONTRACTS["observation"]
UNTOUCHED = pl.DataFrame(schema={"indicator_id": pl.String, "ags": pl.String, "year": pl.Int64, "correction_ids": pl.String})  # fmt: skip


def edition(number: int = 1, files: str = "a", origin: str = "archive", **said: object) -> Edition:
    plain = good_table("observation", 1).row(0, named=True)
    seen = {"value": 10.0, "obs_status": "A", "reason": None, "note": None, "snapshot_ids": [files * 64]}
    release = {"origin": origin, "reference_year": 2025, "computation_hash": "p"}
    release |= {name: said.pop(name) for name in list(said) if name in release}
    return Edition(
        release=pl.DataFrame(
            [row("release_history", number=number, release_id=f"r{number}", **release)],
            schema=CONTRACTS["release_history"].schema,
        ),
        observation=pl.DataFrame([{**plain, **seen, **said}], schema=OBSERVATION.schema, orient="row"),
        snapshot=pl.DataFrame({"snapshot_id": [files * 64], "source_id": [f"source_{files}"]}),
    )


def only(before: Edition, after: Edition, touched: pl.DataFrame = UNTOUCHED) -> dict[str, object]:
    found = revised(before, after, touched)
    assert found.schema == REVISION.schema
    assert found.height == 1
    return found.row(0, named=True)


@pytest.mark.parametrize(
    ("after", "causes", "evidence"),
    [
        (edition(2, files="b", value=12.0), "source", "row"),
        (edition(2, definition_version="2.0", value=12.0), "method", "row"),
        (edition(2, territory_date=date(2024, 6, 30), value=12.0), "territory", "row"),
        (edition(2, files="b", definition_version="2.0", value=12.0), "source,method", "row"),
        (edition(2, value=12.0, computation_hash="q"), "method", "release"),
        (edition(2, value=12.0, reference_year=2026), "time", "release"),
        (edition(2, value=12.0), "unknown", "release"),
        (edition(2, obs_status="B", files="b"), "source", "row"),
        (edition(2, value=None, obs_status="O", reason="not_listed", files="b"), "source", "row"),
    ],
)
def test_causes_are_read_from_the_row_and_only_else_from_the_release(
    after: Edition, causes: str, evidence: str
) -> None:
    found = only(edition(), after)
    assert (found["causes"], found["evidence"], found["kind"]) == (causes, evidence, "changed")
    assert (found["release_id"], found["previous_release_id"]) == ("r2", "r1")


def test_old_and_new_stand_side_by_side() -> None:
    found = only(edition(value=-8.0), edition(2, files="b", value=-10.0))
    assert (found["old_value"], found["new_value"], found["relative_change"]) == (-8.0, -10.0, -0.25)
    assert found["source_ids"] == "source_a,source_b"
    assert only(edition(value=0.0), edition(2, files="b"))["relative_change"] is None


def test_another_choice_among_the_same_files_is_no_revision_of_a_source() -> None:
    before, after = edition(files="a"), edition(2, files="b", value=12.0)
    both = pl.concat([before.snapshot, after.snapshot])
    found = only(replace(before, snapshot=both), replace(after, snapshot=both))
    assert (found["causes"], found["source_ids"]) == ("unknown", None)


def test_what_a_reader_does_not_see_is_no_revision() -> None:
    again = edition(2, files="b", note="another note", territory_date=date(2024, 6, 30))
    assert revised(edition(), again, UNTOUCHED).is_empty()


def test_a_first_value_is_no_revision_and_a_missing_row_is_withdrawn() -> None:
    assert revised(edition(year=2019), edition(2), UNTOUCHED)["kind"].to_list() == ["withdrawn"]
    found = only(edition(year=2019), edition(2, files="b"))
    assert (found["new_status"], found["new_value"], found["causes"]) == (None, None, "source")


def test_values_of_another_origin_are_no_vintages() -> None:
    assert revised(edition(), edition(2, origin="embedded", value=1.0), UNTOUCHED).is_empty()


def test_a_correction_is_a_cause_where_it_touches() -> None:
    key = edition().observation.select(KEY)
    touched = key.with_columns(correction_ids=pl.lit("made_up"))
    found = only(edition(), edition(2, value=9.0), touched)
    assert (found["causes"], found["correction_ids"]) == ("correction", "made_up")


def test_only_corrections_that_came_went_or_changed_are_looked_at() -> None:
    def trace(*entries: tuple[str, str, str]) -> pl.DataFrame:
        rows = [
            row("correction", correction_id=name, state=state, corrected_value=value, snapshot_id="a" * 64)
            | {"locator": f"line {name}"}
            for name, state, value in entries
        ]
        return pl.DataFrame(rows, schema=CONTRACTS["correction"].schema)

    before = trace(("same", "applied", "1"), ("changed", "applied", "1"), ("gone", "applied", "1"))
    after = trace(
        ("same", "applied", "1"),
        ("changed", "applied", "2"),
        ("came", "applied", "1"),
        ("rests", "not_in_origin", "1"),
    )
    found = corrections_between(before, after)
    assert sorted(found["correction_id"]) == ["came", "changed", "gone"]


LAST = "release_id = 'r2'"


@pytest.mark.parametrize(
    ("broken", "check_id", "severity"),
    [
        (
            "UPDATE revision SET year = 2024, old_value = 10, new_value = 11.01",
            "revision.large_change_of_an_old_period",
            "warn",
        ),
        (
            "UPDATE revision SET new_definition_version = '2.0', new_status = 'A', year = 2025",
            "revision.new_definition_is_flagged",
            "warn",
        ),
        (
            "INSERT INTO observation_history SELECT h.* REPLACE (1900 + i AS year) "
            "FROM observation_history AS h, range(9) AS t(i) WHERE valid_to_release = 'r2'",
            "observation_history.rows_kept",
            "stop",
        ),
        (
            "UPDATE observation_history SET value = NULL "
            "WHERE valid_to_release IS NULL AND indicator_id = 'pt_gs_n'",
            "observation_history.values_kept",
            "warn",
        ),
    ],
)
def test_alarms(broken: str, check_id: str, severity: str) -> None:
    with database(good_world()) as connection:
        connection.execute("UPDATE release_history SET origin = 'archive'")
        connection.execute("UPDATE revision SET old_value = 10, new_value = 10.99, year = 2024")
        rule = [each for each in REVISION_RULES if each.id == check_id]

        def passed() -> bool:
            result = to_rows(rule, lambda sql: connection.sql(sql).pl(), tables(connection) - {"indicator"})
            assert "could not be evaluated" not in str(result["observed"][0])
            assert result["severity"].to_list() == [severity]
            return bool(result["passed"][0])

        assert passed()
        connection.execute(broken)
        assert not passed()
        connection.execute("UPDATE release_history SET origin = 'embedded' WHERE number = 1")
        other = to_rows(rule, lambda sql: connection.sql(sql).pl(), tables(connection) - {"indicator"})
        assert other.is_empty(), "nothing is compared across origins"


def test_an_operator_may_let_a_smaller_release_pass() -> None:
    with database(good_world()) as connection:
        connection.execute(
            "INSERT INTO observation_history SELECT h.* REPLACE (1900 + i AS year) "
            "FROM observation_history AS h, range(9) AS t(i) WHERE valid_to_release = 'r2'"
        )
        connection.execute("UPDATE release_history SET fewer_rows_accepted = number = 2, origin = 'archive'")
        rule = [each for each in REVISION_RULES if each.id == "observation_history.rows_kept"]
        result = to_rows(rule, lambda sql: connection.sql(sql).pl(), tables(connection) - {"indicator"})
        assert result["passed"].to_list() == [True]
