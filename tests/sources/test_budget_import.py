"""The budget importer on made-up files: number forms, signs, wording, and a museum of broken input.

Every file here is synthetic. Real files are read in test_budgets_real.py.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract import QUARANTINE_SCHEMA, enforce
from quality.contracts.budget_line import CONTRACT
from sources.budget_import.amounts import FORMS, to_cents
from sources.budget_import.importer import read_budget
from sources.budget_import.parsing import DescriptionError, parse_description
from sources.budget_import.wording import join_divided_words, tidy
from sources.source import Raw, Reading, SourceChanged

MakeRaw = Callable[[str, bytes], Raw]

HEAD = """
ags = "01001000"
accounting = "cameral"
title = "Synthetic budget"
publisher = "Nobody"
licence = "none"
attribution = "synthetic"
"""

LONG = (
    HEAD
    + """
[[file]]
pattern = "budgets/x/long.csv"
format = "csv"
separator = ";"
number = "de"
symbols = { "-" = "zero", "." = "unknown", "n/a" = "absent" }

[file.columns]
year = { column = "Jahr" }
phase = { column = "Art", words = { Ist = "actual", Soll = "plan" } }
direction = { column = "Richtung", words = { E = "revenue", A = "expenditure" } }
budget_part = { constant = "current" }
function_code = { column = "Code", pad = 3 }
line_text = [{ column = "Text" }, { column = "Code" }]

[[file.leave_out]]
rule = "declared_total"
when = { Code = "^Summe$" }
reason = "the sum of all rows"

