"""The form a setting must have, and what to say where it has another.

Belongs here: one function per form, which returns the value or says what to give instead; a value that may
hold a credential is never repeated. Does not belong here: which settings there are (`pipelines/settings.py`).
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from pipelines.lake.address import place as lake_place

ORIGIN_CHOICES = "embedded | archive:PATH | live"
ENGINE_CHOICES = "polars | duckdb | sc://HOST:PORT | sc://HOST:PORT/;use_ssl=true"


def known_origin(value: str) -> str:
    """Where sources are read from: a word, or a folder that exists."""
    kind, _, path = value.partition(":")
    if kind == "archive":
        if not path:
            raise ValueError("archive needs a folder after the colon, as in archive:/srv/originals")
        if not Path(path).is_dir():
            raise ValueError(f"the archive folder {path} does not exist")
    elif value not in {"embedded", "live"}:
        raise ValueError(f"{value!r} is none of {ORIGIN_CHOICES}")
    return value


def with_time_zone(value: datetime | None) -> datetime | None:
    """A clock that says which time zone it means."""
    if value is not None and value.tzinfo is None:
        raise ValueError("give the clock a time zone, as in 2026-11-22T02:00:00+01:00")
    return value


def one_line(value: str | None) -> str | None:
    """One line of ASCII characters, fit for the header of a request."""
    if value is not None and not (value.isascii() and value.isprintable()):
        raise ValueError("give one line of plain characters, as in mailto:statistik@example.org")
    return value


def reachable(value: str | None) -> str | None:
    """An address readers can write to."""
    if value is not None and not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+|https://\S+", value):
        raise ValueError("give a mailto: or https: address, as in mailto:statistik@example.org")
    return value


def listed_contributor(value: str | None) -> str | None:
    """Last part of an entry in the DCAT-AP.de list of contributors."""
    if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]+", value):
        raise ValueError("give the last part of http://dcat-ap.de/def/contributors/…, letters and digits")
    return value


def public_address(value: str | None) -> str | None:
    """Address of the site, without a slash at its end."""
    if value is not None and not re.fullmatch(r"https?://[^\s?#]+", value):
        raise ValueError("give an address that starts with https://, without ? or #")
    return value.rstrip("/") if value else None


def without_password(value: str | None) -> str | None:
    """A PostgreSQL database; a password would stand in logs and files."""
    form = r"postgresql://[^\s:/@?#]+@([^\s:/@?#]*)(:\d{1,5})?/[^\s/@?#]+(\?[^\s#]+)?"
    if value is None or re.fullmatch(form, value):
        return value
    if re.fullmatch(r"[^/]*//[^/@]*:[^/]*@.*", value):  # never repeat it
        raise ValueError("it holds a password; set SDG17_SECRET_POSTGRES_PASSWORD instead")
    raise ValueError("give postgresql://user@host:5432/database, or ?host=/run/postgresql for a socket")


def known_engine(value: str) -> str:
    """An engine for measures; a cluster elsewhere is asked encrypted only."""
    if value in {"polars", "duckdb"}:
        return value
    if re.search(r"token|password|@", value):  # never repeat it
        raise ValueError("it holds a credential; set SDG17_SECRET_SPARK_PASSWORD instead")
    found = re.fullmatch(r"sc://([\w.-]+|\[[\da-f:]+\])(:\d{1,5})?(/;use_ssl=true)?", value)
    if found is None:
        raise ValueError(f"it is none of {ENGINE_CHOICES}")
    if found[3] is None and found[1] not in {"localhost", "127.0.0.1", "[::1]"}:
        raise ValueError("a cluster on another machine is asked encrypted only: add /;use_ssl=true")
    return value


def known_lake(value: str | None) -> str | None:
    """A place a DuckLake can be opened at."""
    if value is not None:
        lake_place(value)
    return value


def addresses(value: dict[str, str]) -> dict[str, str]:
    """Addresses of providers, none with credentials in it."""
    for name, address in value.items():
        if not address.startswith(("https://", "http://")):
            raise ValueError(f"the address of {name} must start with https:// or http://")
        if "@" in address.split("/")[2]:
            raise ValueError(f"the address of {name} holds credentials; set SDG17_SECRET_<NAME>_… instead")
    return {name: address.rstrip("/") for name, address in value.items()}


def five_fields(value: str) -> str:
    """Cron in five fields."""
    if not re.fullmatch(r"[\d*/,-]+( [\d*/,-]+){4}", value):
        raise ValueError("give five fields (minute hour day month weekday), as in 0 2 * * *")
    return value


def folder(value: Path) -> Path:
    """A folder, or the name of one that does not exist yet."""
    if value.exists() and not value.is_dir():
        raise ValueError(f"{value} is a file; home must be a folder")
    return value.resolve()
