"""Lists of pairs of places: cut into records, one column per fact.

Belongs here: the declaration of such a list and what makes a line readable. Does not belong here:
which unit a record is about, and whether it is taken (`partnership_records.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import polars as pl

from quality.contracts.partnership_claim import CONTRACT as CLAIM
from sources.rejection import reject
from sources.source import Raw, SourceChanged

End: TypeAlias = tuple[str, str, str, str, str | None]
"""Columns that describe one place: name, country, latitude, longitude, population or None."""


@dataclass(frozen=True, kw_only=True)
class PairList:
    """A file that lists pairs of places: who says so, for which date, and how it is cut.

    `ends` are the columns of the first and the second place. `looked_up_by_name` is true where the
    coordinates are no part of the list but were found afterwards by looking the names up.
    """

    source_id: str
    attested_on: date
    columns: tuple[str, ...]
    ends: tuple[End, End]
    looked_up_by_name: bool = False
    corroborated_by: str | None = None
    """Among the tables needed, the statements that settle bare names several units bear."""


def records_of(
    raw: Raw, cells: list[list[str]], lines: list[str], form: PairList
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Records with one column per fact, and lines that cannot be read.

    Args:
        raw: the file, for provenance.
        cells: the cells of each line, header first.
        lines: the same lines as written.
        form: what the file should look like.

    Raises:
        SourceChanged: the header is not the one declared.
    """
    if not cells or tuple(cells[0]) != form.columns:
        raise SourceChanged(
            f"{raw.name}: expected the columns {', '.join(form.columns)}, found "
            f"{', '.join(cells[0]) if cells else 'an empty file'}. Describe the new form in the reader."
        )
    table = pl.DataFrame(
        {"cells": cells[1:], "raw_text": lines[1:]},
        schema={"cells": pl.List(pl.String), "raw_text": pl.String},
    ).with_columns(
        snapshot_id=pl.lit(raw.snapshot_id),
        locator=pl.format("line {}", pl.int_range(2, pl.len() + 2, dtype=pl.Int64)),
        line=pl.int_range(2, pl.len() + 2, dtype=pl.Int64),
    )
    complete = pl.col("cells").list.len() == len(form.columns)
    broken = _reject(
        table.filter(~complete), form, "cell_count", f"the line does not have {len(form.columns)} cells"
    )
    records = table.filter(complete).with_columns(
        pl.col("cells").list.get(index).str.strip_chars().replace("", None).alias(name)
        for index, name in enumerate(form.columns)
    )
    records = records.with_columns(
        expression for number, end in enumerate(form.ends, start=1) for expression in _end(number, end)
    )
    bad_name = pl.any_horizontal(pl.col("name_1", "name_2").is_null())
    bad_place = ~pl.all_horizontal(_place_is_right(1), _place_is_right(2))
    rejected = [
        broken,
        _reject(records.filter(bad_name), form, "name_present", "one of the two places has no name"),
        _reject(
            records.filter(~bad_name & bad_place),
            form,
            "coordinates_readable",
            "a coordinate is not a number, or not on earth",
        ),
    ]
    return records.filter(~bad_name & ~bad_place), pl.concat(rejected)


def _end(number: int, columns: End) -> list[pl.Expr]:
    name, country, lat, lon, population = columns
    inhabitants = (
        pl.lit(None, pl.Float64) if population is None else pl.col(population).cast(pl.Float64, strict=False)
    )
    return [
        pl.col(name).alias(f"name_{number}"),
        pl.col(country).alias(f"country_text_{number}"),
        pl.col(lat).alias(f"lat_text_{number}"),
        pl.col(lat).cast(pl.Float64, strict=False).alias(f"lat_{number}"),
        pl.col(lon).alias(f"lon_text_{number}"),
        pl.col(lon).cast(pl.Float64, strict=False).alias(f"lon_{number}"),
        pl.when(inhabitants > 0).then(inhabitants).alias(f"inhabitants_{number}"),
    ]


def _place_is_right(number: int) -> pl.Expr:
    """True where both coordinates are on earth or both are not given."""
    lat, lon = pl.col(f"lat_{number}"), pl.col(f"lon_{number}")
    on_earth = (lat.is_between(-90, 90) & lon.is_between(-180, 180)).fill_null(False)
    return on_earth | (pl.col(f"lat_text_{number}").is_null() & pl.col(f"lon_text_{number}").is_null())


def _reject(records: pl.DataFrame, form: PairList, rule: str, reason: str) -> pl.DataFrame:
    return reject(
        records,
        source_id=form.source_id,
        table=CLAIM.table,
        rule=rule,
        reason=reason,
        remedy="Look the line up at the provider; the other lines are not affected.",
    )
