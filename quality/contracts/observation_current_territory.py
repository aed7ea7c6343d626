"""Published numbers carried to the newest territory, where that changes them."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.contracts.observation import CONTRACT as OBSERVATION
from quality.status import Text, consistent_expr

REPLACED = {
    "value": "Value on the newest territory, unrounded; null where there is none",
    "territory_date": "Newest register edition: the territory the value is reported on",
    "snapshot_ids": "SHA-256 of every file the value and its weights rest on, sorted",
}
"""What columns of `observation` mean here."""

CONTRACT = Contract(
    table="observation_current_territory",
    description=(
        "Observations carried to the newest territory, and others of the same series in which only then a "
        "break shows: only rows that differ from observation. The whole "
        "series is observation_on_current_territory(): these rows and every other one of a live unit"
    ),
    key=OBSERVATION.key,
    sort=OBSERVATION.sort,
    columns={
        **{
            name: Column(
                dtype=column.dtype,
                description=REPLACED.get(name, column.description),
                unit=column.unit,
                nullable=column.nullable and name != "territory_date",
                pattern=column.pattern,
                minimum=column.minimum,
                maximum=column.maximum,
                allowed=column.allowed,
                references=column.references,
            )
            for name, column in OBSERVATION.columns.items()
        },
        "estimated_share": Column(
            dtype=pl.Float64,
            description=(
                "Share of the value that rests on weights between 0 and 1 or on steps told from register "
                "editions; of a quotient the larger of its measures' shares"
            ),
            minimum=0,
            maximum=1,
        ),
        "path": Column(
            dtype=pl.String,
            description="Parts of the unit in that year: key, share of its inhabitants, witnesses of the way",
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
            name="estimate_says_so",
            good=pl.col("value").is_null()
            | (pl.col("estimated_share") == 0)
            | pl.col("obs_status").is_in(["E", "I", "U"]),
            says=Text(de="was auf Schätzung ruht, sagt es", en="an estimate says so"),
            remedy=Text(
                de="Ein Wert aus geschätzten Teilen hat wenigstens Status E.",
                en="A value that rests on estimated parts has at least status E.",
            ),
        ),
    ),
)
