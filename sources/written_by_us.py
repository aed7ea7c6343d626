"""Small tables of names this project wrote itself and ships in the package.

Belongs here: reading them at import, as text columns. Does not belong here: what the rows mean
(the module that uses a table says so), or written-down facts with dates (`sources/written.py`).
"""

from __future__ import annotations

from importlib.resources import files

import polars as pl


def embedded_table(name: str, columns: tuple[str, ...]) -> pl.DataFrame:
    """A table below `sources/embedded/`, every column as text, empty cells as null.

    Raises:
        ValueError: the header is not the one declared, so that a typing slip is seen at once.
    """
    content = files("sources").joinpath("embedded", name).read_bytes()
    table = pl.read_csv(content, separator=";", comment_prefix="#", infer_schema=False)
    if tuple(table.columns) != columns:
        raise ValueError(f"sources/embedded/{name} must have the columns {'; '.join(columns)}")
    return table
