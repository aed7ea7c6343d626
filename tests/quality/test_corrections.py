"""Corrections as data: carried out whole, traced, and expired as soon as the provider mends his file.

The rows are made up by this test; entries that ship are held against the original files.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quality.contracts import CONTRACTS
from quality.corrections import shipped
from quality.corrections.applying import apply, untaken
from quality.corrections.entry import Correction, together
from quality.corrections.parsing import parse
from quality.plausibility import to_rows
from quality.rules.corrections import CORRECTION_RULES
from sources import load_sources
from sources.countries import countries
from sources.source import Raw
from tests.quality.made_up import good_table
from tests.quality.world import database, tables

POPULATION = CONTRACTS["population"]
ENTRY = """
[[correction]]
id = "made_up"
table = "population"
provider = "register"
within = { reference_date = 2023-12-31 }
where = { ags = ["00000001", "00000002"] }
expect = { rows = 2, inhabitants = 7 }
action = "set"
set = { inhabitants = 70 }
reason = "An invented digit was lost in an invented file, see its page 3."
date = 2026-11-22
author = "data steward"
status = "reported"
reported = 2026-11-01
"""


def entry(text: str = ENTRY) -> Correction:
    found = parse(text, "made_up.toml")
    assert not found.problems, found.problems
    return found.good[0]


def rows(*inhabitants: int) -> pl.DataFrame:
    made = good_table("population", 3).with_columns(reference_date=pl.lit(date(2023, 12, 31)))
    return made.with_columns(inhabitants=pl.Series(inhabitants, dtype=pl.Int64))


def test_rows_are_corrected_and_every_value_leaves_a_trace() -> None:
    before = rows(5, 7, 7)
    done = apply(before, POPULATION, [entry()])
    assert done.frame["inhabitants"].to_list() == [5, 70, 70]
    unchanged = [name for name in before.columns if name != "inhabitants"]
    assert done.frame.select(unchanged).equals(before.select(unchanged)), "locator and raw text stay"
    trace = done.trace.select("state", "provider_value", "corrected_value", "column_name", "position").rows()
    assert trace == [("applied", "7", "70", "inhabitants", 1), ("applied", "7", "70", "inhabitants", 2)]
    assert done.trace["row_key"][0] == (
        "ags=00000001 reference_date=2023-12-31 census_base=census_2011 territory_date=2023-12-31"
    )
    assert done.trace["snapshot_id"].to_list() == before["snapshot_id"][1:].to_list()
    assert done.trace["reported_on"][0] == date(2026, 11, 1)


def test_a_row_is_left_out_with_its_record_kept() -> None:
    text = ENTRY.replace('action = "set"\nset = { inhabitants = 70 }', 'action = "drop"')
    done = apply(rows(5, 7, 7), POPULATION, [entry(text)])
    assert done.frame["inhabitants"].to_list() == [5]
    assert done.trace["provider_value"].to_list() == ["made up", "made up"], "the record as written"
    assert done.trace["corrected_value"].null_count() == 2


def test_a_value_may_be_computed_from_its_row_or_cleared() -> None:
    text = """
