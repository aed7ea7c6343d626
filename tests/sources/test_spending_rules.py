"""Our own spending rules: the shipped file, and a museum of rules that must not be applied."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts.spending_rule import CONTRACT
from sources.source import Raw, Reading, SourceChanged
from sources.spending_rules import SOURCE, WRITTEN

HEAD = ";".join(WRITTEN)
GOOD = (
    "town.twins;09188121;international_partnership;false;2015;2018;;expenditure;0+;;;^Städtepartner;1;A;;"
    "Made up for a test;Tester;2026-11-22"
)


def shipped() -> Reading:
    content = files("sources").joinpath("embedded", "spending_rules.csv").read_bytes()
    snapshot = hashlib.sha256(content).hexdigest()
    return SOURCE.read([Raw(name="spending_rules.csv", content=content, snapshot_id=snapshot)], {})


def written(*lines: str) -> Reading:
    content = "\n".join([HEAD, *lines]).encode()
    snapshot = hashlib.sha256(content).hexdigest()
    return SOURCE.read([Raw(name="synthetic.csv", content=content, snapshot_id=snapshot)], {})


def changed(**cells: str) -> str:
    """The good rule with some cells replaced."""
    row = dict(zip(WRITTEN, GOOD.split(";"), strict=True)) | cells
    return ";".join(row[name] for name in WRITTEN)


def test_every_shipped_rule_is_accepted_and_keeps_the_contract() -> None:
    reading = shipped()
    assert reading.rejected.is_empty()
    outcome = enforce(reading.tables["spending_rule"], CONTRACT, source_id="spending_rules")
    assert outcome.rejected.is_empty()
    assert outcome.good.height == reading.tables["spending_rule"].height > 60


def test_all_eight_cities_have_rules_and_each_rule_argues_its_case() -> None:
    rules = shipped().tables["spending_rule"]
    cities = {"09188121", "09178143", "04011000", "11000000", "05314000", "08311000", "05170048", "05515000"}
    assert set(rules["ags"]) == cities
    assert rules["evidence"].str.len_chars().min() > 50
    assert rules.filter(pl.col("reviewer").is_null() | pl.col("decided_on").is_null()).is_empty()
    assert rules.filter(pl.col("year_from").is_null() | pl.col("year_to").is_null()).is_empty()


def test_zero_for_development_is_confirmed_for_wesel_only() -> None:
    confirmed = shipped().tables["spending_rule"].filter("confirmed_none")
    development = confirmed.filter(pl.col("tag").str.starts_with("development"))
    assert set(development["ags"]) == {"05170048"}
    assert confirmed["share"].to_list() == [0.0] * confirmed.height


def test_a_rule_keeps_place_and_wording() -> None:
    reading = written(GOOD)
    row = reading.tables["spending_rule"].row(0, named=True)
    assert row["locator"] == "line 2"
    assert row["raw_text"] == GOOD
    assert row["confirmed_none"] is False
    assert row["organisation_pattern"] is None


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (changed(function_pattern="", text_pattern=""), "pattern_given"),
        (changed(text_pattern="(unclosed"), "text_pattern_compiles"),
        (changed(function_pattern="[0-"), "function_pattern_compiles"),
        (changed(year_from="2019"), "years_in_order"),
        (changed(confirmed_none="true"), "confirmed_none_alone"),
        (
            changed(confirmed_none="true", function_pattern="", text_pattern="", direction=""),
            "confirmed_none_alone",
        ),
        (changed(reason="because"), "reason_known"),
        (changed(obs_status="D"), "flag_explained"),
        (changed(reason="definition_differs"), "flag_explained"),
        (changed(share="half"), "share_readable"),
        (changed(share=""), "share_readable"),
        (changed(confirmed_none="ja"), "confirmed_none_readable"),
        (changed(year_to="18"), "year_to_readable"),
        (changed(decided_on="22.11.2026"), "decided_on_readable"),
        (GOOD + ";one cell too many", "cell_count"),
    ],
)
def test_museum_of_rules_that_wait(line: str, rule: str) -> None:
    reading = written(line, changed(rule_id="town.other"))
    assert rule in set(reading.rejected["rule"])
    assert set(reading.rejected["locator"]) == {"line 2"}
    assert reading.tables["spending_rule"]["rule_id"].to_list() == ["town.other"]


def test_share_outside_0_and_1_and_unknown_tags_stop_at_the_contract() -> None:
    reading = written(changed(share="1.5"), changed(rule_id="town.b", tag="charity"))
    outcome = enforce(reading.tables["spending_rule"], CONTRACT, source_id="spending_rules")
    assert set(outcome.rejected["rule"]) == {"share_maximum", "tag_allowed"}


def test_another_header_is_refused_as_a_whole() -> None:
    raw = Raw(name="synthetic.csv", content=b"rule_id;ags\na;b\n", snapshot_id="0" * 64)
    with pytest.raises(SourceChanged, match="expected the columns"):
        SOURCE.read([raw], {})
