"""Tables of the GENESIS family as "flat file CSV" in a ZIP: cut and checked.

Belongs here: the ZIP, the header, keys and times of one file. Does not belong here: asking
for it (`genesis.py`), what its signs mean (`genesis_signs.py`), which table fills which contract.

UTF-8 with or without byte order mark, semicolons, decimal comma, rows in no order. The total of a
characteristic has an empty attribute code. Member names look like `12411-01-01-4_1773175772751_de_flat.csv`.
"""

from __future__ import annotations

import csv
import re

import polars as pl

from sources.genesis_figures import SUB_UNIT, Check, reference_date, rejects, settled
from sources.source import Raw, SourceChanged
from sources.zipped import Limits, UnsafeArchive, as_changed, members

LIMITS = Limits(members=10, unpacked=256 * 1024 * 1024, ratio=200)
"""A table of text shrinks some twentyfold; a bomb a thousandfold."""

FIRST = ("statistics_code", "statistics_label", "time_code", "time_label", "time")
PER_CHARACTERISTIC = ("code", "label", "attribute_code", "attribute_label")
LAST = ("value", "value_unit", "value_variable_code", "value_variable_label")
OPTIONAL = ("value_q",)

KEY_FORMS = {
    "DINSG": r"^DG$",
    "DLAND": r"^\d{2}$",
    "KREISE": r"^\d{5}$",
    "GEMEIN": r"^(\d{5}|\d{8})$",
}
"""Regional characteristic to the form of its keys."""

PART_OF_DISTRICT = r"^\d{8}$"
PROVIDER = "regionaldatenbank"
"""Whose dictionary of signs holds."""
AGAIN = "Fetch the table again; if it stays so, compare the description of the provider's CSV form"


def unzipped(raw: Raw) -> tuple[str, bytes]:
    """The only member of the ZIP: its table code and its bytes.

    Raises:
        SourceChanged: an archive that is not opened, or several members, or another name.
    """
    try:
        inside = list(members(raw.content, LIMITS))
    except UnsafeArchive as error:
        raise as_changed(raw, error) from error
    if len(inside) != 1:
        raise SourceChanged(f"{raw.name} holds {len(inside)} files, expected one.")
    ((name, content),) = inside
    found = re.fullmatch(r"([A-Z0-9-]+)(_\d+)?_[a-z]{2}_flat\.csv", name)
    if not found:
        raise SourceChanged(
            f"{raw.name} holds a file named {name[:80]!r}",
            cause="Expected a name such as 12411-01-01-5_1773175772751_de_flat.csv",
            remedy=AGAIN,
        )
    return found.group(1), content


def records(raw: Raw) -> tuple[str, pl.DataFrame, pl.DataFrame]:
    """Table code, records as texts by column name with provenance, and lines of another length.

    Raises:
        SourceChanged: not UTF-8, or the columns are not those of the form.
    """
    code, content = unzipped(raw)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceChanged(f"{raw.name} is not UTF-8", cause=str(error), remedy=AGAIN) from error
    lines = pl.DataFrame({"raw_text": text.split("\n")}, schema={"raw_text": pl.String})
    lines = lines.with_row_index("line", offset=1).with_columns(pl.col("raw_text").str.strip_chars_end("\r"))
    lines = lines.filter(pl.col("raw_text") != "")
    header = lines["raw_text"][0].split(";") if lines.height else []
    _check_header(raw, header)
    body = lines.slice(1).with_columns(
        cells=_cells(lines.slice(1)["raw_text"]),
        snapshot_id=pl.lit(raw.snapshot_id),
        locator=pl.format("line {}", "line"),
    )
    whole = pl.col("cells").list.len() == len(header)
    table = body.filter(whole).with_columns(
        pl.col("cells").list.get(place).str.strip_chars().alias(name) for place, name in enumerate(header)
    )
    return code, table.drop("cells", "line"), body.filter(~whole)


