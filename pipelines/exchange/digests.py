"""Hashes over what decides the files of the exchange.

Belongs here: how rows and other facts enter a hash. Does not belong here: what decides which part (`parts.py`).
"""

from __future__ import annotations

import hashlib

import polars as pl


def add(found: hashlib._Hash, *deciding: object) -> hashlib._Hash:
    """Add what decides a part to its hash."""
    for each in deciding:
        found.update(each if isinstance(each, bytes) else repr(each).encode())
        found.update(b"\0")
    return found


def fingerprint(frame: pl.DataFrame) -> str:
    """SHA-256 over rows in their order, each as a hash of 64 bits that Polars makes of its values and nulls.

    Equal rows have equal ones; another version of Polars may give others, and then parts are made anew.
    """
    return hashlib.sha256(frame.hash_rows().to_numpy().tobytes()).hexdigest()
