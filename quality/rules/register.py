"""Rules of territory and population: keys, parents, counts of districts, sums of inhabitants.

Belongs here: what must hold inside and between `municipality`, `register_unit` and `population`.
Does not belong here: the known figures (`quality/known_facts.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from collections.abc import Iterable

from quality.known_facts import (
    DISTRICTS_AT_YEAR_END,
    LANDS,
    REGISTER_EDITIONS,
    RegisterEdition,
)
from quality.sql_rule import SqlFact, SqlRule
from quality.status import Text

FULL_REGISTER = 10_000
"""An edition with more municipalities than this is the whole register, not an embedded selection."""

_DISTRICTS = ", ".join(f"({year}, {count})" for year, count in DISTRICTS_AT_YEAR_END.items())
FULL = f"""
    SELECT territory_date FROM register_unit WHERE level = 'municipality'
    GROUP BY territory_date HAVING count(*) > {FULL_REGISTER}"""
ANY_FULL = f"SELECT count(*) > 0 FROM ({FULL})"

REGISTER_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="municipality.key_fits_level",
        table="municipality",
        severity="stop",
        owner="data_steward",
        needs=("municipality",),
        sql=r"""
            SELECT ags, level FROM municipality WHERE NOT CASE level
                WHEN 'municipality' THEN regexp_full_match(ags, '(0[1-9]|1[0-6])\d{6}')
                WHEN 'association' THEN regexp_full_match(ags, '(0[1-9]|1[0-6])\d{7}')
                WHEN 'district' THEN regexp_full_match(ags, '(0[1-9]|1[0-6])\d{3}')
                WHEN 'land' THEN regexp_full_match(ags, '0[1-9]|1[0-6]')
                ELSE ags = 'DG' END""",
        expected=Text(
            de="der Schlüssel einer Gebietseinheit hat die Länge ihrer Ebene und beginnt mit einem Land von 01 bis 16",
            en="the key of a unit has the length of its level and begins with a Land from 01 to 16",
        ),
        remedy=Text(
            de="Nach einer verlorenen führenden Null suchen oder nach einem Schlüssel aus falschen Spalten.",
            en="Look for a lost leading zero or a key read from the wrong columns.",
        ),
    ),
    SqlRule(
        id="municipality.ars_contains_ags",
        table="municipality",
        severity="stop",
        owner="data_steward",
        needs=("municipality",),
        sql="""
            SELECT ags, ars FROM municipality
            WHERE level = 'municipality' AND ars IS NOT NULL AND ags <> (left(ars, 5) || right(ars, 3))""",
        expected=Text(
            de="der Regionalschlüssel ohne die vier Stellen des Gemeindeverbands ist der Gemeindeschlüssel",
            en="the regional key without its four digits for the association is the municipality key",
        ),
        remedy=Text(
            de="Prüfen, wie der Regionalschlüssel gebildet ist: AGS[1-5], Verband, AGS[6-8].",
            en="Check how the regional key is put together: AGS[1-5], association, AGS[6-8].",
        ),
    ),
    SqlRule(
        id="municipality.parents_exist",
        table="municipality",
        severity="stop",
        owner="data_steward",
        needs=("municipality",),
        sql="""
            SELECT child.ags, child.land, child.district FROM municipality AS child
            LEFT JOIN municipality AS land ON land.ags = child.land
            LEFT JOIN municipality AS district ON district.ags = child.district
            WHERE (child.land IS NOT NULL AND land.level IS DISTINCT FROM 'land')
               OR (child.district IS NOT NULL AND district.level IS DISTINCT FROM 'district'
                   AND NOT (right(child.district, 3) = '000' AND right(child.ags, 3) = '999'))""",
        expected=Text(
            de="Land und Kreis einer Gebietseinheit sind Gebietseinheiten dieser Ebene (außer Gewässern außerhalb jedes Kreises)",
            en="Land and district of a unit are units of that level (but for waters outside every district)",
        ),
        remedy=Text(
            de="Die übergeordnete Einheit fehlt im gelesenen Verzeichnis oder wurde auf einer anderen Ebene gelesen.",
            en="The parent is missing from the register read, or was read at another level.",
        ),
    ),
    SqlRule(
        id="municipality.association_exists",
        table="municipality",
        severity="stop",
        owner="data_steward",
        needs=("municipality", "register_unit"),
        applies=ANY_FULL,
        sql="""
            SELECT child.ags, child.association FROM municipality AS child
            LEFT JOIN municipality AS parent ON parent.ags = child.association
            WHERE child.association IS NOT NULL AND parent.level IS DISTINCT FROM 'association'""",
        expected=Text(
            de="der Gemeindeverband einer Gemeinde ist eine Gebietseinheit dieser Ebene, wo das ganze Verzeichnis gelesen ist",
            en="the association of a municipality is a unit of that level, where the whole register is read",
        ),
        remedy=Text(
            de="Der Gemeindeverband fehlt im gelesenen Verzeichnis oder wurde auf einer anderen Ebene gelesen.",
            en="The association is missing from the register read, or was read at another level.",
        ),
    ),
    SqlRule(
        id="municipality.key_begins_with_parents",
        table="municipality",
        severity="stop",
        owner="data_steward",
        needs=("municipality",),
        sql="""
            SELECT ags, land, district FROM municipality
            WHERE NOT starts_with(ags, coalesce(land, '')) OR NOT starts_with(ags, coalesce(district, ''))""",
        expected=Text(
            de="ein Schlüssel beginnt mit den Schlüsseln seines Landes und seines Kreises",
            en="a key begins with the keys of its Land and its district",
        ),
        remedy=Text(
            de="Übergeordnete Einheiten wurden der falschen Zeile zugeordnet.",
            en="Parents were attached to the wrong row.",
        ),
    ),
    SqlRule(
        id="municipality.unincorporated_by_type",
        table="municipality",
        severity="stop",
        owner="data_steward",
        needs=("municipality",),
        sql="""
            SELECT ags, type_code, is_unincorporated FROM municipality
            WHERE level = 'municipality'
              AND is_unincorporated IS DISTINCT FROM coalesce(type_code IN ('65', '66'), false)""",
        expected=Text(
            de="genau die Gebietseinheiten mit Textkennzeichen 65 oder 66 gehören zu keiner Gemeinde",
            en="exactly the units with Textkennzeichen 65 or 66 belong to no municipality",
        ),
        remedy=Text(
            de="Das Textkennzeichen neu lesen; ein gemeindefreies Gebiet darf nie als Gemeinde zählen.",
            en="Read Textkennzeichen again; an unincorporated area must never be counted as a municipality.",
        ),
    ),
    SqlRule(
        id="municipality.centre_in_germany",
        table="municipality",
        severity="warn",
        owner="data_steward",
        needs=("municipality",),
        sql="""
            SELECT ags, name, longitude, latitude FROM municipality
            WHERE NOT coalesce(longitude BETWEEN 5 AND 16, true)
               OR NOT coalesce(latitude BETWEEN 47 AND 56, true)""",
        expected=Text(
            de="Mittelpunkte liegen zwischen 5 und 16 Grad Ost, 47 und 56 Grad Nord",
            en="centres lie between 5 and 16 degrees east, 47 and 56 degrees north",
        ),
        remedy=Text(
            de="Nach vertauschten Koordinaten oder einem verlorenen Komma suchen.",
            en="Look for exchanged coordinates or a lost decimal comma.",
        ),
    ),
    SqlRule(
        id="municipality.validity_in_order",
        table="municipality",
        severity="stop",
        owner="data_steward",
        needs=("municipality",),
        sql="SELECT ags, valid_from, valid_to FROM municipality WHERE valid_to <= valid_from",
        expected=Text(
            de="eine Gebietseinheit endet, nachdem sie begonnen hat", en="a unit ends after it began"
        ),
        remedy=Text(
            de="Die Reihenfolge prüfen, in der die Ausgaben des Verzeichnisses gelesen wurden.",
            en="Check the order in which register editions were read.",
        ),
    ),
    SqlRule(
        id="register_unit.district_count",
        table="register_unit",
        severity="stop",
        owner="data_steward",
        needs=("register_unit",),
        applies=ANY_FULL,
        sql=f"""
            WITH known(year, districts) AS (VALUES {_DISTRICTS}),
            found AS (SELECT territory_date, count(*) FILTER (level = 'district') AS districts
                      FROM register_unit SEMI JOIN ({FULL}) AS whole USING (territory_date)
                      GROUP BY territory_date)
            SELECT found.territory_date, found.districts, list(known.districts) AS known FROM found
            JOIN known ON known.year = year(found.territory_date)
                OR (known.year = year(found.territory_date) - 1
                    AND strftime(found.territory_date, '%m-%d') <> '12-31')
            GROUP BY ALL HAVING NOT list_contains(list(known.districts), found.districts)""",
        expected=Text(
            de="eine vollständige Ausgabe nennt so viele Kreise, wie Deutschland damals hatte (400 seit Ende 2021)",
            en="a full edition lists as many districts as Germany had then (400 since the end of 2021)",
        ),
        remedy=Text(
            de="Kreisfreie Städte zählen als Kreise; nach verlorenen Zeilen der Satzart 40 suchen.",
            en="Independent cities count as districts; look for rows of record type 40 that were lost.",
        ),
    ),
    SqlRule(
        id="municipality.live_districts",
        table="municipality",
        severity="stop",
        owner="data_steward",
        needs=("municipality", "register_unit"),
        applies=ANY_FULL,
        sql=f"""
            WITH newest AS (SELECT max(territory_date) AS territory_date FROM ({FULL})),
            listed AS (SELECT count(*) AS districts FROM register_unit JOIN newest USING (territory_date)
                       WHERE level = 'district'),
            live AS (SELECT count(*) AS districts FROM municipality
                     WHERE level = 'district' AND valid_to IS NULL)
            SELECT live.districts AS live, listed.districts AS listed FROM live, listed
            WHERE live.districts <> listed.districts""",
        expected=Text(
            de="bestehende Kreise sind die der neuesten vollständigen Ausgabe (400 seit Ende 2021)",
            en="live districts are those of the newest full edition (400 since the end of 2021)",
        ),
        remedy=Text(
            de="valid_to prüfen: Ein aufgelöster Kreis muss enden, ein aufgeführter nicht.",
            en="Check valid_to: a dissolved district must end, a listed one must not.",
        ),
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
            owner="data_steward",
            needs=("register_unit", table),
            applies=f"SELECT count(*) > {FULL_REGISTER} FROM register_unit "
            f"WHERE territory_date = {day} AND level = 'municipality'",
            sql=sql,
            expected=expected,
            stated_in=edition.stated_in,
            remedy=Text(
                de="In der Quarantäne nach Zeilen dieser Ausgabe sehen, dann nach dem Leser ihres Formats.",
                en="Look in quarantine for rows of this edition, then at the reader of its format.",
            ),
        )


REGISTER_FACTS: tuple[SqlFact, ...] = tuple(
    fact for edition in REGISTER_EDITIONS for fact in _edition_facts(edition)
)
