"""Cross-table rules nobody writes: they follow from the contracts and from the published formulas.

Belongs here: referential integrity from `Column.references`, reason codes, lineage keys, and the
second computation of every observation from its formula. Does not belong here: rules that need to
know the subject (`quality/plausibility.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from quality.contract import Contract
from quality.sql_rule import SqlRule
from quality.status import Text

INPUT_KEYS: Mapping[str, str] = {
    "budget_line": "budget_line_id",
    "line_tag": "budget_line_id",
    "population": "population_id",
    "partnership": "partnership_id",
    "partnership_claim": "claim_id",
    "engagement": "engagement_id",
    "spending_rule": "rule_id",
    "self_report": "report_id",
    "context_series": "concat_ws('/', source_id, indicator, ags, year)",
}
"""Table a measure input may come from, to the key its `input_id` is: a column or an expression."""

OLDER = ("observation_history",)
"""Tables with rows of earlier releases, which may carry reason codes no longer in use."""

WITH_CODES = frozenset({"trend", "peer_position", "peer_sensitivity"})
"""Tables without a status whose column `reason` holds a code all the same, and not a sentence."""

WITHHELD = "lower_bounds_only"
"""Reason of a value withheld on purpose: a share of lower bounds says nothing, though it can be computed."""

RELATIVE_TOLERANCE = 1e-9
"""Two engines may differ in the last digits of one division, never more."""


def reference_rules(contracts: Mapping[str, Contract]) -> tuple[SqlRule, ...]:
    """One rule per declared reference: a value that is not null exists in the table referred to."""
    return tuple(
        _reference(contract, name, *column.references.split("."))
        for contract in contracts.values()
        if contract.published
        for name, column in contract.columns.items()
        if column.references is not None
    )


def _reference(contract: Contract, column: str, parent: str, parent_column: str) -> SqlRule:
    shown = ", ".join(f'child."{name}"' for name in dict.fromkeys((*contract.key, column)))
    return SqlRule(
        id=f"{contract.table}.{column}_exists",
        table=contract.table,
        severity="stop",
        owner="maintainer",
        needs=(contract.table, parent),
        sql=f"""
            SELECT {shown} FROM "{contract.table}" AS child
            ANTI JOIN "{parent}" AS parent ON child."{column}" = parent."{parent_column}"
            WHERE child."{column}" IS NOT NULL""",
        expected=Text(
            de=f"jedes {column} steht als {parent_column} in der Tabelle {parent}",
            en=f"every {column} is a {parent_column} of table {parent}",
        ),
        remedy=Text(
            de=f"Die fehlende Zeile von {parent} laden, oder den Schlüssel dort berichtigen, wo {contract.table} entsteht.",
            en=f"Load the missing row of {parent}, or correct the key where {contract.table} is made.",
        ),
    )


def reason_rules(contracts: Mapping[str, Contract]) -> tuple[SqlRule, ...]:
    """Every reason code stands in table reason, so that a page can print a sentence for it."""
    return tuple(
        SqlRule(
            id=f"{table}.reason_exists",
            table=table,
            severity="stop",
            owner="maintainer",
            needs=(table, "reason"),
            sql=f"""
                SELECT child.reason, count(*) AS rows FROM "{table}" AS child
                ANTI JOIN reason AS parent ON child.reason = parent.reason
                WHERE child.reason IS NOT NULL GROUP BY child.reason""",
            expected=Text(
                de="zu jedem Grund steht ein Satz in der Tabelle reason",
                en="every reason code has its sentence in table reason",
            ),
            remedy=Text(
                de="Den Grund in quality/reasons.py mit einem deutschen und einem englischen Satz eintragen.",
                en="Add the code to quality/reasons.py with a German and an English sentence.",
            ),
        )
        for table, contract in contracts.items()
        if contract.published
        and table not in OLDER
        and "reason" in contract.columns
        and ("obs_status" in contract.columns or table in WITH_CODES)
    )


def lineage_rules() -> tuple[SqlRule, ...]:
    """Every row a measure claims to rest on can be found in the table it names."""
    return tuple(
        SqlRule(
            id=f"measure_input.{table}_exists",
            table="measure_input",
            severity="stop",
            owner="maintainer",
            needs=("measure_input", table),
            among=f"input_table = '{table}'",
            sql=f"""
                SELECT child.measure_id, child.ags, child.year, child.input_id
                FROM (SELECT * FROM measure_input WHERE input_table = '{table}') AS child
                ANTI JOIN (SELECT {key} AS input_id FROM "{table}") AS parent USING (input_id)""",
            expected=Text(
                de=f"jeder Beitrag aus {table} ist ein {key} dieser Tabelle",
                en=f"every input from {table} is a {key} of that table",
            ),
            remedy=Text(
                de="Die Messgröße schreibt eine andere input_id als den Schlüssel der Tabelle, die sie gelesen hat.",
                en="The measure group writes another input_id than the key of the table it read.",
            ),
        )
        for table, key in INPUT_KEYS.items()
    )


def formula_rules(indicators: pl.DataFrame) -> tuple[SqlRule, ...]:
    """Compute every observation a second time, in the database, from the formula as published.

    Args:
        indicators: columns indicator_id and formula of table `indicator`.

    Only measures of actual figures (and those without phase) enter: a value that came from a plan
    cannot be reproduced and is reported.
    """
    rows = indicators.filter(pl.col("formula").is_not_null()).sort("indicator_id")
    names = rows.select("indicator_id", "formula").iter_rows()
    return tuple(_recomputed(indicator, formula) for indicator, formula in names)


def _recomputed(indicator: str, formula: str) -> SqlRule:
    measures = dict.fromkeys(pl.sql_expr(formula).meta.root_names())
    return SqlRule(
        id=f"observation.{indicator}_recomputed",
        table="observation",
        severity="stop",
        owner="maintainer",
        needs=("observation", "measure"),
        among=f"indicator_id = '{indicator}'",
        sql=f"""
            WITH wide AS (
                SELECT ags, year, {_pivoted(measures)}, bool_or(obs_status = 'U') AS lower_bound
                FROM measure WHERE phase IN ('actual', 'none') AND measure_id IN ({_listed(measures)})
                GROUP BY ags, year),
            again AS (SELECT ags, year, lower_bound, CAST({formula} AS DOUBLE) AS recomputed FROM wide)
            SELECT o.ags, o.year, o.value, again.recomputed FROM observation AS o
            LEFT JOIN again USING (ags, year)
            WHERE o.indicator_id = '{indicator}'
              AND NOT (o.value IS NULL AND o.reason IS NOT DISTINCT FROM '{WITHHELD}'
                       AND coalesce(lower_bound, false))
              AND coalesce(abs(o.value - again.recomputed)
                           > {RELATIVE_TOLERANCE} * greatest(1, abs(o.value)),
                           o.value IS DISTINCT FROM again.recomputed)""",
        expected=Text(de=f"Wert = {formula}, aus Ist-Zahlen", en=f"value = {formula}, from actual figures"),
        remedy=Text(
            de="Formel, Messgrößen und Beobachtung widersprechen sich: Eines stammt aus einem anderen Lauf oder einer anderen Phase.",
            en="Formula, measures and observation disagree: one of them is from another run or phase.",
        ),
    )


def _listed(measures: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in measures)


def _pivoted(measures: Iterable[str]) -> str:
    return ", ".join(f"max(value) FILTER (measure_id = '{name}') AS \"{name}\"" for name in measures)
