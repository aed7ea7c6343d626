"""Facts from documents: what becomes an engagement, what a partnership statement, what waits."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.document_facts import COLUMNS, SOURCE, plain, read
from sources.source import Raw, Reading, SourceChanged

EMBEDDED = Path(__file__).resolve().parents[2] / "sources" / "embedded" / "document_facts.csv"
Synthetic = Callable[[str, bytes], Raw]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read([Raw(name=EMBEDDED.name, content=EMBEDDED.read_bytes(), snapshot_id="0" * 64)], {})


def test_tables_keep_their_contracts(reading: Reading) -> None:
    for name, frame in reading.tables.items():
        outcome = enforce(frame, CONTRACTS[name], source_id=SOURCE.id)
        assert outcome.rejected.is_empty(), outcome.rejected.to_dicts()
        assert outcome.good.height == frame.height > 0


def test_every_line_is_somewhere(reading: Reading) -> None:
    lines = [line for line in EMBEDDED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    kept = [text for frame in reading.tables.values() for text in frame["raw_text"].to_list()]
    assert sorted(kept + reading.rejected["raw_text"].to_list()) == sorted(lines[1:])


def test_aachen_as_its_council_paper_states_it(reading: Reading) -> None:
    facts = reading.tables["engagement"].filter(pl.col("ags") == "05334002")
    by_kind = {row["kind"]: row for row in facts.iter_rows(named=True)}
    assert by_kind["fairtrade_town"]["valid_from"] == date(2011, 1, 1)
    assert by_kind["fairtrade_town"]["valid_from_text"] == "2011"
    assert by_kind["agenda_2030_resolution"]["valid_from"] == date(2018, 7, 11)
    post = by_kind["coordination_position"]
    assert (post["valid_from"], post["valid_to"]) == (date(2024, 10, 1), date(2026, 12, 31))
    assert (post["valid_from_text"], post["valid_to_text"]) == ("2024-10", "2026")
    assert by_kind["coordination_position_grant_share"]["value"] == 90.0
    concept = by_kind["development_policy_concept"]
    assert (concept["value"], concept["valid_to"]) == (0.0, date(2025, 5, 31))
    assert set(facts["attested_on"]) == {date(2025, 5, 7)}
    assert all("FB 01/0674/WP18" in document for document in facts["document"])


def test_aachen_partners(reading: Reading) -> None:
    claims = reading.tables["partnership_claim"].filter(pl.col("ags") == "05334002")
    found = {
        row["partner_name"]: (row["partnership_id"], row["valid_from"])
        for row in claims.iter_rows(named=True)
    }
    assert found == {
        "Kapstadt": ("05334002-ZAF-kapstadt", date(2000, 1, 1)),
        "Tschernihiw": ("05334002-UKR-tschernihiw", None),
    }


def test_an_expert_placement_is_attested_for_the_end_of_the_programme(reading: Reading) -> None:
    claims = reading.tables["partnership_claim"].filter(pl.col("ags") != "05334002")
    assert claims.height == 6
    assert set(claims["attested_on"]) == {date(2022, 12, 31)}
    assert claims["valid_from"].null_count() == 6
    assert not claims["is_inventory"].any()
    assert "14713000-ETH-addis-abeba" in claims["partnership_id"].to_list()


def test_dueren_waits_with_both_candidates(reading: Reading) -> None:
    waiting = reading.rejected.filter(pl.col("rule") == "ambiguous_unit")
    assert waiting.height == 1
    row = waiting.row(0, named=True)
    assert row["value"] == "05358008,05358"
    assert "05358008 or 05358" in row["reason"]
    assert "key" in row["remedy"]
    assert not reading.tables["engagement"]["ags"].str.starts_with("05358").any()


def test_national_figures_are_kept_apart(reading: Reading) -> None:
    surveys = reading.rejected.filter(pl.col("rule") == "national_survey")
    assert surveys.height == 6
    assert "DE" not in reading.tables["engagement"]["ags"].to_list()


def test_donated_school_buildings_are_no_spending(reading: Reading) -> None:
    row = reading.tables["engagement"].filter(pl.col("kind") == "school_building_projects").row(0, named=True)
    assert (row["ags"], row["value"], row["valid_to"]) == ("09779", 13.0, date(2018, 12, 31))
    assert "ohne öffentliche Mittel" in row["note"]


def test_says_the_same_as_the_collection_of_facts(reading: Reading, shared_data: Path) -> None:
    source = shared_data.parent / "domain" / "facts-from-documents.csv"
    if not source.is_file():
        pytest.skip("the collection of facts is not here")
    with source.open(encoding="utf-8") as file:
        theirs = sorted(
            (row["key"], row["value"], row["valid_from"], row["valid_to"], row["partner"])
            for row in csv.DictReader(file, delimiter=";")
        )
    lines = [line for line in EMBEDDED.read_text("utf-8").splitlines() if not line.startswith("#")]
    ours = sorted(
        (row["ags"], row["value"], row["valid_from"], row["valid_to"], row["partner"])
        for row in csv.DictReader(lines, delimiter=";")
    )
    assert ours == theirs
    documents = {row["document"] for row in csv.DictReader(lines, delimiter=";")}
    for mark in ("FB 01/0674/WP18", "GIZ-Projektblatt", "380/2018", "SKEW-Bericht"):
        assert sum(mark in document for document in documents) == 1, f"{mark} should name one document"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Addis Abeba", "addis-abeba"), ("São Paulo", "sao-paulo"), ("Ho-Chi-Minh-Stadt", "ho-chi-minh-stadt")],
)
def test_names_become_keys(name: str, expected: str) -> None:
    assert plain(name) == expected


HEAD = (";".join(COLUMNS) + "\n").encode()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b"05334002;A;fairtrade_town;ja;0/1;2011;;;;;2025;;paper", "value_readable"),
        (b"05334002;A;fairtrade_town;;0/1;2011;;;;;2025;;paper", "value_readable"),
        (b"05334002;A;fairtrade_town;1;0/1;2011-13;;;;;2025;;paper", "valid_from_readable"),
        (b"05334002;A;fairtrade_town;1;0/1;2011;bald;;;;2025;;paper", "valid_to_readable"),
        (b"05334002;A;fairtrade_town;1;0/1;2011;;;;;;;paper", "attested_on_readable"),
        (b"05334002;A;;1;0/1;2011;;;;;2025;;paper", "kind_readable"),
        (b";Nirgendwo;fairtrade_town;1;0/1;2011;;;;;2025;;paper", "ambiguous_unit"),
        (b"05334002;A;fairtrade_town;1;0/1", "cell_count"),
    ],
)
def test_museum_of_broken_lines(synthetic_raw: Synthetic, line: bytes, rule: str) -> None:
    """Synthetic lines, each broken in one way, beside one good line that must survive."""
    good = b"05334002;A;fairtrade_town;1;0/1;2011;;;;;2025;;paper"
    result = read([synthetic_raw("document_facts.csv", HEAD + line + b"\n" + good + b"\n")], {})
    assert result.rejected["rule"].to_list() == [rule]
    assert result.rejected["locator"].to_list() == ["line 2"]
    assert result.tables["engagement"]["locator"].to_list() == ["line 3"]


def test_a_kind_nobody_declared_is_refused_by_the_contract(synthetic_raw: Synthetic) -> None:
    """Synthetic: a word that is not in the vocabulary."""
    line = b"05334002;A;smart_city;1;0/1;2011;;;;;2025;;paper\n"
    frame = read([synthetic_raw("document_facts.csv", HEAD + line)], {}).tables["engagement"]
    outcome = enforce(frame, CONTRACTS["engagement"], source_id=SOURCE.id)
    assert outcome.rejected["rule"].to_list() == ["kind_allowed"]


def test_same_bytes_same_rows(reading: Reading) -> None:
    again = read([Raw(name=EMBEDDED.name, content=EMBEDDED.read_bytes(), snapshot_id="0" * 64)], {})
    assert all(again.tables[name].equals(reading.tables[name]) for name in reading.tables)


def test_other_columns_are_refused(synthetic_raw: Synthetic) -> None:
    with pytest.raises(SourceChanged, match="expected the columns"):
        read([synthetic_raw("document_facts.csv", b"key;level;name\n")], {})
