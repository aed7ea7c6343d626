"""A site in which every template is in every state, made from a night's tables and a few changes.

Belongs here: which states there are, under which address each is found, and the made-up changes that
bring them about. Does not belong here: what must be true of a page (`test_*.py`). The changes are
synthetic; they exist only in tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from pipelines.night import AUDITED
from pipelines.site.build import build_site

WITHOUT, SUPPRESSED, VILLAGE = "05170048", "09178143", "09188121"
"""Municipalities changed for the tests: nothing known, counts withheld, a dozen inhabitants."""

COMPARED = "04011000"
"""Bremen, to compare others with."""

PARENTS = {"04011", "05170", "05334", "05358", "05358008", "09162", "09178", "09188"}
"""Districts of the municipalities shown, and the municipality whose quality page is."""

STATES: Mapping[str, str] = {
    "start": "",
    "indicators": "indikator",
    "indicator of money": "indikator/ez_ausg_ew",
    "indicator yes or no": "indikator/fairtrade_town",
    "indicator without value": "indikator/breitband100",
    "comparison": "vergleich",
    "quality": "qualitaet",
    "quality of a municipality": "gemeinde/05358008/qualitaet",
    "sources": "quellen",
    "licence": "lizenz",
    "contact": "kontakt",
    "municipality with data": "gemeinde/05334002",
    "municipality without data": f"gemeinde/{WITHOUT}",
    "municipality with withheld counts": f"gemeinde/{SUPPRESSED}",
    "large city": "gemeinde/09162000",
    "tiny village": f"gemeinde/{VILLAGE}",
    "district": "kreis/08236",
    "district that is a city": "kreis/05314",
    "land": "land/05",
    "land without municipalities": "land/01",
    "English start": "en",
    "English municipality": "en/gemeinde/05334002",
}
"""State to the address of a page in it."""


def build_states(home: Path, destination: Path) -> None:
    """Build the site from the tables of a finished night, with the states those facts do not show."""
    house = home / "tables" / "house"
    tables = {path.stem: pl.read_parquet(path) for path in sorted(house.glob("*.parquet"))}
    for name in AUDITED:
        tables[name] = pl.read_parquet(home / "tables" / f"{name}.parquet")
    build_site(_changed(tables), destination, None, lambda done, total: None)


def _changed(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    unknown = pl.col("ags") != WITHOUT
    wanted = {address.rsplit("/", 1)[-1] for address in STATES.values()} | {COMPARED, "04", "09", "08"}
    tables = {**tables, "municipality": tables["municipality"].filter(pl.col("ags").is_in(wanted | PARENTS))}
    changed = {
        name: frame.filter(unknown)
        if name in ("observation_plan", "partnership", "partnership_claim", "engagement")
        else frame
        for name, frame in tables.items()
    }
    changed["observation"] = _withheld(_uncollected(changed["observation"]))
    changed["population"] = changed["population"].with_columns(
        inhabitants=pl.when(pl.col("ags") == VILLAGE).then(pl.lit(12)).otherwise(pl.col("inhabitants"))
    )
    return changed


def _uncollected(observation: pl.DataFrame) -> pl.DataFrame:
    """No collection covers one municipality."""
    return observation.with_columns(
        value=pl.when(pl.col("ags") != WITHOUT).then("value"),
        obs_status=pl.when(pl.col("ags") == WITHOUT).then(pl.lit("L")).otherwise("obs_status"),
        reason=pl.when(pl.col("ags") == WITHOUT).then(pl.lit("not_collected")).otherwise("reason"),
    )


def _withheld(observation: pl.DataFrame) -> pl.DataFrame:
    """Counts of one municipality withheld, as a count of one or two persons would be."""
    concerned = (pl.col("ags") == SUPPRESSED) & pl.col("indicator_id").str.ends_with("_n")
    return observation.with_columns(
        value=pl.when(~concerned).then("value"),
        obs_status=pl.when(concerned).then(pl.lit("Q")).otherwise("obs_status"),
        reason=pl.when(concerned).then(pl.lit("undisclosed_by_office")).otherwise("reason"),
        further_reasons=pl.when(~concerned).then("further_reasons"),
    )
