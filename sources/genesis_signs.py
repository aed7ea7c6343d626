"""Numbers and signs of the GENESIS family: what a cell says, given whether its unit exists.

Belongs here: the meaning of one printed value. Does not belong here: the file it stands in
(`genesis_ffcsv.py`) or the dictionary of signs (`symbols.py`).
"""

from __future__ import annotations

from datetime import date

import polars as pl

from sources.symbols import interpret

NUMBER = r"^-?\d+(,\d+)?$"


def interpreted(table: pl.DataFrame, municipality: pl.DataFrame, provider: str) -> pl.DataFrame:
    """Value, symbol and status of each record; a sign nobody knows leaves the status null."""
    table = table.join(
        municipality.select("ags", "valid_from", "valid_to", "territory_date"),
        on="ags",
        how="left",
        maintain_order="left",
    ).with_columns(alive=_alive(municipality))
    is_number = pl.col("printed").str.contains(NUMBER) & (pl.col("printed") != "0")
    signs = table.filter(~is_number).select("printed", "reference_date", "alive").unique()
    meanings = pl.DataFrame(
        [_meaning(provider, *row) for row in signs.iter_rows()],
        schema={
            "printed": pl.String,
            "reference_date": pl.Date,
            "alive": pl.Boolean,
            "sign_value": pl.Float64,
            "sign_status": pl.String,
        },
        orient="row",
    )
    number = pl.col("printed").str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return table.join(
        meanings,
        on=["printed", "reference_date", "alive"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    ).with_columns(
        value=pl.when(is_number).then(number).otherwise(pl.col("sign_value")),
        symbol=pl.when(~is_number).then(pl.col("printed")),
        obs_status=pl.when(is_number).then(pl.lit("A")).otherwise(pl.col("sign_status")),
    )


def _alive(municipality: pl.DataFrame) -> pl.Expr:
    """Whether the unit exists at the time; null where no register edition read can tell.

    Editions say nothing about the time before the first of them, after the last that lists a unit,
    or between the last that does and the first that does not.
    """
    begins = municipality["valid_from"].min() if municipality.height else None
    if not isinstance(begins, date):
        return pl.lit(None, pl.Boolean)
    on, starts, ends = pl.col("reference_date"), pl.col("valid_from"), pl.col("valid_to")
    return (
        pl.when(starts.is_null())
        .then(pl.when(on >= begins).then(pl.lit(False)))
        .when(on < starts)
        .then(pl.when(starts > begins).then(pl.lit(False)))
        .when(on <= pl.col("territory_date"))
        .then(pl.lit(True))
        .when(on >= ends)
        .then(pl.lit(False))
    )


def _meaning(
    provider: str, printed: str, on: date, alive: bool | None
) -> tuple[str, date, bool | None, float | None, str | None]:
    found = interpret(provider, printed, on, alive)
    if found is None or found.keeps_figure:
        return printed, on, alive, None, None
    return printed, on, alive, None if found.value is None else float(found.value), found.obs_status
