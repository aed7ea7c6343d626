"""Rules of territory and population: keys, parents, counts of districts, sums of inhabitants.

Belongs here: what must hold inside and between `municipality`, `register_unit` and `population`.
Does not belong here: the known figures (`quality/known_facts.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from collections.abc import Iterable

from quality.known_facts import (
    DISTRICTS_AT_YEAR_END,
    LAND_POPULATION,
    LANDS,
    REGISTER_EDITIONS,
    RegisterEdition,
)
from quality.sql_rule import SqlFact, SqlRule

FULL_REGISTER = 10_000
"""An edition with more municipalities than this is the whole register, not an embedded selection."""

_DISTRICTS = ", ".join(f"({year}, {count})" for year, count in DISTRICTS_AT_YEAR_END.items())
_LANDS = ", ".join(f"('{land}', {low}, {high})" for land, (low, high) in LAND_POPULATION.items())
_FULL = f"""
    SELECT territory_date FROM register_unit WHERE level = 'municipality'
    GROUP BY territory_date HAVING count(*) > {FULL_REGISTER}"""
_ANY_FULL = f"SELECT count(*) > 0 FROM ({_FULL})"

REGISTER_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="municipality.key_fits_level",
        table="municipality",
        severity="stop",
        needs=("municipality",),
        sql=r"""
            SELECT ags, level FROM municipality WHERE NOT CASE level
                WHEN 'municipality' THEN regexp_full_match(ags, '(0[1-9]|1[0-6])\d{6}')
                WHEN 'association' THEN regexp_full_match(ags, '(0[1-9]|1[0-6])\d{7}')
                WHEN 'district' THEN regexp_full_match(ags, '(0[1-9]|1[0-6])\d{3}')
                WHEN 'land' THEN regexp_full_match(ags, '0[1-9]|1[0-6]')
                ELSE ags = 'DG' END""",
        expected="the key of a unit has the length of its level and begins with a Land from 01 to 16",
        remedy="Look for a lost leading zero or a key read from the wrong columns.",
    ),
    SqlRule(
        id="municipality.ars_contains_ags",
        table="municipality",
        severity="stop",
        needs=("municipality",),
        sql="""
            SELECT ags, ars FROM municipality
            WHERE level = 'municipality' AND ars IS NOT NULL AND ags <> (left(ars, 5) || right(ars, 3))""",
        expected="the regional key without its four digits for the association is the municipality key",
        remedy="Check how the regional key is put together: AGS[1-5], association, AGS[6-8].",
    ),
    SqlRule(
        id="municipality.parents_exist",
        table="municipality",
        severity="stop",
        needs=("municipality",),
        sql="""
            SELECT child.ags, child.land, child.district FROM municipality AS child
            LEFT JOIN municipality AS land ON land.ags = child.land
            LEFT JOIN municipality AS district ON district.ags = child.district
            WHERE (child.land IS NOT NULL AND land.level IS DISTINCT FROM 'land')
               OR (child.district IS NOT NULL AND district.level IS DISTINCT FROM 'district'
                   AND NOT (right(child.district, 3) = '000' AND right(child.ags, 3) = '999'))""",
        expected="Land and district of a unit are units of that level (but for waters outside every district)",
        remedy="The parent is missing from the register read, or was read at another level.",
    ),
    SqlRule(
        id="municipality.association_exists",
        table="municipality",
        severity="stop",
        needs=("municipality", "register_unit"),
        applies=_ANY_FULL,
        sql="""
            SELECT child.ags, child.association FROM municipality AS child
            LEFT JOIN municipality AS parent ON parent.ags = child.association
            WHERE child.association IS NOT NULL AND parent.level IS DISTINCT FROM 'association'""",
        expected="the association of a municipality is a unit of that level, where the whole register is read",
        remedy="The association is missing from the register read, or was read at another level.",
    ),
    SqlRule(
        id="municipality.key_begins_with_parents",
        table="municipality",
        severity="stop",
        needs=("municipality",),
        sql="""
            SELECT ags, land, district FROM municipality
            WHERE NOT starts_with(ags, coalesce(land, '')) OR NOT starts_with(ags, coalesce(district, ''))""",
        expected="a key begins with the keys of its Land and its district",
        remedy="Parents were attached to the wrong row.",
    ),
    SqlRule(
        id="municipality.unincorporated_by_type",
        table="municipality",
        severity="stop",
        needs=("municipality",),
        sql="""
            SELECT ags, type_code, is_unincorporated FROM municipality
            WHERE level = 'municipality'
              AND is_unincorporated IS DISTINCT FROM coalesce(type_code IN ('65', '66'), false)""",
        expected="exactly the units with Textkennzeichen 65 or 66 belong to no municipality",
        remedy="Read Textkennzeichen again; an unincorporated area must never be counted as a municipality.",
    ),
    SqlRule(
        id="municipality.centre_in_germany",
        table="municipality",
        severity="warn",
        needs=("municipality",),
        sql="""
            SELECT ags, name, longitude, latitude FROM municipality
            WHERE NOT coalesce(longitude BETWEEN 5 AND 16, true)
               OR NOT coalesce(latitude BETWEEN 47 AND 56, true)""",
        expected="centres lie between 5 and 16 degrees east, 47 and 56 degrees north",
        remedy="Look for exchanged coordinates or a lost decimal comma.",
    ),
    SqlRule(
        id="municipality.validity_in_order",
        table="municipality",
        severity="stop",
        needs=("municipality",),
        sql="SELECT ags, valid_from, valid_to FROM municipality WHERE valid_to <= valid_from",
        expected="a unit ends after it began",
        remedy="Check the order in which register editions were read.",
    ),
    SqlRule(
        id="register_unit.district_count",
        table="register_unit",
        severity="stop",
        needs=("register_unit",),
        applies=_ANY_FULL,
        sql=f"""
            WITH known(year, districts) AS (VALUES {_DISTRICTS}),
            found AS (SELECT territory_date, count(*) FILTER (level = 'district') AS districts
                      FROM register_unit SEMI JOIN ({_FULL}) AS whole USING (territory_date)
                      GROUP BY territory_date)
            SELECT found.territory_date, found.districts, list(known.districts) AS known FROM found
            JOIN known ON known.year = year(found.territory_date)
                OR (known.year = year(found.territory_date) - 1
                    AND strftime(found.territory_date, '%m-%d') <> '12-31')
            GROUP BY ALL HAVING NOT list_contains(list(known.districts), found.districts)""",
        expected="a full edition lists as many districts as Germany had then (400 since the end of 2021)",
        remedy="Independent cities count as districts; look for rows of record type 40 that were lost.",
    ),
    SqlRule(
        id="municipality.live_districts",
        table="municipality",
        severity="stop",
        needs=("municipality", "register_unit"),
        applies=_ANY_FULL,
        sql=f"""
            WITH newest AS (SELECT max(territory_date) AS territory_date FROM ({_FULL})),
            listed AS (SELECT count(*) AS districts FROM register_unit JOIN newest USING (territory_date)
                       WHERE level = 'district'),
            live AS (SELECT count(*) AS districts FROM municipality
                     WHERE level = 'district' AND valid_to IS NULL)
            SELECT live.districts AS live, listed.districts AS listed FROM live, listed
            WHERE live.districts <> listed.districts""",
        expected="live districts are those of the newest full edition (400 since the end of 2021)",
        remedy="Check valid_to: a dissolved district must end, a listed one must not.",
    ),
    SqlRule(
        id="population.land_in_range",
        table="population",
        severity="warn",
        needs=("population", "register_unit"),
        applies=_ANY_FULL,
        sql=f"""
            WITH known(land, low, high) AS (VALUES {_LANDS}),
            found AS (SELECT left(ags, 2) AS land, reference_date, census_base, territory_date,
                             sum(inhabitants) AS inhabitants
                      FROM population SEMI JOIN ({_FULL}) AS whole USING (territory_date)
                      WHERE length(ags) = 8 GROUP BY ALL)
            SELECT found.* FROM found LEFT JOIN known USING (land)
            WHERE NOT coalesce(found.inhabitants BETWEEN known.low AND known.high, false)""",
        expected="the municipalities of each Land add up to a plausible number of inhabitants",
        remedy="A municipality or a whole file is missing, doubled, or in thousands.",
    ),
    SqlRule(
        id="population.no_municipality_is_empty",
        table="population",
        severity="stop",
        needs=("population", "municipality"),
        sql="""
            SELECT p.ags, unit.name, p.reference_date, p.territory_date, p.locator FROM population AS p
            JOIN municipality AS unit ON unit.ags = p.ags
            WHERE p.inhabitants = 0 AND NOT unit.is_unincorporated""",
        expected="0 inhabitants are printed for unincorporated areas only; elsewhere the figure was left out",
        remedy="Compare with another edition of the register and declare a correction in quality/corrections.",
    ),
    SqlRule(
        id="population.districts_add_up",
        table="population",
        severity="stop",
        needs=("population", "register_unit"),
        applies=_ANY_FULL,
        sql=f"""
            WITH whole AS (SELECT * FROM population SEMI JOIN ({_FULL}) AS f USING (territory_date)),
            added AS (SELECT left(ags, 5) AS ags, reference_date, census_base, territory_date,
                             sum(inhabitants) AS municipalities
                      FROM whole WHERE length(ags) = 8 GROUP BY ALL)
            SELECT whole.ags, whole.reference_date, whole.inhabitants, added.municipalities FROM whole
            JOIN added USING (ags, reference_date, census_base, territory_date)
            WHERE length(whole.ags) = 5 AND whole.inhabitants <> added.municipalities""",
        expected="inhabitants of a district are the sum over its municipalities",
        remedy="Look for a municipality that is missing, doubled, or filed under another district.",
    ),
)


def _edition_facts(edition: RegisterEdition) -> Iterable[SqlFact]:
    """Control figures of one edition, asked only where the whole edition was read."""
    day = f"DATE '{edition.territory_date}'"
    counted = f"SELECT count(*) FROM register_unit WHERE territory_date = {day} AND"
    inhabitants = f"""
        SELECT sum(inhabitants)::BIGINT FROM population WHERE territory_date = {day}
          AND reference_date = DATE '{edition.population_date}' AND length(ags) = 8"""
    figures = (
        ("register_unit", "municipalities", f"{counted} level = 'municipality'", edition.municipalities),
        ("register_unit", "unincorporated", f"{counted} is_unincorporated", edition.unincorporated),
        ("register_unit", "districts", f"{counted} level = 'district'", edition.districts),
        ("register_unit", "lands", f"{counted} level = 'land'", LANDS),
        ("population", "inhabitants", inhabitants, edition.population),
    )
    for table, name, sql, expected in figures:
        yield SqlFact(
            id=f"{table}.{name}_{edition.territory_date}",
            table=table,
            severity="stop",
            needs=("register_unit", table),
            applies=f"SELECT count(*) > {FULL_REGISTER} FROM register_unit "
            f"WHERE territory_date = {day} AND level = 'municipality'",
            sql=sql,
            expected=expected,
            stated_in=edition.stated_in,
            remedy="Look in quarantine for rows of this edition, then at the reader of its format.",
        )


REGISTER_FACTS: tuple[SqlFact, ...] = tuple(
    fact for edition in REGISTER_EDITIONS for fact in _edition_facts(edition)
)
