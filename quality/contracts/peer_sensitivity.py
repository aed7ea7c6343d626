"""How far a unit's position depends on who its peers are."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import INDICATOR, UNIT, YEAR
from quality.status import Text


def _count(description: str) -> Column:
    return Column(dtype=pl.Int64, description=description, minimum=0)


CONTRACT = Contract(
    table="peer_sensitivity",
    description="Position of each unit over all peer definitions: in how many it lies above, within or below the middle half",
    key=("indicator_id", "ags"),
    columns={
        "indicator_id": INDICATOR,
        "ags": UNIT,
        "year": YEAR,
        "definitions": _count("Peer definitions that give the unit a group"),
        "comparable": _count("Definitions under which a position can be stated"),
        "definitions_below": _count("Definitions under which it lies below the middle half"),
        "definitions_within": _count("Definitions under which it lies within the middle half"),
        "definitions_above": _count("Definitions under which it lies above the middle half"),
        "reason": Column(
            dtype=pl.String,
            nullable=True,
            description="Most frequent reason where no definition is comparable",
        ),
        "statement_de": Column(
            dtype=pl.String, nullable=True, description="One sentence, German; null where not comparable"
        ),
        "statement_en": Column(
            dtype=pl.String, nullable=True, description="One sentence, English; null where not comparable"
        ),
    },
    rules=(
        Rule(
            name="definitions_add_up",
            good=pl.sum_horizontal("definitions_below", "definitions_within", "definitions_above")
            == pl.col("comparable"),
            says=Text(
                de="die Vergleiche darunter, darin und darüber ergeben alle",
                en="definitions below, within and above add up",
            ),
            remedy=Text(
                de="Jeder Vergleich ordnet die Einheit darunter, darin oder darüber ein.",
                en="Every comparable definition puts the unit below, within or above.",
            ),
        ),
        Rule(
            name="statement_or_reason",
            good=pl.col("statement_de").is_null() == pl.col("reason").is_not_null(),
            says=Text(de="eine Aussage, oder ein Grund für keine", en="a statement, or a reason for none"),
            remedy=Text(
                de="Eine Gebietseinheit hat eine Aussage oder einen Grund, warum nicht.",
                en="A unit has a statement or a reason for none.",
            ),
        ),
    ),
)
