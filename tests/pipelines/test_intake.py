"""From bytes to tables: snapshots, sidecars, contracts, quarantine; dead sources cost only themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import orjson
import polars as pl
import pytest

from pipelines.harmonise import together
from pipelines.intake import Intake, take_in
from quality.contracts import CONTRACTS
from quality.corrections.entry import Entries
from quality.corrections.parsing import parse
from sources import load_sources
from sources.source import Raw, Reading, Source, SourceChanged

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 1, tzinfo=UTC)


def countries(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """A reader of made-up lines `iso3;iso2;german;english`."""
    rows = [
        dict(zip(CONTRACTS["country"].columns, line.split(";"), strict=True))
        for raw in raws
        for line in raw.content.decode().splitlines()
    ]
    return Reading(tables={"country": pl.DataFrame(rows, schema=CONTRACTS["country"].schema)})


def source(read: Callable[..., Reading] = countries, archive: tuple[str, ...] = ("lists/*.csv",)) -> Source:
    return Source(
        id="synthetic",
        title="Synthetic list",
        publisher="a test",
        licence="none",
        attribution="none",
        tables=("country",),
        read=read,
        archive=archive,
    )


def taken(
    folder: Path,
    given: Source,
    now: datetime = NOW,
    corrections: Entries | None = None,
    *,
    fewer_rows: bool = False,
) -> Intake:
    return take_in(
        given,
        kind="archive",
        archive=folder / "archive",
        snapshots=folder / "snapshots",
        now=now,
        needs={},
        corrections=corrections,
        fewer_rows=fewer_rows,
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "archive" / "lists").mkdir(parents=True)
    (tmp_path / "archive" / "lists" / "a.csv").write_text(
        "DEU;DE;Deutschland;Germany\nFr;FR;Frankreich;France\n"
    )
    return tmp_path


def test_good_rows_go_on_and_bad_rows_wait_with_a_reason(archive: Path) -> None:
    intake = taken(archive, source())
    assert intake.tables["country"]["country"].to_list() == ["DEU"]
    rejected = intake.rejected.row(0, named=True)
    assert (rejected["rule"], rejected["value"]) == ("country_form", "Fr")
    assert rejected["remedy"]
    assert intake.source.row(0, named=True)["rows_quarantined"] == 1


def test_bytes_are_kept_under_their_hash_with_a_sidecar(archive: Path) -> None:
    content = (archive / "archive" / "lists" / "a.csv").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    row = taken(archive, source()).snapshots.row(0, named=True)
    assert row["snapshot_id"] == digest
    assert (archive / "snapshots" / digest[:2] / digest).read_bytes() == content
    sidecar = orjson.loads((archive / "snapshots" / digest[:2] / f"{digest}.synthetic.json").read_bytes())
    assert sidecar == row
    assert sidecar["name"] == "lists/a.csv"


def test_unchanged_bytes_add_nothing(archive: Path) -> None:
    first = taken(archive, source())
    again = taken(archive, source(), LATER)
    assert again.snapshots.equals(first.snapshots), "retrieved_at is when the bytes were first seen"
    assert len(list((archive / "snapshots").rglob("*.json"))) == 1


def test_an_absent_file_costs_only_its_source(archive: Path) -> None:
    intake = taken(archive, source(archive=("nowhere/*.csv",)))
    row = intake.source.row(0, named=True)
    assert row["state"] == "absent"
    assert "nowhere/*.csv" in row["problem"]
    assert intake.tables["country"].is_empty()


def test_a_changed_format_is_a_finding(archive: Path) -> None:
    def changed(_raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
        raise SourceChanged("column three is gone")

    row = taken(archive, source(changed)).source.row(0, named=True)
    assert (row["state"], row["problem"]) == ("failed", "column three is gone")


def _rows(folder: Path, count: int) -> None:
    codes = [f"{a}{b}A" for a in "ABCDE" for b in "ABCDE"][:count]
    text = "".join(f"{code};{code[:2]};Land {code};Country {code}\n" for code in codes)
    (folder / "archive" / "lists" / "a.csv").write_text(text)


def test_a_file_cut_in_half_is_not_used_until_a_person_says_it_is_right(archive: Path) -> None:
    _rows(archive, 20)
    assert taken(archive, source()).accepted == 20
    _rows(archive, 10)
    assert taken(archive, source()).source["state"].to_list() == ["read"], "half of them is not less"
    _rows(archive, 4)
    cut = taken(archive, source(), LATER)
    row = cut.source.row(0, named=True)
    assert (row["state"], cut.accepted) == ("stale", 10)
    assert "4 rows, 10 at the last good reading" in row["problem"] and "SDG17_FEWER_ROWS" in row["problem"]
    assert "Used instead: the files last read on" in row["problem"]
    assert taken(archive, source(), LATER).accepted == 10, "the cut file did not become the last good one"
    accepted = taken(archive, source(), fewer_rows=True)
    assert (accepted.source["state"].to_list(), accepted.accepted) == (["read"], 4)
    assert taken(archive, source()).accepted == 4, "what was let pass once is the new measure"


def test_the_same_file_read_otherwise_is_no_cut_file(archive: Path) -> None:
    """A new version of the program, or a correction, may leave rows out: there is nothing to fall back to."""
    _rows(archive, 20)
    taken(archive, source())

    def strict(raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]) -> Reading:
        found = countries(raws, needs)
        return Reading(tables={name: frame.head(3) for name, frame in found.tables.items()})

    again = taken(archive, source(strict))
    assert (again.source["state"].to_list(), again.accepted) == (["read"], 3)


@pytest.mark.parametrize("before", [True, False])
def test_a_file_that_cannot_be_opened_is_named_and_an_earlier_one_stands_in(
    archive: Path, before: bool
) -> None:
    if before:
        taken(archive, source())
    file = archive / "archive" / "lists" / "a.csv"
    file.unlink()
    file.mkdir()  # root may read every file, but nobody reads a folder as one
    row = taken(archive, source()).source.row(0, named=True)
    assert row["state"] == ("stale" if before else "absent")
    assert "a.csv cannot be read" in row["problem"] and "Is a directory" in row["problem"]


def test_a_link_out_of_the_archive_is_refused(archive: Path) -> None:
    (archive / "secret.csv").write_text("DEU;DE;Deutschland;Germany\n")
    (archive / "archive" / "lists" / "b.csv").symlink_to(archive / "secret.csv")
    row = taken(archive, source()).source.row(0, named=True)
    assert row["state"] == "failed"
    assert "leads out of the archive folder" in row["problem"]


def test_rows_of_unknown_units_wait_instead_of_going_on() -> None:
    contract = CONTRACTS["population"]
    row = {
        "population_id": "p",
        "ags": "01001000",
        "reference_date": datetime(2022, 12, 31).date(),
        "census_base": "census_2011",
        "territory_date": datetime(2023, 11, 30).date(),
        "inhabitants": 5,
        "snapshot_id": "a" * 64,
        "locator": "line 1",
        "raw_text": "synthetic",
    }
    frame = pl.DataFrame([row, {**row, "ags": "99999999", "population_id": "q"}], schema=contract.schema)
    passed = together(contract, {"synthetic": frame}, pl.DataFrame({"ags": ["01001000"]}))
    good, rejected = passed.good, passed.waiting
    assert good["ags"].to_list() == ["01001000"]
    assert rejected.select("rule", "value", "locator").rows() == [("ags_known", "99999999", "line 1")]


def test_declared_sources_are_complete() -> None:
    for declared in load_sources().values():
        assert declared.licence and declared.attribution and declared.publisher and declared.title
        assert declared.archive or declared.embedded or declared.home_files or declared.live
        assert all(table in CONTRACTS for table in declared.tables)


def test_a_declared_mistake_is_corrected_before_the_contract_is_held(archive: Path) -> None:
    entries = parse(
        """
[[correction]]
id = "made_up"
table = "country"
provider = "synthetic"
where = { country = "Fr" }
expect = { rows = 1, iso2 = "FR" }
action = "set"
set = { country = "FRA" }
reason = "An invented list writes an invented key in small letters."
date = 2026-11-22
author = "a test"
status = "open"
""",
        "made_up.toml",
    )
    assert not entries.problems
    before = taken(archive, source())
    after = taken(archive, source(), corrections=entries)
    assert before.tables["country"]["country"].to_list() == ["DEU"]
    assert after.tables["country"]["country"].to_list() == ["DEU", "FRA"]
    assert after.rejected.is_empty()
    assert after.corrections.select("provider_value", "corrected_value", "state").rows() == [
        ("Fr", "FRA", "applied")
    ]
    (archive / "archive" / "lists" / "a.csv").write_text("FRA;FR;Frankreich;France\n")
    mended = taken(archive, source(), corrections=entries)
    assert mended.corrections["state"].to_list() == ["expired"]
    assert mended.tables["country"].height == 1