[[correction]]
id = "weights"
table = "territory_weight"
provider = "bbsr_weights"
where = { level = "municipality" }
expect = { rows = 3, population_weight = 0 }
action = "set"
compute = { population_weight = "area_weight / 2" }
clear = ["defect"]
reason = "Invented areas without inhabitants carry the weight of the area."
date = 2026-11-22
author = "data steward"
status = "open"
"""
    weights = good_table("territory_weight").with_columns(area_weight=pl.lit(1.0))
    done = apply(weights, CONTRACTS["territory_weight"], [entry(text)])
    assert done.trace["state"].unique().to_list() == ["applied"]
    assert done.frame["population_weight"].to_list() == [0.5] * 3
    assert done.frame["defect"].null_count() == 3
    assert done.trace.height == 6


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ((5, 70, 70), "inhabitants = 70 in 2 of 2 rows"),
        ((5, 7, 8), "inhabitants = 8 in 1 of 2 rows"),
    ],
)
def test_an_entry_whose_source_was_mended_changes_nothing_and_says_so(
    given: tuple[int, ...], found: str
) -> None:
    before = rows(*given)
    done = apply(before, POPULATION, [entry()])
    assert done.frame.equals(before)
    assert done.trace["state"].to_list() == ["expired"]
    assert done.trace["found"].to_list() == [found]
    assert done.trace["expected"].to_list() == ["2 rows, inhabitants = 7"]
    assert "remove the entry made_up from made_up.toml" in done.trace["remedy"][0]
    vanished = apply(before.head(2), POPULATION, [entry()])
    assert vanished.trace["found"].to_list() == ["1 row"]
    for trace in (done.trace, vanished.trace):
        with database({"correction": trace}) as connection:
            results = to_rows(CORRECTION_RULES, lambda sql: connection.sql(sql).pl(), tables(connection))
        failed = results.filter(~pl.col("passed"))
        assert failed["check_id"].to_list() == ["correction.source_still_says_so"]
        assert failed["severity"].to_list() == ["stop"]
        assert "made_up.toml" in failed["examples"][0]
        assert "expected=2 rows, inhabitants = 7" in failed["examples"][0]


def test_an_entry_about_an_edition_that_was_not_read_rests() -> None:
    older = rows(5, 7, 7).with_columns(reference_date=pl.lit(date(2020, 12, 31)))
    done = apply(older, POPULATION, [entry()])
    assert done.frame.equals(older)
    assert done.trace["state"].to_list() == ["not_in_origin"]
    assert untaken([entry()], []).select("state", "found").rows() == [
        ("not_in_origin", "source not read in this run")
    ]
    assert untaken([entry()], ["made_up"]).is_empty()


def test_a_null_is_no_value_to_select_by() -> None:
    blank = rows(5, 7, 7).with_columns(
        ags=pl.when(pl.col("inhabitants") == 5).then(None).otherwise("ags"),
        inhabitants=pl.lit(7, pl.Int64),
    )
    assert apply(blank, POPULATION, [entry()]).frame["inhabitants"].to_list() == [7, 70, 70]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('table = "population"', 'table = "people"', "there is no table people"),
        ("where = { ags =", "where = { agz =", "there is no column agz"),
        ('"00000002"]', "2]", "ags = 2 is no String"),
        ("rows = 2, ", "", "expect.rows is no whole number above 0"),
        ("inhabitants = 70", 'locator = "x"', "locator leads to the file and is never changed"),
        ("inhabitants = 70", "inhabitants = true", "inhabitants = True is no Int64"),
        ('action = "set"', 'action = "drop"', "action drop changes no column"),
        ("set = { inhabitants = 70 }", 'compute = { inhabitants = "x +" }', "the formula of inhabitants"),
        ("set = { inhabitants = 70 }", 'compute = { inhabitants = "2 * x" }', "names x, no column"),
        ("reported = 2026-11-01\n", "", "reported is needed unless status is open"),
        ('"data steward"', '" "', "author is empty"),
        ('author = "data steward"\n', "", "author is missing"),
        ("An invented digit was lost in an invented file, see its page 3.", "wrong", "reason is shorter"),
        ("[[correction]]", "[[corrections]]", "corrections is not known"),
        ("[[correction]]", "[[correction", "the file is not TOML"),
        ("set = { inhabitants = 70 }", "", "action set needs set, compute or clear"),
        ("set = {", 'clear = ["inhabitants"]\nset = {', "inhabitants is changed in two ways"),
        ("set = { inhabitants = 70 }", 'clear = ["ags"]', "ags may not be null"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(old: str, new: str, said: str) -> None:
    assert old in ENTRY
    found = parse(ENTRY.replace(old, new), "made_up.toml")
    assert not found.good
    assert any(said in problem.text for problem in found.problems), found.problems


def test_an_id_is_given_once() -> None:
    twice = together([parse(ENTRY, "a.toml"), parse(ENTRY, "b.toml")])
    assert len(twice.good) == 1
    assert twice.problems[0].text == "the id made_up is taken by an entry of a.toml"


def test_entries_that_ship_can_be_read_and_name_sources_there_are() -> None:
    entries = shipped()
    assert entries.good
    assert not entries.problems
    known = load_sources()
    for each in entries.good:
        assert each.table in known[each.provider].tables, each.id


def test_the_code_list_of_2020_names_a_country_that_had_left(
    raw_file: Callable[[str], Raw], shared_data: Path
) -> None:
    source = load_sources()["dac_vintages"]
    folder = "oda/dac_recipients_vintages"
    names = sorted(path.name for path in (shared_data / folder).glob("*.csv"))
    raws = [raw_file(f"{folder}/{name}") for name in names]
    table = source.read(raws, {"country": countries()}).tables["aid_recipient_vintage"]
    done = apply(
        table,
        CONTRACTS["aid_recipient_vintage"],
        shipped().of("dac_vintages", "aid_recipient_vintage"),
    )
    assert done.trace["state"].unique().to_list() == ["applied"]
    left = done.frame.filter(pl.col("name") == "Cook Islands")["vintage_date"]
    assert left.max() == date(2019, 7, 25)
