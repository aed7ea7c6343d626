"""Keys of the BBSR that carry figures from the territory of an earlier year to that of a later one.

Belongs here: the workbooks of the BBSR (one sheet per year), the same keys as the R package `ags`
passes them on, and naming units whose weights do not add up to one. Does not belong here: using the
weights, or repairing them.

Nothing is made to add up silently: a weight stays as published and `defect` says what is wrong with
the unit. Where both files hold a year, the workbook is the original and the package only has to agree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.columnar import columns_of
from sources.rejection import reject
from sources.source import Raw, Reading, Source, SourceChanged
from sources.workbook import Row, digits, sheets, shown, text

TABLE = CONTRACTS["territory_weight"]
TOLERANCE = 0.001
"""How far the weights of one unit may miss one before they count as defective."""

PACKAGE = {
    "year_xw": pl.Int16,
    "ags_xw": pl.String,
    "ags20": pl.String,
    "pop_conv": pl.Float64,
    "size_conv": pl.Float64,
    "emp_conv": pl.Float64,
}
PACKAGE_TERRITORY = date(2020, 12, 31)

KEY_HEAD = re.compile(r"^(?:(Kreise?)|(Gemeinden?)) ?(?:AGS )?31\.12\.(\d{4})$")
WEIGHT_HEADS = {
    "area_weight": re.compile(r"^fl[äa]chen.*schl[üu]ssel", re.IGNORECASE),
    "population_weight": re.compile(r"^bev[öo]lkerungs.*schl[üu]ssel", re.IGNORECASE),
    "employment_weight": re.compile(r"^besch[äa]ftigten.*schl[üu]ssel", re.IGNORECASE),
}
WEIGHTS = tuple(WEIGHT_HEADS)

RAW_SCHEMA: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("key_from", "key_to"), pl.String),
    **dict.fromkeys(WEIGHTS, pl.Float64),
    **dict.fromkeys(("unreadable", "locator", "raw_text"), pl.String),
}


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """All keys given, each unit and year once.

    Raises:
        SourceChanged: a file is damaged, or a sheet lacks a column.
    """
    original, passed_on, rejected = [TABLE.empty()], [TABLE.empty()], [no_rejects()]
    for raw in raws:
        if raw.name.endswith(".parquet"):
            passed_on.append(_package(raw))
            continue
        for name, rows in sheets(raw).items():
            good, unreadable = _sheet(raw, name, rows)
            original.append(good)
            rejected.append(unreadable)
    workbook = pl.concat(original)
    package, disagreeing = _beside(workbook, pl.concat(passed_on))
    weights = _with_defects(pl.concat([workbook, package]))
    return Reading(tables={TABLE.table: weights}, rejected=pl.concat([*rejected, disagreeing]))


def _sheet(raw: Raw, name: str, rows: Sequence[Row]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One year of a workbook; columns are found by their heads, since their order changes."""
    heads = [text(cell) or "" for cell in rows[0]] if rows else []
    keys = [(place, found) for place, head in enumerate(heads) if (found := KEY_HEAD.match(head)) is not None]
    places = {
        column: next((place for place, head in enumerate(heads) if pattern.match(head)), None)
        for column, pattern in WEIGHT_HEADS.items()
    }
    if len(keys) != 2 or places["area_weight"] is None or places["population_weight"] is None:  # noqa: PLR2004 - from, to
        raise SourceChanged(
            f"{raw.name}, sheet {name}: expected two columns of keys (Kreise or Gemeinden 31.12.YYYY) and "
            f"weights by area and population, found {'; '.join(heads) or 'nothing'}."
        )
    is_district = keys[0][1].group(1) is not None
    cut = [
        _cells(row, (keys[0][0], keys[1][0]), places, is_district, f"sheet {name} row {number}")
        for number, row in enumerate(rows[1:], start=2)
        if any(text(cell) for cell in row)
    ]
    years = [int(found.group(3)) for _, found in keys]
    table = pl.DataFrame(cut, schema=RAW_SCHEMA, orient="row").with_columns(
        year_from=pl.lit(years[0], pl.Int64),
        territory_to=pl.lit(date(years[1], 12, 31)),
        level=pl.lit("district" if is_district else "municipality"),
        snapshot_id=pl.lit(raw.snapshot_id),
        defect=pl.lit(None, pl.String),
    )
    return table.filter(pl.col("unreadable").is_null()).select(list(TABLE.columns)), reject(
        table.filter(pl.col("unreadable").is_not_null()),
        source_id=SOURCE.id,
        table=TABLE.table,
        rule="record_readable",
        value=pl.col("raw_text"),
        reason=pl.format("{} cannot be read", "unreadable"),
        remedy="Keys are whole numbers and weights are numbers; take the workbook unopened from the BBSR.",
    )


