"""The forms of the downloads, on rows made up here: nothing is lost, and nothing becomes a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from pipelines.exchange.cells import Texts
from pipelines.exchange.columns import COLUMNS, GUARDED
from pipelines.exchange.delimited import OFFICE, PLAIN, joined, lines, text
from pipelines.exchange.digests import fingerprint
from pipelines.exchange.licence import OWN, Sources
from pipelines.exchange.part import Part
from pipelines.exchange.workbook import sheet_lines, workbook
from pipelines.exchange.writer import Writer
from pipelines.file_hashes import tree_hash
from quality.contracts import CONTRACTS

TYPES = {"text": pl.String, "integer": pl.Int64, "number": pl.Float64, "date": pl.Date}
NASTY = [
    *(f"{sign}cmd|'/c calc'!A1" for sign in GUARDED),
    'Semikolon; Komma, "Anführung"',
    "zwei\nZeilen",
    "<b>&amp;</b>\x0b",
    "Straße",
]


def made_up(notes: list[str | None]) -> pl.DataFrame:
    """Rows that exist in no source."""
    rows = [
        {
            **dict.fromkeys(COLUMNS),
            "ags": "01999001",
            "year": 2000 + at,
            "value": None if at % 3 == 0 else 1234.5 + at,
            "obs_status": "A",
            "territory_date": date(2024, 6, 30),
            "note": note,
        }
        for at, note in enumerate(notes)
    ]
    return pl.DataFrame(rows, schema={name: TYPES[kind] for name, (kind, _) in COLUMNS.items()})


def test_the_plain_form_gives_back_every_cell() -> None:
    rows = made_up([*NASTY, None])
    found = pl.read_csv(text(lines(Texts(rows), PLAIN), PLAIN), schema=rows.schema)
    assert found.equals(rows)


def test_the_office_form_opens_in_a_german_spreadsheet_and_runs_nothing() -> None:
    content = text(lines(Texts(made_up([*NASTY, None])), OFFICE), OFFICE)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["ags"] for row in read] == ["01999001"] * (len(NASTY) + 1)
    assert read[1]["value"] == "1235,5"
    assert read[0]["value"] == "", "no value is an empty cell, never a zero"
    for row, note in zip(read, [*NASTY, ""], strict=True):
        assert row["note"] == (f"'{note}" if note.startswith(GUARDED) else note)
    assert content.count(b"\r\n") == len(NASTY) + 2


def test_a_workbook_holds_typed_cells_and_text_stays_text(tmp_path: Path) -> None:
    rows = made_up([*NASTY, None])
    place = tmp_path / "made_up.xlsx"
    place.write_bytes(workbook(joined(sheet_lines(Texts(rows)), ""), ["=1+1"]))
    book = CalamineWorkbook.from_path(str(place))
    head, *lines = book.get_sheet_by_name("Daten").to_python()
    assert head == list(COLUMNS)
    for line, row in zip(lines, rows.to_dicts(), strict=True):
        safe = None if row["note"] is None else row["note"].replace("\x0b", " ")
        assert dict(zip(COLUMNS, line, strict=True)) == {
            name: "" if value is None else value for name, value in {**row, "note": safe}.items()
        }
    assert book.get_sheet_by_name("Hinweise").to_python() == [["=1+1"]]
    assert b"<f>" not in place.read_bytes()
    assert workbook(joined(sheet_lines(Texts(rows)), ""), ["=1+1"]) == place.read_bytes(), (
        "equal rows, equal bytes"
    )


@pytest.mark.parametrize(
    ("licences", "expected"),
    [
        (["dl-de/by-2-0", "CC0-1.0"], OWN.id),
        (["dl-de/by-2-0", "CC-BY-SA-4.0"], "CC BY-SA 4.0"),
        (["Open Data Commons ODbL 1.0"], "ODbL 1.0"),
        ([], OWN.id),
    ],
)
def test_what_rests_on_a_share_alike_source_is_passed_on_alike(licences: list[str], expected: str) -> None:
    ids = [f"source_{at}" for at, _ in enumerate(licences)]
    source = CONTRACTS["source"].empty().clear(len(ids)).with_columns(
        source_id=pl.Series(ids, dtype=pl.String), licence=pl.Series(licences, dtype=pl.String)
    )  # fmt: skip
    snapshot = CONTRACTS["snapshot"].empty().clear(len(ids)).with_columns(
        snapshot_id=pl.Series([f"{at:064x}" for at, _ in enumerate(ids)], dtype=pl.String),
        source_id=pl.Series(ids, dtype=pl.String),
    )  # fmt: skip
    terms = Sources(source, snapshot).terms([" ".join(snapshot["snapshot_id"]), None])
    assert terms.licence.id == expected
    assert len(terms.attributions) == len(licences)
    assert "Daten geändert" in terms.text


def test_an_unchanged_part_is_linked_and_a_changed_one_leaves_the_old_release_alone(tmp_path: Path) -> None:
    def part(name: str, content: bytes) -> Part:
        files = {f"gemeinde/{name}/{name}.json": content, f"api/v1/gemeinde/{name}.json": content}
        return Part(address=f"gemeinde/{name}", digest=content.decode(), make=lambda: files)

    def night(folder: str, previous: str | None, *parts: Part) -> Writer:
        writer = Writer(tmp_path / folder, tmp_path / previous if previous else None)
        writer.add_all(parts)
        written = writer.finish()
        hashed = tree_hash(tmp_path / folder)
        assert hashed == {"files": written.files, "sha256": written.sha256}
        return writer

    assert night("first", None, part("a", b"1"), part("b", b"2")).changed == 2
    (tmp_path / "first/gemeinde/b/b.json").unlink()  # a file of an unchanged part is gone: made again
    assert night("second", "first", part("a", b"1"), part("b", b"2")).changed == 1
    assert night("third", "second", part("a", b"1"), part("b", b"3")).changed == 1
    first, third = tmp_path / "second/gemeinde/a/a.json", tmp_path / "third/gemeinde/a/a.json"
    assert first.samefile(third)
    assert first.samefile(tmp_path / "third/api/v1/gemeinde/a.json")
    assert (tmp_path / "second/gemeinde/b/b.json").read_bytes() == b"2"
    assert (tmp_path / "third/gemeinde/b/b.json").read_bytes() == b"3"


def test_rows_that_differ_in_anything_have_another_fingerprint() -> None:
    rows = pl.DataFrame({"a": ["x", "y"], "b": [None, ""], "c": [["p", "q"], []]})
    changes = (
        pl.lit("z").alias("a"),
        pl.col("b").fill_null(""),
        pl.col("c").list.reverse(),
        pl.col("c").reverse(),
    )
    told = [fingerprint(rows), *(fingerprint(rows.with_columns(each)) for each in changes)]
    told += [fingerprint(rows.reverse()), fingerprint(rows.head(1))]
    assert len(set(told)) == len(told)
    assert fingerprint(pl.concat([rows.head(1), rows.tail(1)])) == told[0], "however it is stored"
