"""Control figures known from outside the data, each with where it stands.

Belongs here: totals and counts that a reading of a certain file must reproduce. Does not belong
here: how they are compared with what was read (`quality/plausibility.py`), or anything that is
computed from the data themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class RegisterEdition:
    """What one edition of the official register must come to; `municipalities` includes unincorporated areas."""

    territory_date: date
    municipalities: int
    unincorporated: int
    districts: int
    population: int
    population_date: date
    stated_in: str


@dataclass(frozen=True, kw_only=True)
class BalancedBudget:
    """A budget whose revenue equals its expenditure, with the total of each side in cents."""

    ags: str
    name: str
    year: int
    phase: str
    total_cents: int
    stated_in: str


LANDS = 16
"""Länder of Germany since 1990."""

REGISTER_EDITIONS: tuple[RegisterEdition, ...] = (
    RegisterEdition(
        territory_date=date(2019, 12, 31),
        municipalities=11_010,
        unincorporated=213,
        districts=401,
        population=83_166_711,
        population_date=date(2019, 12, 31),
        stated_in="Destatis, Auszug aus dem Gemeindeverzeichnis, Jahresausgabe 31.12.2019",
    ),
    RegisterEdition(
        territory_date=date(2023, 11, 30),
        municipalities=10_981,
        unincorporated=208,
        districts=400,
        population=84_358_845,
        population_date=date(2022, 12, 31),
        stated_in="Destatis, GV100AD, Gebietsstand 30.11.2023",
    ),
    RegisterEdition(
        territory_date=date(2024, 6, 30),
        municipalities=10_959,
        unincorporated=207,
        districts=400,
        population=84_358_845,
        population_date=date(2022, 12, 31),
        stated_in="Destatis, Auszug aus dem Gemeindeverzeichnis, 2. Quartal 2024: printed 84,349,751, and Fehrbellin's 9,094",
    ),
)
"""Editions counted by hand in the original files (record type 60; Textkennzeichen 65 and 66)."""

DISTRICTS_AT_YEAR_END: Mapping[int, int] = {
    **dict.fromkeys(range(2001, 2007), 439),
    2007: 429,
    2008: 413,
    **dict.fromkeys(range(2009, 2011), 412),
    **dict.fromkeys(range(2011, 2016), 402),
    **dict.fromkeys(range(2016, 2021), 401),
    **dict.fromkeys(range(2021, 2026), 400),
}
"""Districts and independent cities on 31 December (Destatis, Gebietsänderungen)."""

LAND_POPULATION: Mapping[str, tuple[int, int]] = {
    "01": (2_700_000, 3_100_000),
    "02": (1_650_000, 2_050_000),
    "03": (7_700_000, 8_300_000),
    "04": (620_000, 740_000),
    "05": (17_300_000, 18_400_000),
    "06": (5_900_000, 6_600_000),
    "07": (3_900_000, 4_300_000),
    "08": (10_400_000, 11_600_000),
    "09": (12_300_000, 13_700_000),
    "10": (950_000, 1_080_000),
    "11": (3_200_000, 4_000_000),
    "12": (2_350_000, 2_700_000),
    "13": (1_530_000, 1_720_000),
    "14": (3_900_000, 4_300_000),
    "15": (2_050_000, 2_500_000),
    "16": (2_000_000, 2_400_000),
}
"""Land key to a generous range of inhabitants since 2008: outside it a unit or a whole file is missing."""

GILCHING = "gilching, Haushalt 2015-2018: revenue equals expenditure for each year and kind"
BERLIN = "Berlin, Haushaltsplan 2015, Ansatz und Ist: revenue equals expenditure"

BALANCED_BUDGETS: tuple[BalancedBudget, ...] = (
    *(
        BalancedBudget(
            ags="09188121", name="Gilching", year=year, phase=phase, total_cents=cents, stated_in=GILCHING
        )
        for year, phase, cents in (
            (2015, "actual", 6_771_220_700),
            (2016, "plan", 4_701_580_000),
            (2016, "actual", 5_395_470_689),
            (2017, "plan", 5_725_240_000),
            (2018, "plan", 6_649_660_000),
        )
    ),
    *(
        BalancedBudget(
            ags="11000000", name="Berlin", year=2015, phase=phase, total_cents=cents, stated_in=BERLIN
        )
        for phase, cents in (("plan", 2_415_781_980_000), ("actual", 2_516_618_311_237))
    ),
)
"""Totals over all lines, internal transfers included, counted in the original files."""

DAC_LIST_2024: Mapping[str, int] = {"LDC": 46, "OLIC": 2, "LMIC": 36, "UMIC": 57}
"""Recipients by group (OECD, DAC List of ODA Recipients for reporting on 2024 and 2025 flows)."""
