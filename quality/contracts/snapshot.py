"""Files as received, by content hash."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import SOURCE

CONTRACT = Contract(
    table="snapshot",
    description="Original files, kept byte for byte under their SHA-256",
    key=("snapshot_id", "source_id", "name"),
    sort=("source_id", "name"),
    columns={
        "snapshot_id": Column(dtype=pl.String, description="SHA-256 of the bytes", pattern="[0-9a-f]{64}"),
        "source_id": SOURCE,
        "name": Column(dtype=pl.String, description="Name of the file at its origin"),
        "origin": Column(dtype=pl.String, description="embedded, archive or live"),
        "url": Column(
            dtype=pl.String, nullable=True, description="Address the bytes came from; null for files on disk"
        ),
        "retrieved_at": Column(
            dtype=pl.String, description="When these bytes were first seen, UTC, ISO 8601"
        ),
        "size_bytes": Column(dtype=pl.Int64, description="Size", unit="byte", minimum=0),
        "licence": Column(dtype=pl.String, description="Licence as found"),
        "attribution": Column(dtype=pl.String, description="Text to print beside a use"),
    },
)
