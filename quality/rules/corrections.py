"""Rules on corrections: none outlives the mistake it corrects.

Belongs here: what must be true of table `correction`. Does not belong here: carrying out entries
(`quality/corrections/applying.py`).
"""

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import Text

CORRECTION_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="correction.source_still_says_so",
        table="correction",
        severity="stop",
        owner="data_steward",
        needs=("correction",),
        sql="""
            SELECT file, correction_id AS entry, expected, found
            FROM correction WHERE state = 'expired'""",
        expected=Text(
            de="jede Korrektur findet noch, was sie berichtigt; ist die Quelle berichtigt, wird sie entfernt",
            en="every correction finds what it corrects; one whose source has been mended is removed",
        ),
        remedy=Text(
            de="Den neuen Wert ansehen: Ist er richtig, den Eintrag entfernen; ist er falsch, ihn unter expect nennen.",
            en="Look at the new value: where it is right, remove the entry; where it is wrong, state it in expect.",
        ),
    ),
    SqlRule(
        id="correction.can_be_read",
        table="correction",
        severity="stop",
        owner="data_steward",
        needs=("correction",),
        sql="SELECT file, correction_id AS entry, found FROM correction WHERE state = 'invalid'",
        expected=Text(
            de="jeder Eintrag hat alle Felder, bekannte Tabellen und Spalten und Werte ihres Typs",
            en="every entry has all its fields, known tables and columns, and values of their type",
        ),
        remedy=Text(
            de="Die Datei berichtigen; docs/revisions.md beschreibt die Felder.",
            en="Correct the file; docs/revisions.md describes the fields.",
        ),
    ),
)
