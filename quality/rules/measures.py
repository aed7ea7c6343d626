"""Rules of measures: each is the sum of its inputs, and measures agree with each other.

Belongs here: what must hold between `measure`, `measure_input` and the rows they rest on. Does not
belong here: indicators (`quality/rules/observations.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from collections.abc import Iterable

from quality.sql_rule import SqlRule
from quality.status import CASCADE, NEVER_WITH_VALUE, WITHOUT_VALUE


def texts(values: Iterable[str]) -> str:
    """Values as an SQL list."""
    return ", ".join(f"'{value}'" for value in values)


_KEY = "measure_id, ags, year, phase"
_CASCADE = f"[{texts(CASCADE)}]"


def beside(*measures: str) -> str:
    """A query with one row per unit, year and phase and one column per measure."""
    columns = ", ".join(f"max(value) FILTER (measure_id = '{name}') AS {name}" for name in measures)
    return (
        f"SELECT ags, year, phase, {columns} FROM measure "
        f"WHERE measure_id IN ({texts(measures)}) GROUP BY ags, year, phase"
    )


MEASURE_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="measure.value_is_sum_of_inputs",
        table="measure",
        severity="stop",
        needs=("measure", "measure_input"),
        sql=f"""
            WITH again AS (
                SELECT {_KEY}, count(input_table) AS inputs,
                       CASE WHEN count(contribution) = count(*) THEN sum(contribution) END AS value
                FROM measure_input GROUP BY ALL)
            SELECT {_KEY}, measure.value, again.value AS recomputed, measure.inputs,
                   again.inputs AS recounted
            FROM measure LEFT JOIN again USING ({_KEY})
            WHERE measure.value IS DISTINCT FROM again.value
               OR measure.inputs <> coalesce(again.inputs, 0)""",
        expected="value is the sum of the contributions, null if one of them is unknown; inputs counts them",
        remedy="measure and measure_input are from different runs, or a measure was changed after adding up.",
    ),
    SqlRule(
        id="measure_input.leads_to_a_measure",
        table="measure_input",
        severity="stop",
        needs=("measure", "measure_input"),
        sql=f"SELECT DISTINCT {_KEY} FROM measure_input ANTI JOIN measure USING ({_KEY})",
        expected="no input is left over when measures are added up",
        remedy="A measure was dropped after adding up, or its unit is not declared.",
    ),
    SqlRule(
        id="measure.status_is_strongest_of_inputs",
        table="measure",
        severity="stop",
        needs=("measure", "measure_input"),
        sql=f"""
            WITH again AS (
                SELECT {_KEY}, max(list_position({_CASCADE}, obs_status)) AS rank
                FROM measure_input GROUP BY ALL)
            SELECT {_KEY}, measure.obs_status, {_CASCADE}[again.rank] AS strongest
            FROM measure JOIN again USING ({_KEY})
            WHERE list_position({_CASCADE}, measure.obs_status) IS DISTINCT FROM again.rank""",
        expected="a measure carries the strongest flag among its inputs",
        remedy="A flag was lost when inputs were added up: see the cascade in quality/status.py.",
    ),
    SqlRule(
        id="measure.value_and_status_agree",
        table="measure",
        severity="stop",
        needs=("measure",),
        sql=f"""
            SELECT {_KEY}, value, obs_status FROM measure
            WHERE (value IS NULL AND obs_status NOT IN ({texts(sorted(WITHOUT_VALUE))}))
               OR (value IS NOT NULL AND obs_status IN ({texts(sorted(NEVER_WITH_VALUE))}))""",
        expected="a measure without value says why, and one with value has no status that forbids it",
        remedy="An input has a contribution that does not fit its status.",
    ),
    SqlRule(
        id="measure.possible_number",
        table="measure",
        severity="stop",
        needs=("measure",),
        sql=f"""
            SELECT {_KEY}, value, unit FROM measure
            WHERE (unit = '0/1' AND value NOT IN (0, 1))
               OR (unit IN ('persons', 'count', 'hundredth') AND value < 0)""",
        expected="yes-no measures are 0 or 1; persons, counts and posts are not negative",
        remedy="Several rows of one fact were added up, or a sign is wrong.",
    ),
    SqlRule(
        id="measure.one_unit_each",
        table="measure",
        severity="stop",
        needs=("measure",),
        sql="""
            SELECT measure_id, list(DISTINCT unit ORDER BY unit) AS units FROM measure
            GROUP BY measure_id HAVING count(DISTINCT unit) > 1""",
        expected="a measure has one unit everywhere",
        remedy="Two measure groups use the same id.",
    ),
    SqlRule(
        id="measure.phase_fits_unit",
        table="measure",
        severity="stop",
        needs=("measure",),
        sql=f"""
            SELECT {_KEY}, unit FROM measure WHERE (unit = 'cent') IS DISTINCT FROM (phase <> 'none')""",
        expected="money is plan or actual, everything else has no phase",
        remedy="The measure group sets the wrong phase.",
    ),
    SqlRule(
        id="measure.partnerships_nest",
        table="measure",
        severity="stop",
        needs=("measure",),
        sql=f"""
            SELECT * FROM ({beside("partnerships_ldc", "partnerships_dac", "partnerships_foreign")})
            WHERE partnerships_ldc > partnerships_dac OR partnerships_dac > partnerships_foreign
               OR partnerships_ldc > partnerships_foreign""",
        expected="least developed countries ≤ recipient countries ≤ all countries abroad",
        remedy="The three measures count different partnerships: compare their inputs.",
    ),
    SqlRule(
        id="measure.development_parts_add_up",
        table="measure",
        severity="stop",
        needs=("measure",),
        sql=f"""
            SELECT * FROM (
                {beside("development_abroad", "development_domestic", "development_spending")})
            WHERE development_abroad + development_domestic <> development_spending""",
        expected="development cooperation abroad and at home add up to all of it, where all are known",
        remedy="A line has one of the two tags and is missing from the total, or is in it twice.",
    ),
    SqlRule(
        id="measure.grants_within_spending",
        table="measure",
        severity="warn",
        needs=("measure",),
        sql=f"""
            SELECT * FROM ({beside("development_grants", "development_spending")})
            WHERE development_grants > development_spending""",
        expected="grants received are not more than the spending they were given for",
        remedy="Grants are often paid in another year than the spending: if so, flag the figure.",
    ),
    SqlRule(
        id="measure.development_within_payments",
        table="measure",
        severity="stop",
        needs=("measure",),
        sql=f"""
            SELECT * FROM ({beside("development_spending", "total_payments")})
            WHERE development_spending > total_payments""",
        expected="development cooperation is a part of all current payments",
        remedy="Look for amounts in thousands or for lines outside the budget that was totalled.",
    ),
    SqlRule(
        id="measure.taxes_within_receipts",
        table="measure",
        severity="stop",
        needs=("measure",),
        sql=f"""
            SELECT * FROM ({beside("tax_revenue", "current_revenue")}) WHERE tax_revenue > current_revenue""",
        expected="taxes are a part of all current receipts",
        remedy="A total account was added to the single ones, or receipts lack an account group.",
    ),
    SqlRule(
        id="measure.focus_needs_a_programme",
        table="measure",
        severity="warn",
        needs=("measure",),
        sql=f"""
            SELECT * FROM ({beside("one_world_programme", "one_world_programme_sustainable")})
            WHERE one_world_programme = 0 AND one_world_programme_sustainable = 1""",
        expected="who states a focus on sustainable development has a programme",
        remedy="Ask the office which of its two statements is right; indicator 8 counts it as no.",
    ),
    SqlRule(
        id="measure_input.phases_apart",
        table="measure_input",
        severity="stop",
        needs=("measure_input", "budget_line"),
        among="input_table IN ('budget_line', 'line_tag')",
        sql="""
            SELECT used.measure_id, used.input_id, used.phase, line.phase AS line_phase
            FROM measure_input AS used JOIN budget_line AS line ON line.budget_line_id = used.input_id
            WHERE used.input_table IN ('budget_line', 'line_tag')
              AND (used.phase = 'actual')
                  IS DISTINCT FROM (line.phase IN ('actual', 'actual_preliminary'))""",
        expected="actual figures rest on accounts, plan figures on plans, never one on the other",
        remedy="Check how phases of lines become phases of measures.",
    ),
    SqlRule(
        id="measure_input.no_internal_transfers",
        table="measure_input",
        severity="stop",
        needs=("measure_input", "budget_line"),
        among="input_table IN ('budget_line', 'line_tag')",
        sql="""
            SELECT used.measure_id, used.ags, used.year, used.input_id, used.contribution
            FROM measure_input AS used JOIN budget_line AS line ON line.budget_line_id = used.input_id
            WHERE used.input_table IN ('budget_line', 'line_tag') AND line.budget_part = 'internal'
              AND used.contribution <> 0""",
        expected="transfers inside the same budget count nowhere",
        remedy="The money would count twice: exclude the part internal in the measure group.",
    ),
    SqlRule(
        id="measure_input.leads_to_bytes",
        table="measure_input",
        severity="stop",
        needs=("measure_input",),
        sql=f"""
            SELECT {_KEY}, input_table, input_id FROM measure_input
            WHERE input_table IS NOT NULL AND input_table <> 'observation'
              AND (input_id IS NULL OR snapshot_id IS NULL OR locator IS NULL OR raw_text IS NULL)""",
        expected="every contributing row names its file, the place in it and the text there",
        remedy="Carry snapshot_id, locator and raw_text through the measure group.",
    ),
)
