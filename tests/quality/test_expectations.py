"""The audit by Great Expectations: good tables pass, and one broken thing fails one expectation."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from quality.contract import Column, Contract, Rule
from quality.contracts import CONTRACTS
from quality.contracts.quality_result import CONTRACT as QUALITY_RESULT
from quality.expectations import audit
from quality.status import Text
from quality.suite import ROWS_EXPECTED, suite
from tests.quality.made_up import FORMS, good_table, of_contract
from tests.quality.world import good_world

PUBLISHED = tuple(name for name, contract in CONTRACTS.items() if contract.published)


def _made_up_contract(**columns: Column) -> Contract:
    return Contract(table="made_up", description="A test's own table", key=("id",), columns=columns)


TEXT = Text(de="Es sagen.", en="Say it.")
ID = Column(dtype=pl.String, description="Key")
SMALL = Contract(
    table="made_up",
    description="A test's own table",
    key=("id", "year"),
    columns={
        "id": Column(dtype=pl.String, description="Key", pattern=r"\d{8}"),
        "year": Column(dtype=pl.Int64, description="Year", minimum=1990, maximum=2100),
        "day": Column(dtype=pl.Date, description="Day", nullable=True, minimum=date(2000, 1, 1)),
        "share": Column(dtype=pl.Float64, description="Share", nullable=True, minimum=0.0, maximum=1.0),
        "amount": Column(dtype=pl.Float64, description="Amount", nullable=True),
        "word": Column(dtype=pl.String, description="Word", nullable=True, allowed=("yes", "no")),
        "text": Column(dtype=pl.String, description="Long text nobody checks"),
        "files": Column(dtype=pl.List(pl.String), description="Files"),
    },
    rules=(Rule(name="share_needs_word", good=pl.col("share").is_null() | pl.col("word").is_not_null(), says=TEXT, remedy=TEXT),),
)  # fmt: skip
GOOD = {
    "id": "09188121", "year": 2015, "day": date(2015, 1, 1), "share": 0.5, "amount": 1.5,
    "word": "yes", "text": "anything", "files": ["a"],
}  # fmt: skip


def _audited(*rows: dict[str, object], contract: Contract = SMALL) -> dict[str, dict[str, object]]:
    frame = pl.DataFrame(rows, schema=contract.schema, orient="row")
    return {row["check_id"]: row for row in audit({"made_up": frame}, {"made_up": contract}).to_dicts()}


def _failed(results: dict[str, dict[str, object]]) -> set[str]:
    return {name.removeprefix("made_up.") for name, row in results.items() if not row["passed"]}


@pytest.fixture(scope="module")
def whole_audit() -> pl.DataFrame:
    tables = {name: good_table(name, 1 if name == "release" else 4) for name in PUBLISHED}
    return audit(tables, CONTRACTS)


def test_tables_that_keep_their_contracts_pass(whole_audit: pl.DataFrame) -> None:
    assert whole_audit.filter(~pl.col("passed")).select("check_id", "observed").rows() == []
    assert whole_audit.schema == QUALITY_RESULT.schema
    assert whole_audit["check_id"].is_unique().all()
    assert set(whole_audit["severity"]) == {"stop"} and set(whole_audit["kind"]) == {"expectation"}


def test_every_published_table_is_asked_everything_its_contract_says(whole_audit: pl.DataFrame) -> None:
    for name in PUBLISHED:
        ids = set(whole_audit.filter(pl.col("table_name") == name)["check_id"])
        contract = CONTRACTS[name]
        assert f"{name}.columns_in_order" in ids
        asked = (
            name in ROWS_EXPECTED or "rows" in contract.columns
        )  # a column of that name has the same check
        assert (f"{name}.rows_present" in ids) is asked
        assert (f"{name}.key_unique" in ids) is bool(contract.key)
        for column, declared in contract.columns.items():
            assert (f"{name}.{column}_present" in ids) is not declared.nullable
            assert (f"{name}.{column}_form" in ids) is (declared.pattern is not None)
            assert (f"{name}.{column}_allowed" in ids) is (declared.allowed is not None)


def test_no_check_of_a_column_hides_the_one_of_its_table() -> None:
    assert [name for name in ROWS_EXPECTED if "rows" in CONTRACTS[name].columns] == []


def test_consistent_world_passes_the_audit_too() -> None:
    results = audit(good_world(), CONTRACTS)
    empty = {"release.rows_present"}  # the release row is written after the audit
    assert set(results.filter(~pl.col("passed"))["check_id"]) == empty


def test_the_form_in_the_made_up_tables_is_that_of_the_contracts() -> None:
    used = {column.pattern for contract in CONTRACTS.values() for column in contract.columns.values()}
    assert used - {None} == set(FORMS)


@pytest.mark.parametrize(
    ("broken", "fails"),
    [
        ({}, set()),
        ({"share": None, "word": None, "day": None, "amount": None}, set()),
        ({"id": None}, {"id_present"}),
        ({"id": "9188121"}, {"id_form"}),
        ({"id": "09188121 "}, {"id_form"}),
        ({"id": "x09188121"}, {"id_form"}),
        ({"id": "09188121\n"}, {"id_form"}),
        ({"id": "٠٩١٨٨١٢١"}, {"id_form"}),
        ({"year": 1989}, {"year_range"}),
        ({"year": 2101}, {"year_range"}),
        ({"day": date(1999, 12, 31)}, {"day_range"}),
        ({"share": 1.01}, {"share_range"}),
        ({"share": float("nan")}, {"share_range"}),
        ({"amount": float("inf")}, {"amount_finite"}),
        ({"amount": float("-inf")}, {"amount_finite"}),
        ({"amount": float("nan")}, {"amount_finite"}),
        ({"word": "Yes"}, {"word_allowed"}),
        ({"word": ""}, {"word_allowed"}),
        ({"text": None}, {"text_present"}),
        ({"files": None}, {"files_present"}),
        ({"word": None}, {"share_needs_word"}),
        ({"id": "x", "year": 1, "share": -1.0, "text": None},
         {"id_form", "year_range", "share_range", "text_present"}),
    ],
)  # fmt: skip
def test_museum_of_broken_rows(broken: dict[str, object], fails: set[str]) -> None:
    good = [{**GOOD, "year": year} for year in (2016, 2017)]
    results = _audited(*good, {**GOOD, **broken})
    assert _failed(results) == fails
    for name in fails:
        row = results[f"made_up.{name}"]
        assert row["unexpected"] == 1 and row["remedy"]
        assert "2016" not in str(row["examples"]), "the example is the broken row"


def test_examples_are_keys_of_the_broken_rows() -> None:
    rows = [{**GOOD, "year": 2000 + number, "word": "maybe" if number % 2 else "yes"} for number in range(20)]
    row = _audited(*rows)["made_up.word_allowed"]
    assert row["examples"] == "; ".join(f"09188121 | {year}" for year in (2001, 2003, 2005, 2007, 2009))
    assert (row["checked"], row["unexpected"], row["observed"]) == (20, 10, "maybe")


def test_key_that_occurs_twice() -> None:
    row = _audited(GOOD, GOOD, {**GOOD, "year": 2016})["made_up.key_unique"]
    assert (row["passed"], row["unexpected"]) == (False, 2)
    assert row["examples"] == "09188121 | 2015; 09188121 | 2015"


def test_key_with_a_null_that_occurs_twice() -> None:
    """Lineage rows without an input have nulls in their key, and are keys all the same."""
    one = good_table("measure_input", 1).with_columns(rule_id=pl.lit(None, pl.String))
    failed = audit({"measure_input": pl.concat([one, one])}, CONTRACTS).filter(~pl.col("passed"))
    assert failed.select("check_id", "unexpected").rows() == [("measure_input.key_unique", 2)]
    assert failed["examples"][0].count("null") == 2


def test_single_key_that_occurs_twice() -> None:
    contract = _made_up_contract(id=ID)
    assert _failed(_audited({"id": "a"}, {"id": "a"}, contract=contract)) == {"key_unique"}


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"b": ["x"], "id": ["y"]}),
        pl.DataFrame({"id": ["y"]}),
        pl.DataFrame({"id": ["y"], "b": ["x"], "extra": [1]}),
    ],
    ids=["other order", "column missing", "column too many"],
)
def test_columns_are_those_of_the_contract_in_order(frame: pl.DataFrame) -> None:
    contract = _made_up_contract(id=ID, b=Column(dtype=pl.String, description="B"))
    results = audit({"made_up": frame}, {"made_up": contract})
    assert "made_up.columns_in_order" in set(results.filter(~pl.col("passed"))["check_id"])


def test_expectation_that_raises_has_failed_and_says_why() -> None:
    contract = _made_up_contract(id=ID, b=Column(dtype=pl.Int64, description="B", minimum=1))
    results = audit({"made_up": pl.DataFrame({"id": ["y"]})}, {"made_up": contract})
    row = results.filter(pl.col("check_id") == "made_up.b_range").row(0, named=True)
    assert not row["passed"] and row["severity"] == "stop"
    assert "could not be evaluated" in row["observed"] and "does not exist" in row["observed"]


@pytest.mark.parametrize("table", ["observation", "observation_plan"])
@pytest.mark.parametrize(
    ("value", "status", "fails"),
    [
        (1.0, "A", None),
        (1.0, "U", None),
        (None, "U", None),
        (None, "L", None),
        (0.0, "A", None),
        (None, "A", "null_has_missing_status"),
        (None, "E", "null_has_missing_status"),
        (1.0, "L", "value_has_no_missing_status"),
        (0.0, "Q", "value_has_no_missing_status"),
        (1.0, "O", "value_has_no_missing_status"),
        (float("nan"), "A", "value_finite"),
    ],
)
def test_value_and_status_agree(table: str, value: float | None, status: str, fails: str | None) -> None:
    frame = good_table(table, 3)
    last = pl.int_range(pl.len()) == 2
    frame = frame.with_columns(
        value=pl.when(last).then(pl.lit(value, pl.Float64)).otherwise("value"),
        obs_status=pl.when(last).then(pl.lit(status)).otherwise("obs_status"),
    )
    results = audit({table: frame}, CONTRACTS).filter(~pl.col("passed"))
    assert results["check_id"].to_list() == ([f"{table}.{fails}"] if fails else [])
    if fails:
        assert frame["ags"][2] in results["examples"][0]


def test_empty_table_passes_unless_rows_are_needed() -> None:
    empty = {name: CONTRACTS[name].empty() for name in ("partnership", "observation", "budget_line")}
    failed = audit(empty, CONTRACTS).filter(~pl.col("passed"))
    assert failed["check_id"].to_list() == ["observation.rows_present"]


def test_two_releases_in_one_file_are_refused() -> None:
    failed = audit({"release": good_table("release", 2)}, CONTRACTS).filter(~pl.col("passed"))
    assert failed["check_id"].to_list() == ["release.rows_present"]


def test_rows_without_key_are_named_by_number() -> None:
    frame = good_table("quarantine", 3).with_columns(
        reason=pl.when(pl.int_range(pl.len()) == 1).then(None).otherwise("reason")
    )
    failed = audit({"quarantine": frame}, CONTRACTS).filter(~pl.col("passed"))
    assert failed.select("check_id", "examples").rows() == [("quarantine.reason_present", "row 2")]


def test_table_without_contract_is_refused() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        audit({"nonsense": pl.DataFrame()}, CONTRACTS)


def test_table_that_is_not_published_is_not_audited() -> None:
    hidden = Contract(table="made_up", description="Hidden", key=(), published=False, columns={"id": ID})
    assert audit({"made_up": of_contract(hidden, 1)}, {"made_up": hidden}).is_empty()


def test_suites_are_data_with_unique_ids() -> None:
    for contract in CONTRACTS.values():
        rules = [one.rule for one in suite(contract)]
        assert len(rules) == len(set(rules)), contract.table
        assert all(one.remedy.en.endswith(".") and one.remedy.de.endswith(".") for one in suite(contract))


def test_importing_the_audit_does_not_import_great_expectations() -> None:
    script = "import sys, quality.expectations; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
