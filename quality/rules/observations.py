"""Rules of the published numbers: about units that exist, explained, possible, and traceable.

Belongs here: what must hold between `observation`, `observation_plan`, `indicator` and the tables
they refer to. Does not belong here: the second computation of every value
(`quality/rules/derived.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.sql_rule import SqlRule

UNFLAGGED = "obs_status IN ('A', 'P', 'N')"
"""Statuses that claim a number without reservation."""

_IMPOSSIBLE = """
    (kind IN ('share', 'score') AND value NOT BETWEEN 0 AND 100) OR (kind IN ('money', 'rate', 'count', 'level') AND value < 0)"""


def _about_units(table: str) -> tuple[SqlRule, ...]:
    """Which units a figure may be about, and that a missing one is explained."""
    return (
        SqlRule(
            id=f"{table}.unit_is_not_unincorporated",
            table=table,
            severity="stop",
            needs=(table, "municipality"),
            sql=f"""
                SELECT o.indicator_id, o.ags, o.year FROM {table} AS o JOIN municipality AS unit USING (ags)
                WHERE unit.is_unincorporated""",
            expected="no observation about an area that belongs to no municipality",
            remedy="Leave units with Textkennzeichen 65 and 66 out where units are chosen.",
        ),
        SqlRule(
            id=f"{table}.unit_exists_in_year",
            table=table,
            severity="stop",
            needs=(table, "municipality"),
            sql=f"""
                SELECT o.indicator_id, o.ags, o.year, unit.valid_to
                FROM {table} AS o JOIN municipality AS unit USING (ags)
                WHERE o.value IS NOT NULL AND unit.valid_to < make_date(o.year::INTEGER, 1, 1)""",
            expected="no value for a year in which the unit was already gone",
            remedy="Give the value to the successor, or publish null with status M, reason unit_dissolved.",
        ),
        SqlRule(
            id=f"{table}.null_has_reason",
            table=table,
            severity="stop",
            needs=(table,),
            sql=f"""
                SELECT indicator_id, ags, year, obs_status FROM {table}
                WHERE value IS NULL AND reason IS NULL""",
            expected="every missing value says why in one sentence",
            remedy="Declare absent_reason in the measure, or set a reason in its input.",
        ),
    )


def _about_files(table: str) -> tuple[SqlRule, ...]:
    """That every value leads to files which are kept."""
    return (
        SqlRule(
            id=f"{table}.value_rests_on_files",
            table=table,
            severity="stop",
            needs=(table, "indicator"),
            sql=f"""
                SELECT o.indicator_id, o.ags, o.year, o.value
                FROM {table} AS o JOIN indicator AS i USING (indicator_id)
                WHERE o.value IS NOT NULL AND coalesce(len(o.snapshot_ids), 0) = 0 AND i.family <> 'data'""",
            expected="every value names at least one file (indicators on our own data availability excepted)",
            remedy="Collect snapshot_id from the inputs of all measures of the formula.",
        ),
        SqlRule(
            id=f"{table}.files_are_kept",
            table=table,
            severity="stop",
            needs=(table, "snapshot"),
            sql=f"""
                SELECT named.snapshot_id, count(*) AS observations
                FROM (SELECT unnest(snapshot_ids) AS snapshot_id FROM {table}) AS named
                ANTI JOIN snapshot USING (snapshot_id) GROUP BY named.snapshot_id""",
            expected="every file a value names is kept under its hash",
            remedy="The file was read outside the snapshot store, or table snapshot is incomplete.",
        ),
    )


def _about_numbers(table: str) -> tuple[SqlRule, ...]:
    """That a value is a number its indicator can have, under the definition in force."""
    return (
        SqlRule(
            id=f"{table}.possible_number",
            table=table,
            severity="stop",
            needs=(table, "indicator"),
            sql=f"""
                SELECT o.indicator_id, o.ags, o.year, o.value, o.obs_status
                FROM {table} AS o JOIN indicator AS i USING (indicator_id)
                WHERE {UNFLAGGED} AND ({_IMPOSSIBLE})""",
            expected="shares lie between 0 and 100, other quantities are not negative, unless flagged",
            remedy="Check the lines behind it; where a reversal or a late grant is the cause, flag the figure.",
        ),
        SqlRule(
            id=f"{table}.flagged_impossible_number",
            table=table,
            severity="warn",
            needs=(table, "indicator"),
            sql=f"""
                SELECT o.indicator_id, o.ags, o.year, o.value, o.obs_status
                FROM {table} AS o JOIN indicator AS i USING (indicator_id)
                WHERE NOT {UNFLAGGED} AND ({_IMPOSSIBLE})""",
            expected="flagged figures outside the possible range are looked at by a person",
            remedy="Read the note of the figure; correct the spending rule if it does not explain it.",
        ),
        SqlRule(
            id=f"{table}.whole_number",
            table=table,
            severity="stop",
            needs=(table, "indicator"),
            sql=f"""
                SELECT o.indicator_id, o.ags, o.year, o.value
                FROM {table} AS o JOIN indicator AS i USING (indicator_id)
                WHERE (i.kind = 'binary' AND o.value NOT IN (0, 1))
                   OR (i.kind IN ('count', 'level') AND o.value <> floor(o.value))""",
            expected="yes-no indicators are 0 or 1 and counts are whole",
            remedy="Check kind and formula of the indicator.",
        ),
        SqlRule(
            id=f"{table}.definition_is_current",
            table=table,
            severity="stop",
            needs=(table, "indicator"),
            sql=f"""
                SELECT DISTINCT o.indicator_id, o.definition_version, i.definition_version AS declared
                FROM {table} AS o JOIN indicator AS i USING (indicator_id)
                WHERE o.definition_version <> i.definition_version""",
            expected="observations carry the version of the definition in the catalogue",
            remedy="Observations are from a run with another catalogue: rebuild them.",
        ),
    )


def _both(table: str) -> tuple[SqlRule, ...]:
    """Rules that hold for actual and for planned figures alike."""
    return (*_about_units(table), *_about_files(table), *_about_numbers(table))


OBSERVATION_RULES: tuple[SqlRule, ...] = (
    *_both("observation"),
    *_both("observation_plan"),
    SqlRule(
        id="observation.never_from_plan",
        table="observation",
        severity="stop",
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
        expected="a published value on money has an actual figure for every measure of its formula",
        remedy="Planned figures belong into observation_plan; the observation is null, reason only_plan.",
    ),
    SqlRule(
        id="observation.focus_within_programme",
        table="observation",
        severity="stop",
        needs=("observation",),
        among="indicator_id = 'ew_programm_ne'",
        sql="""
            SELECT focus.ags, focus.year FROM observation AS focus
            LEFT JOIN observation AS programme ON programme.indicator_id = 'ew_programm'
                AND programme.ags = focus.ags AND programme.year = focus.year
            WHERE focus.indicator_id = 'ew_programm_ne' AND focus.value = 1
              AND programme.value IS DISTINCT FROM 1""",
        expected="indicator 8 is yes only where indicator 7 is yes",
        remedy="The formula of indicator 8 no longer contains that of indicator 7.",
    ),
    SqlRule(
        id="observation.not_for_what_cannot_be_computed",
        table="observation",
        severity="stop",
        needs=("observation", "indicator"),
        sql="""
            SELECT DISTINCT indicator_id FROM observation JOIN indicator USING (indicator_id)
            WHERE formula IS NULL""",
        expected="no observations of indicators the catalogue says cannot be computed",
        remedy="Give the indicator a formula, or leave it out where observations are made.",
    ),
    SqlRule(
        id="observation.development_share_below_5_percent",
        table="observation",
        severity="warn",
        needs=("observation",),
        among="indicator_id = 'ez_ausg_anteil'",
        sql="""
            SELECT ags, year, value FROM observation
            WHERE indicator_id = 'ez_ausg_anteil' AND value > 5""",
        expected="no municipality spends more than 5 % of its payments on development cooperation",
        remedy="Look for a spending rule that catches too much, or a denominator that is not the whole.",
    ),
)
