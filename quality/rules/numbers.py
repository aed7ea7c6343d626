"""Rules of published figures as numbers: possible for their indicator, whole where they count.

Belongs here: what must hold between a figure and its declaration. Does not belong here: the units it is
about and the files it rests on (`quality/rules/observations.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import Text

UNFLAGGED = "obs_status IN ('A', 'P', 'N')"
"""Statuses that claim a number without reservation."""

_IMPOSSIBLE = """
    (kind IN ('share', 'score') AND value NOT BETWEEN 0 AND 100) OR (kind IN ('money', 'rate', 'count', 'level') AND value < 0)"""


def about_numbers(table: str) -> tuple[SqlRule, ...]:
    """That a value is a number its indicator can have, under the definition in force."""
    return (*_possible(table), _whole(table), _defined(table))


def _possible(table: str) -> tuple[SqlRule, SqlRule]:
    """Numbers outside what their kind allows: never without a flag, and with one looked at."""
    return (
        SqlRule(
            id=f"{table}.possible_number",
            table=table,
            severity="stop",
            owner="data_steward",
            needs=(table, "indicator"),
            sql=f"""
                SELECT o.indicator_id, o.ags, o.year, o.value, o.obs_status
                FROM {table} AS o JOIN indicator AS i USING (indicator_id)
                WHERE {UNFLAGGED} AND ({_IMPOSSIBLE})""",
            expected=Text(
                de="Anteile liegen zwischen 0 und 100, andere Größen sind nicht negativ, es sei denn gekennzeichnet",
                en="shares lie between 0 and 100, other quantities are not negative, unless flagged",
            ),
            remedy=Text(
                de="Die Zeilen dahinter prüfen; ist eine Rückbuchung oder späte Zuwendung die Ursache, die Zahl kennzeichnen.",
                en="Check the lines behind it; where a reversal or a late grant is the cause, flag the figure.",
            ),
        ),
        SqlRule(
            id=f"{table}.flagged_impossible_number",
            table=table,
            severity="warn",
            owner="data_steward",
            needs=(table, "indicator"),
            sql=f"""
                SELECT o.indicator_id, o.ags, o.year, o.value, o.obs_status
                FROM {table} AS o JOIN indicator AS i USING (indicator_id)
                WHERE NOT {UNFLAGGED} AND ({_IMPOSSIBLE})""",
            expected=Text(
                de="gekennzeichnete Zahlen außerhalb des Möglichen sieht sich ein Mensch an",
                en="flagged figures outside the possible range are looked at by a person",
            ),
            remedy=Text(
                de="Die Anmerkung der Zahl lesen; erklärt sie es nicht, die Regel für die Ausgaben berichtigen.",
                en="Read the note of the figure; correct the spending rule if it does not explain it.",
            ),
        ),
    )


def _whole(table: str) -> SqlRule:
    return SqlRule(
        id=f"{table}.whole_number",
        table=table,
        severity="stop",
        owner="maintainer",
        needs=(table, "indicator"),
        sql=f"""
            SELECT o.indicator_id, o.ags, o.year, o.value
            FROM {table} AS o JOIN indicator AS i USING (indicator_id)
            WHERE (i.kind = 'binary' AND o.value NOT IN (0, 1))
               OR (i.kind IN ('count', 'level') AND o.value <> floor(o.value))""",
        expected=Text(
            de="Ja-Nein-Indikatoren sind 0 oder 1, Anzahlen sind ganz",
            en="yes-no indicators are 0 or 1 and counts are whole",
        ),
        remedy=Text(
            de="Art und Formel des Indikators prüfen.", en="Check kind and formula of the indicator."
        ),
    )


def _defined(table: str) -> SqlRule:
    return SqlRule(
        id=f"{table}.definition_is_current",
        table=table,
        severity="stop",
        owner="maintainer",
        needs=(table, "indicator"),
        sql=f"""
            SELECT DISTINCT o.indicator_id, o.definition_version, i.definition_version AS declared
            FROM {table} AS o JOIN indicator AS i USING (indicator_id)
            WHERE o.definition_version <> i.definition_version""",
        expected=Text(
            de="Beobachtungen tragen die Fassung der Definition, die im Katalog steht",
            en="observations carry the version of the definition in the catalogue",
        ),
        remedy=Text(
            de="Beobachtungen stammen aus einem Lauf mit anderem Katalog: neu bilden.",
            en="Observations are from a run with another catalogue: rebuild them.",
        ),
    )
