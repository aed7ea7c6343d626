"""Rules of the quarantine and of decisions about it: nothing leaves silently, no decision speaks of nothing.

Belongs here: what must hold of `quarantine_history` and `decision`. Does not belong here: counting and
carrying out (`quality/quarantine/`, `quality/decisions/`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import Text

_LAST = "(SELECT release_id FROM release_history ORDER BY number DESC LIMIT 1)"


def _no_decision(name: str, state: str, severity: str, expected: Text, remedy: Text) -> SqlRule:
    return SqlRule(
        id=f"decision.{name}",
        table="decision",
        severity="stop" if severity == "stop" else "warn",
        owner="data_steward",
        needs=("decision",),
        sql=f"SELECT file, decision_id AS entry, table_name, found FROM decision WHERE state = '{state}'",
        expected=expected,
        remedy=remedy,
    )


QUARANTINE_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="quarantine_history.nothing_leaves_silently",
        table="quarantine_history",
        severity="stop",
        owner="maintainer",
        needs=("quarantine_history", "release_history"),
        among=f"release_id = {_LAST}",
        sql=f"""
            SELECT source_id, table_name, rule, gone_unexplained FROM quarantine_history
            WHERE release_id = {_LAST} AND gone_unexplained > 0""",
        expected=Text(
            de="jede Zeile, die nicht mehr zurückgestellt ist, wurde angenommen, entschieden, berichtigt oder stand in einer Datei, die nicht mehr gelesen wird",
            en="every row that waits no longer was accepted, decided, corrected, or stood in a file no longer read",
        ),
        remedy=Text(
            de="Der Leser lässt Zeilen derselben Datei fallen: berichtigen, oder über jede mit action = reject entscheiden.",
            en="The reader drops rows of the same file: mend it, or decide each with action = reject.",
        ),
    ),
    _no_decision(
        "row_is_there",
        "gone",
        "warn",
        Text(
            de="jede Entscheidung findet die Zeile, über die sie entscheidet",
            en="every decision finds the row it decides about",
        ),
        Text(
            de="Die Zeile ansehen, wie sie jetzt geschrieben steht: Ist sie richtig, den Eintrag entfernen; sonst neu entscheiden.",
            en="Look at the row as it is written now: where it is right, remove the entry; else decide anew.",
        ),
    ),
    _no_decision(
        "keeps_the_contract",
        "refused",
        "stop",
        Text(
            de="eine freigegebene Zeile hält den Vertrag ihrer Tabelle ein",
            en="a released row keeps the contract of its table",
        ),
        Text(
            de="Die fehlenden Werte unter set ergänzen, oder die Zeile mit action = reject ablehnen.",
            en="Add what is missing under set, or reject the row with action = reject.",
        ),
    ),
    _no_decision(
        "can_be_read",
        "invalid",
        "stop",
        Text(
            de="jede Entscheidung hat alle Felder, bekannte Tabellen und Spalten und Werte ihres Typs",
            en="every decision has all its fields, known tables and columns, and values of their type",
        ),
        Text(
            de="Die Datei berichtigen; docs/quarantine.md beschreibt die Felder.",
            en="Correct the file; docs/quarantine.md describes the fields.",
        ),
    ),
)
