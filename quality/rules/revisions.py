"""Alarms on revisions: by tolerance, never by exact counts.

Belongs here: comparing a release with the one before it through `revision` and `observation_history`.
Does not belong here: naming causes (`quality/revisions.py`).

The tolerances are those of the domain rules: a change of more than 10 % in a period two years back or
more warns; a new version of a definition asks for status B or D; fewer than nine tenths of the rows of the
last release stop this one. Nothing is asked where the release before was read from another origin.
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import Text

TOLERATED_CHANGE = 0.1
LEAST_ROWS = 0.9

_LAST = "(SELECT release_id FROM release_history ORDER BY number DESC LIMIT 1)"
_T = "(SELECT max_by(reference_year, number) + 1 FROM release_history)"
_COMPARABLE = """
    SELECT count(*) = 2 AND count(DISTINCT origin) = 1
    FROM (SELECT origin FROM release_history ORDER BY number DESC LIMIT 2)"""
_STANDS = "valid_to_release IS NULL"
_STOOD = f"(valid_to_release = {_LAST} OR (valid_to_release IS NULL AND valid_from_release <> {_LAST}))"

REVISION_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="revision.large_change_of_an_old_period",
        table="revision",
        severity="warn",
        owner="data_steward",
        needs=("revision", "release_history"),
        applies=_COMPARABLE,
        among=f"release_id = {_LAST} AND year <= {_T} - 2",
        sql=f"""
            SELECT indicator_id, ags, year, old_value, new_value, causes FROM revision
            WHERE release_id = {_LAST} AND year <= {_T} - 2
              AND abs(new_value - old_value) > {TOLERATED_CHANGE} * abs(old_value)""",
        expected=Text(
            de="Werte, die zwei Jahre alt oder älter sind, ändern sich um höchstens 10 %",
            en="values two years old and older change by no more than 10 %",
        ),
        remedy=Text(
            de="Die Ursachen lesen: sdg17 revisions AGS. Ist die neue Datei falsch, eine Korrektur schreiben.",
            en="Read the causes: sdg17 revisions AGS. Where the new file is wrong, write a correction.",
        ),
    ),
    SqlRule(
        id="revision.new_definition_is_flagged",
        table="revision",
        severity="warn",
        owner="maintainer",
        needs=("revision", "release_history"),
        applies=_COMPARABLE,
        among=f"release_id = {_LAST} AND new_definition_version <> old_definition_version",
        sql=f"""
            SELECT indicator_id, old_definition_version AS old, new_definition_version AS new,
                   count(*) AS values_changed, min(year) AS first_year, max(year) AS last_year
            FROM revision
            WHERE release_id = {_LAST} AND new_definition_version <> old_definition_version
              AND new_value IS NOT NULL AND new_status NOT IN ('B', 'D')
            GROUP BY ALL""",
        expected=Text(
            de="wo sich eine Definition ändert, tragen die mit ihr geänderten Werte Status B oder D",
            en="where a definition changes, the values that change with it carry status B or D",
        ),
        remedy=Text(
            de="Den Bruch (B) oder die abweichende Definition (D) kennzeichnen und im CHANGELOG ankündigen.",
            en="Flag the break (B) or the differing definition (D), and announce it in the CHANGELOG.",
        ),
    ),
    SqlRule(
        id="revision.cause_is_known",
        table="revision",
        severity="warn",
        owner="maintainer",
        needs=("revision", "release_history"),
        among=f"release_id = {_LAST}",
        sql=f"""
            SELECT indicator_id, ags, year, old_value, new_value FROM revision
            WHERE release_id = {_LAST} AND causes = 'unknown'""",
        expected=Text(
            de="jede Revision hat eine Ursache in Dateien, Methode, Gebiet, Korrekturen oder Zeit",
            en="every revision has a cause in files, method, territory, corrections or time",
        ),
        remedy=Text(
            de="Dieselben Dateien und dasselbe Programm ergaben einen anderen Wert: nach etwas suchen, das von beidem nicht abhängt.",
            en="The same files and program gave another value: look for what depends on neither.",
        ),
    ),
    SqlRule(
        id="observation_history.rows_kept",
        table="observation_history",
        severity="stop",
        owner="operator",
        needs=("observation_history", "release_history"),
        applies=_COMPARABLE,
        among=_STANDS,
        sql=f"""
            SELECT count(*) FILTER (WHERE {_STANDS}) AS now, count(*) FILTER (WHERE {_STOOD}) AS before
            FROM observation_history
            HAVING now < {LEAST_ROWS} * before
               AND NOT (SELECT max_by(fewer_rows_accepted, number) FROM release_history)""",
        expected=Text(
            de="mindestens neun Zehntel der Beobachtungen der vorigen Veröffentlichung",
            en="at least nine tenths of the observations of the release before",
        ),
        remedy=Text(
            de="Nach einer Quelle suchen, die nicht gelesen wurde; ist es so gewollt, einmal mit SDG17_FEWER_ROWS=true laufen lassen.",
            en="Look for a source that was not read; where it is meant so, run once with SDG17_FEWER_ROWS=true.",
        ),
    ),
    SqlRule(
        id="observation_history.values_kept",
        table="observation_history",
        severity="warn",
        owner="operator",
        needs=("observation_history", "release_history"),
        applies=_COMPARABLE,
        among=f"{_STANDS} AND value IS NOT NULL",
        sql=f"""
            SELECT indicator_id, count(value) FILTER (WHERE {_STANDS}) AS now,
                   count(value) FILTER (WHERE {_STOOD}) AS before
            FROM observation_history GROUP BY indicator_id HAVING now < {LEAST_ROWS} * before""",
        expected=Text(
            de="jeder Indikator hat mindestens neun Zehntel der Werte der vorigen Veröffentlichung",
            en="every indicator has at least nine tenths of the values of the release before",
        ),
        remedy=Text(
            de="Nach der Quelle suchen, die weniger sagt als zuletzt: sdg17 sources.",
            en="Look for the source that says less than last time: sdg17 sources.",
        ),
    ),
    SqlRule(
        id="observation_history.stands_for_this_release",
        table="observation_history",
        severity="stop",
        owner="maintainer",
        needs=("observation_history", "observation"),
        among=_STANDS,
        sql=f"""
            SELECT coalesce(h.indicator_id, o.indicator_id) AS indicator_id, coalesce(h.ags, o.ags) AS ags,
                   coalesce(h.year, o.year) AS year, h.value AS in_history, o.value
            FROM (SELECT * FROM observation_history WHERE {_STANDS}) AS h
            FULL JOIN observation AS o
              ON h.indicator_id = o.indicator_id AND h.ags = o.ags AND h.year = o.year
            WHERE h.ags IS NULL OR o.ags IS NULL OR h.value IS DISTINCT FROM o.value
               OR h.obs_status IS DISTINCT FROM o.obs_status
               OR h.snapshot_ids IS DISTINCT FROM o.snapshot_ids""",
        expected=Text(
            de="die geltenden Zeilen der Geschichte sind genau die Beobachtungen dieser Veröffentlichung",
            en="the rows of the history that stand are exactly the observations of this release",
        ),
        remedy=Text(
            de="Die Geschichte wurde mit einer anderen Tabelle fortgeschrieben als der veröffentlichten: neu laufen lassen.",
            en="The history was extended with another table than the one published: run again.",
        ),
    ),
)