[[file.amount]]
column = "Betrag"
"""
)

HEADER = "Jahr;Art;Richtung;Code;Text;Betrag"


def cents(values: list[str], form: str) -> list[int | None]:
    return pl.DataFrame({"x": values}).select(to_cents(pl.col("x"), FORMS[form]))["x"].to_list()


def read_long(synthetic_raw: MakeRaw, *rows: str, text: str = LONG) -> Reading:
    content = "\n".join([HEADER, *rows]).encode()
    reading = read_budget(parse_description("x", text), [synthetic_raw("budgets/x/long.csv", content)], {})
    enforced = enforce(reading.tables["budget_line"], CONTRACT, source_id="budget_x")
    assert enforced.rejected.is_empty()
    assert dict(reading.rejected.schema) == dict(QUARANTINE_SCHEMA)
    return reading


def lines(reading: Reading) -> pl.DataFrame:
    return reading.tables["budget_line"]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("de", "1.234,56", 123456),
        ("de", "-22.000,00", -2200000),
        ("de", "6.018.230-", -601823000),
        ("de", "88", 8800),
        ("de", "0,5", 50),
        ("de", "12.5", None),
        ("de", "1.23,00", None),
        ("de", "1,234", None),
        ("de", "12,-", None),
        ("comma", "189056,5", 18905650),
        ("comma", "1.234,56", None),
        ("point", "1234.56", 123456),
        ("point", "1,234.56", None),
        ("point", "-4135.68", -413568),
        ("english", "1,234.56", 123456),
        ("space", "90 164", 9016400),
        ("spreadsheet", "40440224.060001396", 4044022406),
        ("spreadsheet", "2978.8599999999997", 297886),
        ("spreadsheet", "12.345", None),
        ("spreadsheet", "nan", None),
        ("spreadsheet", "inf", None),
        ("spreadsheet", "12,5", None),
        ("point", "99999999999999999999", None),
        ("point", "", None),
    ],
)
def test_amounts_are_exact_or_refused(form: str, text: str, expected: int | None) -> None:
    assert cents([text], form) == [expected]


@given(st.integers(min_value=-(10**16), max_value=10**16))
def test_any_amount_survives_german_notation(amount: int) -> None:
    euro, rest = divmod(abs(amount), 100)
    written = f"{'-' if amount < 0 else ''}{euro:,}".replace(",", ".") + f",{rest:02d}"
    assert cents([written], "de") == [amount]
    assert cents([str(Decimal(amount).scaleb(-2))], "point") == [amount]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Partner- schaftsprojekt", "Partnerschaftsprojekt"),
        ("Aus- und Fortbildung", "Aus- und Fortbildung"),
        ("Rechen- u. Schreibzeug", "Rechen- u. Schreibzeug"),
        ("Vor-  oder Nachlauf", "Vor- oder Nachlauf"),
        ("Ver- unreinigung", "Verunreinigung"),
        ("Hilfe -stationär- für Alte", "Hilfe -stationär- für Alte"),
        ("EFRE- Programm", "EFRE-Programm"),
        ("Bürger/- innen", "Bürger/-innen"),
        ("Entgelte -Altersteilzeit- (EZ)", "Entgelte -Altersteilzeit- (EZ)"),
        ("Verwaltungs\u00adkosten", "Verwaltungskosten"),
        ("Beho\u0308rde  x ", "Behörde x"),
    ],
)
def test_divided_words_are_rejoined_and_omissions_kept(printed: str, meant: str) -> None:
    frame = pl.DataFrame({"x": [printed]})
    assert frame.select(tidy(join_divided_words(pl.col("x"))))["x"].to_list() == [meant]


def test_a_line_becomes_a_row_with_its_way_back(synthetic_raw: MakeRaw) -> None:
    row = lines(read_long(synthetic_raw, "2015;Ist;A;23;Städtepartnerschaft;1.234,50")).row(0, named=True)
    assert row["budget_line_id"] == "budget_x:long:2:2015:actual"
    assert (row["ags"], row["year"], row["phase"], row["direction"]) == (
        "01001000",
        2015,
        "actual",
        "expenditure",
    )
    assert (row["function_code"], row["line_text"], row["amount_cents"]) == (
        "023",
        "Städtepartnerschaft",
        123450,
    )
    assert row["locator"] == "line 2"
    assert row["raw_text"] == "2015;Ist;A;23;Städtepartnerschaft;1.234,50"


def test_equal_lines_both_stay(synthetic_raw: MakeRaw) -> None:
    line = "2015;Ist;A;1;x;0"
    assert lines(read_long(synthetic_raw, line, line))["budget_line_id"].n_unique() == 2


def test_signs_instead_of_figures_mean_what_is_declared(synthetic_raw: MakeRaw) -> None:
    rows = [f"2015;Ist;A;{code};x;{sign}" for code, sign in enumerate(["-", ".", "n/a", "", "0"])]
    got = lines(read_long(synthetic_raw, *rows)).select("function_code", "amount_cents", "symbol").rows()
    assert got == [("000", 0, None), ("001", None, "."), ("003", None, ""), ("004", 0, None)]


def test_the_first_text_that_is_not_empty_counts(synthetic_raw: MakeRaw) -> None:
    assert lines(read_long(synthetic_raw, "2015;Ist;A;7;;1")).item(0, "line_text") == "7"


MUSEUM = {
    "american number": ("2015;Ist;A;1;x;12.5", "amount_form"),
    "letters for money": ("2015;Ist;A;1;x;viel", "amount_form"),
    "undeclared sign": ("2015;Ist;A;1;x;/", "amount_form"),
    "three decimals": ("2015;Ist;A;1;x;1,234", "amount_form"),
    "unknown phase": ("2015;Schätzung;A;1;x;1", "phase_not_described"),
    "unknown direction": ("2015;Ist;?;1;x;1", "direction_not_described"),
    "year that is none": ("20l5;Ist;A;1;x;1", "year_not_described"),
    "a field too many": ("2015;Ist;A;1;x;y;1", "field_count"),
    "a field too few": ("2015;Ist;A;1;1", "field_count"),
    "open quotation mark": ('2015;Ist;A;1;"x;1', "open_quotation_mark"),
    "declared total": ("2015;Ist;A;Summe;;999", "declared_total"),
}


@pytest.mark.parametrize("exhibit", MUSEUM)
def test_one_broken_record_is_set_aside_and_its_neighbours_stay(synthetic_raw: MakeRaw, exhibit: str) -> None:
    broken, rule = MUSEUM[exhibit]
    reading = read_long(synthetic_raw, "2015;Ist;A;1;before;1", broken, "2015;Ist;A;1;after;1")
    assert lines(reading)["line_text"].to_list() == ["before", "after"]
    rejected = reading.rejected.row(0, named=True)
    assert reading.rejected["rule"].to_list() == [rule]
    assert (rejected["source_id"], rejected["locator"], rejected["raw_text"]) == (
        "budget_x",
        "line 3",
        broken,
    )
    assert rejected["reason"] and rejected["remedy"] and len(rejected["snapshot_id"]) == 64


def test_the_remedy_names_the_trap(synthetic_raw: MakeRaw) -> None:
    rejected = read_long(synthetic_raw, "2015;Ist;A;1;x;12.5").rejected.row(0, named=True)
    assert rejected["value"] == "12.5"
    assert "12.5 would become 125" in rejected["remedy"]


def test_a_text_over_two_lines_is_one_record(synthetic_raw: MakeRaw) -> None:
    reading = read_long(synthetic_raw, '2015;Ist;A;1;"two\nlines";1', "2015;Ist;A;2;next;1")
    assert lines(reading)["line_text"].to_list() == ["two lines", "next"]
    assert lines(reading)["locator"].to_list() == ["line 2", "line 4"]


def test_blank_lines_are_no_records(synthetic_raw: MakeRaw) -> None:
    reading = read_long(synthetic_raw, "", ";;;;;", "2015;Ist;A;1;x;1", "")
    assert lines(reading).height == 1
    assert reading.rejected.is_empty()


def test_same_bytes_same_rows(synthetic_raw: MakeRaw) -> None:
    rows = [f"2015;Ist;A;{place};x;{place}" for place in range(50)]
    assert lines(read_long(synthetic_raw, *rows)).equals(lines(read_long(synthetic_raw, *rows)))


WIDE = (
    HEAD
    + """
