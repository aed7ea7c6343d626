"""A site in which every template is in every state, made from a night's tables and a few changes.

Belongs here: which states there are, under which address each is found, and the made-up changes that
bring them about. Does not belong here: what must be true of a page (`test_*.py`). The changes are
synthetic; they exist only in tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from unittest import mock

import orjson
import polars as pl

from pipelines.night import AUDITED
from pipelines.site import indicator_page, newest_values
from pipelines.site.build import build_site
from quality.contracts import CONTRACTS

WITHOUT, SUPPRESSED, VILLAGE = "05170048", "09178143", "09188121"
"""Wesel, Moosburg and Gilching, changed for the tests: nothing known, counts withheld, a dozen inhabitants."""

DISSOLVED, ASSOCIATION, ANOTHER = "05170999", "053345999", "053345998"
"""Made-up units: a village that went into Wesel and Aachen, and two associations that report."""

CITIES = ("05314000", "05515000")
"""Bonn and Münster, given the values of Aachen so that they stand side by side."""

COMPARED = "04011000"
"""Bremen, to compare others with."""

PARENTS = {
    "05913000",
    "05314000",
    "05515000",
    "08311000",
    "04011",
    "05170",
    "05334",
    "05358",
    "05358008",
    "09162",
    "09178",
    "09188",
}
"""Districts of the municipalities shown, and the municipality whose quality page is."""

STATES: Mapping[str, str] = {
    "start": "",
    "indicators": "indikator",
    "indicator of money": "indikator/ez_ausg_ew",
    "indicator yes or no": "indikator/fairtrade_town",
    "indicator without value": "indikator/breitband100",
    "comparison": "vergleich",
    "districts and cities side by side": "land/05/vergleich",
    "peer group": "vergleichsgruppe/independence.member.100000",
    "indicator of a land": "indikator/daten_verf/05",
    "quality": "qualitaet",
    "quality of a municipality": "gemeinde/05358008/qualitaet",
    "sources": "quellen",
    "licence": "lizenz",
    "contact": "kontakt",
    "method": "methode",
    "privacy": "datenschutz",
    "accessibility": "barrierefreiheit",
    "municipality with data": "gemeinde/05334002",
    "municipality without data": f"gemeinde/{WITHOUT}",
    "municipality with withheld counts": f"gemeinde/{SUPPRESSED}",
    "large city": "gemeinde/09162000",
    "tiny village": f"gemeinde/{VILLAGE}",
    "district": "kreis/08236",
    "district that is a city": "kreis/05314",
    "dissolved municipality": f"gemeinde/{DISSOLVED}",
    "association": f"verband/{ASSOCIATION}",
    "piece to embed": "gemeinde/05334002/einbetten",
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
    few = mock.patch.multiple(indicator_page, MANY=5), mock.patch.multiple(newest_values, LEAST=3)
    with few[0], few[1]:  # tables by Land and maps, though only a few units have values
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
    changed |= _with_a_past(_reporting(changed))
    changed |= {"boundary": _squares(changed["municipality"]), "country_outline": _countries()}
    changed["population"] = changed["population"].with_columns(
        inhabitants=pl.when(pl.col("ags") == VILLAGE).then(pl.lit(12)).otherwise(pl.col("inhabitants"))
    )
    return changed


def _with_a_past(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """A village that ended: most of its people went to Wesel, the others to Aachen."""
    register = tables["municipality"]
    village = _like(register, WITHOUT, ags=DISSOLVED, name="Altdorf", valid_to=date(2020, 12, 31))
    step = {"key_from": DISSOLVED, "level": "municipality", "kind": "dissolution", "is_exact_day": False,
            "known_until": date(2019, 12, 31), "effective_on": date(2020, 12, 31), "is_uninhabited": False,
            "method": "bbsr", "evidence": "made up", "snapshot_ids": []}  # fmt: skip
    shares = ((WITHOUT, 0.8), ("05334002", 0.2))
    steps = [step | {"key_to": to, "population_weight": share, "area_weight": share} for to, share in shares]
    return {
        "municipality": pl.concat([register, village]),
        "territory_step": pl.DataFrame(steps, schema=CONTRACTS["territory_step"].schema),
    }


def _reporting(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Two associations and two cities of which is said what is said of Aachen."""
    cities = [_like(tables["observation"], "05334002", ags=city) for city in CITIES]
    others = tables["observation"].filter(~pl.col("ags").is_in(CITIES))
    tables["observation"] = pl.concat([others, *cities])
    for key, called in ((ASSOCIATION, "Musterverband"), (ANOTHER, "Nachbarverband")):
        unit = _like(tables["municipality"], "05334002", ags=key, name=called, level="association")
        tables["municipality"] = pl.concat([tables["municipality"], unit])
        for name in ("observation", "partnership", "engagement", "measure"):
            tables[name] = pl.concat([tables[name], _like(tables[name], "05334002", ags=key)])
    return tables


def _like(table: pl.DataFrame, whose: str, **values: object) -> pl.DataFrame:
    """The rows of one unit with other values in some columns."""
    own = table.filter(pl.col("ags") == whose)
    return own.with_columns(
        pl.lit(value, dtype=table.schema[name]).alias(name) for name, value in values.items()
    )


def _squares(register: pl.DataFrame) -> pl.DataFrame:
    """A square for every municipality, side by side."""
    keys = register.filter(pl.col("level") == "municipality", pl.col("valid_to").is_null())["ags"].sort()
    rows = [
        _square("boundary", 7 + position % 5, 49 + position // 5, ags=ags, level="municipality")
        for position, ags in enumerate(keys)
    ]
    return pl.DataFrame(rows, schema=CONTRACTS["boundary"].schema)


def _countries() -> pl.DataFrame:
    """A square for every country of a partner."""
    places = {"ZAF": (20, -32), "UKR": (28, 46), "TZA": (32, -8), "ETH": (36, 5), "DEU": (7, 48)}
    rows = [
        _square("country_outline", *corner, side=6, country=country) for country, corner in places.items()
    ]
    return pl.DataFrame(rows, schema=CONTRACTS["country_outline"].schema)


def _square(table: str, west: int, south: int, side: int = 1, **values: object) -> dict[str, object]:
    ring = [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south],
    ]
    shape = orjson.dumps({"type": "Polygon", "coordinates": [ring]}).decode()
    made = {name: 1 if dtype == pl.Int64 else "made up" for name, dtype in CONTRACTS[table].schema.items()}
    return made | {"geometry": shape, "points": 5} | values


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
