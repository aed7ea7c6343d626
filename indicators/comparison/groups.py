"""From rules to groups: every unit's peers, by name.

Belongs here: tables `peer_group` and `peer_member`. Does not belong here: what a rule is
(`indicators/comparison/rule.py`) or what a group may say (`indicators/comparison/statistic.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from indicators.comparison.rule import Part, PeerRule

GROUP_SCHEMA = {
    "group_id": pl.String,
    "rule_id": pl.String,
    "level": pl.String,
    "name_de": pl.String,
    "name_en": pl.String,
    "rule_de": pl.String,
    "rule_en": pl.String,
    "in_sensitivity": pl.Boolean,
    "members": pl.Int64,
    "population": pl.Int64,
    "population_date": pl.Date,
}
MEMBER_SCHEMA = {"group_id": pl.String, "ags": pl.String}


def peer_groups(
    rules: Iterable[PeerRule], units: pl.DataFrame, lists: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Groups and their members.

    Args:
        rules: the declared rules.
        units: what `comparison_units` returns.
        lists: table `peer_list` (list_id, list_name, ags).

    Returns:
        `peer_group` with the number of members and their inhabitants (null as soon as one member's
        are unknown), and `peer_member` with one row per group and unit. A unit stands in at most one
        group of a rule, own lists excepted.
    """
    assigned = [_listed(rule, units, lists) if rule.is_own_list else _assigned(rule, units) for rule in rules]
    rows = pl.concat(assigned) if assigned else pl.DataFrame(schema={**GROUP_SCHEMA, "ags": pl.String})
    described = [name for name in GROUP_SCHEMA if name not in {"members", "population", "population_date"}]
    everybody_known = pl.col("population").null_count() == 0
    groups = (
        rows.group_by(described)
        .agg(
            members=pl.len().cast(pl.Int64),
            population=pl.when(everybody_known).then(pl.col("population").sum()),
            population_date=pl.when(everybody_known).then(pl.col("population_date").min()),
        )
        .select(list(GROUP_SCHEMA))
        .cast(GROUP_SCHEMA)  # type: ignore[arg-type]
        .sort("group_id")
    )
    return groups, rows.select("group_id", "ags").cast(MEMBER_SCHEMA).sort("group_id", "ags")  # type: ignore[arg-type]


def _assigned(rule: PeerRule, units: pl.DataFrame) -> pl.DataFrame:
    """Members of a declared rule: units of its level that have a known class in every part."""
    own = units.filter(pl.col("level") == rule.level).with_columns(
        part.column.alias(f"part {place}") for place, part in enumerate(rule.parts)
    )
    columns = [pl.col(f"part {place}") for place in range(len(rule.parts))]
    known = pl.all_horizontal(
        column.is_in(list(part.classes)).fill_null(False)
        for column, part in zip(columns, rule.parts, strict=True)
    )
    names = {
        language: pl.concat_str(
            [_words(column, part, language) for column, part in zip(columns, rule.parts, strict=True)],
            separator=", ",
        )
        for language in ("de", "en")
    }
    group_id = pl.concat_str([pl.lit(rule.id), *columns], separator=".")
    return _described(rule, own.filter(known), group_id, names["de"], names["en"])


def _words(column: pl.Expr, part: Part, language: str) -> pl.Expr:
    words = {key: text.de if language == "de" else text.en for key, text in part.classes.items()}
    return column.replace_strict(words, default=None, return_dtype=pl.String)


def _listed(rule: PeerRule, units: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """Members of the lists an operator wrote; a list with units of two levels makes two groups."""
    chosen = lists.unique(["list_id", "ags"], keep="first", maintain_order=True)
    own = units.filter(pl.col("level") == rule.level).join(
        chosen.select("list_id", "list_name", "ags"), on="ags", how="inner"
    )
    group_id = pl.concat_str([pl.lit(rule.id), pl.col("list_id")], separator=".")
    return _described(rule, own, group_id, pl.col("list_name"), pl.col("list_name"))


def _described(
    rule: PeerRule, members: pl.DataFrame, group_id: pl.Expr, name_de: pl.Expr, name_en: pl.Expr
) -> pl.DataFrame:
    return members.select(
        group_id=group_id,
        rule_id=pl.lit(rule.id),
        level=pl.lit(rule.level),
        name_de=name_de,
        name_en=name_en,
        rule_de=pl.lit(rule.text.de),
        rule_en=pl.lit(rule.text.en),
        in_sensitivity=pl.lit(not rule.is_own_list),
        ags="ags",
        population="population",
        population_date="population_date",
    )
