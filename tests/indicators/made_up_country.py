"""A made-up country of peers: everything in here is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from indicators.comparison.groups import peer_groups
from indicators.comparison.rule import PeerRule, load_peer_rules
from indicators.comparison.units import comparison_units

NO_LISTS = pl.DataFrame(schema={"list_id": pl.String, "list_name": pl.String, "ags": pl.String})


def unit(ags: str, level: str = "municipality", **values: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "ags": ags,
        "level": level,
        "name": f"Place {ags}",
        "land": ags[:2],
        "association": None,
        "type_code": None,
        "is_unincorporated": False,
        "is_independent_city": False,
        "urbanisation": "01",
        "valid_to": None,
    }
    return {**plain, **values}


def country() -> pl.DataFrame:
    """Two towns of a district, an independent city, a city state, a wood, a town that is gone."""
    return pl.DataFrame(
        [
            unit("09", "land"),
            unit("11", "land"),
            unit("09188", "district"),
            unit("09162", "district", is_independent_city=True),
            unit("11000", "district", is_independent_city=True),
            unit("09188001", association="091885101"),
            unit("09188002", association="091885101"),
            unit("091885101", "association", type_code="53"),
            unit("091620000", "association", type_code="50"),
            unit("09162000", is_independent_city=True),
            unit("11000000", is_independent_city=True),
            unit("09188444", is_unincorporated=True),
            unit("09188009", valid_to=date(2020, 1, 1)),
        ],
        schema_overrides={"valid_to": pl.Date, "association": pl.String, "type_code": pl.String},
    )


def population(*inhabitants: tuple[str, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "ags": ags,
                "reference_date": date(2022, 12, 31),
                "territory_date": date(2023, 12, 31),
                "census_base": "census_2022",
                "inhabitants": number,
            }
            for ags, number in inhabitants
        ],
        schema={
            "ags": pl.String,
            "reference_date": pl.Date,
            "territory_date": pl.Date,
            "census_base": pl.String,
            "inhabitants": pl.Int64,
        },
    )


def attributes(**codes: tuple[str, str]) -> pl.DataFrame:
    """Typologies by unit: `u09188001=("settlement_type_detailed", "22")`."""
    return pl.DataFrame(
        [
            {"ags": ags[1:], "attribute": name, "code": code, "reference_date": date(2019, 12, 31)}
            for ags, (name, code) in codes.items()
        ],
        schema={
            "ags": pl.String,
            "attribute": pl.String,
            "code": pl.String,
            "reference_date": pl.Date,
        },
    )


def grouped(
    municipality: pl.DataFrame,
    inhabitants: pl.DataFrame,
    codes: pl.DataFrame,
    lists: pl.DataFrame = NO_LISTS,
    rules: Sequence[PeerRule] = tuple(load_peer_rules().values()),
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Units, groups and members."""
    wanted = [attribute for rule in rules for attribute in rule.attributes]
    units = comparison_units(municipality, inhabitants, codes, wanted)
    return (units, *peer_groups(rules, units, lists))
