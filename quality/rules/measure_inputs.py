"""Rules of the rows behind measures: none left over, phases apart, no transfer twice, each leads to bytes.

Belongs here: what must hold of `measure_input`. Does not belong here: sums made of it
(`quality/rules/measures.py`), keys that exist (`quality/rules/derived.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.rules.measures import KEY
from quality.sql_rule import SqlRule
from quality.status import Text

MEASURE_INPUT_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="measure_input.leads_to_a_measure",
        table="measure_input",
        severity="stop",
        owner="maintainer",
        needs=("measure", "measure_input"),
        sql=f"SELECT DISTINCT {KEY} FROM measure_input ANTI JOIN measure USING ({KEY})",
        expected=Text(
            de="beim Zusammenzählen bleibt kein Beitrag übrig",
            en="no input is left over when measures are added up",
        ),
        remedy=Text(
            de="Eine Messgröße fiel nach dem Zusammenzählen weg, oder ihre Einheit ist nicht angegeben.",
            en="A measure was dropped after adding up, or its unit is not declared.",
        ),
    ),
    SqlRule(
        id="measure_input.phases_apart",
        table="measure_input",
        severity="stop",
        owner="maintainer",
        needs=("measure_input", "budget_line"),
        among="input_table IN ('budget_line', 'line_tag')",
        sql="""
            SELECT used.measure_id, used.input_id, used.phase, line.phase AS line_phase
            FROM measure_input AS used JOIN budget_line AS line ON line.budget_line_id = used.input_id
            WHERE used.input_table IN ('budget_line', 'line_tag')
              AND (used.phase = 'actual')
                  IS DISTINCT FROM (line.phase IN ('actual', 'actual_preliminary'))""",
        expected=Text(
            de="Ist-Zahlen ruhen auf Rechnungen, Plan-Zahlen auf Plänen, nie das eine auf dem anderen",
            en="actual figures rest on accounts, plan figures on plans, never one on the other",
        ),
        remedy=Text(
            de="Prüfen, wie Phasen der Zeilen zu Phasen der Messgrößen werden.",
            en="Check how phases of lines become phases of measures.",
        ),
    ),
    SqlRule(
        id="measure_input.no_internal_transfers",
        table="measure_input",
        severity="stop",
        owner="maintainer",
        needs=("measure_input", "budget_line"),
        among="input_table IN ('budget_line', 'line_tag')",
        sql="""
            SELECT used.measure_id, used.ags, used.year, used.input_id, used.contribution
            FROM measure_input AS used JOIN budget_line AS line ON line.budget_line_id = used.input_id
            WHERE used.input_table IN ('budget_line', 'line_tag') AND line.budget_part = 'internal'
              AND used.contribution <> 0""",
        expected=Text(
            de="Verrechnungen innerhalb desselben Haushalts zählen nirgends",
            en="transfers inside the same budget count nowhere",
        ),
        remedy=Text(
            de="Das Geld zählte doppelt: den Teil internal in der Gruppe der Messgröße ausschließen.",
            en="The money would count twice: exclude the part internal in the measure group.",
        ),
    ),
    SqlRule(
        id="measure_input.leads_to_bytes",
        table="measure_input",
        severity="stop",
        owner="maintainer",
        needs=("measure_input",),
        sql=f"""
            SELECT {KEY}, input_table, input_id FROM measure_input
            WHERE input_table IS NOT NULL AND input_table <> 'observation'
              AND (input_id IS NULL OR snapshot_id IS NULL OR locator IS NULL OR raw_text IS NULL)""",
        expected=Text(
            de="jede beitragende Zeile nennt ihre Datei, die Stelle darin und den Text dort",
            en="every contributing row names its file, the place in it and the text there",
        ),
        remedy=Text(
            de="snapshot_id, locator und raw_text durch die Gruppe der Messgröße mitführen.",
            en="Carry snapshot_id, locator and raw_text through the measure group.",
        ),
    ),
)