[[file]]
pattern = "budgets/x/wide.csv"
format = "csv"
encoding = "latin-1"
separator = ";"
number = "de"

[file.columns]
account_code = { column = "Konto" }
account_name = { column = "Konto", lookup = "accounts" }

[file.columns.direction]
cases = [
  { value = "revenue", when = { Konto = "^4" } },
  { value = "expenditure", when = { Konto = "^5" } },
  { value = "as_column", when = { Konto = "^9" } },
]

[file.columns.budget_part]
cases = [{ value = "internal", when = { Konto = "^9" } }, { value = "current", when = { Konto = "^[45]" } }]

[[file.amount]]
column = "Kosten"
year = 2016
phase = "actual"
positive_means = "expenditure"

[[file.amount]]
column = "Erlöse"
year = 2016
phase = "actual"
positive_means = "revenue"

[[file.unused]]
columns = ["Plan 2021"]
reason = "all zero"
all_zero = true

[[lookup]]
name = "accounts"
pattern = "budgets/x/accounts.csv"
format = "csv"
header = ["code", "name"]
key = { column = "code" }
value = "name"
continued = true

[[control]]
years = [2016, 2017]
phase = "actual"
kind = "total"
direction = "revenue"
amount = "12.50"
"""
)


def read_wide(synthetic_raw: MakeRaw, content: str) -> Reading:
    raws = [
        synthetic_raw("budgets/x/wide.csv", content.encode("latin-1")),
        synthetic_raw("budgets/x/accounts.csv", "41,Zuschüsse für Zins-\n,und Tilgung\n51,Kosten\n".encode()),
    ]
    return read_budget(parse_description("x", WIDE), raws, {})


def test_a_figure_on_the_other_side_is_a_reversal(synthetic_raw: MakeRaw) -> None:
    frame = lines(
        read_wide(synthetic_raw, "Konto;Kosten;Erlöse;Plan 2021\n51;10;0\n41;3;7;0\n51;10;2;0\n95;1;1;0\n")
    )
    got = frame.select("budget_line_id", "direction", "amount_cents").rows()
    assert got == [
        ("budget_x:wide:3:2016:actual:e", "revenue", -300),
        ("budget_x:wide:4:2016:actual:e", "expenditure", 1000),
        ("budget_x:wide:5:2016:actual:e", "expenditure", 100),
        ("budget_x:wide:3:2016:actual:r", "revenue", 700),
        ("budget_x:wide:4:2016:actual:r", "expenditure", -200),
        ("budget_x:wide:5:2016:actual:r", "revenue", 100),
    ]
    assert frame.item(0, "account_name") == "Zuschüsse für Zins- und Tilgung"
    assert frame.item(0, "locator") == "line 3 column Kosten"


def test_an_unused_column_that_comes_alive_is_a_change_of_source(synthetic_raw: MakeRaw) -> None:
    with pytest.raises(SourceChanged, match="Plan 2021 held only zeros and now holds figures"):
        read_wide(synthetic_raw, "Konto;Kosten;Erlöse;Plan 2021\n51;10;0;5\n")


def test_a_missing_column_names_what_is_there(synthetic_raw: MakeRaw) -> None:
    with pytest.raises(SourceChanged, match=r"columns are missing: Erlöse\. Found: Konto, Kosten, Ertrag"):
        read_wide(synthetic_raw, "Konto;Kosten;Ertrag;Plan 2021\n51;10;0;0\n")


def test_a_column_named_twice_is_refused(synthetic_raw: MakeRaw) -> None:
    with pytest.raises(SourceChanged, match="more than once: Kosten"):
        read_wide(synthetic_raw, "Konto;Kosten;Kosten;Plan 2021\n51;10;0;0\n")


def test_an_empty_file_and_a_missing_file_say_so(synthetic_raw: MakeRaw) -> None:
    description = parse_description("x", LONG)
    with pytest.raises(SourceChanged, match="columns are missing"):
        read_budget(description, [synthetic_raw("budgets/x/long.csv", b"")], {})
    with pytest.raises(SourceChanged, match=r"no file matches budgets/x/long\.csv"):
        read_budget(description, [synthetic_raw("budgets/x/other.csv", b"")], {})


def test_the_wrong_encoding_is_named(synthetic_raw: MakeRaw) -> None:
    content = HEADER.encode() + "\n2015;Ist;A;1;Städte;1".encode("latin-1")
    with pytest.raises(SourceChanged, match=r"is not utf-8: byte \d+ does not fit"):
        read_budget(parse_description("x", LONG), [synthetic_raw("budgets/x/long.csv", content)], {})


JSON = (
    HEAD
    + """
