"""What a statement finds, as a frame.

Belongs here: the one way from DuckDB's rows to Polars. Does not belong here: statements, or whose connection it is.

Polars reads the rows as DuckDB finds them. `.pl()` of a relation would load pyarrow, which a night needs for
nothing else (40 MB), and hold all rows twice.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import polars as pl

_OF_THE_DATABASE = {"INTERNAL Error": duckdb.InternalException, "FATAL Error": duckdb.FatalException}
"""What an error says that is not one of the statement."""


def selected(
    connection: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, object] | None = None
) -> pl.DataFrame:
    """The rows of one SELECT.

    Raises:
        duckdb.Error: the statement is wrong or fails at one of the rows.
    """
    try:
        return pl.DataFrame(connection.sql(sql, params=params))
    except pl.exceptions.ComputeError as error:  # how Polars tells of an error after the first rows
        kinds = (kind for said, kind in _OF_THE_DATABASE.items() if said in str(error))
        raise next(kinds, duckdb.Error)(str(error)) from error
