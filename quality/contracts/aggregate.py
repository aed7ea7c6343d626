"""What an indicator comes to over many units: Germany, Länder, peer groups, level by level."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import CONFIDENTIALITY, GROUP_FORM, INDICATOR, STATUS, YEAR
from quality.status import Text, consistent_expr


def _count(description: str) -> Column:
    return Column(dtype=pl.Int64, description=description, minimum=0)


CONTRACT = Contract(
    table="aggregate",
    description="Sums over the units known: ratio of sums, share of yes or sum, for Germany, each Land and each peer group, each level by itself; never a mean of rates",
    key=("indicator_id", "area_id", "level", "year"),
    columns={
        "indicator_id": INDICATOR,
        "area_id": Column(
            dtype=pl.String,
            description="DG for Germany, key of a Land, or group_id of a peer group",
            pattern=rf"DG|\d{{2}}|{GROUP_FORM}",
        ),
        "area_kind": Column(
            dtype=pl.String,
            description="What area_id is the key of",
            allowed=("federation", "land", "peer_group"),
        ),
        "level": Column(
            dtype=pl.String,
            description="Level of the units added up; sums of two levels must not be added",
            allowed=("municipality", "association", "district"),
        ),
        "year": YEAR,
        "method": Column(
            dtype=pl.String,
            description="How units are added up; none: the indicator cannot be added",
            allowed=("ratio_of_sums", "share_of_yes", "sum", "none"),
        ),
        "value": Column(
            dtype=pl.Float64,
            nullable=True,
            description="In the unit of the indicator (share_of_yes: percent); of partnerships the number of partnerships, not of partner cities",
        ),
        "numerator": Column(
            dtype=pl.Float64,
            nullable=True,
            description="What stands above the line of the formula over the sums; units saying yes; the sum",
        ),
        "denominator": Column(
            dtype=pl.Float64,
            nullable=True,
            description="What stands below the line of the formula over the same units; units known; null for a sum",
        ),
        "reporting": _count("Units known and added up (n)"),
        "members": _count("Units of this level in the area"),
        "population_covered": Column(
            dtype=pl.Int64, description="Inhabitants of the units added up", unit="persons", minimum=0
        ),
        "coverage": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Share of the inhabitants of all units of this level in the area",
            minimum=0,
            maximum=1,
        ),
        "distinct_partners": Column(
            dtype=pl.Int64,
            nullable=True,
            description="Of partnerships: different partner places, each counted once (two spellings of one place count twice)",
            minimum=0,
        ),
        "confidential": _count(
            "Units in the sum whose own value is confidential; their part is rounded to multiples of three persons"
        ),
        "obs_status": STATUS,
        "conf_status": CONFIDENTIALITY,
        "reason": Column(dtype=pl.String, nullable=True, description="Reason code of the status"),
        "further_reasons": Column(
            dtype=pl.String,
            nullable=True,
            description="accounting_mixed where a stronger status hides that accounts of several systems are added up",
        ),
    },
    rules=(
        Rule(
            name="value_and_status_agree",
            good=consistent_expr(pl.col("value"), pl.col("obs_status")),
            says=Text(de="Wert und Status passen zusammen", en="value and status agree"),
            remedy=Text(
                de="Ein fehlender Wert braucht Status L, M, O, Q oder U; ein Wert schließt L, M, O und Q aus.",
                en="A null needs status L, M, O, Q or U; a value forbids L, M, O and Q.",
            ),
        ),
        Rule(
            name="confidential_sums_have_no_numbers",
            good=(pl.col("conf_status") == "F")
            | (pl.all_horizontal(pl.col("value", "numerator", "denominator").is_null())),
            says=Text(de="eine zurückgehaltene Summe zeigt keine Zahl", en="a withheld sum shows no number"),
            remedy=Text(
                de="Eine zurückgehaltene Summe darf aus ihrer eigenen Zeile nicht zu errechnen sein.",
                en="A withheld sum must not be computable from its own row.",
            ),
        ),
    ),
)
