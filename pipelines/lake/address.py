"""The address of a lake: where its catalogue is and where its files lie, in one setting without a password.

Belongs here: taking the setting apart. Does not belong here: the password (`pipelines/secrets.py`) or
connecting (`opening.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

FORM = "postgresql://user@host:5432/database?data=/srv/sdg17-lake"
FOLDER = "data"
"""The word of the address that names the folder of Parquet files."""
PATIENCE = {"connect_timeout": "10", "tcp_user_timeout": "60000"}
"""Seconds to wait for a server that does not answer, milliseconds for one that has gone."""
_SHAPE = re.compile(r"postgresql://[^\s:/@?#]+@([^\s:/@?#]*)(:\d{1,5})?/[^\s/@?#]+\?[^\s#]+")
_WITH_PASSWORD = re.compile(r"[^/]*//[^/@]*:[^/]*@.*|.*[?&]password=.*")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a lake is."""

    catalogue: str
    """Words of libpq, without a password."""
    data: Path
    """Folder of Parquet files; the same path on every host that reads."""


def place(address: str) -> Place:
    """Take an address apart.

    Raises:
        ValueError: it is of another form, or holds a password, which is then not repeated.
    """
    if _WITH_PASSWORD.fullmatch(address):
        raise ValueError("it holds a password; set SDG17_SECRET_LAKE_PASSWORD instead")
    if not _SHAPE.fullmatch(address):
        raise ValueError(f"give {FORM}")
    parts = urlsplit(address)
    words = dict(parse_qsl(parts.query))
    data = Path(words.pop(FOLDER, ""))
    if not data.is_absolute() or len(data.parts) == 1:
        raise ValueError(f"name the folder of its files by its whole path: {FORM}")
    told = {
        "host": parts.hostname or "",
        "port": str(parts.port or ""),
        "dbname": unquote(parts.path.removeprefix("/")),
        "user": unquote(parts.username or ""),
        **PATIENCE,
        **words,
    }
    return Place(
        catalogue=" ".join(f"{name}={_word(value)}" for name, value in told.items() if value), data=data
    )


def _word(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'" if re.search(r"[\s\\']", value) else value
