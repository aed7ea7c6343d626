"""The register of municipalities in its fixed-width form, GV100AD.

Belongs here: the columns of GV100AD and what must be true of such a file. Does not belong here:
keys and levels, which all editions share (`register_form.py`).

A line has 220 characters. Satzart 10 Land, 20 Regierungsbezirk, 30 Region, 40 district,
50 association, 60 municipality. UTF-8 since about 2019, ISO 8859-1 before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import polars as pl

from quality.contract import no_rejects
from sources.register_form import population, units
from sources.register_live import BASE, FIXED_WIDTH_TYPES, asking, fixed_width
from sources.rejection import reject
from sources.source import Raw, Reading, Source, SourceChanged
from sources.zipped import unwrapped

WIDTH = 220
"""Characters of every line."""

MEMBER = r"(?i)GV100AD_?\d{6,8}\.(txt|asc)"
"""The register inside a ZIP of the publisher, beside a description in PDF."""

POPULATION_DATES = {
    date(2017, 12, 31): date(2017, 12, 31),
    date(2018, 12, 31): date(2018, 12, 31),
    date(2023, 11, 30): date(2022, 12, 31),
}
"""Edition to the date its inhabitants are counted at, which the file itself does not say."""

RECORD_TYPES = ("10", "20", "30", "40", "50", "60")


def _slice(start: int, end: int) -> pl.Expr:
    return pl.col("raw_text").str.slice(start, end - start).str.strip_chars()


def _number(start: int, end: int) -> pl.Expr:
    return _slice(start, end).replace("", None).cast(pl.Int64, strict=False)


def _lines(raw: Raw) -> pl.DataFrame:
    content = unwrapped(raw, MEMBER)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("iso-8859-1")
    lines = pl.DataFrame({"raw_text": text.split("\n")}, schema={"raw_text": pl.String})
    return (
        lines.with_row_index("line", offset=1)
        .with_columns(raw_text=pl.col("raw_text").str.strip_chars_end("\r"))
        .filter(pl.col("raw_text") != "")
        .with_columns(
            snapshot_id=pl.lit(raw.snapshot_id),
            locator=pl.format("line {}", "line"),
        )
    )


def _edition(lines: pl.DataFrame, raw: Raw) -> date:
    dates = lines["raw_text"].str.slice(2, 8).unique().to_list()
    try:
        (text,) = dates
        return datetime.strptime(text, "%Y%m%d").date()
    except ValueError as error:
        raise SourceChanged(
            f"{raw.name}: characters 3 to 10 should hold one Gebietsstand (YYYYMMDD), found "
            f"{sorted(map(str, dates))[:3]}. Is this GV100AD?"
        ) from error


def fields_of(lines: pl.DataFrame) -> pl.DataFrame:
    """Cut the lines into the fields that all register editions share."""
    is_municipality = pl.col("raw_text").str.starts_with("60")
    return lines.with_columns(
        record_type=_slice(0, 2),
        land=_slice(10, 12),
        government_region=_slice(12, 13),
        district_part=_slice(13, 15),
        municipality_part=_slice(15, 18),
        association_part=_slice(18, 22),
        name=_slice(22, 72),
        type_code=_slice(122, 124),
        area_hectare=pl.when(is_municipality).then(_number(128, 139)),
        inhabitants=pl.when(is_municipality).then(_number(139, 150)),
        longitude=pl.lit(None, pl.Float64),
        latitude=pl.lit(None, pl.Float64),
        urbanisation=pl.lit(None, pl.String),
    )


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Read every edition given.

    Raises:
        SourceChanged: a file holds no or several territorial dates.
    """
    tables: dict[str, list[pl.DataFrame]] = {"register_unit": [], "population": []}
    rejected = [no_rejects()]
    for raw in raws:
        lines = _lines(raw)
        edition = _edition(lines, raw)
        readable = (pl.col("raw_text").str.len_chars() == WIDTH) & pl.col("raw_text").str.slice(0, 2).is_in(
            list(RECORD_TYPES)
        )
        rejected.append(
            reject(
                lines.filter(~readable),
                source_id=SOURCE.id,
                table="register_unit",
                rule="line_form",
                value=pl.col("raw_text").str.slice(0, 20),
                reason=f"not a GV100AD record of {WIDTH} characters with a known Satzart",
                remedy="Fetch the file again; a shorter line is a broken transfer.",
            )
        )
        fields = fields_of(lines.filter(readable))
        tables["register_unit"].append(units(fields, edition))
        if edition in POPULATION_DATES:
            tables["population"].append(population(fields, edition, POPULATION_DATES[edition]))
        else:
            rejected.append(
                reject(
                    lines.head(1),
                    source_id=SOURCE.id,
                    table="population",
                    rule="population_date_known",
                    value=pl.lit(str(edition)),
                    reason="the file does not say at which date its inhabitants are counted",
                    remedy="Add the edition to POPULATION_DATES in sources/gv100ad.py with its date.",
                )
            )
    return Reading(
        tables={name: pl.concat(frames) for name, frames in tables.items() if frames},
        rejected=pl.concat(rejected),
    )


SOURCE = Source(
    id="gv100ad",
    title="Gemeindeverzeichnis GV100AD",
    publisher="Statistische Ämter des Bundes und der Länder",
    licence="Vervielfältigung und Verbreitung, auch auszugsweise, mit Quellenangabe gestattet",
    attribution="© Statistische Ämter des Bundes und der Länder, Gemeindeverzeichnis (GV100AD)",
    homepage="https://www.destatis.de/DE/Themen/Laender-Regionen/Regionales/Gemeindeverzeichnis/",
    tables=("register_unit", "population"),
    read=read,
    archive=(
        "gemeindeverzeichnis/GV100AD_*.txt.gz",
        "gemeindeverzeichnis/GV100AD_*.txt",
        "gemeindeverzeichnis/GV100AD*.zip",
    ),
    live=asking(fixed_width, FIXED_WIDTH_TYPES),
    live_base=BASE,
    rhythm_days=365,
    group="register",
)
