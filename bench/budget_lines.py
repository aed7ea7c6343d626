"""Made-up budget lines of as many municipalities as wanted, written slice by slice, from a seed.

Belongs here: lines, spending rules and populations that exist in no source, in the form of their contracts, as
Parquet files larger than memory. Does not belong here: what is done with them (`lines.py`), tables that fit
into memory (`made_up.py`). Nothing here looks like a real figure: units are counted through, every text says
that it is made up.

A unit publishes one file a year with a plan and an outcome in equal parts; one line in a hundred has no
amount, one in ten is a reversal. Three functions in eighty stand for development cooperation.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from bench.made_up import SEED, YEARS
from indicators.tagging import tag_lines
from quality.contracts import CONTRACTS

A_YEAR = 93
"""Lines of a unit in a year: 20 million for all municipalities of Germany in 20 years."""
AT_A_TIME = 500_000
FIRST_FUNCTION, FUNCTIONS = 100, 80
TAGS = {100: "development_abroad", 101: "development_domestic", 102: "fair_trade"}
DONE = "complete"
"""Name of the file that says that all others are."""


def write(folder: Path, units: int, lines_a_year: int = A_YEAR) -> None:
    """Write the tables as `<table>.parquet`, in published order.

    Args:
        folder: where.
        units: number of municipalities.
        lines_a_year: lines of each in each of the years of `made_up.YEARS`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rules = _rules(0, units)
    rules.write_parquet(folder / "spending_rule.parquet")
    _population(units).write_parquet(folder / "population_measure.parquet")
    lines, tags = _Growing(folder / "budget_line.parquet"), _Growing(folder / "line_tag.parquet")
    for first, last in _spans(units, lines_a_year):
        part = _lines(first, last, lines_a_year)
        lines.add(part)
        tags.add(
            tag_lines(
                part, rules.filter(pl.col("ags").is_between(pl.lit(_ags(first)), pl.lit(_ags(last - 1))))
            )
        )
    lines.close()
    tags.close()


