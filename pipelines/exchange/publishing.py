"""The exchange folder of the release that is being built.

Belongs here: reading the tables of the night, running the writer, linking the folder into the site.
Does not belong here: what is in the files (`parts.py`, `whole.py`).
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import release
from pipelines.exchange.addresses import LINK
from pipelines.exchange.operator import operator_of
from pipelines.exchange.parts import Exchange
from pipelines.exchange.rows import TABLES, Published
from pipelines.exchange.whole import whole_parts
from pipelines.exchange.writer import Writer
from pipelines.giving_back import give_back
from pipelines.night import Night
from pipelines.selecting import selected
from pipelines.settings import Settings
from pipelines.store import Store

_MADE_WITH = ("polars", "xlsxwriter", "pysdmx", "rdflib")
DATABASE_LINK = "gesamt/sdg17.duckdb"


def exchanged(settings: Settings, night: Night, store: Store) -> dict[str, Any]:
    """Write the folder, linking what did not change since the published release; say what was done."""
    if night.unchanged:
        return {**night.exchange, "changed": 0}
    building = release.find(settings)
    if building is None:
        raise FileNotFoundError(f"No release is being built in {settings.releases}. Run: sdg17 run")
    tables = {name: store.read("house", name) for name in TABLES if name not in ("release", "observation")}
    tables["release"] = release_table(building.database)
    hashes = [night.tables[name]["sha256"] for name in TABLES if name != "release"]
    made = Exchange(
        Published.of(tables, store.scan("house", "observation")), release_id=night.release_id, program=program(),
        operator=operator_of(settings), tables=" ".join(hashes),
    )  # fmt: skip
    previous = settings.current / release.EXCHANGE
    writer = Writer(building.exchange, previous if previous.exists() else None)
    for group in made.lands():
        writer.add_group(group)
    writer.add_all(made.indicators())
    give_back()
    writer.add_all(whole_parts(made, writer.sizes, writer.content))
    report = asdict(writer.finish())
    lead(building)
    Night(**{**asdict(Night.load(settings)), "exchange": report}).save(settings)
    return report


def lead(building: release.Building) -> None:
    """Lead from the site to the exchange, and from the exchange to the database, within the release."""
    for link, target in (
        (building.site / LINK, Path("..") / release.EXCHANGE),
        (building.exchange / DATABASE_LINK, Path("..") / ".." / release.DATABASE),
    ):
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(target)


def release_table(path: Path) -> pl.DataFrame:
    """The row that names the release in a database file."""
    import duckdb  # noqa: PLC0415 - only this table is not among the night's Parquet files

    with duckdb.connect(str(path), read_only=True) as connection:
        return selected(connection, "SELECT * FROM release")


def program() -> bytes:
    """Hash of everything besides the rows that decides the bytes of a file."""
    digest = hashlib.sha256()
    for package in _MADE_WITH:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    root = Path(str(resources.files("pipelines.exchange")))
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".json"):
            digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.digest()
