"""Rules of inhabitants: plausible for each Land, never zero by omission, districts add up.

Belongs here: what must hold of `population` beside the register. Does not belong here: keys and parents of
units (`quality/rules/register.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.known_facts import LAND_POPULATION
from quality.rules.register_editions import ANY_FULL, FULL
from quality.sql_rule import SqlRule
from quality.status import Text

_LANDS = ", ".join(f"('{land}', {low}, {high})" for land, (low, high) in LAND_POPULATION.items())

INHABITANT_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="population.land_in_range",
        table="population",
        severity="warn",
        owner="data_steward",
        needs=("population", "register_unit"),
        applies=ANY_FULL,
        sql=f"""
            WITH known(land, low, high) AS (VALUES {_LANDS}),
            found AS (SELECT left(ags, 2) AS land, reference_date, census_base, territory_date,
                             sum(inhabitants) AS inhabitants
                      FROM population SEMI JOIN ({FULL}) AS whole USING (territory_date)
                      WHERE length(ags) = 8 GROUP BY ALL)
            SELECT found.* FROM found LEFT JOIN known USING (land)
            WHERE NOT coalesce(found.inhabitants BETWEEN known.low AND known.high, false)""",
        expected=Text(
            de="die Gemeinden jedes Landes ergeben zusammen eine plausible Einwohnerzahl",
            en="the municipalities of each Land add up to a plausible number of inhabitants",
        ),
        remedy=Text(
            de="Eine Gemeinde oder eine ganze Datei fehlt, ist doppelt oder in Tausend.",
            en="A municipality or a whole file is missing, doubled, or in thousands.",
        ),
    ),
    SqlRule(
        id="population.no_municipality_is_empty",
        table="population",
        severity="stop",
        owner="data_steward",
        needs=("population", "municipality"),
        sql="""
            SELECT p.ags, unit.name, p.reference_date, p.territory_date, p.locator FROM population AS p
            JOIN municipality AS unit ON unit.ags = p.ags
            WHERE p.inhabitants = 0 AND NOT unit.is_unincorporated""",
        expected=Text(
            de="0 Einwohner stehen nur bei gemeindefreien Gebieten; sonst wurde die Zahl ausgelassen",
            en="0 inhabitants are printed for unincorporated areas only; elsewhere the figure was left out",
        ),
        remedy=Text(
            de="Mit einer anderen Ausgabe des Verzeichnisses vergleichen und eine Korrektur in quality/corrections eintragen.",
            en="Compare with another edition of the register and declare a correction in quality/corrections.",
        ),
    ),
    SqlRule(
        id="population.districts_add_up",
        table="population",
        severity="stop",
        owner="data_steward",
        needs=("population", "register_unit"),
        applies=ANY_FULL,
        sql=f"""
            WITH whole AS (SELECT * FROM population SEMI JOIN ({FULL}) AS f USING (territory_date)),
            added AS (SELECT left(ags, 5) AS ags, reference_date, census_base, territory_date,
                             sum(inhabitants) AS municipalities
                      FROM whole WHERE length(ags) = 8 GROUP BY ALL)
            SELECT whole.ags, whole.reference_date, whole.inhabitants, added.municipalities FROM whole
            JOIN added USING (ags, reference_date, census_base, territory_date)
            WHERE length(whole.ags) = 5 AND whole.inhabitants <> added.municipalities""",
        expected=Text(
            de="die Einwohner eines Kreises sind die Summe über seine Gemeinden",
            en="inhabitants of a district are the sum over its municipalities",
        ),
        remedy=Text(
            de="Nach einer Gemeinde suchen, die fehlt, doppelt ist oder unter einem anderen Kreis steht.",
            en="Look for a municipality that is missing, doubled, or filed under another district.",
        ),
    ),
)
