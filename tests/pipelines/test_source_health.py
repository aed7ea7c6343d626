"""How sources are doing: last success, age, lateness; nobody is asked for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.intake import take_in
from pipelines.origins import Found
from pipelines.settings import load_settings
from pipelines.snapshots import keep
from pipelines.source_health import expected_next, freshness, source_rows
from sources import load_sources

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "days", "expected"),
    [
        (30, 10, "ok"),
        (30, 44, "ok"),
        (30, 45, "late"),
        (365, 440, "ok"),
        (365, 460, "late"),
        (None, 9999, "none"),
    ],
)
def test_a_source_is_late_when_its_rhythm_and_some_patience_have_passed(
    rhythm: int | None, days: int, expected: str
) -> None:
    assert freshness(rhythm, NOW - timedelta(days=days), NOW) == expected


def test_the_next_publication_is_expected_a_rhythm_after_the_last() -> None:
    assert expected_next(30, NOW) == "2026-12-22"
    assert expected_next(None, NOW) is None and expected_next(30, None) is None


def test_every_source_has_a_rhythm_but_those_that_bring_nothing_new() -> None:
    declared = load_sources().values()
    without = {source.id for source in declared if source.rhythm_days is None and not source.home_files}
    closed = {"nrw_finance", "nrw_inhabitants", "partnership_mentions"}
    assert without == closed, "two closed tables and a closed sample"


def test_the_licence_a_file_states_is_kept_with_it(tmp_path: Path) -> None:
    source = load_sources()["wegweiser"]
    files = {"version": b'{"license": "CC0 1.0", "version": 3}', "plain": b"42", "list": b"[1]"}
    found = {
        name: keep(Found(name=name, content=content, origin="live"), source, tmp_path, NOW)[1]
        for name, content in files.items()
    }
    assert found["version"]["licence"] == "CC0 1.0"
    assert found["plain"]["licence"] == found["list"]["licence"] == source.licence
    assert {row["attribution"] for row in found.values()} == {
        "Bertelsmann Stiftung / www.wegweiser-kommune.de"
    }


def test_what_was_never_read_says_so() -> None:
    assert freshness(30, None, NOW) == "never"


def test_the_list_tells_success_age_rhythm_and_licence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDG17_HOME", str(tmp_path))
    monkeypatch.setenv("SDG17_NOW", NOW.isoformat())
    settings = load_settings()
    source = load_sources()["dac_list"]
    seen = NOW - timedelta(days=500)
    folders = {"kind": "embedded", "archive": None, "snapshots": settings.snapshots, "needs": {}}
    take_in(source, now=seen, **folders)  # type: ignore[arg-type]
    take_in(source, now=NOW, **folders)  # type: ignore[arg-type]
    row = next(row for row in source_rows(settings) if row["source_id"] == "dac_list")
    assert row["last_success"] == NOW.isoformat(timespec="seconds")
    assert (row["newest_file_days"], row["rhythm_days"], row["freshness"]) == (500, 365, "late")
    assert row["licence"] and row["attribution"] and row["files"]
    assert (row["expected_next"], row["licences_kept"]) == ("2026-07-10", [source.licence])


def test_the_command_prints_a_table_and_json_and_asks_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDG17_HOME", str(tmp_path))
    monkeypatch.setenv("SDG17_ORIGIN", "live")
    found = CliRunner().invoke(main, ["sources", "--json"])
    rows = {row["source_id"]: row for row in orjson.loads(found.output)}
    assert rows["genesis"]["address"].startswith("https://www.regionalstatistik.de/")
    assert rows["genesis"]["freshness"] == "never" and rows["genesis"]["problem"] is None
    assert "no live connector" not in rows["genesis"]["licence"]
    table = CliRunner().invoke(main, ["sources"], terminal_width=200)
    assert table.exit_code == 0 and "genesis" in table.output