class _Growing:
    """A Parquet file that is written part by part."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pq.ParquetWriter | None = None

    def add(self, frame: pl.DataFrame) -> None:
        rows = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, rows.schema, compression="zstd", compression_level=1)
        self._writer.write_table(rows, row_group_size=250_000)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


def _spans(units: int, lines_a_year: int) -> Iterator[tuple[int, int]]:
    step = max(1, AT_A_TIME // (lines_a_year * len(YEARS)))
    return ((first, min(units, first + step)) for first in range(0, units, step))


def _ags(number: int) -> str:
    return f"{1 + number // 1_000_000:02}{number % 1_000_000:06}"


def _lines(first: int, last: int, lines_a_year: int) -> pl.DataFrame:
    """Rows of `budget_line` of the units from `first` to before `last`, in published order."""
    cells = (last - first) * len(YEARS)
    count = cells * lines_a_year
    chance = np.random.default_rng([SEED, first])
    number = np.tile(np.arange(lines_a_year, dtype=np.int64), cells)
    amount = np.floor(chance.pareto(0.8, count) * 10_000).clip(max=10**11).astype(np.int64)
    amount[chance.random(count) < 0.1] *= -1
    keys = pl.Series([_ags(each) for each in range(first, last)], dtype=pl.String)
    made = pl.DataFrame(
        {
            "unit": np.repeat(np.arange(last - first, dtype=np.uint32), len(YEARS) * lines_a_year),
            "year": np.tile(np.repeat(np.asarray(YEARS, dtype=np.int64), lines_a_year), last - first),
            "number": number,
            "function": FIRST_FUNCTION + chance.integers(0, FUNCTIONS, count),
            "account": 600_000 + chance.integers(0, 300, count) * 10,
            "amount": amount,
            "unknown": chance.random(count) < 0.01,
        }
    )
    spent = pl.col("account") % 30 != 0
    planned = pl.col("number") >= lines_a_year // 2
    place = pl.format("row {}", "number")
    columns = {
        "ags": keys.gather(made["unit"]),
        "phase": pl.when(planned).then(pl.lit("plan")).otherwise(pl.lit("actual")),
        "accounting": pl.lit("doppik_cash"),
        "direction": pl.when(spent).then(pl.lit("expenditure")).otherwise(pl.lit("revenue")),
        "budget_part": pl.when(pl.col("account") % 50 == 0)
        .then(pl.lit("capital"))
        .otherwise(pl.lit("current")),
        "function_code": pl.col("function").cast(pl.String),
        "function_name": pl.format("made-up function {}", "function"),
        "account_code": pl.col("account").cast(pl.String),
        "account_name": pl.format("made-up account {}", "account"),
        "line_text": pl.format("made-up line of account {}", "account"),
        "amount_cents": pl.when(~pl.col("unknown")).then(pl.col("amount")),
        "symbol": pl.when(pl.col("unknown")).then(pl.lit("x")),
        "locator": place,
        "raw_text": pl.format("made up;{};{};{}", "function", "account", "amount"),
    }
    schema = CONTRACTS["budget_line"].schema
    named = made.with_columns(**columns).with_columns(
        budget_line_id=pl.format("made_up/{}/{}:{}", "ags", "year", "locator"),
        snapshot_id=pl.format("{}{}", pl.col("ags"), pl.col("year")).str.pad_end(64, "0"),
    )
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in named.columns]
    return (
        named.with_columns(absent)
        .select(pl.col(name).cast(dtype) for name, dtype in schema.items())
        .sort(CONTRACTS["budget_line"].sort)
    )


def _rules(first: int, last: int) -> pl.DataFrame:
    """Rows of `spending_rule`: three functions of every unit count, and every third has no partnership."""
    schema = CONTRACTS["spending_rule"].schema
    units = pl.DataFrame({"ags": [_ags(each) for each in range(first, last)]})
    tagging = [
        units.select(
            "ags",
            rule_id=pl.format("made_up.{}.{}", "ags", pl.lit(tag)),
            tag=pl.lit(tag),
            function_pattern=pl.lit(str(function)),
            confirmed_none=pl.lit(value=False),
        )
        for function, tag in TAGS.items()
    ]
    none = units.gather_every(3).select(
        "ags",
        rule_id=pl.format("made_up.{}.none", "ags"),
        tag=pl.lit("international_partnership"),
        function_pattern=pl.lit(None, pl.String),
        confirmed_none=pl.lit(value=True),
    )
    same = {
        "share": 1.0,
        "obs_status": "A",
        "evidence": "made up",
        "reviewer": "nobody: made up",
        "decided_on": date(2026, 1, 1),
        "snapshot_id": "0" * 64,
        "locator": "made up",
        "raw_text": "made up",
    }
    made = pl.concat([*tagging, none]).with_columns(
        **{name: pl.lit(value) for name, value in same.items() if name in schema}
    )
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in made.columns]
    return (
        made.with_columns(absent)
        .select(pl.col(name).cast(dtype) for name, dtype in schema.items())
        .sort(CONTRACTS["spending_rule"].sort)
    )


def _population(units: int) -> pl.DataFrame:
    """Columns ags, year and population of every unit and year."""
    chance = np.random.default_rng([SEED, units])
    people = np.maximum(50, chance.lognormal(7.5, 1.3, units)).astype(np.int64)
    base = pl.DataFrame({"ags": [_ags(each) for each in range(units)], "population": people})
    return base.join(pl.DataFrame({"year": list(YEARS)}, schema={"year": pl.Int64}), how="cross").select(
        "ags", "year", "population"
    )


def main() -> int:
    """Write the lines of so many units to a folder: `python -m bench.budget_lines FOLDER UNITS [LINES A YEAR]`."""
    folder, units, *rest = sys.argv[1:]
    write(Path(folder), int(units), int(rest[0]) if rest else A_YEAR)
    (Path(folder) / DONE).touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
