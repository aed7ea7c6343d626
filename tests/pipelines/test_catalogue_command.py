"""`sdg17 catalogue` and the table behind it: every indicator, and how far data reach."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from indicators import load_indicators
from pipelines import cli_catalogue
from pipelines.settings import Settings, load_settings

MADE_UP = """
    CREATE TABLE reason AS SELECT 'not_collected' AS reason, 'No collection covers this unit.' AS text_en;
    CREATE TABLE coverage AS SELECT * FROM (VALUES
        ('pt_gs_n', 'municipality', true, 'E', 'lower_bound', 7),
        ('pt_gs_n', 'municipality', false, 'L', 'not_collected', 90),
        ('pt_gs_n', 'district', false, 'L', 'not_collected', 3)
    ) AS made_up(indicator_id, level, has_value, obs_status, reason, units);"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path)


def _publish(settings: Settings) -> None:
    settings.current.mkdir(parents=True)
    with duckdb.connect(str(settings.current / "sdg17.duckdb")) as connection:
        connection.execute(MADE_UP)


def test_without_a_release_the_catalogue_stands_without_coverage(settings: Settings) -> None:
    rows = cli_catalogue.catalogue_rows(settings)
    assert [row["id"] for row in rows] == list(load_indicators())
    assert all(row["coverage"] == [] for row in rows)
    assert {row["absence_status"] for row in rows if not row["computable"]} == {"L", "M"}


def test_coverage_comes_from_the_release_by_level(settings: Settings) -> None:
    _publish(settings)
    (row,) = (each for each in cli_catalogue.catalogue_rows(settings) if each["id"] == "pt_gs_n")
    assert row["units_with_value"] == {"municipality": 7, "district": 0}
    assert sum(each["units"] for each in row["coverage"] if not each["has_value"]) == 93


def test_a_person_sees_units_with_and_without_value(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(settings)
    console = Console(record=True, width=120)
    monkeypatch.setattr(cli_catalogue, "Console", lambda: console)
    cli_catalogue.print_catalogue(cli_catalogue.catalogue_rows(settings))
    shown = console.export_text()
    assert "L not_collected: 93" in shown
    assert "24b" in shown
