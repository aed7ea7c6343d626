"""Everything that must hold between the tables of a finished release, asked in one go.

Belongs here: the complete list of cross-table rules and control figures, and asking them. Does not
belong here: rules on one table (the contracts), the rules themselves (`quality/rules/`), the
figures (`quality/known_facts.py`), or a database: the pipeline passes a function that answers a
query on the finished file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import polars as pl

from quality.contracts import CONTRACTS
from quality.result import to_frame
from quality.rules.aggregates import AGGREGATE_RULES
from quality.rules.comparison import COMPARISON_RULES
from quality.rules.confidentiality import CONFIDENTIALITY_RULES
from quality.rules.corrections import CORRECTION_RULES
from quality.rules.cross_source import CROSS_SOURCE_RULES
from quality.rules.derived import formula_rules, lineage_rules, reason_rules, reference_rules
from quality.rules.engagements import COUNTRY_FACTS, ENGAGEMENT_RULES
from quality.rules.inhabitants import INHABITANT_RULES
from quality.rules.jumps import JUMP_RULES
from quality.rules.levels import LEVEL_RULES
from quality.rules.measure_inputs import MEASURE_INPUT_RULES
from quality.rules.measures import MEASURE_RULES
from quality.rules.measures_together import TOGETHER_RULES
from quality.rules.money import MONEY_FACTS, MONEY_RULES
from quality.rules.observations import OBSERVATION_RULES
from quality.rules.quarantine import QUARANTINE_RULES
from quality.rules.real_prices import REAL_PRICE_RULES
from quality.rules.register import REGISTER_RULES
from quality.rules.register_editions import REGISTER_FACTS
from quality.rules.revisions import REVISION_RULES
from quality.rules.sources import SOURCE_RULES
from quality.rules.territory import TERRITORY_RULES
from quality.rules.trends import TREND_RULES
from quality.sql_rule import FINDING, Query, SqlFact, SqlRule, concerned, result_of

FACTS: tuple[SqlFact, ...] = (*REGISTER_FACTS, *MONEY_FACTS, *COUNTRY_FACTS)
"""Control figures, each asked only where the release holds the file it was counted in."""

RULES: tuple[SqlRule | SqlFact, ...] = (
    *reference_rules(CONTRACTS),
    *reason_rules(CONTRACTS),
    *lineage_rules(),
    *REGISTER_RULES,
    *INHABITANT_RULES,
    *TERRITORY_RULES,
    *MONEY_RULES,
    *MEASURE_RULES,
    *TOGETHER_RULES,
    *MEASURE_INPUT_RULES,
    *LEVEL_RULES,
    *CORRECTION_RULES,
    *QUARANTINE_RULES,
    *REVISION_RULES,
    *SOURCE_RULES,
    *CROSS_SOURCE_RULES,
    *JUMP_RULES,
    *ENGAGEMENT_RULES,
    *OBSERVATION_RULES,
    *TREND_RULES,
    *REAL_PRICE_RULES,
    *COMPARISON_RULES,
    *AGGREGATE_RULES,
    *CONFIDENTIALITY_RULES,
    *FACTS,
)
"""Every declared check; `to_rows` adds the second computation of every published formula."""


def to_rows(checks: Iterable[SqlRule | SqlFact], query: Query, present: Collection[str]) -> pl.DataFrame:
    """Ask rules and control figures of a finished file.

    Args:
        checks: usually `RULES`.
        query: answers one SELECT, for example `lambda sql: connection.sql(sql).pl()`.
        present: names of the tables the file holds. Where `indicator` is one of them, every
            observation is computed a second time from its published formula.

    Returns:
        Rows of `quality_result`: kind `rule` for rules, `plausibility` for control figures. A check
        about data this release does not hold has no row; a check that cannot be asked has failed.
    """
    formulas = published_formulas(query) if "indicator" in present else ()
    results = [result_of(query, check, present) for check in (*checks, *formulas)]
    return to_frame(result for result in results if result is not None)


def findings(
    checks: Iterable[SqlRule | SqlFact], query: Query, failed: Collection[str], present: Collection[str]
) -> pl.DataFrame:
    """Rows of `quality_finding`: the units each failed rule names.

    Args:
        checks: usually `RULES`.
        query: answers one SELECT on the finished file.
        failed: ids of the checks that failed.
        present: names of the tables the file holds.
    """
    formulas = published_formulas(query) if failed and "indicator" in present else ()
    rules = [each for each in (*checks, *formulas) if isinstance(each, SqlRule) and each.id in failed]
    return pl.concat([FINDING.empty(), *(concerned(query, rule) for rule in rules)]).sort(list(FINDING.sort))


def published_formulas(query: Query) -> tuple[SqlRule, ...]:
    """One rule per formula in the file's own catalogue."""
    return formula_rules(query("SELECT indicator_id, formula FROM indicator"))
