"""Inspecting budget files: proposals agree with the confirmed descriptions; broken files are refused.

Real files are the seven described cities; everything else here is synthetic.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sources.budget_import.description import BudgetFile, Description
from sources.budget_import.importer import read_budget
from sources.budget_import.parsing import parse_description
from sources.budget_import.sniffing import guess_number, sniff_encoding, sniff_separator
from sources.budget_inspect import Proposal, inspect, reading_of
from sources.budgets import DESCRIPTIONS
from sources.source import Raw, SourceChanged

pytestmark = pytest.mark.xdist_group("budgets_real")
MakeRaw = Callable[[str, bytes], Raw]

WHOLE = [
    (description, file)
    for description in DESCRIPTIONS
    for file in description.files
    if description.extent == "whole" and file.short != "plan2018"
]
"""Every file of the seven cities; of the two large ones of Bonn in one form, one."""


def confirmed_periods(
    description: Description, file: BudgetFile, shared_data: Path, raw_file: Callable[[str], Raw]
) -> tuple[set[int], set[str]]:
    """Years and phases the confirmed description reads from this file."""
    only = replace(description, files=(file,))
    found = [path for pattern in only.patterns for path in sorted(shared_data.glob(pattern))]
    raws = [raw_file(path.relative_to(shared_data).as_posix()) for path in found]
    lines = read_budget(only, raws, {}).tables["budget_line"]
    return set(lines["year"]), set(lines["phase"])


@pytest.mark.parametrize(("description", "file"), WHOLE, ids=lambda part: getattr(part, "short", None))
def test_the_proposal_agrees_with_the_confirmed_description(
    description: Description, file: BudgetFile, shared_data: Path, raw_file: Callable[[str], Raw]
) -> None:
    path = next(iter(sorted(shared_data.glob(file.pattern))))
    proposal = inspect(raw_file(path.relative_to(shared_data).as_posix()), ags=description.ags)
    layout = file.layout
    assert proposal.format == layout.format
    assert proposal.number == file.number
    if layout.format == "csv":
        assert (proposal.encoding, proposal.separator) == (layout.encoding, layout.separator)
    if layout.format != "json":
        assert proposal.header_row == layout.header_row
    assert set(proposal.amounts) == {amount.column for amount in file.amounts}
    years, phases = confirmed_periods(description, file, shared_data, raw_file)
    assert (set(proposal.years), set(proposal.phases)) == (years, phases)
    parse_description("proposal", proposal.toml)


def test_gilching_is_the_long_form_under_other_names(raw_file: Callable[[str], Raw]) -> None:
    proposal = inspect(raw_file("budgets/gilching/Haushalt_2015-2018a.csv"), ags="09188121")
    assert proposal.form == "offenerhaushalt"
    assert "anders benannt: Ansatz/Rechnung, Budget Richtung" in (proposal.form_remark or "")
    assert proposal.duplicates == 3
    assert {(each.year, each.phase) for each in proposal.balances if each.revenue == each.expenditure} == {
        (2015, "actual"),
        (2016, "actual"),
        (2016, "plan"),
        (2017, "plan"),
        (2018, "plan"),
    }
    assert len(proposal.toml.splitlines()) < 15


def test_wesel_shows_its_sign_its_total_and_its_empty_years(raw_file: Callable[[str], Raw]) -> None:
    proposal = inspect(raw_file("budgets/wesel/hhplan2017.csv"))
    assert proposal.sign == "Einnahmen negativ"
    assert proposal.totals == ("line 5973",)
    assert proposal.quarantined["declared_total"] == 1
    assert any("Plan 2021, Plan 2022" in doubt for doubt in proposal.doubts)


def test_the_extract_of_muenster_has_two_header_rows_and_trailing_minus(
    raw_file: Callable[[str], Raw],
) -> None:
    proposal = inspect(raw_file("budgets/muenster/band1_p026_PG0102_Teilergebnisplan_t0.csv"))
    assert proposal.trailing_minus == 28
    assert proposal.amounts[:2] == ("Ergebnis(€) 2024", "Haushaltsansatz(€) 2025")
    assert (proposal.number, proposal.phases) == ("de", ("actual", "plan"))
    assert any("Summen" in doubt for doubt in proposal.doubts)


LONG = "Jahr;Typ;Einnahme/Ausgabe;Konto;Text;Betrag\n"


def look(synthetic_raw: MakeRaw, text: str, encoding: str = "utf-8") -> Proposal:
    return inspect(synthetic_raw("budgets/x/a.csv", text.encode(encoding)), ags="01001000")


def test_a_point_in_a_german_file_is_suspicious(synthetic_raw: MakeRaw) -> None:
    rows = "".join(f"2024;Ist;Ausgabe;{place};Posten;1.0{place},50\n" for place in range(10, 60))
    proposal = look(synthetic_raw, LONG + rows + "2024;Ist;Ausgabe;99;Posten;12.5\n")
    assert proposal.number == "de"
    assert any("'12.5'" in remark for remark in proposal.suspicious)
    assert proposal.quarantined == {"amount_form": 1}


def test_thousands_without_cents_are_a_doubt(synthetic_raw: MakeRaw) -> None:
    proposal = look(
        synthetic_raw, LONG + "2024;Ist;Ausgabe;1;Posten;200.000\n2024;Ist;Einnahme;2;x;200.000\n"
    )
    assert (proposal.number, proposal.balances[0].revenue) == ("de", 20_000_000)
    assert any("assumption" in doubt for doubt in proposal.doubts)


def test_negative_expenditure_is_named_and_turned(synthetic_raw: MakeRaw) -> None:
    rows = "2024;Ist;Ausgabe;1;a;-5,00\n2024;Ist;Ausgabe;2;b;-7,00\n2024;Ist;Einnahme;3;c;12,00\n"
    proposal = look(synthetic_raw, LONG + rows)
    assert proposal.sign == "Ausgaben negativ"
    assert (proposal.balances[0].revenue, proposal.balances[0].expenditure) == (1200, 1200)


def test_a_mark_at_the_beginning_and_windows_letters_are_seen(synthetic_raw: MakeRaw) -> None:
    text = LONG + "2024;Ist;Ausgabe;1;Büro – 410 €;5,00\n"
    marked = inspect(synthetic_raw("budgets/x/a.csv", b"\xef\xbb\xbf" + text.encode()), ags="01001000")
    assert (marked.encoding, marked.byte_order_mark, marked.header[0]) == ("utf-8", True, "Jahr")
    assert look(synthetic_raw, text, "cp1252").encoding == "cp1252"
    assert sniff_encoding("Büro".encode("latin-1")) == ("latin-1", False)


def test_the_proposal_reads_the_file(synthetic_raw: MakeRaw) -> None:
    raw = synthetic_raw("budgets/x/a.csv", (LONG + "2024;Ist;Ausgabe;1;Weltladen;5,00\n").encode())
    lines = reading_of(inspect(raw, ags="01001000"), raw).tables["budget_line"]
    assert lines.select("year", "phase", "direction", "line_text", "amount_cents").rows() == [
        (2024, "actual", "expenditure", "Weltladen", 500)
    ]


def test_a_missing_key_is_asked_for(synthetic_raw: MakeRaw) -> None:
    proposal = inspect(synthetic_raw("budgets/x/a.csv", (LONG + "2024;Ist;Ausgabe;1;x;5,00\n").encode()))
    assert any("ags" in doubt for doubt in proposal.doubts)


def test_a_relative_of_the_long_form_says_what_is_missing(synthetic_raw: MakeRaw) -> None:
    text = "Betrag,Betrag-Typ,Jahr,Konto\n1.50,Soll,2024,5\n"
    remark = inspect(synthetic_raw("budgets/x/a.csv", text.encode())).form_remark
    assert remark == "verwandt mit der Langform von OffenerHaushalt, es fehlt: budget-richtung"


def test_json_that_is_a_plain_list(synthetic_raw: MakeRaw) -> None:
    content = (
        b'[{"jahr":2024,"ea":"A","text":"x","ansatz":5.5},{"jahr":2024,"ea":"E","text":"y","ansatz":5.5}]'
    )
    proposal = inspect(synthetic_raw("budgets/x/a.json", content), ags="01001000")
    assert (proposal.format, proposal.balances[0].revenue, proposal.balances[0].expenditure) == (
        "json",
        550,
        550,
    )


@pytest.mark.parametrize(
    ("texts", "form", "certain"),
    [
        (["1.234,50", "7"], "de", True),
        (["6.018.230-", "189.130,39"], "de", True),
        (["200.000", "5"], "de", False),
        (["1234,5", "7"], "comma", True),
        (["1234.5", "7"], "point", True),
        (["1,234.50"], "english", True),
        (["1 234,50"], "space", True),
        (["12", "7"], "point", False),
        ([], "point", False),
    ],
)
def test_number_forms_are_told_apart(texts: list[str], form: str, certain: bool) -> None:
    guess = guess_number(texts)
    assert (guess.form, guess.certain) == (form, certain)


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_delimiters_are_told_apart(sign: str) -> None:
    rows = [
        sign.join(("Jahr", "Text", "Betrag")),
        sign.join(("2024", '"a;b,c"', "5")),
        sign.join(("2024", "x", "6")),
    ]
    assert sniff_separator("\n".join(rows)) == sign


def _bomb() -> bytes:
    """A workbook that says of one part that it unpacks to two gigabytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 1000)
    content = bytearray(stream.getvalue())
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = (2_000_000_000).to_bytes(4, "little")
    return bytes(content)


