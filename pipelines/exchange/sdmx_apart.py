"""What pysdmx writes of a release, written in a process of its own.

Belongs here: handing that process codes and one row, taking its messages. Does not belong here: the messages
(`sdmx_structure.py`, `sdmx_data.py`), the rows.

The library brings pandas, pyarrow and lxml along: 80 MB for one message and the frame of another.
"""

from __future__ import annotations

from dataclasses import dataclass

import orjson
import polars as pl

from pipelines.apart import answering, asked_apart
from pipelines.exchange.sdmx_data import around
from pipelines.exchange.sdmx_structure import COMPONENTS, Codes, structure_message

_TYPES = {"double": pl.Float64, "integer": pl.Int64, None: pl.String}


@dataclass(frozen=True, kw_only=True)
class Messages:
    """The structure message, and what stands before and after the rows of the message of data."""

    structure: bytes
    before: bytes
    after: bytes


def messages(named: Codes, first: pl.DataFrame, release_id: str) -> Messages:
    """What is written around the rows of a release.

    Args:
        named: what `code_lists` gives.
        first: the first row of the message of data, in the columns of the structure.
        release_id: the release.

    Raises:
        ApartBroke: the process ended without an answer.
    """
    question = {"named": named, "first": first.to_dicts(), "release_id": release_id}
    told = orjson.loads(asked_apart(__name__, orjson.dumps(question)))
    return Messages(**{name: text.encode() for name, text in told.items()})


def answered(question: bytes) -> bytes:
    """What the process does: from codes, row and release to the messages as JSON."""
    asked = orjson.loads(question)
    schema = {name: _TYPES[each.numeric] for name, each in COMPONENTS.items()}
    before, after = around(pl.DataFrame(asked["first"], schema=schema), asked["release_id"])
    structure = structure_message(asked["named"], asked["release_id"])
    return orjson.dumps({"structure": structure.decode(), "before": before.decode(), "after": after.decode()})


if __name__ == "__main__":
    answering(answered)
