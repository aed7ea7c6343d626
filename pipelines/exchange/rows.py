"""The rows of the downloads: observations with the names behind their keys and the reason in words.

Belongs here: joining published tables to one long table, and cutting it by unit or indicator. Does not
belong here: any form of file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from indicators.portions import portions
from pipelines.exchange.columns import COLUMNS
from pipelines.exchange.source_files import cells
from pipelines.slices import spans
from quality.contracts import CONTRACTS
from quality.status import OBS_STATUS

TABLES = (
    "observation",
    "observation_plan",
    "municipality",
    "indicator",
    "reason",
    "source",
    "snapshot",
    "release",
)
"""Published tables the exchange is made from."""

ORDERED = ("indicator_id", "number", "label", "family")
"""What decides the order of rows and which of them are content, besides the names of indicators."""

AFTER_DIGITS = ":"
"""Stands behind every digit in the order of characters."""
YEARS = 10_000
"""More than any year: what stands before the year when rows are put in order."""
AT_ONCE = 250_000
"""Rows of one Land that are held without names at one time."""
IN_WORDS = 120_000
"""Rows that are held with their names and in every form at one time."""

STATUS_WORDS = {code: (text.de, text.en) for code, text in OBS_STATUS.items()}

WITHOUT_CONTENT = ("data",)
"""Families of indicators that say how much is known, not what: such a value alone is no data on a unit."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """The published tables the exchange is made from, each in the form of its contract.

    `observed` is table `observation`: by far the largest, so it is read as far as somebody asks for it.
    """

    observed: pl.LazyFrame
    observation_plan: pl.DataFrame
    municipality: pl.DataFrame
    indicator: pl.DataFrame
    reason: pl.DataFrame
    source: pl.DataFrame
    snapshot: pl.DataFrame
    release: pl.DataFrame

    @classmethod
    def of(
        cls, tables: Mapping[str, pl.DataFrame], observed: pl.DataFrame | pl.LazyFrame | None = None
    ) -> Published:
        """From tables by name; one that is absent counts as empty.

        Args:
            tables: name to table.
            observed: table `observation` where it stands among the tables in another form or not at all.
        """
        found = {name: tables.get(name, CONTRACTS[name].empty()) for name in TABLES}
        whole = found.pop("observation")
        return cls(observed=(whole if observed is None else observed).lazy(), **found)

    @property
    def observation(self) -> pl.DataFrame:
        """All observations, read anew whenever they are asked for."""
        return self.observed.collect()

    def of_indicator(self, indicator_id: str) -> pl.DataFrame:
        """The observations of one indicator."""
        return self.observed.filter(pl.col("indicator_id") == indicator_id).collect()


def long_rows(published: Published, observations: pl.DataFrame) -> pl.DataFrame:
    """Observations with names and words, in the columns of every download.

    Args:
        published: tables that hold the names.
        observations: rows in the form of `observation`.

    Returns:
        One row per observation, sorted by unit, indicator in catalogue order, and year.
    """
    return worded(published, _in_order(published, observations))


def worded(published: Published, observations: pl.DataFrame) -> pl.DataFrame:
    """The same for observations in that order already."""
    units = published.municipality.select("ags", "level", "district", "land", unit_name="name")
    indicators = published.indicator.select(
        "indicator_id", indicator_name="name_de", unit_of_measure="unit_de"
    )
    reasons = published.reason.select("reason", reason_text="text_de")
    words = {code: german for code, (german, _) in STATUS_WORDS.items()}
    return (
        with_files(published, observations)
        .join(units, on="ags", how="left", maintain_order="left")
        .join(indicators, on="indicator_id", how="left", maintain_order="left")
        .join(reasons, on="reason", how="left", maintain_order="left")
        .with_columns(
            status_text=pl.col("obs_status").replace_strict(words, return_dtype=pl.String),
        )
        .select(list(COLUMNS))
    )


def with_files(published: Published, observations: pl.DataFrame) -> pl.DataFrame:
    """Observations with the names of the files they rest on in place of checksums."""
    return observations.with_columns(cells(observations, published.snapshot)).drop("snapshot_ids")


def _in_order(published: Published, observations: pl.DataFrame) -> pl.DataFrame:
    """Observations by unit, indicator in catalogue order, and year; without words, which take most of the memory."""
    return observations.sort(_place(observations, published.indicator))


def _place(observations: pl.DataFrame, indicators: pl.DataFrame) -> pl.Expr:
    """Where each row stands by unit, indicator in catalogue order, and year, as one number to sort by."""
    units = observations["ags"].unique().sort()
    ids = indicators.sort("number", "label")["indicator_id"]
    unit, indicator = (
        pl.col(named.name).replace_strict(named, pl.int_range(1, len(named) + 1, eager=True), default=0)
        for named in (units, ids)
    )
    return (unit * (len(ids) + 1) + indicator) * YEARS + pl.col("year")


def has_content(rows: pl.DataFrame, indicators: pl.DataFrame) -> set[str]:
    """Keys of units that have a value of any indicator besides those on the data themselves."""
    families = indicators.filter(~pl.col("family").is_in(WITHOUT_CONTENT))["indicator_id"]
    valued = rows.filter(pl.col("value").is_not_null(), pl.col("indicator_id").is_in(families.implode()))
    return set(valued["ags"].unique())


def lands(observed: pl.LazyFrame) -> list[str]:
    """Keys of the Länder with observations, sorted."""
    return observed.select(pl.col("ags").str.slice(0, 2).unique().sort()).collect().to_series().to_list()


def of_land(observed: pl.LazyFrame, land: str) -> Iterator[pl.DataFrame]:
    """Observations of a Land, of whole units in ascending order; few Länder have so many that they come in parts."""
    # compared and not cut, so that a reader passes over rows of other Länder by the bounds a file states
    rows = observed.filter((pl.col("ags") >= land) & (pl.col("ags") < land + AFTER_DIGITS))
    for span in spans([rows], AT_ONCE):
        yield rows.filter(span.holds()).collect()


def in_words(published: Published, observations: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """`long_rows` of whole units in ascending order, a few at a time: words take most of the memory."""
    ordered = _in_order(published, observations)
    begin = 0
    units = ordered["ags"].rle().struct.field("len")
    for lengths in portions(((length, length) for length in units), IN_WORDS):
        yield worded(published, ordered.slice(begin, sum(lengths)))
        begin += sum(lengths)
