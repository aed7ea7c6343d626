"""Sources beside what was last published of them; every figure here is made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines import release
from pipelines.settings import Settings, load_settings
from pipelines.source_changes import ASKED, NEWEST, WORDINGS, Delivered, compared, last_published
from quality.contracts import CONTRACTS
from tests.quality.world import FILE, database, good_world

SHARES = {"list": 0.9, "small": 0.5}
TODAY = "2026-11-22"


def delivered(
    rows: int = 100,
    file: str = "a",
    *,
    wording: str = "inhabitants",
    licence: str = "CC0",
    source: str = "list",
    **more: Any,
) -> Delivered:
    values = {
        "source_id": source, "title": "t", "publisher": "p", "licence": licence, "attribution": "a",
        "state": "read", "rows_accepted": rows, "rows_quarantined": 0, **more,
    }  # fmt: skip
    return Delivered(
        source=pl.DataFrame([values], schema=CONTRACTS["source"].schema),
        snapshot=pl.DataFrame(
            {"source_id": [source], "name": ["x"], "snapshot_id": [file], "licence": [licence]}
        ),
        wordings=pl.DataFrame({"source_id": [source], "subject": ["people"], "wording": [wording]}),
    )


def outcome(now: Delivered, published: Delivered | None) -> tuple[int | None, str | None]:
    row = compared(now, published, SHARES, today=TODAY).row(0, named=True)
    return row["rows_before"], row["change"]


@pytest.mark.parametrize(
    ("now", "change"),
    [
        (delivered(90, "b"), None),
        (delivered(5_000, "b"), None),
        (delivered(89, "b"), "89 rows, 100 in the last published release"),
        (delivered(0, "b", state="failed"), "0 rows, 100 in the last published release"),
        (delivered(100, "b", wording="residents"), "defined or named anew: people"),
        (delivered(100, "b", licence="CC BY 4.0"), "licence CC BY 4.0, before CC0"),
        (
            delivered(1, "b", wording="residents"),
            "1 rows, 100 in the last published release; defined or named anew: people",
        ),
    ],
)
def test_what_is_a_finding(now: Delivered, change: str | None) -> None:
    assert outcome(now, delivered()) == (100, change)


def with_period(newest: str, rows: int = 100, file: str = "b") -> Delivered:
    found = delivered(rows, file)
    return replace(found, newest=pl.DataFrame({"source_id": ["list"], "subject": ["s"], "newest": [newest]}))


@pytest.mark.parametrize(
    ("now", "before", "setback"),
    [
        (delivered(50, "b"), delivered(), None),
        (delivered(49, "b"), delivered(), "49 rows, 100 in the last published release"),
        (delivered(0, "b", state="failed"), delivered(), "0 rows, 100 in the last published release"),
        (delivered(4, "b"), delivered(9), None),
        (with_period("2024"), with_period("2025"), "newest period 2024, 2025 in the last published release"),
        (with_period("2025"), with_period("2024"), None),
        (with_period("2022-12-31"), with_period("2099-12-31"), None),
    ],
)
def test_what_would_be_lost_stops_a_release_unless_a_person_lets_it_pass(
    now: Delivered, before: Delivered, setback: str | None
) -> None:
    before = replace(before, snapshot=before.snapshot.with_columns(snapshot_id=pl.lit("a")))
    found = compared(now, before, SHARES, today=TODAY)
    assert found["setback"].to_list() == [setback]
    accepted = compared(now, before, SHARES, today=TODAY, accepted=True)
    assert accepted["setback"].to_list() == [None]
    assert accepted["change"].to_list() == found["change"].to_list(), "it is still told"
    after = replace(now, source=accepted)
    later = compared(replace(now, source=now.source), after, SHARES, today=TODAY)
    assert later["setback"].to_list() == [None], "what was let pass once is asked for no more"


def test_each_source_has_its_own_tolerance() -> None:
    now = delivered(60, "b", source="small")
    assert outcome(now, delivered(source="small"))[1] is None


def test_without_a_release_before_there_is_nothing_to_find() -> None:
    assert outcome(delivered(1), None) == (None, None)
    assert outcome(delivered(1, source="new"), delivered()) == (None, None)


def test_a_night_with_the_same_files_says_what_the_night_before_said() -> None:
    first, second = delivered(), delivered(10, "b")
    published = Delivered(
        source=compared(second, first, SHARES, today=TODAY),
        snapshot=second.snapshot,
        wordings=second.wordings,
    )
    assert outcome(second, published) == (100, "10 rows, 100 in the last published release")
    assert outcome(delivered(11, "c"), published) == (10, None), (
        "new files are compared with the last release"
    )
    assert outcome(delivered(4, "b"), published)[1] == "4 rows, 10 in the last published release", (
        "a reader changed"
    )


def test_a_source_without_any_file_is_the_same_as_the_night_before() -> None:
    absent = delivered(0, state="absent")
    absent = Delivered(
        source=absent.source, snapshot=absent.snapshot.clear(), wordings=absent.wordings.clear()
    )
    assert outcome(absent, absent) == (None, None)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("SDG17_HOME", str(tmp_path))
    return load_settings()


def _publish(settings: Settings, origin: str) -> None:
    """The made-up world as the published release."""
    building = release.begin(settings)
    with database(good_world()) as made:
        made.execute(f"ATTACH '{building.database}' AS target")
        for table in ("source", *ASKED):
            made.execute(f'CREATE TABLE target."{table}" AS SELECT * FROM "{table}"')  # noqa: S608 - names of this test
        made.execute("DETACH target")
    release.publish(building, settings, {"origin": origin})


def test_the_published_release_is_read_for_the_same_kind_of_origin_only(settings: Settings) -> None:
    assert last_published(settings) is None
    _publish(settings, "embedded")
    found = last_published(settings)
    assert found is not None
    assert found.source["source_id"].to_list() == ["made_up"]
    assert found.snapshot["snapshot_id"].to_list() == [FILE]
    assert {"made up"} <= set(found.wordings["wording"])
    _publish(settings, "archive")
    assert last_published(settings) is None


def test_both_releases_are_asked_the_same_question(settings: Settings) -> None:
    _publish(settings, "embedded")
    published = last_published(settings)
    assert published is not None
    tables = {name: good_world()[name].lazy() for name in ASKED}
    for question, answer in ((WORDINGS, published.wordings), (NEWEST, published.newest)):
        tonight = pl.SQLContext(tables).execute(question, eager=True)
        assert tonight.height > 1
        assert tonight.sort(tonight.columns).rows() == answer.sort(answer.columns).rows()


def test_last_years_file_and_plans_called_actual_are_found() -> None:
    def of(newest: str, phase: str) -> Delivered:
        made = delivered(100, newest)
        said = pl.DataFrame(
            {"source_id": ["list"], "subject": ["budget 1 2024 of 5 cents"], "wording": [phase]}
        )
        day = pl.DataFrame({"source_id": ["list"], "subject": ["budget_line"], "newest": [newest]})
        return Delivered(source=made.source, snapshot=made.snapshot, wordings=said, newest=day)

    assert outcome(of("2024", "plan"), of("2023", "plan")) == (100, None)
    older = outcome(of("2023", "plan"), of("2024", "plan"))[1]
    assert older == "newest period 2023, 2024 in the last published release"
    assert (
        outcome(of("2025", "actual"), of("2024", "plan"))[1]
        == "defined or named anew: budget 1 2024 of 5 cents"
    )
