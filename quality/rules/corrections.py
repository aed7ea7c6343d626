"""Rules on corrections: none outlives the mistake it corrects.

Belongs here: what must be true of table `correction`. Does not belong here: carrying out entries
(`quality/corrections/applying.py`).
"""

from __future__ import annotations

from quality.sql_rule import SqlRule

CORRECTION_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="correction.source_still_says_so",
        table="correction",
        severity="stop",
        needs=("correction",),
        sql="""
            SELECT file, correction_id AS entry, expected, found
            FROM correction WHERE state = 'expired'""",
        expected="every correction finds what it corrects; one whose source has been mended is removed",
        remedy="Look at the new value: where it is right, remove the entry; where it is wrong, state it in expect.",
    ),
    SqlRule(
        id="correction.can_be_read",
        table="correction",
        severity="stop",
        needs=("correction",),
        sql="SELECT file, correction_id AS entry, found FROM correction WHERE state = 'invalid'",
        expected="every entry has all its fields, known tables and columns, and values of their type",
        remedy="Correct the file; docs/revisions.md describes the fields.",
    ),
)
