"""Rules of sums over areas: each its own ratio, no unit twice, Länder come to Germany.

Belongs here: what must hold between `aggregate`, its areas and the measures it is made from. Does not
belong here: peer groups and positions (`quality/rules/comparison.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.rules.comparison import COMPARED
from quality.sql_rule import SqlRule
from quality.status import Text

AGGREGATE_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="aggregate.area_exists",
        table="aggregate",
        severity="stop",
        owner="maintainer",
        needs=("aggregate", "peer_group", "municipality"),
        sql="""
            SELECT DISTINCT area_kind, area_id FROM aggregate
            WHERE NOT CASE area_kind
                WHEN 'peer_group' THEN area_id IN (SELECT group_id FROM peer_group)
                WHEN 'land' THEN area_id IN (SELECT ags FROM municipality WHERE level = 'land')
                ELSE area_id = 'DG' END""",
        expected=Text(
            de="eine Summe gilt für Deutschland, ein Land oder eine Vergleichsgruppe",
            en="a sum is for Germany, a Land or a peer group",
        ),
        remedy=Text(
            de="aggregate stammt aus einem anderen Lauf als peer_group.",
            en="aggregate is from another run than peer_group.",
        ),
    ),
    SqlRule(
        id="aggregate.is_its_ratio",
        table="aggregate",
        severity="stop",
        owner="maintainer",
        needs=("aggregate",),
        sql="""
            SELECT indicator_id, area_id, level, year, value, numerator, denominator FROM aggregate
            WHERE abs(value - CASE method WHEN 'sum' THEN numerator
                                          WHEN 'share_of_yes' THEN 100 * numerator / nullif(denominator, 0)
                                          ELSE numerator / nullif(denominator, 0) END)
                  > 1e-9 * greatest(1, abs(value))
               OR (value IS NOT NULL AND numerator IS NULL)""",
        expected=Text(
            de="der Wert ergibt sich aus dem eigenen Zähler und Nenner",
            en="the value is what its own numerator and denominator come to",
        ),
        remedy=Text(
            de="Wert und Summen stammen von verschiedenen Gebietseinheiten.",
            en="Value and sums are from different units.",
        ),
    ),
    SqlRule(
        id="aggregate.within_the_area",
        table="aggregate",
        severity="stop",
        owner="maintainer",
        needs=("aggregate",),
        sql="""
            SELECT indicator_id, area_id, level, year, reporting, members, confidential FROM aggregate
            WHERE reporting > members OR reporting = 0 OR confidential > reporting""",
        expected=Text(
            de="zusammengezählt werden nicht mehr Gebietseinheiten, als das Gebiet auf dieser Ebene hat",
            en="no more units are added up than the area has at this level",
        ),
        remedy=Text(
            de="Eine Gebietseinheit wurde doppelt gezählt, oder Ebenen wurden gemischt.",
            en="A unit was counted twice, or levels were mixed.",
        ),
    ),
    SqlRule(
        id="aggregate.lands_add_up",
        table="aggregate",
        severity="stop",
        owner="maintainer",
        needs=("aggregate",),
        sql="""
            WITH lands AS (
                SELECT indicator_id, level, year, sum(numerator) AS numerator, sum(reporting) AS reporting
                FROM aggregate WHERE area_kind = 'land' GROUP BY ALL HAVING sum(confidential) = 0)
            SELECT indicator_id, level, year, whole.numerator, lands.numerator AS of_lands
            FROM aggregate AS whole JOIN lands USING (indicator_id, level, year)
            WHERE area_kind = 'federation'
              AND (whole.reporting <> lands.reporting
                   OR abs(whole.numerator - lands.numerator) > 1e-9 * greatest(1, abs(whole.numerator)))""",
        expected=Text(
            de="die Summen der Länder ergeben Ebene für Ebene die Summe für Deutschland",
            en="sums of the Länder come to the sum for Germany, level by level",
        ),
        remedy=Text(
            de="Eine Gebietseinheit gehört zu keinem Land oder zu zweien.",
            en="A unit is in no Land, or in two.",
        ),
    ),
    SqlRule(
        id="aggregate.recomputed_from_measures",
        table="aggregate",
        severity="stop",
        owner="maintainer",
        needs=("aggregate", "measure", "indicator_measure", "indicator", "municipality"),
        sql=f"""
            WITH single AS (
                SELECT indicator_id, min(measure_id) AS measure_id FROM indicator_measure
                GROUP BY indicator_id HAVING count(*) = 1),
            again AS (
                SELECT indicator_id, unit.level, m.year, sum(m.value) AS total, count(*) AS units
                FROM single JOIN indicator USING (indicator_id) JOIN measure AS m USING (measure_id)
                JOIN municipality AS unit USING (ags)
                WHERE indicator.kind = 'count' AND m.phase <> 'plan' AND m.value IS NOT NULL
                  AND m.obs_status IN ({COMPARED}) AND unit.valid_to IS NULL AND NOT unit.is_unincorporated
                  AND NOT (unit.level = 'district' AND unit.is_independent_city)
                GROUP BY ALL)
            SELECT indicator_id, level, year, value, total, reporting, units
            FROM aggregate JOIN again USING (indicator_id, level, year)
            WHERE area_kind = 'federation' AND confidential = 0
              AND (value IS DISTINCT FROM total::DOUBLE OR reporting <> units)""",
        expected=Text(
            de="die Anzahlen für Deutschland sind beim zweiten Zusammenzählen in der Datenbank dieselben",
            en="counts for Germany, added up a second time in the database, are the same",
        ),
        remedy=Text(
            de="aggregate stammt aus einem anderen Lauf als measure, oder es wurden andere Gebietseinheiten gezählt.",
            en="aggregate is from another run than measure, or another set of units was added up.",
        ),
    ),
)
