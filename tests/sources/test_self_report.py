"""Return forms: every kind of bad row, hostile files, versions. All files are made up here."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.self_report import read
from sources.self_report_check import check
from sources.self_report_file import CELL_LIMIT, FILE_LIMIT
from sources.self_report_form import COLUMNS, ITEMS, empty_form
from sources.self_report_outcome import Checked
from sources.source import Raw

AGS = "05334002"
RECEIVED = date(2026, 11, 22)
HEAD = ";".join(COLUMNS)
GOOD = {
    "ags": AGS,
    "jahr": "2024",
    "merkmal": "ausgaben_fair",
    "wert": "1.250,50",
    "einheit": "EUR",
    "status": "gemeldet",
    "phase": "ist",
    "brutto_netto": "brutto",
    "beleg_url": "",
    "gemeldet_am": "01.03.2025",
    "melder_stelle": "Fachbereich Bürger",
}
PLAIN = {"phase": "", "brutto_netto": ""}
STAFF = GOOD | PLAIN | {"merkmal": "personal_kepol", "einheit": "VZÄ"}
AWARDS = GOOD | PLAIN | {"merkmal": "auszeichnungen", "einheit": "Anzahl", "wert": "2"}
CONCEPT = GOOD | PLAIN | {"merkmal": "ep_konzept", "einheit": "0/1", "wert": "1"}
PROGRAMME = CONCEPT | {"merkmal": "programm_eine_welt", "beleg_url": "https://example.org/beschluss"}


def csv_of(*rows: Mapping[str, str], head: str = HEAD) -> bytes:
    return "\r\n".join([head, *(";".join(row[name] for name in COLUMNS) for row in rows)]).encode()


def checked(*rows: Mapping[str, str]) -> Checked:
    return check("meldung.csv", csv_of(*rows), ags=AGS, received=RECEIVED)


def refusal(content: bytes, name: str = "meldung.csv") -> str:
    found = check(name, content, ags=AGS, received=RECEIVED)
    assert found.refused
    assert [finding.row for finding in found.findings] == [None]
    assert all(finding.remedy for finding in found.findings)
    return found.findings[0].problem


def workbook(
    rows: Sequence[Sequence[str]], extra: Mapping[str, bytes] | None = None, sheet: str = ""
) -> bytes:
    """A small XLSX; cells that start with # are numbers, all others texts."""

    def cell(text: str) -> str:
        if text.startswith("#"):
            return f"<c><v>{text[1:]}</v></c>"
        return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'

    body = sheet or "".join(f"<row>{''.join(cell(text) for text in row)}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Meldung" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return stream.getvalue()


def cells_of(row: Mapping[str, str]) -> list[str]:
    return [row[name] for name in COLUMNS]


def test_a_good_row() -> None:
    found = checked(GOOD)
    assert found.findings == ()
    report = found.reports[0]
    assert (report.item.item, report.value, report.quantity) == ("fair_trade_spending", 1250.5, 125050)
    assert (report.phase, report.gross_net, report.obs_status) == ("actual", "gross", "A")
    assert (report.reported_on, report.office, report.row) == (date(2025, 3, 1), "Fachbereich Bürger", 2)


def test_the_form_covers_every_indicator_of_type_c() -> None:
    assert {item.indicator for item in ITEMS} == {1, *range(5, 12), 18, 19, *range(27, 36)}


def test_the_empty_form_answers_nothing() -> None:
    found = check("f.csv", empty_form(AGS, 2024), ags=AGS, received=RECEIVED)
    assert found.refused
    assert found.untouched == len(ITEMS)
    assert "nicht ausgefüllt" in found.findings[0].problem


@pytest.mark.parametrize(
    ("status", "value", "expected"),
    [
        ("bestaetigt_null", "", (0.0, "A")),
        ("bestätigt_null", "0", (0.0, "A")),
        ("nicht_zutreffend", "", (None, "M")),
        ("keine_angabe", "", (None, "O")),
    ],
)
def test_statuses(status: str, value: str, expected: tuple[float | None, str]) -> None:
    report = checked(GOOD | {"status": status, "wert": value}).reports[0]
    assert (report.value, report.obs_status) == expected


@pytest.mark.parametrize(
    ("row", "field", "problem"),
    [
        (GOOD | {"ags": ""}, "ags", "fehlt"),
        (GOOD | {"ags": "5334002"}, "ags", "führende Null"),
        (GOOD | {"ags": "5,334E+06"}, "ags", "in eine Zahl umgewandelt"),
        (GOOD | {"ags": "0533-4002"}, "ags", "kein amtlicher Schlüssel"),
        (GOOD | {"ags": "2002-04-05"}, "ags", "in ein Datum umgewandelt"),
        (GOOD | {"jahr": ""}, "jahr", "fehlt"),
        (GOOD | {"jahr": "01.01.2024"}, "jahr", "keine Jahreszahl"),
        (GOOD | {"jahr": "2026"}, "jahr", "noch nicht zu Ende"),
        (GOOD | {"jahr": "2062"}, "jahr", "kann nichts gemeldet werden"),
        (GOOD | {"jahr": "２０２４"}, "jahr", "keine Jahreszahl"),
        (GOOD | {"merkmal": "ausgaben_fayr"}, "merkmal", "gibt es im Formular nicht"),
        (GOOD | {"wert": ""}, "wert", "fehlt der Wert"),
        (GOOD | {"wert": "12.5"}, "wert", "Dezimaltrenner"),
        (GOOD | {"wert": "1,2E+06"}, "wert", "verkürzt"),
        (GOOD | {"wert": "=1+1"}, "wert", "Formel"),
        (GOOD | {"wert": "-5"}, "wert", "negativ"),
        (GOOD | {"wert": "etwa 5"}, "wert", "keine Zahl"),
        (GOOD | {"wert": "NaN"}, "wert", "keine Zahl"),
        (GOOD | {"wert": "1,255"}, "wert", "2 Nachkommastellen"),
        (GOOD | {"wert": "99999999999"}, "wert", "nicht zwischen"),
        (CONCEPT | {"wert": "2"}, "wert", "nicht zwischen 0 und 1"),
        (AWARDS | {"wert": "1,5"}, "wert", "nur ganze Zahlen"),
        (GOOD | {"einheit": "TEUR"}, "einheit", "EUR"),
        (GOOD | {"status": ""}, "status", "fehlt"),
        (GOOD | {"status": "geschätzt"}, "status", "nicht vorgesehen"),
        (GOOD | {"status": "keine_angabe"}, "wert", "gehört kein Wert"),
        (GOOD | {"phase": ""}, "phase", "plan oder ist"),
        (CONCEPT | {"phase": "plan"}, "phase", "keine Phase"),
        (GOOD | {"brutto_netto": "netto"}, "brutto_netto", "brutto"),
        (CONCEPT | {"brutto_netto": "brutto"}, "brutto_netto", "kein Betrag"),
        (GOOD | {"beleg_url": "javascript:alert(1)"}, "beleg_url", "keine Internetadresse"),
        (GOOD | {"beleg_url": "https://a@b.example/x"}, "beleg_url", "keine Internetadresse"),
        (PROGRAMME | {"beleg_url": ""}, "beleg_url", "gehört ein Beleg"),
        (GOOD | {"gemeldet_am": ""}, "gemeldet_am", "fehlt"),
        (GOOD | {"gemeldet_am": "31.02.2025"}, "gemeldet_am", "kein Datum"),
        (GOOD | {"gemeldet_am": "01.03.2027"}, "gemeldet_am", "nach dem Eingang"),
        (GOOD | {"melder_stelle": ""}, "melder_stelle", "fehlt"),
        (GOOD | {"melder_stelle": "=HYPERLINK(1)"}, "melder_stelle", "Formel"),
        (GOOD | {"melder_stelle": "amt@stadt.example"}, "melder_stelle", "E-Mail"),
        (GOOD | {"melder_stelle": "x" * (CELL_LIMIT + 1)}, "melder_stelle", "länger als"),
        (GOOD | {"melder_stelle": "Amt;zu;viel"}, "Zeile", "mehr Zellen"),
    ],
)
def test_each_kind_of_bad_row_is_answered(row: Mapping[str, str], field: str, problem: str) -> None:
    found = checked(AWARDS, row)
    assert [report.item.merkmal for report in found.reports] == ["auszeichnungen"], "the good row is taken"
    told = [finding for finding in found.findings if finding.field == field and problem in finding.problem]
    assert told, found.findings
    assert told[0].row == 3
    assert told[0].remedy


def test_a_row_of_another_unit_refuses_the_whole_file() -> None:
    assert "Zeile 3 nennt den Schlüssel 05315000" in refusal(csv_of(GOOD, AWARDS | {"ags": "05315000"}))
    assert "05334" in refusal(csv_of(GOOD | {"ags": "05334"})), "the district is another unit"


def test_rows_that_contradict_each_other_are_both_set_aside() -> None:
    found = checked(AWARDS, AWARDS | {"wert": "3"}, CONCEPT)
    assert [report.item.merkmal for report in found.reports] == ["ep_konzept"]
    assert [finding.row for finding in found.findings] == [2, 3]
    again = checked(AWARDS, AWARDS)
    assert (len(again.reports), again.findings[0].is_hint) == (1, True)


@pytest.mark.parametrize(
    "rows",
    [
        (PROGRAMME | {"merkmal": "programm_eine_welt_nachhaltigkeit"}, PROGRAMME | {"wert": "0"}),
        (GOOD, GOOD | {"merkmal": "beschaffung_warengruppen", "wert": "100"}),
    ],
)
def test_a_part_cannot_exceed_the_whole(rows: Sequence[Mapping[str, str]]) -> None:
    found = checked(*rows)
    assert found.reports == ()
    assert [finding.row for finding in found.findings] == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_encodings_and_separators(encoding: str, separator: str) -> None:
    content = csv_of(GOOD).decode().replace(";", separator).encode(encoding)
    report = check("a.csv", content, ags=AGS, received=RECEIVED).reports[0]
    assert (report.office, report.value) == ("Fachbereich Bürger", 1250.5)


def test_columns_in_another_order_are_read_by_name() -> None:
    names = list(reversed(COLUMNS))
    content = "\n".join([";".join(names).upper(), ";".join(GOOD[name] for name in names)]).encode()
    assert check("a.csv", content, ags=AGS, received=RECEIVED).reports[0].value == 1250.5


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "leer"),
        (b"\r\n;;;\r\n", "leer"),
        (b"<!DOCTYPE html><html>404</html>", "Internetseite"),
        (csv_of(GOOD, head=HEAD.replace("wert", "betrag")), "Es fehlen: wert. Unbekannt: betrag."),
        (csv_of(GOOD, head=HEAD.replace("phase", "jahr")), "fehlen: phase"),
        (HEAD.encode() + b"\n\x81\x8d\x00", "kein Text|Zeichenkodierung"),
        (csv_of(GOOD) + b'\n"' + b"x" * 200_000, "nicht in Zeilen und Spalten"),
        (b"x" * (FILE_LIMIT + 1), "größer als 2 MB"),
        (HEAD.encode() + b"\n;" * 6_000, "5000 Zeilen"),
        (csv_of(GOOD) + b'\r\n"05334002;2024', "Zeilen und Spalten zerlegen"),
    ],
    ids=[
        "empty",
        "blank",
        "html",
        "renamed",
        "twice",
        "binary",
        "open quote",
        "oversize",
        "rows",
        "open end",
    ],
)
def test_files_refused_as_a_whole(content: bytes, problem: str) -> None:
    said = refusal(content)
    assert any(part in said for part in problem.split("|")), said


