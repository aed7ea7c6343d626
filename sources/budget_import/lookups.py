"""Names for codes, from the lists a city publishes beside its budget.

Belongs here: from a list to a mapping. Does not belong here: which code is looked up where.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from sources.budget_import.description import Lookup
from sources.budget_import.records import Records
from sources.budget_import.values import apply_value
from sources.budget_import.wording import join_divided_words, tidy


def read_lookup(lookup: Lookup, records: Records) -> Mapping[str, str]:
    """Code to name. The first name of a code counts; a code without a name is left out."""
    frame = records.frame.select(key=apply_value(lookup.key, {}), name=pl.col(lookup.value))
    if lookup.continued:
        frame = (
            frame.with_columns(part=pl.col("key").is_not_null().cum_sum())
            .group_by("part", maintain_order=True)
            .agg(pl.col("key").first(), pl.col("name").str.join(" "))
        )
    names = (
        frame.with_columns(tidy(join_divided_words(pl.col("name")))).drop_nulls().unique("key", keep="first")
    )
    return dict(zip(names["key"], names["name"], strict=True))
