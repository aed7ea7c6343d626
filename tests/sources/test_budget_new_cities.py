"""Three cities nobody has described yet, brought in by a description file and no code.

All files are synthetic. They differ in form: tab-separated with the minus at the end, a Fiscal Data
Package, a workbook with its header in row 4 and two phases for each year. Beside them the long form
of OffenerHaushalt as documented and as its sample differs, and a museum of broken packages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts.budget_line import CONTRACT
from sources.budget_import.importer import read_budget
from sources.budget_import.parsing import DescriptionError, parse_description
from sources.budget_inspect import inspect
from sources.budgets import operator_sources
from sources.source import Raw, Reading, SourceChanged
from tests.sources.made_workbook import Cell, workbook

MakeRaw = Callable[[str, bytes], Raw]


def read(text: str, *raws: Raw) -> Reading:
    reading = read_budget(parse_description("newtown", text), raws, {})
    enforced = enforce(reading.tables["budget_line"], CONTRACT, source_id="budget_newtown")
    assert enforced.rejected.is_empty()
    return reading


def sums(reading: Reading) -> dict[tuple[int, str, str], int]:
    lines = reading.tables["budget_line"]
    grouped = lines.group_by("year", "phase", "direction").agg(pl.col("amount_cents").sum())
    return {row[:3]: row[3] for row in grouped.iter_rows()}


TABBED = (
    "Produkt\tBezeichnung\tE/A\tErgebnis 2023\tAnsatz 2024\n"
    "11.01\tGremien\tAufwand\t1.234,50-\t2.000,00-\n"
    "11.02\tPartnerstadt Nirgendwo\tAufwand\t500,25-\t0,00\n"
    "61.01\tSteuern\tErtrag\t1.734,75\t2.000,00\n"
)
TABBED_DESCRIPTION = """
ags = "01001000"
accounting = "doppik_result"
title = "Haushalt der Stadt Neustadt (erfunden)"
publisher = "Stadt Neustadt"
licence = "none"
attribution = "synthetic"

[[file]]
pattern = "budgets/newtown/haushalt.tsv"
format = "csv"
separator = "\\t"
number = "de"

[file.columns]
budget_part = { constant = "current" }
function_code = { column = "Produkt" }
line_text = { column = "Bezeichnung" }
direction = { column = "E/A", words = { Aufwand = "expenditure", Ertrag = "revenue" } }

[[file.amount]]
column = "Ergebnis 2023"
year = 2023
phase = "actual"
positive_means = "revenue"

[[file.amount]]
column = "Ansatz 2024"
year = 2024
phase = "plan"
positive_means = "revenue"
"""


def test_a_tab_separated_file_with_the_minus_at_the_end(synthetic_raw: MakeRaw) -> None:
    raw = synthetic_raw("budgets/newtown/haushalt.tsv", TABBED.encode())
    expected = {
        (2023, "actual", "expenditure"): 173_475,
        (2023, "actual", "revenue"): 173_475,
        (2024, "plan", "expenditure"): 200_000,
        (2024, "plan", "revenue"): 200_000,
    }
    assert sums(read(TABBED_DESCRIPTION, raw)) == expected
    proposal = inspect(raw, ags="01001000")
    assert (proposal.separator, proposal.number, proposal.trailing_minus) == ("\t", "de", 3)
    assert proposal.sign == "Ausgaben negativ"
    assert sums(read(proposal.toml, raw)) == expected


PLANS: list[list[Cell]] = [
    ["Stadt Neustadt (erfunden)"],
    ["Haushaltsplan"],
    [],
    [
        "Kostenstelle",
        "Produkt",
        "Bezeichnung",
        "Ansatz 2025",
        "Ergebnis 2025",
        "Ansatz 2026",
        "Ergebnis 2026",
        "Art",
    ],
    ["K1", "571", "Eine-Welt-Laden", 1200.5, 1100, 1300, None, "Aufwendung"],
    ["K1", "571", "Zuschuss des Landes", 600.25, 600.1, 650, None, "Ertrag"],
    ["K2", "572", "Märkte", 10, -2.5, 10, None, "Aufwendung"],
]
PLANS_DESCRIPTION = """
ags = "01001000"
accounting = "doppik_result"
title = "Haushalt der Stadt Neustadt (erfunden)"
publisher = "Stadt Neustadt"
licence = "none"
attribution = "synthetic"

