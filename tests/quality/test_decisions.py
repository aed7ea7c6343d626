"""Decisions about rows in quarantine, on made-up lists; every row in here is invented."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from quality.decisions import shipped
from quality.decisions.applying import let_pass, unread
from quality.decisions.entry import Decision, Decisions, together
from quality.decisions.following import REASON, followed
from quality.decisions.parsing import parse
from quality.quarantine.history import Explained, counted
from quality.quarantine.rows import published, row_hash
from quality.reasons import REASONS
from sources.rejection import reject
from tests.quality.made_up import good_table

FACT = CONTRACTS["engagement"]
SET = {
    "engagement_id": "decided", "ags": "05358008", "kind": "fairtrade_town", "value": 1.0, "unit": "0/1",
    "attested_on": date(2025, 1, 1), "document": "a list",
}  # fmt: skip


def waiting(raw_text: str = "Altdorf;2020", rule: str = "ambiguous_unit") -> pl.DataFrame:
    record = pl.DataFrame({"snapshot_id": ["b" * 64], "locator": ["line 3"], "raw_text": [raw_text]})
    return reject(record, source_id="a_list", table="engagement", rule=rule, reason="several", remedy="Ask.")


def decision(**changed: Any) -> Decision:
    plain: dict[str, Any] = {
        "id": "altdorf", "file": "decisions/test.toml", "source": "a_list", "table": "engagement",
        "row_hash": row_hash("Altdorf;2020"), "locator": "line 3", "rules": ("ambiguous_unit",),
        "action": "release", "reason": "The town hall said on the telephone which Altdorf it is.",
        "date": date(2026, 11, 22), "author": "a test", "values": SET,
    }  # fmt: skip
    return Decision(**(plain | changed))


def passed(*decisions: Decision, rows: pl.DataFrame | None = None, frame: pl.DataFrame | None = None) -> Any:
    return let_pass(
        FACT.empty(),
        waiting() if rows is None else rows,
        FACT.empty() if frame is None else frame,
        FACT,
        Decisions(good=decisions),
        source_id="a_list",
    )


def test_a_record_without_a_row_is_built_from_its_decision_and_leads_to_its_file() -> None:
    found = passed(decision())
    row = found.good.row(0, named=True)
    assert (row["ags"], row["source_id"], row["snapshot_id"]) == ("05358008", "a_list", "b" * 64)
    assert (row["locator"], row["raw_text"], row["note"]) == ("line 3", "Altdorf;2020", "decision altdorf")
    assert found.waiting.is_empty()
    assert found.trace["state"].to_list() == ["applied"]


def test_a_row_its_contract_refused_is_completed_and_held_to_the_contract_again() -> None:
    broken = good_table("engagement", 1).with_columns(ags=pl.lit("5358008"), note=pl.lit(None, pl.String))
    outcome = enforce(broken, FACT, source_id="a_list")
    assert outcome.rejected["rule"].to_list() == ["ags_form"]
    text = outcome.rejected["raw_text"][0]
    mended = decision(rules=("ags_form",), row_hash=row_hash(text), values={"ags": "05358008"})
    found = passed(mended, rows=outcome.rejected, frame=broken)
    assert found.good.drop("ags", "note").equals(broken.drop("ags", "note")), "the rest is as delivered"
    assert found.good["ags"].to_list() == ["05358008"]
    assert found.trace["best_status"].to_list() == ["U"], "a person overruled a contract"


@pytest.mark.parametrize(
    ("changed", "state", "said"),
    [
        ({"values": {**SET, "ags": "5358008"}}, "refused", "ags_form"),
        ({"values": {"ags": "05358008"}}, "refused", "engagement_id_present"),
        ({"rules": ("no_date",)}, "refused", "also breaks ambiguous_unit"),
        ({"row_hash": row_hash("Altdorf;2021")}, "gone", "line 3"),
    ],
)
def test_what_cannot_be_released_stays_and_says_why(changed: dict[str, Any], state: str, said: str) -> None:
    found = passed(decision(**changed))
    assert found.trace["state"].to_list() == [state]
    assert said in found.trace["found"][0]
    assert found.trace["remedy"][0].endswith(".")
    assert found.good.is_empty() and found.waiting.height == 1


def test_a_rejected_row_stays_and_names_its_decision() -> None:
    found = passed(decision(action="reject", values={}))
    assert found.good.is_empty()
    assert published(found.waiting)["decision_id"].to_list() == ["altdorf"]


def test_status_and_note_follow_into_every_figure() -> None:
    inputs = good_table("measure_input", 2).with_columns(
        obs_status=pl.Series(["A", "A"]), snapshot_id=pl.Series(["b" * 64, "c" * 64]), locator=pl.lit("line 3"),
        reason=pl.lit(None, pl.String), note=pl.lit(None, pl.String),
    )  # fmt: skip
    found = followed(inputs, passed(decision()).trace)
    assert found["obs_status"].to_list() == ["E", "A"]
    assert found["reason"].to_list() == [REASON, None] and REASON in REASONS
    assert found["note"].to_list() == ["decision altdorf", None]
    worse = followed(inputs.with_columns(obs_status=pl.lit("U")), passed(decision()).trace)
    assert worse["obs_status"].to_list() == ["U", "U"], "no better than it was"


ENTRY = """
[[decision]]
id = "altdorf"
source = "a_list"
table = "engagement"
row = "ROW"
locator = "line 3"
rules = ["ambiguous_unit"]
action = "release"
reason = "The town hall said on the telephone which Altdorf it is."
date = 2026-11-22
author = "a test"
set = { ags = "05358008" }
""".replace("ROW", "a" * 64)


def test_an_entry_is_read() -> None:
    (found,) = parse(ENTRY, "test.toml").good
    assert (found.rules, found.values) == (("ambiguous_unit",), {"ags": "05358008"})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"release"', '"accept"', "action is none of release, reject"),
        ('"release"', '"reject"', "action reject changes no column"),
        ('row = "a', 'row = "x', "row is no fingerprint"),
        ("The town hall said on the telephone which Altdorf it is.", "because", "reason is shorter"),
        ('set = { ags = "05358008" }', "set = { ags = 5358008 }", "ags = 5358008 is no String"),
        ('set = { ags = "05358008" }', 'set = { raw_text = "x" }', "never changed"),
        ('author = "a test"', "", "author is missing"),
        ('["ambiguous_unit"]', '"ambiguous_unit"', "rules is no list"),
        ('"engagement"', '"self_report_sealed"', "there is no table"),
        ("[[decision]]", "[decision", "not TOML"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(old: str, new: str, said: str) -> None:
    assert old in ENTRY
    found = parse(ENTRY.replace(old, new), "test.toml")
    assert not found.good
    assert said in found.problems[0].text


def test_a_row_is_decided_once() -> None:
    twice = together([parse(ENTRY, "a.toml"), parse(ENTRY.replace('"altdorf"', '"again"'), "b.toml")])
    assert [each.id for each in twice.good] == ["altdorf"]
    assert "already decided by altdorf" in twice.problems[0].text
    states = unread(twice, [])["state"].to_list()
    assert states == ["not_in_origin", "invalid"]


def test_entries_that_ship_can_be_read() -> None:
    assert shipped().problems == ()


def quarantine(*texts: str, file: str = "b" * 64) -> pl.DataFrame:
    rows = pl.concat([waiting(text) for text in texts]) if texts else waiting().clear()
    return published(rows.with_columns(snapshot_id=pl.lit(file)))


def counts(before: pl.DataFrame, now: pl.DataFrame, **why: Any) -> dict[str, int]:
    plain: dict[str, Any] = {
        "decision": CONTRACTS["decision"].empty(),
        "correction": CONTRACTS["correction"].empty(),
        "files": pl.Series(["b" * 64]),
        "accepted": pl.DataFrame(schema=dict.fromkeys(("table_name", "snapshot_id", "locator"), pl.String)),
    }
    found = counted(before, now, Explained(**(plain | why)), "r2")
    return {name: sum(found[name]) for name in found.columns[4:] if sum(found[name])}


def test_nothing_leaves_silently() -> None:
    before = quarantine("a", "b")
    assert counts(before, quarantine("a", "b")) == {"rows": 2}
    assert counts(before, quarantine("a", "c")) == {"rows": 2, "came": 1, "gone_unexplained": 1}
    other = {"files": pl.Series(["c" * 64])}
    assert counts(before, quarantine("a"), **other) == {"rows": 1, "gone_file_gone": 1}
    placed = {
        "accepted": pl.DataFrame(
            {"table_name": ["engagement"], "snapshot_id": ["b" * 64], "locator": ["line 3"]}
        )
    }
    assert counts(before, quarantine("a"), **placed) == {"rows": 1, "gone_accepted": 1}
    decided = {"decision": passed(decision(row_hash=row_hash("b"))).trace}
    assert counts(before, quarantine("a"), **decided) == {"rows": 1, "gone_decided": 1}