def test_a_workbook_is_read_like_csv() -> None:
    head = list(COLUMNS)
    numbers = cells_of(GOOD | {"jahr": "#2024", "wert": "#1250.5"})
    content = workbook([head, numbers, cells_of(GOOD | PLAIN | {"ags": "#5334002"})])
    found = check("a.xlsx", content, ags=AGS, received=RECEIVED)
    assert [(report.row, report.value) for report in found.reports] == [(2, 1250.5)]
    assert any("führende Null" in finding.problem for finding in found.findings)


HUGE = b"<a>" + b" " * 25_000_000 + b"</a>"
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (workbook([]), "a.xlsm", "Makros"),
        (b"x", "a.xls", "Makros"),
        (b"x", "a.pdf", "Nur .csv und .xlsx"),
        (b"PK\x03\x04 cut off", "a.xlsx", "beschädigt"),
        (workbook([list(COLUMNS)])[:-40], "a.xlsx", "beschädigt"),
        (b"<html>404</html>", "a.xlsx", "beschädigt"),
        (workbook([], {"xl/vbaProject.bin": b"x"}), "a.xlsx", "Makros"),
        (workbook([], {"../../evil.xml": b"<a/>"}), "a.xlsx", "unzulässige Pfade"),
        (workbook([], {"xl/embeddings/a.exe": b"x"}), "a.xlsx", "eingebettete Dateien"),
        (workbook([], {"xl/big.xml": HUGE}), "a.xlsx", "entpackt zu groß"),
        (workbook([], sheet=FAR), "a.xlsx", "reicht über"),
        (
            workbook([], {"xl/e.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
            "a.xlsx",
            "XML-Entitäten",
        ),
        (workbook([]), "a.xlsx", "leer"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_and_broken_workbooks(content: bytes, name: str, problem: str) -> None:
    assert problem in refusal(content, name)


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
def test_no_bytes_break_the_reader(noise: bytes, name: str) -> None:
    check(name, noise, ags=AGS, received=RECEIVED)
    check("a.csv", csv_of(GOOD) + b"\n" + noise, ags=AGS, received=RECEIVED)


# Several files: versions, contacts, the night.


def accepted(content: bytes, stamp: str = "20261122T010000Z", ags: str = AGS) -> Raw:
    digest = hashlib.sha256(content).hexdigest()
    name = f"intake/accepted/{ags}_{stamp}_{digest[:8]}_meldung.csv"
    return Raw(name=name, content=content, snapshot_id=digest)


def test_a_later_statement_supersedes_and_the_earlier_stays() -> None:
    first = accepted(csv_of(AWARDS, CONCEPT), "20250401T000000Z")
    second = accepted(csv_of(AWARDS | {"wert": "3", "gemeldet_am": "2026-01-05"}), "20260110T000000Z")
    late = accepted(csv_of(AWARDS | {"wert": "9", "gemeldet_am": "2025-02-01"}), "20261101T000000Z")
    table = read([late, second, first], {}).tables["self_report"]
    assert enforce(table, CONTRACTS["self_report"], source_id="self_report").rejected.is_empty()
    awards = table.filter(pl.col("item") == "awards").sort("version")
    assert awards["value"].to_list() == [9.0, 2.0, 3.0], "an old form sent late replaces nothing"
    assert awards["superseded_by"].to_list() == [*awards["report_id"].to_list()[1:], None]
    assert awards["superseded_on"].to_list()[1:] == [date(2026, 1, 10), None]
    concept = table.filter(pl.col("item") == "development_policy_concept").row(0, named=True)
    assert (concept["version"], concept["superseded_by"]) == (1, None)


def test_another_unit_is_never_changed() -> None:
    mine = accepted(csv_of(AWARDS))
    forged = accepted(csv_of(AWARDS | {"wert": "9"}), ags="05315000")
    reading = read([mine, forged], {})
    assert reading.tables["self_report"].select("ags", "value", "version").rows() == [(AGS, 2.0, 1)]
    assert reading.rejected["locator"].to_list() == ["file"]


def test_small_numbers_of_persons_leave_no_trace() -> None:
    rows = (STAFF | {"wert": "1,25"}, STAFF | {"jahr": "2023", "wert": "7,5"}, STAFF | {"wert": "0,57 VZÄ"})
    reading = read([accepted(csv_of(*rows))], {})
    table = reading.tables["self_report"].sort("year")
    assert table.select("value", "quantity", "obs_status").rows() == [(7.5, 750, "A"), (None, None, "Q")]
    assert "1,25" not in table.write_csv()
    assert reading.tables["self_report_sealed"]["quantity"].to_list() == [125]
    assert "0,57" not in reading.rejected.write_csv()


def test_contacts_are_read_and_a_wrong_list_costs_only_itself() -> None:
    lines = (
        f"ags;contacted_on;year;note\n{AGS};2025-02-01;;\n05315000;2025-02-01;2023;\n05315000;bald;2023;\n"
    )
    good = Raw(name="intake/contacts.csv", content=lines.encode(), snapshot_id="0" * 64)
    reading = read([good], {})
    assert reading.tables["self_report_contact"].select("ags", "year").rows() == [
        (AGS, 2024),
        ("05315000", 2023),
    ]
    assert reading.rejected["column_name"].to_list() == ["contacted_on"]
    bad = Raw(name="intake/contacts.csv", content=b"a;b\n", snapshot_id="0" * 64)
    reading = read([bad, accepted(csv_of(AWARDS))], {})
    assert reading.tables["self_report"].height == 1
    assert reading.rejected.height == 1


def test_years_after_the_end_of_a_unit_wait() -> None:
    units = pl.DataFrame(
        {"ags": [AGS], "valid_to": [date(2023, 11, 30)], "is_unincorporated": [False]},
    )
    reading = read([accepted(csv_of(AWARDS, AWARDS | {"jahr": "2022"}))], {"municipality": units})
    assert reading.tables["self_report"]["year"].to_list() == [2022]
    assert reading.rejected["rule"].to_list() == ["unit_exists_in_year"]


def test_no_file_at_all() -> None:
    reading = read([], {})
    assert all(table.is_empty() for table in reading.tables.values())