[[file]]
pattern = "budgets/x/budget.json.gz"
format = "json"
records = "facts"
join = "items"
join_on = "id"
key = "id"
number = "point"

[file.columns]
year = { column = "year" }
phase = { constant = "actual" }
budget_part = { constant = "current" }
direction = { column = "side", words = { A = "expenditure" } }

[[file.amount]]
column = "amount"
"""
)


def read_json(synthetic_raw: MakeRaw, text: str) -> Reading:
    raw = synthetic_raw("budgets/x/budget.json.gz", gzip.compress(text.encode()))
    return read_budget(parse_description("x", JSON), [raw], {})


def test_json_records_are_joined_and_orphans_set_aside(synthetic_raw: MakeRaw) -> None:
    reading = read_json(
        synthetic_raw,
        '{"items":{"a.1":{"side":"A"}},"facts":[{"id":"a.1","year":2016,"amount":12.5},{"id":"b","year":2016}]}',
    )
    row = lines(reading).row(0, named=True)
    assert (row["budget_line_id"], row["amount_cents"]) == ("budget_x:budget:a.1:2016:actual", 1250)
    assert row["raw_text"] == '{"facts":{"id":"a.1","year":2016,"amount":12.5},"items":{"side":"A"}}'
    assert reading.rejected.select("rule", "value", "locator").rows() == [("entry_unknown", "b", "facts[1]")]


@pytest.mark.parametrize("text", ["{", "[]", '{"facts": {}, "items": {}}', '{"facts": []}'])
def test_json_of_another_shape_is_a_change_of_source(synthetic_raw: MakeRaw, text: str) -> None:
    with pytest.raises(SourceChanged):
        read_json(synthetic_raw, text)


def test_a_workbook_that_is_none_is_refused(synthetic_raw: MakeRaw) -> None:
    text = LONG.replace('format = "csv"\nseparator = ";"', 'format = "xlsx"')
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for content, problem in (
        (b"not a zip", "not a complete XLSX workbook"),
        (empty.getvalue(), "not a readable workbook"),
    ):
        with pytest.raises(SourceChanged, match=problem):
            read_budget(parse_description("x", text), [synthetic_raw("budgets/x/long.csv", content)], {})


def test_controls_are_read_per_year() -> None:
    controls = parse_description("x", WIDE).controls
    assert [(c.year, c.kind, c.direction, c.amount_cents) for c in controls] == [
        (2016, "total", "revenue", 1250),
        (2017, "total", "revenue", 1250),
    ]


MISTAKES = {
    "unknown key": (LONG + "colour = 3\n", "amount[0].colour is not known here"),
    "unknown word": (LONG.replace('"actual"', '"ist"'), "yields 'ist' for phase; valid are plan"),
    "unknown form": (LONG.replace('number = "de"', 'number = "german"'), "number is 'german'; valid are de"),
    "unknown column": (LONG.replace("line_text =", "text ="), "columns.text is no column of budget_line"),
    "bad expression": (LONG.replace("^Summe$", "("), "is no regular expression"),
    "bad encoding": (LONG.replace("separator", 'encoding = "latin-0"\nseparator'), "which is no encoding"),
    "missing ags": (LONG.replace('ags = "01001000"', ""), "ags is missing"),
    "no amounts": (LONG.partition("[[file.amount]]")[0], "name at least one column of money"),
    "no files": (HEAD, "describe at least one"),
    "no direction": (LONG.replace("direction =", "account_code ="), "do not say where direction"),
    "unknown lookup": (LONG.replace("pad = 3", 'lookup = "codes"'), "looks up 'codes'"),
    "unknown symbol": (LONG.replace('"zero"', '"null"'), "'-' is 'null'; valid are absent"),
    "half a join": (JSON.replace('join_on = "id"', ""), "belong together"),
    "no toml": ("[", "is not TOML"),
    "amount with comma": (WIDE.replace('"12.50"', '"12,50"'), "write euro with a point"),
    "as_column without side": (WIDE.replace('positive_means = "revenue"', ""), "needs positive_means"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_description_is_named_with_the_place(mistake: str) -> None:
    text, message = MISTAKES[mistake]
    with pytest.raises(DescriptionError) as caught:
        parse_description("x", text)
    assert message in str(caught.value)


def test_all_mistakes_are_named_at_once() -> None:
    text = LONG.replace('number = "de"', 'number = "german"').replace("line_text =", "text =")
    with pytest.raises(DescriptionError) as caught:
        parse_description("x", text)
    assert str(caught.value).count("\n- ") == 2


def test_an_entry_may_speak_of_some_records_only(synthetic_raw: MakeRaw) -> None:
    """Two entries for one file: what one leaves to the other is not lost and not doubled."""
    first, _, amounts = LONG.partition("[[file.leave_out]]")
    entry = first.replace('number = "de"', 'number = "de"\nshort = "a"\nonly = { Code = \'^1$\' }')
    second = entry[entry.index("[[file]]") :].replace('short = "a"', 'short = "b"').replace("^1$", "^[^1]")
    amount = amounts[amounts.index("[[file.amount]]") :]
    text = entry + amount + second + amount + 'positive_means = "revenue"\n'
    got = lines(read_long(synthetic_raw, "2015;Ist;A;1;x;5", "2015;Ist;A;2;y;-7", text=text))
    assert got.select("budget_line_id", "amount_cents").rows() == [
        ("budget_x:a:2:2015:actual", 500),
        ("budget_x:b:3:2015:actual", 700),
    ]


def test_an_extract_is_told_by_its_keys(synthetic_raw: MakeRaw) -> None:
    text = 'extent = "extract"\n' + LONG
    got = lines(read_long(synthetic_raw, "2015;Ist;A;1;x;5", text=text))
    assert got["budget_line_id"].to_list() == ["budget_extract:x:long:2:2015:actual"]


def test_a_workbook_that_unpacks_to_too_much_is_refused(synthetic_raw: MakeRaw) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 1000)
    content = bytearray(stream.getvalue())
    size = content.rindex(b"PK\x01\x02") + 24
    content[size : size + 4] = (2_000_000_000).to_bytes(4, "little")
    text = LONG.replace('format = "csv"\nseparator = ";"', 'format = "xlsx"')
    with pytest.raises(SourceChanged, match="unpacks to more than"):
        read_budget(parse_description("x", text), [synthetic_raw("budgets/x/long.csv", bytes(content))], {})