MUSEUM = {
    "empty": (b"", "is empty"),
    "blank": (b" \n \n", "is empty"),
    "web page with status 200": (b"<!DOCTYPE html><title>Fehler</title>", "web page"),
    "xml with an entity": (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x/>',
        "XML",
    ),
    "old xls": (b"\xd0\xcf\x11\xe0\x00\x00\x00", "neither text nor XLSX"),
    "cut workbook": (b"PK\x03\x04 and then nothing", "not a complete XLSX workbook"),
    "workbook bomb": (_bomb(), "unpacks to more than"),
    "no table": (b"just a sentence\nand another\n", "is no table"),
    "broken json": (b'{"facts": [', "is not JSON"),
    "json without records": (b'{"facts": 5}', "no list of records"),
}


@pytest.mark.parametrize("exhibit", MUSEUM)
def test_what_is_no_budget_file_is_refused_with_the_cause(synthetic_raw: MakeRaw, exhibit: str) -> None:
    content, cause = MUSEUM[exhibit]
    with pytest.raises(SourceChanged, match=cause):
        inspect(synthetic_raw("budgets/x/a.csv", content))


def test_a_cut_gzip_is_refused(synthetic_raw: MakeRaw) -> None:
    content = gzip.compress(LONG.encode() * 100)[:-20]
    with pytest.raises(SourceChanged, match="not a complete gzip"):
        inspect(synthetic_raw("budgets/x/a.csv.gz", content))


def test_keys_a_spreadsheet_spoiled_are_suspicious(synthetic_raw: MakeRaw) -> None:
    proposal = look(
        synthetic_raw, LONG + "2024;Ist;Ausgabe;1,2E+07;x;5,00\n2024;Ist;Ausgabe;01. Mrz;y;5,00\n"
    )
    assert any("Tabellenkalkulation" in remark for remark in proposal.suspicious)


def test_rows_of_another_width_are_suspicious(synthetic_raw: MakeRaw) -> None:
    proposal = look(synthetic_raw, LONG + "2024;Ist;Ausgabe;1;x;5,00\n2024;Ist;Ausgabe;1;x;y;5,00\n")
    assert any("falscher Feldzahl: line 3" in remark for remark in proposal.suspicious)
