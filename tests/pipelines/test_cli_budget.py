"""The commands `sdg17 budget …`, and a city of an operator from description to tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from indicators.tagging import tag_lines
from pipelines.cli import main
from pipelines.cli_budget import euro
from pipelines.intake import take_in
from pipelines.operator_budgets import with_operator_sources
from pipelines.settings import Settings, load_settings
from pipelines.store import Store
from quality.contracts import CONTRACTS
from sources.budget_import.parsing import parse_description
from tests.indicators.spending_examples import lines, rules

BUDGET = (
    "Jahr;Phase;Richtung;Produkt;Bezeichnung;Betrag\n"
    "2025;Ansatz;Ausgabe;571;Eine-Welt-Laden;1.200,50\n"
    "2025;Ansatz;Einnahme;611;Steuern;1.200,50\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("SDG17_ORIGIN", "SDG17_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SDG17_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["budget", *words])


def test_inspect_prints_a_description_and_the_doubts_beside_it(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "haushalt.csv"
    file.write_bytes(BUDGET.encode("cp1252"))
    result = run("inspect", str(file), "--ags", "01001000")
    assert result.exit_code == 0
    assert 'pattern = "budgets/01001000/haushalt.csv"' in result.stdout
    parse_description("newtown", result.stdout)
    assert "Bestätigen" in result.stderr
    assert "Einnahmen 1.200,50 € = Ausgaben 1.200,50 €" in result.stderr


def test_inspect_for_programs(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "budgets" / "neustadt" / "haushalt.csv"
    file.parent.mkdir(parents=True)
    file.write_text(BUDGET, "utf-8")
    answer = json.loads(run("inspect", str(file), "--json").stdout)
    assert (answer["encoding"], answer["number"], answer["years"]) == ("utf-8", "de", [2025])
    assert answer["balances"][0]["revenue"] == 120_050
    assert answer["name"] == "budgets/neustadt/haushalt.csv"


def test_inspect_says_why_it_cannot(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "x.csv"
    page.write_text("<html>Fehler</html>", "utf-8")
    refused = run("inspect", str(page))
    assert (refused.exit_code, "is a web page" in refused.stderr) == (1, True)
    wrong = run("inspect", str(page), "--ags", "5")
    assert (wrong.exit_code, "no official key" in wrong.stderr) == (2, True)
    assert run("inspect", "missing.csv").exit_code == 2


def _keep(settings: Settings, tables: Mapping[str, pl.DataFrame]) -> None:
    store = Store(folder=settings.tables)
    for name, frame in tables.items():
        store.write("house", name, frame)


def _kept(settings: Settings) -> None:
    budget = lines(
        {"line_text": "Städtepartnerschaften", "function_code": "0"},
        {"line_text": "Schule in Durban", "year": 2016},
        {"line_text": "Stadtentwicklung"},
        {"line_text": "Eine Welt", "ags": "01001000"},
    )
    names = CONTRACTS["partnership"].empty().schema
    partner = {"ags": "09188121", "partner_name": "Durban", "partner_country": "ZAF"}
    countries = pl.DataFrame({"country": ["ZAF", "FRA"], "name_de": ["Südafrika", "Frankreich"]})
    _keep(
        settings,
        {
            "budget_line": budget,
            "line_tag": tag_lines(budget, rules({"function_pattern": "0"})),
            "partnership": pl.DataFrame([dict.fromkeys(names) | partner], schema=names),
            "country": countries,
        },
    )


def test_candidates_say_why_and_whether_a_rule_speaks_of_them(home: Path) -> None:
    _kept(load_settings())
    result = run("candidates", "09188121")
    assert result.exit_code == 0
    assert "Städtepartnerschaften" in result.stdout and "Regel r1" in result.stdout
    assert "weil: Partner Durban" in result.stdout and "keine Regel" in result.stdout
    assert "Stadtentwicklung" not in result.stdout and "Eine Welt" not in result.stdout
    assert "2 Kandidaten, davon 1 ohne Regel." in result.stderr


def test_candidates_for_programs_by_year_and_without_rule(home: Path) -> None:
    _kept(load_settings())
    found = json.loads(run("candidates", "09188121", "--uncovered", "--json").stdout)
    assert [row["line_text"] for row in found] == ["Schule in Durban"]
    assert json.loads(run("candidates", "09188121", "--year", "2015", "--json").stdout)[0]["score"] == 3


def test_candidates_without_tables_or_lines_say_what_to_do(home: Path) -> None:
    nothing = run("candidates", "09188121")
    assert (nothing.exit_code, "Start a night first" in nothing.stderr) == (1, True)
    _kept(load_settings())
    assert "No budget line of 05334002" in run("candidates", "05334002").stderr


def test_a_city_of_an_operator_needs_a_description_and_no_code(home: Path, tmp_path: Path) -> None:
    """Inspect, keep the proposal as description, and the source reads the file."""
    file = tmp_path / "archive" / "budgets" / "neustadt" / "haushalt.csv"
    file.parent.mkdir(parents=True)
    file.write_text(BUDGET, "utf-8")
    folder = home / "budget_descriptions"
    folder.mkdir(parents=True)
    (folder / "neustadt.toml").write_text(run("inspect", str(file), "--ags", "01001000").stdout, "utf-8")
    (folder / "kaputt.toml").write_text("ags = 5", "utf-8")
    settings = load_settings(origin=f"archive:{tmp_path / 'archive'}")
    sources = with_operator_sources({}, settings)
    assert list(sources) == ["budget_kaputt", "budget_neustadt"]
    taken = {
        name: take_in(
            source,
            kind="archive",
            archive=settings.archive,
            snapshots=settings.snapshots,
            now=datetime(2026, 11, 22, tzinfo=UTC),
            needs={},
        )
        for name, source in sources.items()
    }
    good = taken["budget_neustadt"].tables["budget_line"]
    assert good["amount_cents"].to_list() == [120_050, 120_050]
    assert taken["budget_kaputt"].source["state"].to_list() == ["failed"]
    assert "ags is 5" in taken["budget_kaputt"].source["problem"][0]


@pytest.mark.parametrize(
    ("cents", "text"), [(None, "unbekannt"), (0, "0,00 €"), (-123456789, "-1.234.567,89 €"), (5, "0,05 €")]
)
def test_euro_are_written_exactly(cents: int | None, text: str) -> None:
    assert euro(cents) == text
