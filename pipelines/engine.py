"""On which engine the measures of large tables are made: Polars, DuckDB, or Apache Spark on a cluster.

Belongs here: handing tables to an engine as lazy frames, keeping a result there, bringing rows back. Does not
belong here: any formula (`indicators/measures`), what becomes of the rows (`pipelines/measuring.py`), or where
the setting stands (`pipelines/settings.py`). See docs/engines.md.

Formulas never know which engine carries them out; all three give the same rows, which a test on a real
cluster shows (`tests/spark`). This module needs neither Dagster nor the settings, so that test can use it in
an environment of its own.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol
from urllib.parse import quote, urlsplit

import narwhals.stable.v2 as nw
import polars as pl

from indicators.measure import Lazy, MeasureGroup
from pipelines.slices import AT_ONCE

POLARS, DUCKDB, SPARK = "polars", "duckdb", "spark"
PORT = 15002
"""Where Spark Connect listens unless told otherwise."""
ANSWER_SECONDS = 10
LARGE = ("budget_line", "municipal_finance")
"""Tables that grow with budgets; all others grow with units and years and stay small."""
AS_WRITTEN = pl.QueryOptFlags(join_order=False)
"""Joins in the order a group writes them: without figures on its tables, Polars 2.1 may begin with the
two that share only a date, which made 100 million rows and 23 GB of 35,000 populations."""
SESSION = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
}
"""A sum beyond 64 bits or a wrong cast is an error instead of a wrong number; dates are those of UTC."""


class EngineUnavailable(RuntimeError):
    """The engine that is set cannot be used; the message names what to do, never a token."""


class Engine(Protocol):
    """Where lazy frames live."""

    lines_at_once: ClassVar[int]
    """Rows of large tables it takes in one piece, so that it never needs more than a gigabyte here."""

    def frames(self, tables: Mapping[str, pl.LazyFrame]) -> dict[str, Lazy]:
        """The tables as lazy frames of this engine."""

    def kept(self, rows: Lazy) -> Lazy:
        """The same rows, computed once, to be read several times."""

    def shared(self, rows: Lazy) -> Lazy:
        """The same rows, computed once even where one query reads them many times."""

    def collected(self, rows: Lazy) -> pl.DataFrame:
        """The rows in memory, in Polars, in any order."""

    def forget(self) -> None:
        """Let go of what was kept; frames made before may no longer be read."""


@dataclass(frozen=True, kw_only=True)
class OnPolars:
    """The default: in this process, out of the Parquet files."""

    lines_at_once: ClassVar[int] = AT_ONCE

    def frames(self, tables: Mapping[str, pl.LazyFrame]) -> dict[str, Lazy]:
        """The tables as they are."""
        return {name: nw.from_native(frame) for name, frame in tables.items()}

    def kept(self, rows: Lazy) -> Lazy:
        """The rows, collected."""
        return nw.from_native(self.collected(rows).lazy())

    shared = kept

    def collected(self, rows: Lazy) -> pl.DataFrame:
        """The rows, joined in the order they are written."""
        frame: pl.DataFrame = rows.to_native().collect(optimizations=AS_WRITTEN)
        return frame

    def forget(self) -> None:
        """Nothing is held but what callers hold."""


@dataclass(frozen=True, kw_only=True)
class OnDuckDB:
    """In this process, in a database in memory."""

    lines_at_once: ClassVar[int] = AT_ONCE
    connection: Any
    names: list[str] = field(default_factory=list)

    def frames(self, tables: Mapping[str, pl.LazyFrame]) -> dict[str, Lazy]:
        """Views of the tables in Arrow."""
        for name, frame in tables.items():
            self.connection.register(name, frame.collect().to_arrow())
        return {name: nw.from_native(self.connection.table(name)) for name in tables}

    def kept(self, rows: Lazy) -> Lazy:
        """A table of the database."""
        name = f"kept_{len(self.names)}"
        rows.to_native().create(name)
        self.names.append(name)
        table: Lazy = nw.from_native(self.connection.table(name))
        return table

    shared = kept

    def collected(self, rows: Lazy) -> pl.DataFrame:
        """The rows through Arrow."""
        return _in_polars(rows)

    def forget(self) -> None:
        """The tables of kept rows go."""
        for name in self.names:
            self.connection.execute(f"DROP TABLE {name}")
        self.names.clear()


@dataclass(frozen=True, kw_only=True)
class OnSpark:
    """On a cluster, through a session of Spark Connect; tables and rows travel as Arrow."""

    lines_at_once: ClassVar[int] = 4_000_000
    session: Any

    def frames(self, tables: Mapping[str, pl.LazyFrame]) -> dict[str, Lazy]:
        """The tables, sent to the cluster."""
        oldest = pl.CompatLevel.oldest()
        sent = {name: frame.collect().to_arrow(compat_level=oldest) for name, frame in tables.items()}
        return {name: nw.from_native(self.session.createDataFrame(table)) for name, table in sent.items()}

    def kept(self, rows: Lazy) -> Lazy:
        """The rows, in the memory or on the disks of the cluster until the session ends."""
        frame: Lazy = nw.from_native(rows.to_native().localCheckpoint(eager=True))
        return frame

    shared = kept

    def collected(self, rows: Lazy) -> pl.DataFrame:
        """The rows through Arrow."""
        return _in_polars(rows)

    def forget(self) -> None:
        """The cluster drops what was kept once no frame of it is left here."""


def _in_polars(rows: Lazy) -> pl.DataFrame:
    frame: pl.DataFrame = rows.collect("polars").to_native()
    return frame


def goes_to_engine(group: MeasureGroup) -> bool:
    """Whether a group reads a large table; the others take longer to send than to compute."""
    return any(name in LARGE for name in group.tables)


@contextmanager
def opened(address: str = POLARS, token: str = "") -> Iterator[Engine]:
    """An engine for the time of a computation.

    Args:
        address: `polars`, `duckdb`, or `sc://host:port` of Spark Connect, with `/;use_ssl=true` for TLS.
        token: what the cluster knows us by; it is sent encrypted only.

    Raises:
        EngineUnavailable: the client is not installed, or nobody answers at the address.
    """
    if address == POLARS:
        yield OnPolars()
    elif address == DUCKDB:
        import duckdb  # noqa: PLC0415 - only where it is the engine

        with duckdb.connect() as connection:
            yield OnDuckDB(connection=connection)
    else:
        session = _session(address, token)
        try:
            yield OnSpark(session=session)
        finally:
            session.stop()


def _session(address: str, token: str) -> Any:
    builder = _builder()
    _answers(address)
    said = f";token={quote(token, safe='')}" if token else ""
    whole = address if not said or "/" in address.removeprefix("sc://") else f"{address}/"
    session = builder.remote(whole + said).create()
    for name, value in SESSION.items():
        session.conf.set(name, value)
    return session


def _builder() -> Any:
    try:
        from pyspark.sql.connect.session import SparkSession  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise EngineUnavailable(
            "The engine is Spark, whose client is not installed here. Install the extra: "
            ".venv/bin/python -m pip install 'pyspark-client>=4.0,<4.2'. Or unset SDG17_ENGINE: "
            f"Polars computes the same. ({type(error).__name__}: {error})"
        ) from error
    builder: Callable[..., Any] = SparkSession.builder
    return builder


def _answers(address: str) -> None:
    """Whether anybody listens; Spark's own client would go on asking for ten minutes."""
    place = urlsplit(address)
    host, port = place.hostname or "", place.port or PORT
    try:
        socket.create_connection((host, port), timeout=ANSWER_SECONDS).close()
    except OSError as error:
        raise EngineUnavailable(
            f"No Spark Connect server answers at {host}:{port} ({type(error).__name__}). Start it, correct "
            "SDG17_ENGINE, or unset it: Polars computes the same."
        ) from error
