"""The original files as text tables in DuckDB: cut into cells, nothing interpreted.

Belongs here: opening files as a person with a spreadsheet would. Does not belong here: any meaning of
a cell (the .sql files beside this one) and anything of the program under test: this folder must not
import it, so that a mistake there cannot be repeated here.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
from python_calamine import CalamineWorkbook

DELIMITED = {
    "raw_gilching": ("budgets/gilching/Haushalt_2015-2018a.csv", "cp1252", ";", csv.QUOTE_NONE),
    "raw_bremen": ("budgets/bremen/Haushaltsdaten_2016-2017.csv", "utf-8", ",", csv.QUOTE_MINIMAL),
    "raw_wesel": ("budgets/wesel/hhplan2017.csv", "cp1252", ";", csv.QUOTE_NONE),
    "raw_wikidata": ("partnerships/wikidata_p190_germany_2017.tsv", "utf-8", "\t", csv.QUOTE_NONE),
    "raw_wikipedia": (
        "partnerships/wikipedia_twin_towns_world_2026_geocoded.csv.gz", "utf-8", ",", csv.QUOTE_MINIMAL,
    ),
    "raw_nrw_area": ("municipal_finance/nrw_landesdatenbank/nrw_areas.csv", "utf-8", ",", csv.QUOTE_MINIMAL),
    "raw_award": ("lists/hauptstadt_des_fairen_handels_transcribed.csv", "utf-8", ",", csv.QUOTE_MINIMAL),
    "raw_country": ("countries/countries_iso_de.csv", "utf-8", ",", csv.QUOTE_MINIMAL),
}  # fmt: skip
"""Table to file, encoding, separator and quoting."""

DECLARED = {
    "declared_rule": "spending_rules.csv",
    "declared_recipient": "dac_list.csv",
    "declared_fact": "document_facts.csv",
    "declared_partner_name": "partner_aliases.csv",
}
"""What we wrote down ourselves: evidence and decisions, read as data."""


def load(connection: duckdb.DuckDBPyConnection, originals: Path, declared: Path) -> None:
    """Create one table of text cells per file."""
    for table, (name, encoding, separator, quoting) in DELIMITED.items():
        content = (originals / name).read_bytes()
        text = (gzip.decompress(content) if name.endswith(".gz") else content).decode(encoding)
        rows = csv.reader(io.StringIO(text), delimiter=separator, quoting=quoting)
        _table(connection, table, (row for row in rows if row))
    for table, name in DECLARED.items():
        lines = [
            line for line in (declared / name).read_text("utf-8").splitlines() if not line.startswith("#")
        ]
        _table(connection, table, csv.reader(lines, delimiter=";"))
    moosburg = json.loads(
        gzip.decompress((originals / "budgets/moosburg/budget_2016-2026.json.gz").read_bytes())
    )
    _records(connection, "raw_moosburg_post", moosburg["posten"].values())
    _records(connection, "raw_moosburg_fact", moosburg["facts"])
    accounts = originals / "municipal_finance/nrw_landesdatenbank/nrw_finanzrechnung_2009-2011.parquet"
    connection.execute(f"CREATE TABLE raw_nrw AS SELECT * FROM '{accounts}'")  # noqa: S608
    _table(connection, "raw_berlin", _sheet(originals / "budgets/berlin/2015_Ansatz_Ist.xlsx", 0))
    register = originals / "gemeindeverzeichnis"
    for year, name in ((2019, "31122019_Auszug_GV.xlsx"), (2024, "AuszugGV2QAktuell_30062024.xlsx")):
        rows = [row[:16] for row in _sheet(register / name, 1) if row and row[0] == "60"]
        _table(connection, f"raw_register_{year}", [[f"c{n}" for n in range(16)], *rows])
    recorded = originals / "municipal_finance/genesis_recorded/12411-01-01-4_tablefile_ffcsv_de.zip"
    with zipfile.ZipFile(recorded) as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    _table(connection, "raw_districts_2024", csv.reader(io.StringIO(text), delimiter=";"))
    lines = gzip.decompress((register / "GV100AD_301123.txt.gz").read_bytes()).decode("utf-8").splitlines()
    _table(connection, "raw_register_2023", [["line"], *([line] for line in lines)])


def _table(connection: duckdb.DuckDBPyConnection, name: str, cells: Iterable[Sequence[str]]) -> None:
    header, *rows = cells
    width = len(header)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    columns = {title: [row[place] or None for row in filled] for place, title in enumerate(header)}
    typed = pa.table({title: pa.array(values, pa.string()) for title, values in columns.items()})
    connection.register("given", typed)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608
    connection.unregister("given")


def _records(connection: duckdb.DuckDBPyConnection, name: str, records: Iterable[dict[str, object]]) -> None:
    listed = list(records)
    header = list(listed[0])
    rows = [["" if row[key] is None else str(row[key]) for key in header] for row in listed]
    _table(connection, name, [header, *rows])


def _sheet(path: Path, number: int) -> list[list[str]]:
    """Rows of a sheet of a workbook, as text, empty cells as empty text."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(number).to_python(skip_empty_area=False)
    return [[str(cell) for cell in row] for row in rows]
