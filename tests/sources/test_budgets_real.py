"""The seven real budgets and two extracts: balances and totals to the cent, known lines, and the way back to the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts.budget_line import CONTRACT
from sources import load_sources
from sources.budget_import.description import Control
from sources.budgets import CONTROLS, DESCRIPTIONS, SOURCES
from sources.source import Raw, Reading

pytestmark = pytest.mark.xdist_group("budgets_real")

CITIES = {
    "budget_berlin_2015": 43_016,
    "budget_bonn": 119_000,
    "budget_bremen": 20_972,
    "budget_freiburg": 2_904,
    "budget_gilching": 9_154,
    "budget_lensahn": 221,
    "budget_moosburg": 59_330,
    "budget_muenster": 179,
    "budget_wesel": 41_797,
}
"""Rows of these unchanging files: lines times the columns of money read."""


@pytest.fixture(scope="module")
def readings(shared_data: Path, raw_file: Callable[[str], Raw]) -> dict[str, Reading]:
    def raws(patterns: tuple[str, ...]) -> list[Raw]:
        found = [path for pattern in patterns for path in sorted(shared_data.glob(pattern))]
        return [raw_file(path.relative_to(shared_data).as_posix()) for path in found]

    return {source.id: source.read(raws(source.archive), {}) for source in SOURCES}


@pytest.fixture(scope="module")
def lines(readings: dict[str, Reading]) -> pl.DataFrame:
    return pl.concat([reading.tables["budget_line"] for reading in readings.values()])


def of(lines: pl.DataFrame, city: str, **equal: object) -> pl.DataFrame:
    wanted = [pl.col(name) == value for name, value in equal.items()]
    return lines.filter(pl.col("budget_line_id").str.starts_with(f"budget_{city}:"), *wanted)


def total(frame: pl.DataFrame) -> int:
    return int(frame["amount_cents"].sum())


def test_every_description_is_a_source_found_by_itself() -> None:
    assert {source.id for source in SOURCES} == set(CITIES)
    assert set(CITIES) <= set(load_sources())
    assert all(description.note and description.controls for description in DESCRIPTIONS)


def test_every_row_keeps_the_contract_and_nothing_is_lost(readings: dict[str, Reading]) -> None:
    for source_id, reading in readings.items():
        frame = reading.tables["budget_line"]
        enforced = enforce(frame, CONTRACT, source_id=source_id)
        assert enforced.rejected.is_empty()
        assert (source_id, enforced.good.height) == (source_id, CITIES[source_id])


def test_only_declared_totals_wait_in_quarantine(readings: dict[str, Reading]) -> None:
    rejected = pl.concat([reading.rejected for reading in readings.values()])
    counted = rejected.group_by("source_id", "rule").len().sort("source_id", "rule").rows()
    assert counted == [
        ("budget_lensahn", "declared_total", 14),
        ("budget_lensahn", "no_budget_line", 2),
        ("budget_muenster", "declared_total", 8),
        ("budget_wesel", "declared_total", 1),
    ]
    assert rejected.filter(pl.col("source_id") == "budget_wesel")["locator"].to_list() == ["line 5973"]


def test_extracts_say_so_in_words_and_keys(readings: dict[str, Reading]) -> None:
    extracts = [description for description in DESCRIPTIONS if description.extent == "extract"]
    assert [description.id for description in extracts] == ["lensahn", "muenster"]
    for description in extracts:
        rows = readings[description.source_id].tables["budget_line"]
        assert "Auszug" in description.title and "Auszug, kein ganzer Haushalt" in description.note
        assert rows["budget_line_id"].str.starts_with(f"budget_extract:{description.id}:").all()


def test_muenster_counts_transfers_of_the_product_group_once(lines: pl.DataFrame) -> None:
    transfers = lines.filter(
        pl.col("ags") == "05515000",
        pl.col("function_code") == "0102",
        pl.col("year") == 2026,
        (pl.col("account_code") == "15") | pl.col("budget_line_id").str.contains("zuschuesse"),
    )
    assert total(transfers) == 11_044_000
    assert "Partnerstädten" in (transfers["line_text"][0] or "")


def test_lensahn_turns_only_the_interest(lines: pl.DataFrame) -> None:
    interest = lines.filter(pl.col("ags") == "01055027", pl.col("account_code") == "55")
    assert total(interest.filter(pl.col("year") == 2018)) == 2_114_068
    assert set(interest["direction"]) == {"expenditure"}


@pytest.mark.parametrize(
    "control", CONTROLS, ids=lambda c: f"{c.source_id}-{c.year}-{c.phase}-{c.kind}-{c.budget_part}"
)
def test_control_holds_to_the_cent(lines: pl.DataFrame, control: Control) -> None:
    counted = lines.filter(
        pl.col("ags") == control.ags, pl.col("year") == control.year, pl.col("phase") == control.phase
    )
    if control.budget_part is not None:
        counted = counted.filter(pl.col("budget_part") == control.budget_part)
    revenue = total(counted.filter(pl.col("direction") == "revenue"))
    expenditure = total(counted.filter(pl.col("direction") == "expenditure"))
    assert counted.height > 0
    if control.kind == "balance":
        assert revenue == expenditure
    elif control.kind == "net":
        assert expenditure - revenue == control.amount_cents
    else:
        assert {"revenue": revenue, "expenditure": expenditure}[
            control.direction or ""
        ] == control.amount_cents


def test_gilching_known_lines(lines: pl.DataFrame) -> None:
    twin = of(lines, "gilching", year=2015, phase="actual", line_text="Städtepartnerschaften u.ä.")
    assert total(twin) == 1_918_224
    fair = of(lines, "gilching", year=2018, phase="plan").filter(
        pl.col("line_text").str.contains("Fair-Trade")
    )
    assert total(fair) == 1_000_000
    duplicates = of(lines, "gilching").filter(pl.col("raw_text").is_duplicated())
    assert (duplicates.height, total(duplicates)) == (6, 0)


def test_gilching_internal_transfers_balance_in_the_plan(lines: pl.DataFrame) -> None:
    for year in (2016, 2018):
        internal = of(lines, "gilching", year=year, phase="plan", budget_part="internal")
        sides = internal.group_by("direction").agg(pl.col("amount_cents").sum())["amount_cents"]
        assert sides.n_unique() == 1


def test_moosburg_provisional_year_and_twinning(lines: pl.DataFrame) -> None:
    phases = of(lines, "moosburg", year=2026)["phase"].unique().sort().to_list()
    assert phases == ["actual_preliminary", "plan"]
    twin = of(lines, "moosburg", function_code="3000", account_code="6314").filter(pl.col("phase") != "plan")
    assert total(twin) == 16_135_189
    assert twin["locator"].str.contains("hhst_id 3000.6314").all()


def test_bremen_development_cooperation(lines: pl.DataFrame) -> None:
    marked = of(lines, "bremen", year=2016, function_code="023").filter(
        pl.col("line_text").str.contains(r"\(EZ\)")
    )
    by_title = dict(
        marked.filter(pl.col("amount_cents") > 0).select("account_code", "amount_cents").iter_rows()
    )
    assert by_title["68610-2"] == 23_547_000
    assert by_title["68611-0"] == 1_500_000
    assert by_title["42830-8"] == 13_055_000
    assert of(lines, "bremen")["function_code"].str.len_chars().unique().to_list() == [3]
    assert of(lines, "bremen").filter(pl.col("line_text").str.contains("Partnerschaftsprojekt")).height > 0
    assert set(of(lines, "bremen")["phase"]) == {"plan"}


def test_berlin_function_023(lines: pl.DataFrame) -> None:
    found = of(lines, "berlin_2015", function_code="023", phase="actual").sort("account_code")
    assert found.select("account_code", "amount_cents").rows() == [("53118", 390_938), ("68542", 160_268_018)]


def test_bonn_counts_credits_on_expense_accounts_as_reversals(lines: pl.DataFrame) -> None:
    centre = of(lines, "bonn", year=2016, function_code="101000102", direction="expenditure")
    current = centre.filter(pl.col("budget_part") == "current", ~pl.col("account_code").str.starts_with("58"))
    booked = total(centre.filter(pl.col("amount_cents") > 0))
    assert booked == 143_574_740
    assert total(current) == 115_878_233
    assert centre["function_name"].unique().to_list() == ["Int. Profil und Zielgruppenservice"]


def test_freiburg_expenses_are_positive(lines: pl.DataFrame) -> None:
    agenda = of(lines, "freiburg", year=2015, function_code="111409", direction="expenditure")
    assert total(agenda) == 21_494_163


def test_wesel_revenue_is_positive_and_unplanned_years_are_absent(lines: pl.DataFrame) -> None:
    wesel = of(lines, "wesel")
    assert sorted(wesel["year"].unique()) == [2015, 2016, 2017, 2018, 2019, 2020]
    assert total(wesel.filter(pl.col("direction") == "revenue", pl.col("year") == 2015)) == 20_047_970_945


def test_every_row_leads_back_to_its_line(lines: pl.DataFrame, raw_file: Callable[[str], Raw]) -> None:
    raw = raw_file("budgets/gilching/Haushalt_2015-2018a.csv")
    written = raw.content.decode("cp1252").replace("\r\n", "\n").split("\n")
    frame = of(lines, "gilching").select("locator", "raw_text", "snapshot_id")
    assert set(frame["snapshot_id"]) == {raw.snapshot_id}
    assert all(written[int(place.removeprefix("line ")) - 1] == text for place, text, _ in frame.iter_rows())
