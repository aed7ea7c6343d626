"""Rules of levels: one city in two roles is one unit, and no level takes the place of another.

Belongs here: what must hold between observations and the level of their unit. Does not belong
here: keys and parents of units (`quality/rules/register.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import Text

_SECOND_ROLE = "unit.level = 'district' AND unit.is_independent_city"


def _one_key_per_city(table: str) -> SqlRule:
    return SqlRule(
        id=f"{table}.one_key_per_city",
        table=table,
        severity="stop",
        owner="maintainer",
        needs=(table, "municipality"),
        sql=f"""
            SELECT o.indicator_id, o.ags, o.year FROM {table} AS o
            JOIN municipality AS unit USING (ags) WHERE {_SECOND_ROLE}""",
        expected=Text(
            de="die Zahlen einer kreisfreien Stadt stehen nur unter ihrem Gemeindeschlüssel",
            en="an independent city has its figures under its municipality key only",
        ),
        remedy=Text(
            de="Bei der Auswahl der Gebietseinheiten den Kreis einer kreisfreien Stadt weglassen.",
            en="Leave the district role of independent cities out where units are chosen.",
        ),
    )


LEVEL_RULES: tuple[SqlRule, ...] = (
    _one_key_per_city("observation"),
    _one_key_per_city("observation_plan"),
    SqlRule(
        id="measure.one_key_per_city",
        table="measure",
        severity="warn",
        owner="data_steward",
        needs=("measure", "municipality"),
        sql=f"""
            SELECT measure_id, ags, year FROM measure JOIN municipality AS unit USING (ags)
            WHERE {_SECOND_ROLE} AND inputs > 0 AND measure_id NOT LIKE 'population_%'""",
        expected=Text(
            de="über den Kreisschlüssel einer Stadt, die ihr eigener Kreis ist, wird nichts gesagt",
            en="nothing is said about the district key of a city that is its own district",
        ),
        remedy=Text(
            de="Der Zeile an ihrer Quelle den Gemeindeschlüssel der Stadt geben, sonst geht sie verloren.",
            en="Give the row the municipality key of the city at its source, or it is lost.",
        ),
    ),
    SqlRule(
        id="measure.one_population_each",
        table="measure",
        severity="stop",
        owner="maintainer",
        needs=("measure", "measure_input", "municipality"),
        sql="""
            SELECT measure_id, ags, year, count(*) AS figures FROM measure_input
            JOIN municipality AS unit USING (ags)
            WHERE measure_id IN ('population_30_06', 'population_31_12') AND unit.level <> 'association'
            GROUP BY ALL HAVING count(*) > 1""",
        expected=Text(
            de="eine Gebietseinheit wird auf eine Einwohnerzahl bezogen, nie auf die Summe zweier Stichtage oder Zensus",
            en="a unit is related to one population figure, never to a sum of two dates or bases",
        ),
        remedy=Text(
            de="Die Reihenfolge der Einwohnerzahlen eindeutig machen: indicators/measures/population.py.",
            en="Make the order of figures strict: indicators/measures/population.py.",
        ),
    ),
)
