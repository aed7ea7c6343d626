"""Rows in quarantine: named by what they say, and explained in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

import sources
from quality.contract import QUARANTINE_SCHEMA
from quality.contracts import CONTRACTS
from quality.quarantine.rows import published, row_hash
from quality.quarantine.wording import ENDINGS, RULES, german


def made_up(**values: str | None) -> pl.DataFrame:
    plain = dict.fromkeys(QUARANTINE_SCHEMA, "made up") | values
    return pl.DataFrame([plain], schema=dict(QUARANTINE_SCHEMA))


def test_a_row_is_named_by_what_it_says() -> None:
    rows = pl.concat([made_up(raw_text="a"), made_up(raw_text="a", rule="b"), made_up(raw_text=None)])
    found = published(rows)
    assert found.schema == CONTRACTS["quarantine"].schema
    assert sorted(found["row_hash"]) == sorted([row_hash("a"), row_hash("a"), row_hash(None)])


def test_rules_that_readers_name_are_explained_in_german() -> None:
    folder = Path(sources.__file__).parent
    named = {
        rule
        for path in folder.rglob("*.py")
        for rule in re.findall(r'rule="([a-z_0-9]+)"', path.read_text("utf-8"))
    } - {"activity"}
    assert len(named) > 20
    assert {rule for rule in named if rule not in RULES and not rule.endswith(tuple(ENDINGS))} == set()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("ags_form", "ags hat nicht die vorgeschriebene Form"),
        ("direction_not_described", "die Beschreibung des Haushalts ordnet direction nicht zu"),
        ("never heard of", "die Zeile verletzt die Regel never heard of"),
    ],
)
def test_what_is_not_listed_is_understood_by_its_ending(rule: str, said: str) -> None:
    assert german(rule).reason == said
    assert german(rule).remedy.endswith(".")


def test_texts_are_whole() -> None:
    for said in (*RULES.values(), *ENDINGS.values()):
        assert said.remedy.endswith(".") and not said.reason.endswith(".")
