"""The program as one hash: what reads and computes, and what shows the results.

Belongs here: which files decide. Does not belong here: what follows from a change (`night.py`, `keeping.py`).
"""

from __future__ import annotations

import hashlib
from importlib import metadata, resources
from pathlib import Path

SHOWN_BY = ("charts", "exchange", "site", "sql")
"""Folders of this package whose change alone calls for a new release."""


def program_hash() -> str:
    """SHA-256 over everything that decides how tables are shown."""
    digest = hashlib.sha256(metadata.version("sdg17").encode())
    root = Path(str(resources.files("pipelines")))
    for folder in SHOWN_BY:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()


def computation_hash() -> str:
    """SHA-256 over the program that reads and computes: everything but what only shows the results."""
    digest = hashlib.sha256(metadata.version("sdg17").encode())
    for package in ("indicators", "pipelines", "quality", "sources"):
        root = Path(str(resources.files(package)))
        for path in sorted(root.rglob("*")):
            inner = path.relative_to(root)
            shows = package == "pipelines" and inner.parts[0] in SHOWN_BY
            if path.is_file() and path.suffix != ".pyc" and not shows:
                digest.update(f"{package}/{inner}".encode() + path.read_bytes())
    return digest.hexdigest()
