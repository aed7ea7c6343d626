"""Traits by which units are grouped: size, Land, settlement type, degree of urbanisation.

Belongs here: parts that several peer rules share, with their classes in both languages. Does not
belong here: which parts make a rule (`indicators/peer_rules/`).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import polars as pl

from indicators.comparison.rule import Part
from quality.status import Text

LAND_NAMES: Mapping[str, str] = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}

LAND = Part(column=pl.col("land"), classes={key: Text(de=n, en=n) for key, n in LAND_NAMES.items()})


def _inhabitants(low: int, high: int | None) -> Text:
    def de(number: int) -> str:
        return f"{number:,}".replace(",", ".")

    if low == 0:
        return Text(de=f"unter {de(high or 0)} Einwohner", en=f"under {high:,} inhabitants")
    if high is None:
        return Text(de=f"{de(low)} und mehr Einwohner", en=f"{low:,} inhabitants and more")
    return Text(de=f"{de(low)} bis unter {de(high)} Einwohner", en=f"{low:,} to under {high:,} inhabitants")


def size_classes(*bounds: int) -> Part:
    """Classes of inhabitants; each bound begins a class, and nobody is below the first class."""
    limits: list[tuple[int, int | None]] = [*pairwise((0, *bounds)), (bounds[-1], None)]
    column = pl.lit(None, pl.String)
    for low, _ in limits:
        column = pl.when(pl.col("population") >= low).then(pl.lit(str(low))).otherwise(column)
    return Part(column=column, classes={str(low): _inhabitants(low, high) for low, high in limits})


MUNICIPALITY_SIZE = size_classes(5_000, 10_000, 20_000, 50_000, 100_000, 500_000)
"""The limits of the BBSR types of towns: 5,000, 10,000, 20,000, 50,000, 100,000 and 500,000."""

DISTRICT_SIZE = size_classes(100_000, 150_000, 250_000)

INDEPENDENCE = Part(
    column=pl.when(pl.col("is_independent_city")).then(pl.lit("independent")).otherwise(pl.lit("member")),
    classes={
        "independent": Text(de="kreisfrei", en="independent city"),
        "member": Text(de="kreisangehörig", en="belonging to a district"),
    },
)

URBANISATION = Part(
    column=pl.col("urbanisation"),
    classes={
        "01": Text(de="dicht besiedelt", en="densely populated"),
        "02": Text(de="mittlere Besiedlungsdichte", en="intermediate density"),
        "03": Text(de="gering besiedelt", en="thinly populated"),
    },
)
"""Degree of urbanisation (Eurostat) as the register states it."""

SETTLEMENT_TYPE = Part(
    column=pl.col("settlement_type_detailed"),
    classes={
        "11": Text(de="Größere Großstadt", en="Larger city (500,000 and more)"),
        "12": Text(de="Kleine Großstadt", en="Smaller city (100,000 to 500,000)"),
        "21": Text(de="Größere Mittelstadt", en="Larger medium-sized town"),
        "22": Text(de="Kleine Mittelstadt", en="Smaller medium-sized town"),
        "30": Text(de="Größere Kleinstadt", en="Larger small town"),
        "40": Text(de="Kleine Kleinstadt", en="Smaller small town"),
        "50": Text(de="Landgemeinde", en="Rural municipality"),
    },
)

DISTRICT_TYPE = Part(
    column=pl.col("district_type"),
    classes={
        "2": Text(de="Städtischer Kreis", en="Urban district"),
        "3": Text(de="Ländlicher Kreis mit Verdichtungsansätzen", en="Rural district with some density"),
        "4": Text(de="Dünn besiedelter ländlicher Kreis", en="Sparsely populated rural district"),
    },
)
