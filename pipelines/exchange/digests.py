"""Hashes over what decides the files of the exchange.

Belongs here: how rows and other facts enter a hash. Does not belong here: what decides which part (`parts.py`).
"""

from __future__ import annotations

import hashlib
from io import BytesIO

import polars as pl


def add(found: hashlib._Hash, *deciding: object) -> hashlib._Hash:
    """Add what decides a part to its hash."""
    for each in deciding:
        found.update(each if isinstance(each, bytes) else repr(each).encode())
        found.update(b"\0")
    return found


def fingerprint(frame: pl.DataFrame) -> str:
    """SHA-256 over rows in their order."""
    lists = [name for name, dtype in frame.schema.items() if dtype == pl.List(pl.String)]
    flat = frame.with_columns(pl.col(name).list.join(" ") for name in lists)
    written = BytesIO()
    flat.write_csv(written, include_header=False)
    return hashlib.sha256(written.getbuffer()).hexdigest()
