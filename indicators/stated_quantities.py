"""Quantities that documents state about a unit, as inputs of measures.

Belongs here: for which year a stated quantity holds and which of several statements counts. Does
not belong here: yes-no facts with a validity (`indicators/measures/engagement.py`).

A quantity holds for the year of its stated start or end, else for the year of the document, and for
no other year. Quantities of events (awards) are added up; of quantities of a state the newest
document's counts.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators.measure import INPUT_COLUMNS, Lazy

NUMBER = "n"
"""Unit of engagements that are quantities."""


def quantities(
    engagement: Lazy,
    kinds: Mapping[str, str],
    *,
    status: nw.Expr,
    reason: nw.Expr,
    events: bool = False,
) -> Lazy:
    """Input rows from table `engagement`.

    Args:
        engagement: the table.
        kinds: kind of engagement to the measure it makes.
        status: observation status of every row.
        reason: its reason.
        events: whether statements of one year are added up instead of the newest being chosen.
    """
    day = nw.coalesce(nw.col("valid_from"), nw.col("valid_to"), nw.col("attested_on"))
    stated = engagement.filter(nw.col("kind").is_in(list(kinds)), nw.col("unit") == NUMBER).with_columns(
        year=day.dt.year().cast(nw.Int64)
    )
    rows = stated if events else _newest(stated)
    measure: nw.Expr = nw.lit(None, nw.String)
    for kind, name in kinds.items():
        measure = nw.when(nw.col("kind") == kind).then(nw.lit(name)).otherwise(measure)
    return rows.with_columns(
        measure_id=measure,
        phase=nw.lit("none"),
        input_table=nw.lit("engagement"),
        input_id=nw.col("engagement_id"),
        rule_id=nw.lit(None, nw.String),
        contribution=nw.col("value").cast(nw.Int64),
        obs_status=status,
        reason=reason,
        note=nw.col("document"),
    ).select(*INPUT_COLUMNS)


def _newest(rows: Lazy) -> Lazy:
    key = ["kind", "ags", "year"]
    newest = rows.group_by(key).agg(newest=nw.col("attested_on").max())
    kept = rows.join(newest, on=key, how="inner").filter(nw.col("attested_on") == nw.col("newest"))
    first = kept.group_by(key).agg(first=nw.col("engagement_id").min())
    return kept.join(first, on=key, how="inner").filter(nw.col("engagement_id") == nw.col("first"))
