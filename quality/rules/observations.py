"""Rules of the published numbers: about units that exist, explained, possible, and traceable.

Belongs here: what must hold between `observation`, `observation_plan`, `indicator` and the tables
they refer to. Does not belong here: the second computation of every value
(`quality/rules/derived.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.rules.numbers import about_numbers
from quality.sql_rule import SqlRule
from quality.status import Text


def _about_units(table: str) -> tuple[SqlRule, ...]:
    """Which units a figure may be about, and that a missing one is explained."""
    return (
        SqlRule(
            id=f"{table}.unit_is_not_unincorporated",
            table=table,
            severity="stop",
            owner="maintainer",
            needs=(table, "municipality"),
            sql=f"""
                SELECT o.indicator_id, o.ags, o.year FROM {table} AS o JOIN municipality AS unit USING (ags)
                WHERE unit.is_unincorporated""",
            expected=Text(
                de="keine Beobachtung über ein gemeindefreies Gebiet",
                en="no observation about an area that belongs to no municipality",
            ),
            remedy=Text(
                de="Gebietseinheiten mit Textkennzeichen 65 und 66 bei der Auswahl weglassen.",
                en="Leave units with Textkennzeichen 65 and 66 out where units are chosen.",
            ),
        ),
        SqlRule(
            id=f"{table}.unit_exists_in_year",
            table=table,
            severity="stop",
            owner="maintainer",
            needs=(table, "municipality"),
            sql=f"""
                SELECT o.indicator_id, o.ags, o.year, unit.valid_to
                FROM {table} AS o JOIN municipality AS unit USING (ags)
                WHERE o.value IS NOT NULL AND unit.valid_to < make_date(o.year::INTEGER, 1, 1)""",
            expected=Text(
                de="kein Wert für ein Jahr, in dem es die Gebietseinheit nicht mehr gab",
                en="no value for a year in which the unit was already gone",
            ),
            remedy=Text(
                de="Den Wert der Nachfolgerin geben, oder leer veröffentlichen mit Status M, Grund unit_dissolved.",
                en="Give the value to the successor, or publish null with status M, reason unit_dissolved.",
            ),
        ),
        SqlRule(
            id=f"{table}.null_has_reason",
            table=table,
            severity="stop",
            owner="maintainer",
            needs=(table,),
            sql=f"""
                SELECT indicator_id, ags, year, obs_status FROM {table}
                WHERE value IS NULL AND reason IS NULL""",
            expected=Text(
                de="jeder fehlende Wert sagt in einem Satz, warum",
                en="every missing value says why in one sentence",
            ),
            remedy=Text(
                de="absent_reason in der Messgröße angeben, oder einen Grund in ihrem Beitrag setzen.",
                en="Declare absent_reason in the measure, or set a reason in its input.",
            ),
        ),
    )


def _about_files(table: str) -> tuple[SqlRule, ...]:
    """That every value leads to files which are kept."""
    return (
        SqlRule(
            id=f"{table}.value_rests_on_files",
            table=table,
            severity="stop",
            owner="maintainer",
            needs=(table, "indicator"),
            sql=f"""
                SELECT o.indicator_id, o.ags, o.year, o.value
                FROM {table} AS o JOIN indicator AS i USING (indicator_id)
                WHERE o.value IS NOT NULL AND coalesce(len(o.snapshot_ids), 0) = 0 AND i.family <> 'data'""",
            expected=Text(
                de="jeder Wert nennt wenigstens eine Datei (außer Indikatoren über unsere eigene Datenlage)",
                en="every value names at least one file (indicators on our own data availability excepted)",
            ),
            remedy=Text(
                de="snapshot_id aus den Beiträgen aller Messgrößen der Formel sammeln.",
                en="Collect snapshot_id from the inputs of all measures of the formula.",
            ),
        ),
        SqlRule(
            id=f"{table}.files_are_kept",
            table=table,
            severity="stop",
            owner="operator",
            needs=(table, "snapshot"),
            sql=f"""
                SELECT named.snapshot_id, count(*) AS observations
                FROM (SELECT unnest(snapshot_ids) AS snapshot_id FROM {table}) AS named
                ANTI JOIN snapshot USING (snapshot_id) GROUP BY named.snapshot_id""",
            expected=Text(
                de="jede Datei, die ein Wert nennt, ist unter ihrer Prüfsumme aufbewahrt",
                en="every file a value names is kept under its hash",
            ),
            remedy=Text(
                de="Die Datei wurde außerhalb der Ablage gelesen, oder die Tabelle snapshot ist unvollständig.",
                en="The file was read outside the snapshot store, or table snapshot is incomplete.",
            ),
        ),
    )


def _both(table: str) -> tuple[SqlRule, ...]:
    """Rules that hold for actual and for planned figures alike."""
    return (*_about_units(table), *_about_files(table), *about_numbers(table))


OBSERVATION_RULES: tuple[SqlRule, ...] = (
    *_both("observation"),
    *_both("observation_plan"),
    SqlRule(
        id="observation.never_from_plan",
        table="observation",
        severity="stop",
        owner="maintainer",
        needs=("observation", "indicator", "measure"),
        sql=r"""
            WITH money AS (SELECT DISTINCT measure_id FROM measure WHERE unit = 'cent'),
            used AS (SELECT indicator_id, measure_id FROM indicator JOIN money
                     ON regexp_matches(formula, '\b' || measure_id || '\b'))
            SELECT o.indicator_id, o.ags, o.year, used.measure_id FROM observation AS o
            JOIN used USING (indicator_id)
            LEFT JOIN (SELECT * FROM measure WHERE phase = 'actual' AND value IS NOT NULL) AS actual
                ON actual.measure_id = used.measure_id AND actual.ags = o.ags AND actual.year = o.year
            ANTI JOIN (SELECT f.indicator_id, m.ags, m.year FROM indicator AS f JOIN measure AS m
                           ON m.unit = 'millionth' AND regexp_matches(f.formula, '\b' || m.measure_id || '\b')
                       WHERE m.value IS NOT NULL) AS published
                ON published.indicator_id = o.indicator_id AND published.ags = o.ags AND published.year = o.year
            WHERE o.value IS NOT NULL AND actual.measure_id IS NULL""",
        expected=Text(
            de="ein veröffentlichter Wert über Geld hat für jede Messgröße seiner Formel eine Ist-Zahl",
            en="a published value on money has an actual figure for every measure of its formula",
        ),
        remedy=Text(
            de="Plan-Zahlen gehören nach observation_plan; die Beobachtung bleibt leer, Grund only_plan.",
            en="Planned figures belong into observation_plan; the observation is null, reason only_plan.",
        ),
    ),
    SqlRule(
        id="observation.focus_within_programme",
        table="observation",
        severity="stop",
        owner="maintainer",
        needs=("observation",),
        among="indicator_id = 'ew_programm_ne'",
        sql="""
            SELECT focus.ags, focus.year FROM observation AS focus
            LEFT JOIN observation AS programme ON programme.indicator_id = 'ew_programm'
                AND programme.ags = focus.ags AND programme.year = focus.year
            WHERE focus.indicator_id = 'ew_programm_ne' AND focus.value = 1
              AND programme.value IS DISTINCT FROM 1""",
        expected=Text(
            de="Indikator 8 ist nur ja, wo Indikator 7 ja ist",
            en="indicator 8 is yes only where indicator 7 is yes",
        ),
        remedy=Text(
            de="Die Formel von Indikator 8 enthält die von Indikator 7 nicht mehr.",
            en="The formula of indicator 8 no longer contains that of indicator 7.",
        ),
    ),
    SqlRule(
        id="observation.not_for_what_cannot_be_computed",
        table="observation",
        severity="stop",
        owner="maintainer",
        needs=("observation", "indicator"),
        sql="""
            SELECT DISTINCT indicator_id FROM observation JOIN indicator USING (indicator_id)
            WHERE formula IS NULL""",
        expected=Text(
            de="keine Beobachtungen zu Indikatoren, die laut Katalog nicht berechnet werden können",
            en="no observations of indicators the catalogue says cannot be computed",
        ),
        remedy=Text(
            de="Dem Indikator eine Formel geben, oder ihn beim Bilden der Beobachtungen weglassen.",
            en="Give the indicator a formula, or leave it out where observations are made.",
        ),
    ),
    SqlRule(
        id="observation.development_share_below_5_percent",
        table="observation",
        severity="warn",
        owner="data_steward",
        needs=("observation",),
        among="indicator_id = 'ez_ausg_anteil'",
        sql="""
            SELECT ags, year, value FROM observation
            WHERE indicator_id = 'ez_ausg_anteil' AND value > 5""",
        expected=Text(
            de="keine Kommune gibt mehr als 5 % ihrer Auszahlungen für Entwicklungszusammenarbeit aus",
            en="no municipality spends more than 5 % of its payments on development cooperation",
        ),
        remedy=Text(
            de="Nach einer Regel suchen, die zu viel erfasst, oder nach einem Nenner, der nicht das Ganze ist.",
            en="Look for a spending rule that catches too much, or a denominator that is not the whole.",
        ),
    ),
)
