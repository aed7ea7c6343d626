"""The files values rest on, as downloads name them: `source/name`, the same in every release.

Belongs here: the name of a file in downloads, and the table that says which bytes it stands for. Does not
belong here: how a form writes a row (`delimited.py`, `documents.py`), who must be named (`licence.py`).

A download names files and leaves their checksums to one table that all share. One file may hold a whole Land;
with its checksum in every row, a new delivery would rewrite the downloads of all its municipalities, also of
those whose figures are the same.
"""

from __future__ import annotations

from collections.abc import Mapping

import orjson
import polars as pl

from pipelines.listed import in_one

COLUMNS = (
    "file",
    "sha256",
    "source_id",
    "name",
    "origin",
    "url",
    "retrieved_at",
    "size_bytes",
    "licence",
    "attribution",
)
"""Columns of the table of files, in published order."""

_MARK = 12
"""Digits of a checksum that tell two files of one name apart."""


def source_files(snapshots: pl.DataFrame) -> pl.DataFrame:
    """Every file of a release with the name downloads have for it.

    Args:
        snapshots: table `snapshot`.

    Returns:
        Columns `COLUMNS`, sorted by `file`, which is unique: source and name with blanks as %20, and the
        beginning of the checksum where one source has several files of one name.
    """
    name = pl.concat_str("source_id", pl.lit("/"), pl.col("name").str.replace_all(" ", "%20", literal=True))
    marked = pl.concat_str(name, pl.lit("@"), pl.col("snapshot_id").str.slice(0, _MARK))
    several = pl.struct("source_id", "name").is_duplicated()
    named = snapshots.with_columns(file=pl.when(several).then(marked).otherwise(name))
    return named.rename({"snapshot_id": "sha256"}).select(COLUMNS).sort("file")


def cells(observations: pl.DataFrame, snapshots: pl.DataFrame) -> pl.Series:
    """Names of the files of each observation, sorted and separated by blanks; null where there are none.

    Args:
        observations: rows with `snapshot_ids`.
        snapshots: table `snapshot`; a checksum it does not know stands for itself.
    """
    names: dict[str, list[str]] = {}
    for file, digest in source_files(snapshots).select("file", "sha256").iter_rows():
        names.setdefault(digest, []).append(file)
    given = in_one(observations["snapshot_ids"])
    told = {cell: _told(cell, names) for cell in given.unique() if cell}
    names_of = pl.DataFrame(
        {"cell": list(told), "source_files": list(told.values())},
        schema={"cell": pl.String, "source_files": pl.String},
    )
    return given.to_frame("cell").join(names_of, on="cell", how="left", maintain_order="left")["source_files"]


def _told(cell: str, names: Mapping[str, list[str]]) -> str:
    return " ".join(sorted({file for each in cell.split(" ") for file in names.get(each, [each])}))


def files_document(snapshots: pl.DataFrame, *, version: str, release_id: str) -> bytes:
    """The table of files as a document of the interface."""
    rows = source_files(snapshots).rows()
    return orjson.dumps({"version": version, "release_id": release_id, "columns": COLUMNS, "rows": rows})


def files_csv(snapshots: pl.DataFrame) -> bytes:
    """The table of files in the plain form."""
    return source_files(snapshots).write_csv().encode()