def _cells(
    row: Row, keys: tuple[int, int], places: Mapping[str, int | None], is_district: bool, locator: str
) -> list[object]:
    """One record: both keys as text, the weights, what could not be read, provenance."""
    texts = [_key(row[place], is_district) for place in keys]
    cells = [None if place is None else row[place] for place in places.values()]
    weights = [float(cell) if isinstance(cell, int | float) else None for cell in cells]
    wrong = [
        *(f"key {text(row[place])}" for place, key in zip(keys, texts, strict=True) if key is None),
        *(
            f"{column} {text(cell)}"
            for column, cell, weight in zip(places, cells, weights, strict=True)
            if weight is None and (column != "employment_weight" or (cell is not None and text(cell)))
        ),
    ]
    return [*texts, *weights, "; ".join(wrong) or None, locator, shown(row)]


def _key(cell: object, is_district: bool) -> str | None:
    """A key with its leading zero; districts carry three zeros of a municipality they do not have."""
    found = digits(cell, 8)
    if found is None or not is_district:
        return found
    if found.startswith("000"):
        return found[3:]
    return found[:5] if found.endswith("000") else None


def _package(raw: Raw) -> pl.DataFrame:
    """The keys as the R package has them: texts with leading zeros, all years in one table."""
    return (
        columns_of(raw, PACKAGE)
        .select(
            "snapshot_id",
            "locator",
            "raw_text",
            year_from=pl.col("year_xw").cast(pl.Int64),
            key_from="ags_xw",
            key_to="ags20",
            territory_to=pl.lit(PACKAGE_TERRITORY),
            level=pl.when(pl.col("ags_xw").str.len_chars() == 5)  # noqa: PLR2004 - digits of a district
            .then(pl.lit("district"))
            .otherwise(pl.lit("municipality")),
            population_weight="pop_conv",
            area_weight="size_conv",
            employment_weight="emp_conv",
            defect=pl.lit(None, pl.String),
        )
        .select(list(TABLE.columns))
    )


def _beside(workbook: pl.DataFrame, package: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What the package adds to the workbook, and where it contradicts it."""
    year = ["level", "year_from", "territory_to"]
    added = package.join(workbook.select(year).unique(), on=year, how="anti", maintain_order="left")
    repeated = package.join(workbook.select(year).unique(), on=year, how="semi", maintain_order="left")
    beside = repeated.join(
        workbook, on=list(TABLE.key), how="left", suffix="_original", maintain_order="left"
    )
    agrees = pl.all_horizontal(
        (pl.col(name) - pl.col(f"{name}_original")).abs().fill_null(TOLERANCE + 1) <= TOLERANCE
        for name in ("population_weight", "area_weight")
    )
    return added, reject(
        beside.filter(~agrees),
        source_id=SOURCE.id,
        table=TABLE.table,
        rule="agrees_with_original",
        value=pl.col("raw_text"),
        reason="the package has another weight than the workbook of the BBSR",
        remedy="The workbook is used. Find out which edition the package was made from.",
    )


def _with_defects(weights: pl.DataFrame) -> pl.DataFrame:
    """Say for every unit and year which of its weights do not add up to one; change none of them."""
    unit = ["level", "year_from", "key_from", "territory_to"]

    def off(column: str, shown_as: str) -> pl.Expr:
        total = pl.col(column).sum().over(unit)
        known = pl.col(column).is_not_null().any().over(unit)
        return pl.when(known & ((total - 1).abs() > TOLERANCE)).then(pl.lit(shown_as))

    defects = pl.concat_list(
        off("population_weight", "population"),
        off("area_weight", "area"),
        off("employment_weight", "employment"),
    ).list.drop_nulls()
    return weights.with_columns(defect=pl.when(defects.list.len() > 0).then(defects.list.join(","))).select(
        list(TABLE.columns)
    )


SOURCE = Source(
    id="bbsr_weights",
    title="BBSR-Umstiegsschlüssel für Gemeinden und Kreise",
    publisher="Bundesinstitut für Bau-, Stadt- und Raumforschung (BBSR); R-Paket ags",
    licence="dl-de/by-2-0 (BBSR); das Paket, das die Schlüssel weitergibt, steht unter GPL-3",
    attribution="© BBSR Bonn, Umstiegsschlüssel für konsistente Zeitreihen",
    homepage="https://www.bbsr.bund.de/BBSR/DE/forschung/raumbeobachtung/Raumabgrenzungen/umstiegsschluessel/",
    tables=("territory_weight",),
    read=read,
    archive=("crosswalk/BBSR_ref-*-umrech-*.xlsx", "crosswalk/ags_xwalk_*.parquet"),
    rhythm_days=365,
    group="register",
)