[[file]]
pattern = "budgets/newtown/plan.xlsx"
format = "xlsx"
header_row = 4
number = "spreadsheet"
symbols = { "" = "absent" }

[file.columns]
budget_part = { constant = "current" }
function_code = { column = "Produkt" }
line_text = { column = "Bezeichnung" }
direction = { column = "Art", words = { Aufwendung = "expenditure", Ertrag = "revenue" } }

[[file.amount]]
column = "Ansatz 2025"
year = 2025
phase = "plan"

[[file.amount]]
column = "Ergebnis 2025"
year = 2025
phase = "actual"

[[file.amount]]
column = "Ansatz 2026"
year = 2026
phase = "plan"

[[file.amount]]
column = "Ergebnis 2026"
year = 2026
phase = "actual"
"""


def test_a_workbook_with_its_header_in_row_four_and_two_phases_a_year(synthetic_raw: MakeRaw) -> None:
    raw = synthetic_raw("budgets/newtown/plan.xlsx", workbook({"Plan": PLANS}))
    expected = {
        (2025, "plan", "expenditure"): 121_050,
        (2025, "plan", "revenue"): 60_025,
        (2025, "actual", "expenditure"): 109_750,
        (2025, "actual", "revenue"): 60_010,
        (2026, "plan", "expenditure"): 131_000,
        (2026, "plan", "revenue"): 65_000,
    }
    assert sums(read(PLANS_DESCRIPTION, raw)) == expected
    proposal = inspect(raw, ags="01001000")
    assert (proposal.header_row, proposal.phases, proposal.years) == (4, ("actual", "plan"), (2025, 2026))


PACKAGE: dict[str, Any] = {
    "name": "neustadt-2024",
    "resources": [
        {
            "path": "data/budget.csv",
            "encoding": "latin-1",
            "dialect": {"delimiter": ";"},
            "schema": {
                "fields": [
                    {"name": "jahr", "columnType": "date:fiscal-year"},
                    {"name": "phase", "columnType": "phase:id"},
                    {"name": "seite", "columnType": "direction"},
                    {"name": "produkt", "columnType": "functional-classification:generic:level1:code:part"},
                    {"name": "titel", "columnType": "functional-classification:generic:level1:label"},
                    {"name": "konto", "columnType": "economic-classification:generic:level1:code:part"},
                    {"name": "kontoname", "columnType": "economic-classification:generic:level1:label"},
                    {"name": "betrag", "columnType": "value", "decimalChar": ",", "groupChar": "."},
                ]
            },
        }
    ],
}
PACKAGED = (
    "jahr;phase;seite;produkt;titel;konto;kontoname;betrag\n"
    "2024-01-01;approved;expenditure;571;Fairer Handel;53;Zuschüsse;1.000,50\n"
    "2024-01-01;executed;expenditure;571;Fairer Handel;53;Zuschüsse;-0,50\n"
    "2024-01-01;executed;revenue;611;Steuern;40;Grundsteuer;7\n"
    "2024-01-01;proposed;revenue;611;Steuern;40;Grundsteuer;9\n"
)
SHORT = 'ags = "01001000"\naccounting = "doppik_result"\n[[file]]\npattern = "{}"\nform = "{}"\n'
PACKAGE_DESCRIPTION = SHORT.format("budgets/newtown/datapackage.json", "fiscal_data_package")


def packaged(synthetic_raw: MakeRaw, package: Mapping[str, Any], path: str = "data/budget.csv") -> list[Raw]:
    return [
        synthetic_raw("budgets/newtown/datapackage.json", json.dumps(package).encode()),
        synthetic_raw(f"budgets/newtown/{path}", PACKAGED.encode("latin-1")),
    ]


def test_a_fiscal_data_package_needs_five_lines(synthetic_raw: MakeRaw) -> None:
    reading = read(PACKAGE_DESCRIPTION, *packaged(synthetic_raw, PACKAGE))
    assert sums(reading) == {
        (2024, "plan", "expenditure"): 100_050,
        (2024, "actual", "expenditure"): -50,
        (2024, "actual", "revenue"): 700,
    }
    row = reading.tables["budget_line"].row(0, named=True)
    assert (row["function_code"], row["function_name"], row["account_name"]) == (
        "571",
        "Fairer Handel",
        "Zuschüsse",
    )
    assert row["line_text"] == "Zuschüsse"
    assert reading.rejected["rule"].to_list() == ["phase_not_described"]


def test_a_package_is_recognised(synthetic_raw: MakeRaw) -> None:
    raw, part = packaged(synthetic_raw, PACKAGE)
    proposal = inspect(raw, [part], ags="01001000")
    assert (proposal.form, proposal.number, proposal.encoding) == ("fiscal_data_package", "de", "latin-1")
    assert proposal.quarantined == {"phase_not_described": 1}
    assert read(proposal.toml, raw, part).tables["budget_line"].height == 3


def test_a_package_asks_for_its_csv_files() -> None:
    description = parse_description("newtown", PACKAGE_DESCRIPTION)
    assert description.patterns == ("budgets/newtown/datapackage.json", "budgets/newtown/**/*.csv")


def changed(**changes: Any) -> dict[str, Any]:
    package: dict[str, Any] = json.loads(json.dumps(PACKAGE))
    package["resources"][0].update(changes)
    return package


def without(kind: str) -> dict[str, Any]:
    fields = [field for field in PACKAGE["resources"][0]["schema"]["fields"] if field["columnType"] != kind]
    return changed(schema={"fields": fields})


PACKAGES: Mapping[str, tuple[dict[str, Any], str]] = {
    "path out of the folder": (changed(path="../../etc/passwd"), "leads out of the package"),
    "absolute path": (changed(path="/etc/passwd"), "leads out of the package"),
    "address": (changed(path="https://example.org/x.csv"), "leads out of the package"),
    "missing file": (changed(path="other.csv"), "is not there"),
    "no schema": (changed(schema=None), "has no schema"),
    "no value": (without("value"), "expected one field of columnType 'value', found 0"),
    "no phase": (without("phase:id"), "no columnType says phase"),
    "no direction": (without("direction"), "no columnType says direction"),
    "wrong encoding": (changed(encoding="utf-8"), "is not utf-8"),
    "encoding that is none": (changed(encoding="latin-0"), "is not latin-0"),
    "no resources": ({"resources": []}, "lists no resources"),
    "other money": (
        changed(schema={"fields": [{"name": "betrag", "columnType": "value", "currency": "USD"}]}),
        "is in USD",
    ),
    "strange number form": (
        changed(
            schema={
                "fields": [
                    *PACKAGE["resources"][0]["schema"]["fields"][:-1],
                    {"name": "betrag", "columnType": "value", "decimalChar": "'"},
                ]
            }
        ),
        "are unknown",
    ),
}


@pytest.mark.parametrize("exhibit", PACKAGES)
def test_a_broken_package_is_refused_with_the_cause(synthetic_raw: MakeRaw, exhibit: str) -> None:
    package, cause = PACKAGES[exhibit]
    with pytest.raises(SourceChanged, match=cause):
        read(PACKAGE_DESCRIPTION, *packaged(synthetic_raw, package))


@pytest.mark.parametrize("content", [b"", b"[]", b"<html>", b"{"])
def test_what_is_no_package_is_refused(synthetic_raw: MakeRaw, content: bytes) -> None:
    with pytest.raises(SourceChanged):
        read(PACKAGE_DESCRIPTION, synthetic_raw("budgets/newtown/datapackage.json", content))


LONG_DESCRIPTION = SHORT.format("budgets/newtown/*.csv", "offenerhaushalt")
SAMPLE = (
    "Betrag,Betrag-Typ,Jahr,Budget Richtung,Ebene 1 – Code ,Ebene 1 – Bezeichnung (Produktgruppe),"
    "Ebene 2 – Code,Ebene 2 – Bezeichnung (Produkt),Ebene 3 – Code,Ebene 3 – Bezeichnung (Kostenart) \n"
    "1000.50,Soll,2015,Ausgaben,57,Wirtschaft,5711,Fairer Handel,53,Zuschüsse\n"
    "-2.25,Ist,2015,Ausgaben,57,Wirtschaft,5711,Fairer Handel,53,Zuschüsse\n"
    "7,Ist,2015,Einnahmen,61,Steuern,6110,Steuern,40,Grundsteuer\n"
)
DOCUMENTED = (
    "Posten-ID,Produkt,Produkt-ID,Budget-Richtung,Jahr,Betrag,Betrag-Typ\n"
    "1,Fairer Handel,5711,Aufwendung,2015,1000.50,Plan\n"
    "2,Fairer Handel,5711,Aufwendung,2015,-2.25,Rechnung\n"
    "3,Steuern,6110,Ertrag,2015,7,Ergebnis\n"
)


@pytest.mark.parametrize("text", [SAMPLE, DOCUMENTED], ids=["sample", "documented"])
def test_the_long_form_is_read_in_both_its_dialects(synthetic_raw: MakeRaw, text: str) -> None:
    reading = read(LONG_DESCRIPTION, synthetic_raw("budgets/newtown/a.csv", text.encode()))
    assert sums(reading) == {
        (2015, "plan", "expenditure"): 100_050,
        (2015, "actual", "expenditure"): -225,
        (2015, "actual", "revenue"): 700,
    }
    first = reading.tables["budget_line"].row(0, named=True)
    assert (first["function_code"], first["function_name"]) == ("5711", "Fairer Handel")
    assert first["budget_line_id"] == "budget_newtown:a:2:2015:plan"


def test_two_files_of_the_long_form_keep_their_keys_apart(synthetic_raw: MakeRaw) -> None:
    raws = [synthetic_raw(f"budgets/newtown/{name}.csv", SAMPLE.encode()) for name in "ab"]
    assert read(LONG_DESCRIPTION, *raws).tables["budget_line"]["budget_line_id"].n_unique() == 6


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (SAMPLE.replace("Budget Richtung", "Seite"), "no column budget-richtung"),
        (SAMPLE.replace("1000.50", "1.000").replace("-2.25", "2.000"), "is not certain"),
        ("", "no column betrag"),
        ("<html>Fehler</html>", "no column betrag"),
    ],
)
def test_what_is_not_the_long_form_is_refused(synthetic_raw: MakeRaw, text: str, cause: str) -> None:
    with pytest.raises(SourceChanged, match=cause):
        read(LONG_DESCRIPTION, synthetic_raw("budgets/newtown/a.csv", text.encode()))


def test_a_declared_number_form_settles_the_doubt(synthetic_raw: MakeRaw) -> None:
    text = SAMPLE.replace("1000.50", "1.000").replace("-2.25", "2.000")
    reading = read(
        LONG_DESCRIPTION + 'number = "de"\n', synthetic_raw("budgets/newtown/a.csv", text.encode())
    )
    assert sums(reading)[2015, "plan", "expenditure"] == 100_000


def test_an_unknown_word_waits_in_quarantine(synthetic_raw: MakeRaw) -> None:
    text = SAMPLE.replace("7,Ist", "7,Schätzung")
    reading = read(LONG_DESCRIPTION, synthetic_raw("budgets/newtown/a.csv", text.encode()))
    assert reading.rejected["rule"].to_list() == ["phase_not_described"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LONG_DESCRIPTION.replace("01001000", "1001000"), "write the key of the municipality with 8 digits"),
        (LONG_DESCRIPTION.replace("budgets/newtown", "/etc"), "name files below the archive folder"),
        (LONG_DESCRIPTION.replace("budgets/newtown", "../newtown"), "name files below the archive folder"),
        (LONG_DESCRIPTION.replace("offenerhaushalt", "offen"), "valid are offenerhaushalt"),
        (LONG_DESCRIPTION + "[[file.amount]]\ncolumn = 'x'\n", "amount is not known here"),
        (
            LONG_DESCRIPTION + "[[file]]\npattern = 'b/*.csv'\nform = 'offenerhaushalt'\n",
            "the same short '*'",
        ),
        ('extent = "half"\n' + LONG_DESCRIPTION, "valid are whole, extract"),
    ],
)
def test_mistakes_of_an_operator_are_named(text: str, message: str) -> None:
    with pytest.raises(DescriptionError) as caught:
        parse_description("newtown", text)
    assert message in str(caught.value)


def test_a_wrong_description_of_an_operator_costs_only_itself() -> None:
    texts = {
        "newtown": LONG_DESCRIPTION,
        "wrong": "ags = 5",
        "Neu Stadt": LONG_DESCRIPTION,
        "bonn": LONG_DESCRIPTION,
    }
    found = {source.id: source for source in operator_sources(texts, ["budget_bonn"])}
    assert found["budget_newtown"].problem is None
    assert found["budget_newtown"].archive == ("budgets/newtown/*.csv",)
    assert "ags is 5" in (found["budget_wrong"].problem or "")
    assert "small letters" in (found["budget_neu_stadt"].problem or "")
    assert "ships with the program" in (found["budget_bonn_refused"].problem or "")
    with pytest.raises(SourceChanged, match="ags is 5"):
        found["budget_wrong"].read([], {})
