"""Rules of trends: symbols of their own method, behind each the numbers, none where none may be.

Belongs here: what must hold between `trend`, `trend_method`, `indicator` and `observation`. Does not
belong here: how a symbol is found (indicators).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import BREAKS, Text

_BREAK = f"regexp_matches(coalesce(o.further_reasons, ''), '{'|'.join(BREAKS)}')"

TREND_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="trend.symbol_of_its_method",
        table="trend",
        severity="stop",
        owner="maintainer",
        needs=("trend", "trend_method"),
        sql="""
            SELECT t.indicator_id, t.ags, t.method, t.symbol FROM trend AS t JOIN trend_method AS m USING (method)
            WHERE t.is_default <> m.is_default
               OR (t.symbol IS NOT NULL AND NOT list_contains(string_split(m.symbols, ','), t.symbol))""",
        expected=Text(
            de="ein Symbol ist eines von denen, die seine Methode nennt, und der Standard ist der erklärte",
            en="a symbol is one of those its method declares, and the default is the one declared",
        ),
        remedy=Text(
            de="Symbole stehen in der Datei der Methode: indicators/trend_methods/.",
            en="Symbols are declared in the file of the method: indicators/trend_methods/.",
        ),
    ),
    SqlRule(
        id="trend.symbol_has_its_numbers",
        table="trend",
        severity="stop",
        owner="maintainer",
        needs=("trend", "trend_method"),
        sql="""
            SELECT t.indicator_id, t.ags, t.method FROM trend AS t JOIN trend_method AS m USING (method)
            WHERE t.symbol IS NOT NULL AND (
                t.first_year IS NULL OR t.last_year <= t.first_year OR t.comparable_values < m.least_values
                OR (t.average_change IS NULL AND t.growth_rate IS NULL)
                OR (t.average_change IS NULL) <> (t.last_change IS NULL))""",
        expected=Text(
            de="hinter jedem Symbol stehen sein Zeitraum, genug Werte und die Zahlen, die entschieden haben",
            en="behind every symbol stand its window, enough values, and the numbers that decided it",
        ),
        remedy=Text(
            de="Die Zahlen im Ergebnis der Methode zurückgeben.",
            en="Return the numbers in the outcome of the method.",
        ),
    ),
    SqlRule(
        id="trend.none_where_none_may_be",
        table="trend",
        severity="stop",
        owner="maintainer",
        needs=("trend", "indicator"),
        sql="""
            SELECT t.indicator_id, t.ags, t.symbol FROM trend AS t JOIN indicator AS i USING (indicator_id)
            WHERE t.symbol IS NOT NULL AND (i.kind IN ('binary', 'score', 'level') OR i.direction = 'none')""",
        expected=Text(
            de="kein Symbol für Ja-Nein-Indikatoren und keines, wo keine Richtung besser ist",
            en="no symbol for yes-no indicators, and none where neither direction is better",
        ),
        remedy=Text(
            de="Siehe die Hausregeln in indicators/trend.py.",
            en="See the house rules in indicators/trend.py.",
        ),
    ),
    SqlRule(
        id="trend.none_across_a_break",
        table="trend",
        severity="stop",
        owner="maintainer",
        needs=("trend", "observation"),
        sql=f"""
            SELECT t.indicator_id, t.ags, t.method, o.year FROM trend AS t JOIN observation AS o
              ON o.indicator_id = t.indicator_id AND o.ags = t.ags
             AND o.year > t.first_year AND o.year <= t.last_year
            WHERE t.symbol IS NOT NULL AND o.value IS NOT NULL
              AND (o.obs_status IN ('B', 'D') OR {_BREAK})""",
        expected=Text(
            de="die Werte eines Trends ruhen auf einer Definition und einem Zensus",
            en="the values of a trend stand on one definition and one census base",
        ),
        remedy=Text(
            de="An einem Bruch beginnt eine Reihe neu: siehe begins_anew in quality/status.py.",
            en="A series begins anew at a break: see begins_anew in quality/status.py.",
        ),
    ),
    SqlRule(
        id="trend_method.one_default",
        table="trend_method",
        severity="stop",
        owner="maintainer",
        needs=("trend_method",),
        sql="SELECT count(*) AS defaults FROM trend_method WHERE is_default HAVING count(*) <> 1",
        expected=Text(de="genau eine Methode ist der Standard", en="exactly one method is the default"),
        remedy=Text(
            de="is_default in einer Datei von indicators/trend_methods/ setzen.",
            en="Set is_default in one file of indicators/trend_methods/.",
        ),
    ),
)
