"""Rows of many units in words, and their lines in each form, written at most once for all of them.

Belongs here: what a batch of rows is turned into before files are made of it. Does not belong here: which
rows stand in a batch, and which files there are (`parts.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from io import BytesIO

import polars as pl

from pipelines.exchange.cells import Texts
from pipelines.exchange.delimited import OFFICE, PLAIN, Form, files_by_key, joined, lines
from pipelines.exchange.document_rows import UnitRows, by_unit
from pipelines.exchange.documents import Words
from pipelines.exchange.workbook import sheet_lines


class Batch:
    """Rows in the columns of every download, sorted by unit."""

    def __init__(self, long: pl.DataFrame, words: Words) -> None:
        """Take the rows, and the names and texts documents explain them with."""
        self.rows = long
        self._texts = Texts(long)
        self._words = words
        self.read: list[str | None] = long["source_files"].to_list()
        """Files each row rests on."""
        self._files: dict[Form, Mapping[str, bytes]] = {}

    @cached_property
    def plain(self) -> pl.Series:
        """Lines of the plain form."""
        return lines(self._texts, PLAIN)

    @cached_property
    def office(self) -> pl.Series:
        """Lines of the office form."""
        return lines(self._texts, OFFICE)

    @cached_property
    def told(self) -> Mapping[str, UnitRows]:
        """What the document of each unit says because of its rows."""
        return by_unit(self._texts, self._words.indicators)

    @property
    def sheet(self) -> bytes:
        """All rows of a workbook."""
        return joined(sheet_lines(self._texts), "")

    def body(self, form: Form) -> bytes:
        """All lines in a form, without a head."""
        return joined(self.plain if form is PLAIN else self.office, form.end)

    def files_of(self, form: Form) -> Mapping[str, bytes]:
        """File of each unit in a form."""
        if form not in self._files:
            written = self.plain if form is PLAIN else self.office
            self._files[form] = files_by_key(self.rows["ags"], written, form)
        return self._files[form]

    def sheets(self, keys: Iterable[str]) -> Mapping[str, bytes]:
        """Rows of a workbook for each of some units."""
        chosen = self.rows.filter(pl.col("ags").is_in(list(keys)))
        told = chosen.select("ags", line=sheet_lines(Texts(chosen))).group_by("ags", maintain_order=True)
        return dict(told.agg(pl.col("line").str.join("").cast(pl.Binary)).iter_rows())

    def units(self) -> Iterator[tuple[str, int, int]]:
        """Key of every unit, and where its rows begin and end."""
        start = 0
        for length, key in self.rows["ags"].rle().struct.unnest().select("len", "value").iter_rows():
            yield key, start, start + length
            start += length


def parquet(frame: pl.DataFrame) -> bytes:
    """Rows in the columns of every download as a Parquet file."""
    content = BytesIO()
    frame.write_parquet(content, compression="zstd", statistics=False)
    return content.getvalue()
