"""An archive folder of two small files, enough for whole nights that are judged and published.

Belongs here: the register as fixed-width lines, made from the units the program ships with, and a national
series made up by the test; ways to spoil them. Does not belong here: running nights.
"""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

EDITION = "2023-11-30"
RECORD_TYPES = {"land": "10", "district": "40", "municipality": "60"}
REGISTER = "gemeindeverzeichnis/GV100AD_30112023.txt"
SERIES = "national_dns/indicator_17-1.csv"


def write_archive(folder: Path) -> Path:
    """The register and the series as they should be."""
    for name, text in ((REGISTER, register()), (SERIES, series())):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def kill_series(folder: Path) -> None:
    """The source is dead: its file is not to be had."""
    (folder / SERIES).unlink()


def poison_register(folder: Path) -> None:
    """Two municipalities of three are gone, as after a transfer that lost pages; every line is in order."""
    (folder / REGISTER).write_text(register(keep_each=3), "utf-8")


def register(*, keep_each: int = 1) -> str:
    """Lines of GV100AD, with one municipality in `keep_each`."""
    text = resources.files("sources").joinpath("embedded", "register_written.csv").read_text("utf-8")
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter=";")
    lines, seen = [], 0
    for row in rows:
        if row["territory_date"] != EDITION:
            continue
        if row["level"] == "municipality":
            seen += 1
            if seen % keep_each:
                continue
        lines.append(_line(row))
    return "\n".join(lines) + "\n"


def _line(row: dict[str, str]) -> str:
    key = row["ags"]
    association = row["ars"][5:9] if row["ars"] else ""
    head = RECORD_TYPES[row["level"]] + EDITION.replace("-", "") + key[:5].ljust(5)
    head += key[5:].ljust(3) + association.ljust(4) + row["name"]
    body = head.ljust(122) + (row["type_code"] or "").ljust(6)
    if row["level"] == "municipality":
        body += (row["area_hectare"] or "").rjust(11, "0") + row["inhabitants"].rjust(11, "0")
    return body.ljust(220)


def series() -> str:
    """A national series; its values are made up."""
    return "Year,Units,Value\n" + "".join(
        f"{year},percentage,0.{year - 1990}\n" for year in range(2015, 2025)
    )
