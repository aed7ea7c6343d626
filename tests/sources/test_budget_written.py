"""Single budget figures: they keep their contract and stand in the municipalities' own files."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from indicators.tagging import tag_lines
from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources import budgets, spending_rules
from sources.budget_written import COLUMNS, SOURCE, read
from sources.source import Raw, Reading, SourceChanged

EMBEDDED = Path(__file__).resolve().parents[2] / "sources" / "embedded" / "budget_written.csv"
Synthetic = Callable[[str, bytes], Raw]
SAME = (
    "ags",
    "year",
    "phase",
    "accounting",
    "direction",
    "budget_part",
    "function_code",
    "function_name",
    "organisation_code",
    "organisation_name",
    "account_code",
    "account_name",
    "line_text",
    "amount_cents",
)


def _raw(path: Path, name: str) -> Raw:
    content = path.read_bytes()
    return Raw(name=name, content=content, snapshot_id=hashlib.sha256(content).hexdigest())


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read([_raw(EMBEDDED, EMBEDDED.name)], {})


@pytest.fixture(scope="module")
def lines(reading: Reading) -> pl.DataFrame:
    return reading.tables["budget_line"]


@pytest.fixture(scope="module")
def places() -> pl.DataFrame:
    text = [line for line in EMBEDDED.read_text("utf-8").splitlines() if not line.startswith("#")]
    return pl.DataFrame([row["place"] for row in csv.DictReader(text, delimiter=";")], schema=["place"])


@pytest.fixture(scope="module")
def whole(shared_data: Path) -> pl.DataFrame:
    """Every line of the seven budgets as the full importer reads them."""
    frames = []
    for source in budgets.SOURCES:
        files = sorted({file for pattern in source.archive for file in shared_data.glob(pattern)})
        raws = [_raw(file, str(file.relative_to(shared_data))) for file in files]
        frames.append(source.read(raws, {}).tables["budget_line"])
    return pl.concat(frames)


def test_keeps_the_contract(reading: Reading, lines: pl.DataFrame) -> None:
    outcome = enforce(lines, CONTRACTS["budget_line"], source_id=SOURCE.id)
    assert reading.rejected.is_empty()
    assert outcome.rejected.is_empty()
    assert outcome.good.height == lines.height > 50


def test_every_key_says_that_it_is_no_whole_budget(lines: pl.DataFrame) -> None:
    assert lines["budget_line_id"].str.starts_with("budget_written:").all()
    assert lines["budget_line_id"].is_unique().all()


KNOWN = {
    ("09188121", 2015, "actual", "Städtepartnerschaften u.ä."): 1_918_224,
    ("09188121", 2018, "plan", "Fair-Trade-Gemeinde"): 1_000_000,
    ("11000000", 2015, "plan", "Zuschüsse an Einrichtungen der internationalen Kooperation"): 155_000_000,
    ("11000000", 2015, "actual", "Zuschüsse an Einrichtungen der internationalen Kooperation"): 160_268_018,
    ("04011000", 2016, "plan", "Projekt Umweltschutz Windhoek/Namibia (EZ)"): 2_650_000,
    ("09178143", 2024, "actual", "Partnerschaft u. Patensch."): 2_865_089,
}


def test_known_figures(lines: pl.DataFrame) -> None:
    spent = lines.filter(pl.col("direction") == "expenditure")
    found = {
        row[:4]: row[4] for row in spent.select("ags", "year", "phase", "line_text", "amount_cents").rows()
    }
    assert {key: found.get(key) for key in KNOWN} == KNOWN


def test_bremen_has_only_plan_figures(lines: pl.DataFrame) -> None:
    assert set(lines.filter(pl.col("ags") == "04011000")["phase"]) == {"plan"}


def test_each_figure_stands_at_its_place(
    lines: pl.DataFrame, places: pl.DataFrame, whole: pl.DataFrame
) -> None:
    written = pl.concat([lines.select(SAME), places], how="horizontal")
    single = written.filter(~pl.col("place").str.starts_with("sum of"))
    missing = single.join(
        whole.select(*SAME, place="locator"), on=[*SAME, "place"], how="anti", nulls_equal=True
    )
    assert missing.is_empty(), missing.to_dicts()


def test_sums_are_the_sums_of_the_bookings(
    lines: pl.DataFrame, places: pl.DataFrame, whole: pl.DataFrame
) -> None:
    written = pl.concat([lines.select(SAME), places], how="horizontal")
    sums = written.filter(pl.col("place").str.starts_with("sum of"))
    assert sums.height == 4
    for row in sums.iter_rows(named=True):
        same = [name for name in SAME[:8] if row[name] is not None]
        bookings = whole.filter(*(pl.col(name) == row[name] for name in same))
        if row["account_code"] is not None:
            bookings = bookings.filter(pl.col("account_code") == row["account_code"])
        assert bookings["amount_cents"].sum() == row["amount_cents"]
        assert f"sum of {bookings.height} booking" in row["place"]


def test_sums_by_purpose_are_those_of_the_whole_budgets(lines: pl.DataFrame, whole: pl.DataFrame) -> None:
    """Nothing that a rule attributes in a written-down year and phase was left out."""
    path = EMBEDDED.parent / "spending_rules.csv"
    rules = spending_rules.read([_raw(path, path.name)], {}).tables["spending_rule"]

    def sums(frame: pl.DataFrame) -> dict[tuple[object, ...], int]:
        tagged = tag_lines(frame, rules).filter(pl.col("tag") != "none").drop("amount_cents")
        joined = tagged.join(frame, on="budget_line_id").filter(pl.col("budget_part") != "internal")
        grouped = joined.group_by("ags", "year", "phase", "direction", "tag").agg(
            pl.col("amount_cents").sum()
        )
        return {row[:5]: row[5] for row in grouped.iter_rows() if row[5] != 0}

    periods = lines.select("ags", "year", "phase").unique()
    assert sums(lines) == sums(whole.join(periods, on=["ags", "year", "phase"], how="semi"))


HEAD = (";".join(COLUMNS) + "\n").encode()
GOOD = b"09188121;2015;actual;cameral;expenditure;current;0;;0;;;;text;1.00;budget;line 1\n"


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (
            b"09188121;zwanzig;actual;cameral;expenditure;current;0;;0;;;;text;1.00;budget;line 1",
            "year_readable",
        ),
        (
            b"09188121;2015;actual;cameral;expenditure;current;0;;0;;;;text;1,00;budget;line 1",
            "amount_euro_readable",
        ),
        (
            b"09188121;2015;actual;cameral;expenditure;current;0;;0;;;;text;;budget;line 1",
            "amount_euro_readable",
        ),
        (
            b"09188121;2015;actual;cameral;expenditure;current;0;;0;;;;text;1.005;budget;line 1",
            "amount_euro_readable",
        ),
        (b"09188121;2015;actual;cameral;expenditure;current;0;;0;;;;text;1.00;;line 1", "document_readable"),
        (b"09188121;2015;actual;cameral;expenditure;current;0;;0;;;;text;1.00;budget;", "place_readable"),
        (b"09188121;2015;actual;cameral;expenditure;current;0;;0;;;;text;1.00", "cell_count"),
    ],
)
def test_museum_of_broken_lines(synthetic_raw: Synthetic, line: bytes, rule: str) -> None:
    """Synthetic lines, each broken in one way, beside one good line that must survive."""
    result = read([synthetic_raw("budget_written.csv", HEAD + line + b"\n" + GOOD)], {})
    assert result.rejected["rule"].to_list() == [rule]
    assert result.tables["budget_line"]["amount_cents"].to_list() == [100]


def test_a_phase_nobody_declared_is_refused_by_the_contract(synthetic_raw: Synthetic) -> None:
    """Synthetic: the provider's own word instead of ours."""
    raw = synthetic_raw("budget_written.csv", HEAD + GOOD.replace(b";actual;", b";Rechnung;"))
    outcome = enforce(read([raw], {}).tables["budget_line"], CONTRACTS["budget_line"], source_id=SOURCE.id)
    assert outcome.rejected["rule"].to_list() == ["phase_allowed"]


def test_other_columns_are_refused(synthetic_raw: Synthetic) -> None:
    with pytest.raises(SourceChanged, match="expected the columns"):
        read([synthetic_raw("budget_written.csv", b"ags;year\n")], {})
