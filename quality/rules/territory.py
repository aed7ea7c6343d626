"""Rules of the territory over time: nobody lost on the way, no share too many, totals conserved.

Belongs here: what must hold between `territory_step`, `territory_path`, `territory_weight`,
`observation_current_territory` and the register. Does not belong here: the register itself
(`quality/rules/register.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import Text

TOLERANCE = 0.0001
"""Share by which a total of a Land may differ before and after: 0.01 percent."""

GERMAN = {"population": "die Einwohnerzahl", "area": "die Fläche"}
"""Figures that are conserved, as a page names them."""

WEIGHT_TOLERANCE = 0.001
"""How far the shares of one unit may miss one."""


def _conserved(figure: str, before: str, weight: str) -> SqlRule:
    """A figure of a year-end, carried along the keys that begin there, Land by Land."""
    return SqlRule(
        id=f"territory_weight.{figure}_conserved",
        table="territory_weight",
        severity="warn",
        owner="data_steward",
        needs=("territory_weight", "population", "register_unit"),
        sql=f"""
            WITH reported AS ({before}),
            listed AS (SELECT DISTINCT key_from, year_from, territory_to FROM territory_weight
                       WHERE level = 'municipality'),
            whole AS (SELECT land, year_from, territory_to, sum(figure) AS reported
                      FROM reported JOIN listed ON key_from = ags AND year_from = year GROUP BY ALL),
            keyed AS (SELECT r.land, w.year_from, w.territory_to, sum(r.figure * {weight}) AS carried
                      FROM territory_weight AS w
                      JOIN reported AS r ON r.ags = w.key_from AND r.year = w.year_from GROUP BY ALL)
            SELECT * FROM whole JOIN keyed USING (land, year_from, territory_to)
            WHERE abs(carried - reported) > {TOLERANCE} * reported""",
        expected=Text(
            de=f"{GERMAN[figure]} jedes Landes ist vorher und nachher gleich, auf 0,01 % genau",
            en=f"the {figure} of each Land is the same before and after, within 0.01 %",
        ),
        remedy=Text(
            de="Nach einer Gebietseinheit suchen, deren Gewichte nicht eins ergeben; namentlich berichtigen oder ablehnen.",
            en="Look for a unit whose weights do not add up to one; correct or refuse it by name.",
        ),
    )


_PEOPLE = """
    SELECT left(ags, 2) AS land, ags, year(reference_date) AS year, sum(inhabitants) AS figure
    FROM population WHERE length(ags) = 8 AND reference_date = territory_date
      AND strftime(reference_date, '%m-%d') = '12-31' GROUP BY ALL"""
_AREA = """
    SELECT land, ags, year(territory_date) AS year, area_hectare AS figure FROM register_unit
    WHERE level = 'municipality' AND strftime(territory_date, '%m-%d') = '12-31'"""

TERRITORY_RULES: tuple[SqlRule, ...] = (
    # Only a warning: the register says rightly that the unit is gone, while the list that names its successor
    # comes months later. Nothing is lost meanwhile: figures stay under the old key, its series ends, and nothing
    # is carried over. To wait for the list would keep every other figure of the country from being published.
    # A register that lost its units is another matter: source.no_setback, source.not_silent.
    SqlRule(
        id="territory_step.every_vanished_unit_has_a_successor",
        table="territory_step",
        severity="warn",
        owner="data_steward",
        needs=("territory_step", "municipality"),
        sql="""
            SELECT unit.ags, unit.name, unit.valid_to, min(step.evidence) AS evidence
            FROM municipality AS unit
            LEFT JOIN territory_step AS step ON step.key_from = unit.ags
            WHERE unit.valid_to IS NOT NULL AND unit.level IN ('municipality', 'district')
            GROUP BY ALL HAVING coalesce(bool_and(step.method = 'none'), true)""",
        expected=Text(
            de="zu jeder Gemeinde und jedem Kreis, die es nicht mehr gibt, ist die Nachfolgerin bekannt",
            en="the successor of every municipality and district that ceased is known",
        ),
        remedy=Text(
            de="Die Liste der Gebietsänderungen des Jahres lesen (Quelle territory_changes); bis dahin endet die Zeitreihe.",
            en="Read the list of changes of that year (source territory_changes); until then its series ends.",
        ),
    ),
    SqlRule(
        id="territory_step.shares_add_up",
        table="territory_step",
        severity="stop",
        owner="data_steward",
        needs=("territory_step",),
        sql=f"""
            SELECT key_from, effective_on, sum(population_weight) AS people, sum(area_weight) AS area
            FROM territory_step GROUP BY ALL
            HAVING bool_and(population_weight IS NOT NULL)
               AND (abs(people - 1) > {WEIGHT_TOLERANCE} OR abs(area - 1) > {WEIGHT_TOLERANCE})""",
        expected=Text(
            de="die Anteile, in denen eine Gebietseinheit aufgeht, ergeben zusammen eins",
            en="the shares in which a unit passes on add up to one",
        ),
        remedy=Text(
            de="Die Gewichte namentlich in quality/corrections berichtigen, oder die Einheit ablehnen.",
            en="Correct the weights by name in quality/corrections, or refuse the unit.",
        ),
    ),
    SqlRule(
        id="territory_path.shares_add_up",
        table="territory_path",
        severity="stop",
        owner="maintainer",
        needs=("territory_path",),
        sql=f"""
            SELECT year, key_from, sum(population_weight) AS people, sum(area_weight) AS area
            FROM territory_path GROUP BY ALL
            HAVING bool_and(population_weight IS NOT NULL)
               AND (abs(people - 1) > {WEIGHT_TOLERANCE} OR abs(area - 1) > {WEIGHT_TOLERANCE})""",
        expected=Text(
            de="die Anteile einer früheren Gebietseinheit an heutigen ergeben zusammen eins",
            en="the shares of a former unit in units of today add up to one",
        ),
        remedy=Text(
            de="Ein Schritt führt zu einer Einheit, die nicht mehr besteht, oder Gewichte wurden doppelt multipliziert.",
            en="A step leads to a unit that is not live, or weights were multiplied twice.",
        ),
    ),
    _conserved("population", _PEOPLE, "w.population_weight"),
    _conserved("area", _AREA, "w.area_weight"),
    SqlRule(
        id="population.same_day_same_total",
        table="population",
        severity="warn",
        owner="data_steward",
        needs=("population",),
        sql="""
            WITH total AS (SELECT left(ags, 2) AS land, reference_date, census_base, territory_date,
                                  sum(inhabitants) AS inhabitants
                           FROM population WHERE length(ags) = 8 GROUP BY ALL)
            SELECT a.land, a.reference_date, a.territory_date, a.inhabitants,
                   b.territory_date AS other_territory, b.inhabitants AS other_inhabitants
            FROM total AS a JOIN total AS b USING (land, reference_date, census_base)
            WHERE a.territory_date < b.territory_date AND a.inhabitants <> b.inhabitants""",
        expected=Text(
            de="Ausgaben, die denselben Tag auf verschiedenen Gebietsständen zählen, stimmen je Land überein",
            en="editions that count the same day on different territories agree for each Land",
        ),
        remedy=Text(
            de="Eine Gebietseinheit hat in einer Ausgabe ihre Zahl verloren: namentlich suchen und berichtigen, oder den Anbieter fragen.",
            en="A unit lost its figure in one edition: find it by name and correct it, or ask the provider.",
        ),
    ),
    SqlRule(
        id="observation_current_territory.only_live_units",
        table="observation_current_territory",
        severity="stop",
        owner="maintainer",
        needs=("observation_current_territory", "municipality"),
        sql="""
            SELECT o.indicator_id, o.ags, o.year FROM observation_current_territory AS o
            JOIN municipality AS unit USING (ags) WHERE unit.valid_to IS NOT NULL""",
        expected=Text(
            de="Zahlen auf dem neuesten Gebietsstand gelten Einheiten, die bestehen",
            en="figures on the newest territory are about units that exist",
        ),
        remedy=Text(
            de="Ein Weg führt zu einer Einheit, die es nicht mehr gibt: Ein Schritt danach fehlt.",
            en="A path leads to a unit that is gone: a step after it is missing.",
        ),
    ),
    SqlRule(
        id="observation_current_territory.rests_on_a_path",
        table="observation_current_territory",
        severity="stop",
        owner="maintainer",
        needs=("observation_current_territory", "territory_path"),
        sql="""
            SELECT o.indicator_id, o.ags, o.year FROM observation_current_territory AS o
            WHERE o.ags NOT IN (SELECT key_to FROM territory_path)""",
        expected=Text(
            de="nur Einheiten, die in einem Jahr aus anderen Teilen bestanden, haben übertragene Zahlen",
            en="only units that consisted of other parts in some year have carried figures",
        ),
        remedy=Text(
            de="Zeilen, die gleich denen in observation sind, gehören nicht hierher.",
            en="Rows that equal observation do not belong here.",
        ),
    ),
)
