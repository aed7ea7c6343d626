"""Rules of confidentiality: what is kept back is kept back in every table.

Belongs here: marks and traces of values that would speak about few persons. Does not belong here:
how they are kept back (`indicators/confidentiality.py`).
"""

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import Text

CONFIDENTIALITY_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="observation.confidential_is_marked",
        table="observation",
        severity="stop",
        owner="maintainer",
        needs=("observation",),
        sql="""
            SELECT indicator_id, ags, year, obs_status, conf_status, reason FROM observation
            WHERE (reason = 'small_number') IS DISTINCT FROM (conf_status = 'C')
              AND NOT (reason IS NULL AND conf_status = 'F')""",
        expected=Text(
            de="was zum Schutz von Personen zurückgehalten wird, trägt den Geheimhaltungsvermerk C, und nur das",
            en="what is kept back to protect persons has confidentiality status C, and nothing else has",
        ),
        remedy=Text(de="Siehe pipelines/observations.py.", en="See pipelines/observations.py."),
    ),
    SqlRule(
        id="self_report.few_persons_are_kept_back",
        table="self_report",
        severity="stop",
        owner="data_steward",
        needs=("self_report",),
        sql="""
            SELECT report_id, ags, year, item, value FROM self_report
            WHERE value > 0 AND value < CASE unit WHEN 'fte' THEN 3 WHEN 'months' THEN 36 ELSE 0 END""",
        expected=Text(
            de="keine Angabe über weniger als drei Personen wird gezeigt",
            en="no statement on fewer than three persons is shown",
        ),
        remedy=Text(
            de="suppress_below für die Frage angeben (sources/self_report_form.py); eine Korrektur, die den Wert gesetzt hat, zurücknehmen.",
            en="Declare suppress_below for the item (sources/self_report_form.py); undo a correction that set it.",
        ),
    ),
    SqlRule(
        id="measure_input.confidential_has_no_number",
        table="measure_input",
        severity="stop",
        owner="maintainer",
        needs=("measure_input", "measure"),
        sql="""
            SELECT measure_id, ags, year, contribution FROM measure_input AS i
            WHERE obs_status = 'Q' AND reason = 'small_number'
              AND (contribution IS NOT NULL OR note IS NOT NULL
                   OR raw_text IS DISTINCT FROM 'nicht veröffentlicht')
            UNION ALL
            SELECT measure_id, ags, year, value FROM measure WHERE obs_status = 'Q' AND value IS NOT NULL""",
        expected=Text(
            de="Zeilen hinter einem geheimen Wert zeigen weder Zahl noch Anmerkung noch Wortlaut",
            en="rows behind a confidential value show neither number nor note nor wording",
        ),
        remedy=Text(
            de="Siehe indicators/confidentiality.py: Was geheim bleibt, muss aus jeder Tabelle heraus.",
            en="See indicators/confidentiality.py: what is suppressed must leave every table.",
        ),
    ),
)
