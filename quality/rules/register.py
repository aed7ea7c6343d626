"""Rules of territory: keys, levels, parents, order of validity.

Belongs here: what must hold inside `municipality`. Does not belong here: whole editions of the register and
their figures (`register_editions.py`), the known figures (`quality/known_facts.py`).
"""

from __future__ import annotations

from quality.rules.register_editions import ANY_FULL, EDITION_RULES
from quality.sql_rule import SqlRule
from quality.status import Text

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
    *EDITION_RULES,
)
