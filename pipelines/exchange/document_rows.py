"""Observations as the JSON text of documents, made for many units at once.

Belongs here: how an observation is spelt in the document of a unit and in that of an indicator, and what the
document of a unit has to explain because of its rows. Does not belong here: names, licence and version of
documents (`documents.py`), other forms of text (`delimited.py`, `workbook.py`).

Nothing is made observation by observation: a column is spelt once for each different value, and Polars joins
the pieces. The result is what a writer of JSON makes of the same rows as dictionaries, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import polars as pl

from pipelines.exchange.cells import Texts

FREE = "F"
"""Confidentiality that is left out of the document of a unit: free for publication."""

OF_INDICATOR = (
    "ags",
    "year",
    "value",
    "obs_status",
    "conf_status",
    "reason",
    "further_reasons",
    "note",
    "denominator_id",
)
"""Columns of the rows in the document of an indicator."""


@dataclass(frozen=True, kw_only=True)
class UnitRows:
    """What the document of one unit says because of its rows."""

    indicators: bytes
    """JSON object: indicator to what is said of it, its observations by year among that."""
    files: list[str]
    """Files the values rest on; observations point to places in this list."""
    statuses: set[str] = field(default_factory=set)
    reasons: set[str] = field(default_factory=set)


def by_unit(texts: Texts, said: Mapping[str, Any]) -> dict[str, UnitRows]:
    """What the document of each unit says because of its rows.

    Args:
        texts: rows in the columns of every download and in their order, each unit whole.
        said: indicator to what is said of it besides its observations; never nothing.
    """
    rows = texts.rows
    files, pointers = _files(rows)
    entries = rows.select("ags", entry=_entries(texts, pointers, said))
    units = (
        entries.group_by("ags", maintain_order=True)
        .agg(pl.col("entry").str.join(","))
        .select("ags", pl.col("entry").cast(pl.Binary))
    )
    found = {
        key: UnitRows(indicators=text, files=list(files.get(key, ()))) for key, text in units.iter_rows()
    }
    explained = rows.select("ags", "obs_status", "reason", "further_reasons").unique()
    for key, status, reason, further in explained.iter_rows():
        found[key].statuses.add(status)
        found[key].reasons.update([reason] if reason else [], _several(further))
    return found


def table(texts: Texts) -> bytes:
    """The rows of an indicator as a JSON list of lists in the columns `OF_INDICATOR`."""
    if texts.rows.is_empty():
        return b"[]"
    cells = [_number(texts) if name == "value" else _spelt(texts, name, _json) for name in OF_INDICATOR]
    lines = pl.select(pl.concat_str(*cells, separator=",")).to_series()
    return b"[[" + bytes(lines.str.join("],[").cast(pl.Binary).item()) + b"]]"


def _entries(texts: Texts, pointers: pl.Series, said: Mapping[str, Any]) -> pl.Series:
    """Each observation as a JSON object; what does not apply to it is left out, but for value and reason.

    Before the first one of an indicator stands what is said of it, before the first one of a unit the brace
    around all; both are closed behind the last one, so that entries need only commas between.
    """
    of_unit, of_indicator = _begins(texts.rows, "ags"), _begins(texts.rows, "ags", "indicator_id")
    opened = texts.of_column(
        "indicator_id",
        lambda few: pl.Series(
            [f'{_json(name)}:{_json(said[name])[:-1]},"observations":[' for name in few["indicator_id"]],
            dtype=pl.String,
        ),
    )
    ends_unit, ends_indicator = (each.shift(-1, fill_value=True) for each in (of_unit, of_indicator))
    pieces = (
        pl.when(of_unit).then(pl.lit("{")).otherwise(pl.lit("")),
        pl.when(of_indicator).then(opened).otherwise(pl.lit("")),
        _spelt(texts, "year", lambda year: f'{{"year":{year},"value":'),
        _number(texts),
        _spelt(texts, "obs_status", lambda status: f',"obs_status":{_json(status)}'),
        _spelt(texts, "reason", lambda reason: f',"reason":{_json(reason)}'),
        _spelt(texts, "conf_status", lambda each: "" if each == FREE else f',"conf_status":{_json(each)}'),
        _spelt(
            texts,
            "further_reasons",
            lambda further: f',"further_reasons":{_json(_several(further))}' if further else "",
        ),
        _spelt(texts, "note", lambda note: f',"note":{_json(note)}' if note else ""),
        _spelt(texts, "denominator_id", lambda base: f',"denominator_id":{_json(base)}' if base else ""),
        pointers,
        pl.when(ends_unit)
        .then(pl.lit("}]}}"))
        .when(ends_indicator)
        .then(pl.lit("}]}"))
        .otherwise(pl.lit("}")),
    )
    return pl.select(pl.concat_str(*pieces)).to_series()


def _begins(rows: pl.DataFrame, *names: str) -> pl.Series:
    """Whether a row differs from the one before it in any of these columns."""
    differs = (pl.col(name) != pl.col(name).shift() for name in names)
    return rows.select(pl.any_horizontal(differs).fill_null(value=True)).to_series()


def _files(rows: pl.DataFrame) -> tuple[dict[str, dict[str, int]], pl.Series]:
    """Files of each unit with their places, in the order its rows name them, and what rows say of them."""
    named = rows.select("ags", "source_files").unique(maintain_order=True)
    named = named.filter(pl.col("source_files") != "")
    places: dict[str, dict[str, int]] = {}
    pointers = []
    for key, cell in named.iter_rows():
        of_unit = places.setdefault(key, {})
        found = [of_unit.setdefault(file, len(of_unit)) for file in cell.split(" ")]
        pointers.append(f',"files":{_json(found)}')
    said = named.with_columns(pointer=pl.Series(pointers, dtype=pl.String))
    keys = ["ags", "source_files"]
    told = rows.select(keys).join(said, on=keys, how="left", maintain_order="left")
    return places, told["pointer"].fill_null("")


def _spelt(texts: Texts, name: str, spell: Callable[[Any], str]) -> pl.Series:
    """A column as text that is made once for each different value, missing ones too."""
    return texts.of_column(name, lambda few: pl.Series([spell(each) for each in few[name]], dtype=pl.String))


def _number(texts: Texts) -> pl.Series:
    """Values as JSON writes numbers."""
    value = texts.rows["value"]
    return value.cast(pl.String).set(~value.is_finite(), None).fill_null("null")


def _several(cell: str | None) -> list[str]:
    """What stands in a cell with commas between."""
    return cell.split(", ") if cell else []


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
