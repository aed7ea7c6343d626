"""Rules of constant prices: computed a second time, money only, none without an index.

Belongs here: what must hold between `observation_real`, `observation` and `price_index`. Does not
belong here: nominal values (`quality/rules/observations.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import Text

LARGEST_STEP = 0.15
"""Change of consumer prices within a year beyond which a figure is looked at (1991 to 2023: at most 7 %)."""

REAL_PRICE_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="observation_real.recomputed",
        table="observation_real",
        severity="stop",
        owner="maintainer",
        needs=("observation_real", "observation"),
        sql="""
            SELECT r.indicator_id, r.ags, r.year, r.value, o.value AS nominal, r.index_value
            FROM observation_real AS r LEFT JOIN observation AS o USING (indicator_id, ags, year)
            WHERE o.value IS NULL OR (r.value IS NULL) <> (r.index_value IS NULL)
               OR abs(r.value - o.value * 100 / r.index_value) > 1e-9 * greatest(1, abs(o.value))""",
        expected=Text(
            de="realer Wert = nominaler Wert × 100 / Index des Jahres, leer ohne Index",
            en="real value = nominal value x 100 / index of the year, null without an index",
        ),
        remedy=Text(
            de="observation_real stammt aus einem anderen Lauf als observation, oder der Index wurde danach geändert.",
            en="observation_real is from another run than observation, or the index was changed after.",
        ),
    ),
    SqlRule(
        id="observation_real.index_is_published",
        table="observation_real",
        severity="stop",
        owner="maintainer",
        needs=("observation_real", "price_index"),
        sql="""
            SELECT DISTINCT r.year, r.base_year, r.index_value FROM observation_real AS r
            ANTI JOIN price_index AS p ON p.series_id = r.series_id AND p.base_year = r.base_year
                AND p.year = r.year AND p.value = r.index_value
            WHERE r.index_value IS NOT NULL AND NOT r.index_is_chained""",
        expected=Text(
            de="ein nicht verketteter Index steht so in price_index, wie er veröffentlicht ist",
            en="an index that is not chained stands in price_index as published",
        ),
        remedy=Text(
            de="Verkettete Zahlen müssen es sagen: indicators/real_prices.py.",
            en="Chained figures must say so: indicators/real_prices.py.",
        ),
    ),
    SqlRule(
        id="observation_real.money_only",
        table="observation_real",
        severity="stop",
        owner="maintainer",
        needs=("observation_real", "indicator"),
        sql="""
            SELECT DISTINCT r.indicator_id, i.kind FROM observation_real AS r
            JOIN indicator AS i USING (indicator_id) WHERE i.kind NOT IN ('money', 'balance')""",
        expected=Text(
            de="Anteile, Quoten und Anzahlen werden nicht preisbereinigt",
            en="shares, rates and counts are not deflated",
        ),
        remedy=Text(
            de="Nur Indikatoren der Art money haben reale Werte.",
            en="Only indicators of kind money have real values.",
        ),
    ),
    SqlRule(
        id="price_index.base_is_100",
        table="price_index",
        severity="stop",
        owner="data_steward",
        needs=("price_index",),
        sql="""
            SELECT series_id, base_year, source_id, value FROM price_index
            WHERE year = base_year AND abs(value - 100) > 0.05""",
        expected=Text(de="das Mittel des Basisjahres ist 100", en="the average of the base year is 100"),
        remedy=Text(
            de="Basisjahr und Zahlen gehören zu verschiedenen Tabellen.",
            en="Base year and figures belong to different tables.",
        ),
    ),
    SqlRule(
        id="price_index.steps_are_small",
        table="price_index",
        severity="warn",
        owner="data_steward",
        needs=("price_index",),
        sql=f"""
            SELECT now.series_id, now.base_year, now.year, before.value AS before, now.value
            FROM price_index AS now JOIN price_index AS before
              ON before.series_id = now.series_id AND before.base_year = now.base_year
             AND before.source_id = now.source_id AND before.year = now.year - 1
            WHERE abs(now.value / before.value - 1) > {LARGEST_STEP}""",
        expected=Text(
            de="Preise ändern sich in einem Jahr um weniger als 15 %",
            en="prices change by less than 15 % within a year",
        ),
        remedy=Text(
            de="Nach einem Schreibfehler in der Zeile suchen oder nach Zeilen zweier Basisjahre unter einem.",
            en="Look for a slip of the pen in the line, or rows of two bases under one.",
        ),
    ),
)