def _cells(lines: pl.Series) -> pl.Series:
    if not lines.str.contains('"', literal=True).any():
        return lines.str.split(";")
    cut = [next(csv.reader([line], delimiter=";"), []) for line in lines]
    return pl.Series(cut, dtype=pl.List(pl.String))


def _check_header(raw: Raw, header: list[str]) -> None:
    characteristics = sum(name.endswith("_variable_attribute_code") for name in header)
    expected = {
        *FIRST,
        *(f"{n}_variable_{part}" for n in range(1, characteristics + 1) for part in PER_CHARACTERISTIC),
        *LAST,
    }
    found = [name for name in header if name not in OPTIONAL]
    if characteristics and set(found) == expected and len(found) == len(expected):
        return
    missing, unknown = sorted(expected - set(found)), [name for name in found if name not in expected]
    raise SourceChanged(
        f"{raw.name} does not have the columns of a flat GENESIS table",
        cause=f"Missing: {', '.join(missing) or 'none'}; unknown: {', '.join(unknown)[:200] or 'none'}",
        remedy=AGAIN,
    )


def figures(raw: Raw, municipality: pl.DataFrame, source_id: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The figures of one file in the form of `official_series`, and what could not be read.

    Sub-units among districts (Berlin's boroughs, Hannover, Aachen) are set aside: their inhabitants
    are part of a district that is listed as well.

    Args:
        raw: the ZIP.
        municipality: units with validity, to tell "nothing" from "no longer there".
        source_id: source named in the quarantine.

    Raises:
        SourceChanged: the file is not a flat GENESIS table.
    """
    code, table, broken = records(raw)
    table = _with_unit_and_time(raw, table).with_columns(table_code=pl.lit(code))
    cut = rejects(broken, source_id, "cell_count", None, "die Zeile hat eine andere Zahl von Feldern")
    good, refused = settled(table, municipality, source_id, PROVIDER, _keys())
    return good, pl.concat([cut, refused])


def _with_unit_and_time(raw: Raw, table: pl.DataFrame) -> pl.DataFrame:
    numbers = sorted(
        {
            int(name.split("_")[0])
            for name in table.columns
            if name.endswith("_variable_code") and name[0].isdigit()
        }
    )
    first = table.row(0, named=True) if table.height else {}
    regional = next((n for n in numbers if first.get(f"{n}_variable_code") in KEY_FORMS), None)
    if regional is None:
        raise SourceChanged(
            f"{raw.name} names no regional characteristic" if table.height else f"{raw.name} holds no row",
            cause=f"Expected one of {', '.join(KEY_FORMS)}",
            remedy=AGAIN,
        )
    parts = [
        pl.when(pl.col(f"{n}_variable_attribute_code") != "").then(
            pl.format("{}={}", f"{n}_variable_code", f"{n}_variable_attribute_code")
        )
        for n in numbers
        if n != regional
    ]
    breakdown = pl.concat_str(parts, separator=",", ignore_nulls=True) if parts else pl.lit("")
    return table.with_columns(
        ags=pl.col(f"{regional}_variable_attribute_code"),
        regional=pl.col(f"{regional}_variable_code"),
        breakdown=breakdown.replace("", "total"),
        reference_date=reference_date(pl.col("time")),
        variable_code=pl.col("value_variable_code"),
        label=pl.col("value_variable_label"),
        unit=pl.col("value_unit"),
        printed=pl.col("value"),
    )


def _keys() -> list[Check]:
    """What the regional key of each record must satisfy."""
    form = pl.any_horizontal(
        (pl.col("regional") == name) & pl.col("ags").str.contains(pattern)
        for name, pattern in KEY_FORMS.items()
    )
    is_sub_unit = (pl.col("regional") == "KREISE") & pl.col("ags").str.contains(PART_OF_DISTRICT)
    return [
        (
            SUB_UNIT,
            "ags",
            ~is_sub_unit,
            "Teil eines Kreises, der selbst aufgeführt ist; mitgezählt wäre er doppelt",
        ),
        ("key_form", "ags", form | is_sub_unit, "der Regionalschlüssel hat nicht die Form seiner Ebene"),
    ]
