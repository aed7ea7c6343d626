"""From an exported table of waiting rows, filled in by a person, to decisions in force."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from pipelines.cli import main
from pipelines.operator_decisions import decisions_in_force
from pipelines.settings import Settings, load_settings
from pipelines.store import Store
from quality.contracts import CONTRACTS
from quality.quarantine.rows import published, row_hash

WHY = "Made up by a test: the town hall said so on the telephone."
TEXTS = {"a": "Altdorf;2020", "b": "=cmd();1", "c": "Neudorf;;x"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home where three made-up records wait, one for two rules, one that looks like a formula."""
    found = load_settings(home=tmp_path / "home", origin="embedded")
    row = {"source_id": "a_list", "table_name": "engagement", "snapshot_id": "f" * 64}
    rows = [
        {**row, "rule": rule, "locator": f"line {text}", "raw_text": TEXTS[text], "reason": "made up"}
        for text, rule in (("a", "no_date"), ("a", "ambiguous_unit"), ("b", "no_date"), ("c", "no_date"))
    ]
    schema = {name: kind for name, kind in CONTRACTS["quarantine"].schema.items() if name != "row_hash"}
    frame = pl.DataFrame(rows, schema_overrides=schema)
    missing = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in frame.columns]
    Store(folder=found.tables).write("house", "quarantine", published(frame.with_columns(missing)))
    return found


def sdg17(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(main, ["quarantine", *words, "--home", str(settings.home)])


def filled_in(settings: Settings, verdicts: dict[str, dict[str, str]], suffix: str) -> Path:
    """The export with verdicts, saved as a spreadsheet would save it."""
    table = settings.home / f"waiting{suffix}"
    assert sdg17(settings, "export", "--to", str(settings.home / "waiting.csv")).exit_code == 0
    text = (settings.home / "waiting.csv").read_bytes().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    for line in lines:
        line.update(verdicts.get(line["locator"].removeprefix("line "), {}))
    if suffix == ".xlsx":
        with xlsxwriter.Workbook(table) as book:
            sheet = book.add_worksheet()
            for at, cells in enumerate([list(lines[0]), *(line.values() for line in lines)]):
                sheet.write_row(at, 0, list(cells))
        return table
    out = io.StringIO()
    writer = csv.DictWriter(out, list(lines[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    table.write_bytes(out.getvalue().encode("cp1252"))
    return table


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_filled_in_is_a_decision_file_the_next_night_takes(settings: Settings, suffix: str) -> None:
    said = {"why": WHY, "author": "Büro für Fläche"}
    values = "ags = 05358008; value=1,5; valid_from=1.7.2021"
    table = filled_in(
        settings,
        {"a": {"action": "Freigeben", "set": values, **said}, "b": {"action": "reject", **said}},
        suffix,
    )
    done = sdg17(settings, "decide", str(table))
    assert done.exit_code == 0 and "2 decisions" in done.output, done.output
    found = decisions_in_force(settings.home, {"a_list"})
    assert found.problems == ()
    released, rejected = sorted(found.good, key=lambda each: each.action, reverse=True)
    assert (released.row_hash, released.rules) == (row_hash(TEXTS["a"]), ("ambiguous_unit", "no_date"))
    assert released.values == {"ags": "05358008", "value": 1.5, "valid_from": datetime.date(2021, 7, 1)}
    assert (released.reason, released.author, released.locator) == (WHY, "Büro für Fläche", "line a")
    assert (rejected.row_hash, rejected.action) == (row_hash(TEXTS["b"]), "reject")
    again = sdg17(settings, "decide", str(table))
    assert again.exit_code == 2 and "is there already" in again.output
    other = sdg17(settings, "decide", str(table), "--as", "other")
    assert other.exit_code == 2 and "is taken by an entry of decisions/waiting.toml" in other.output
    assert sorted(path.name for path in (settings.home / "decisions").iterdir()) == ["waiting.toml"]


@pytest.mark.parametrize(
    ("verdict", "message"),
    [
        ({}, "no line has an action"),
        ({"action": "perhaps"}, "action perhaps is none of"),
        ({"action": "reject", "why": "so", "author": "me"}, "reason is shorter than"),
        ({"action": "reject", "why": WHY}, "author is empty"),
        ({"action": "release", "why": WHY, "author": "me", "set": "value=many"}, "is no Float64"),
        ({"action": "release", "why": WHY, "author": "me", "set": "value 3"}, "not written as column=value"),
        ({"action": "release", "why": WHY, "author": "me", "set": "wings=3"}, "no column wings"),
    ],
)
def test_what_cannot_be_understood_writes_nothing_and_says_why(
    settings: Settings, verdict: dict[str, str], message: str
) -> None:
    done = sdg17(settings, "decide", str(filled_in(settings, {"c": verdict}, ".csv")))
    assert done.exit_code == 2 and message in done.output, done.output
    assert not (settings.home / "decisions").exists()


def test_a_table_from_elsewhere_is_refused(settings: Settings) -> None:
    table = settings.home / "other.csv"
    table.write_text("a;b\n1;2\n", "utf-8")
    done = sdg17(settings, "decide", str(table))
    assert done.exit_code == 2 and "start from sdg17 quarantine export" in done.output
