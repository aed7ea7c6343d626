"""Rules of measures: each is the sum of its inputs, in value, status, unit and phase.

Belongs here: what must hold between `measure`, `measure_input` and the rows they rest on. Does not
belong here: measures beside each other (`measures_together.py`), indicators (`observations.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from collections.abc import Iterable

from quality.sql_rule import SqlRule
from quality.status import CASCADE, NEVER_WITH_VALUE, WITHOUT_VALUE, Text


def texts(values: Iterable[str]) -> str:
    """Values as an SQL list."""
    return ", ".join(f"'{value}'" for value in values)


KEY = "measure_id, ags, year, phase"
"""Columns that name one figure of `measure`."""
_CASCADE = f"[{texts(CASCADE)}]"


MEASURE_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="measure.value_is_sum_of_inputs",
        table="measure",
        severity="stop",
        owner="maintainer",
        needs=("measure", "measure_input"),
        sql=f"""
            WITH again AS (
                SELECT {KEY}, count(input_table) AS inputs,
                       CASE WHEN count(contribution) = count(*) THEN sum(contribution) END AS value
                FROM measure_input GROUP BY ALL)
            SELECT {KEY}, measure.value, again.value AS recomputed, measure.inputs,
                   again.inputs AS recounted
            FROM measure LEFT JOIN again USING ({KEY})
            WHERE measure.value IS DISTINCT FROM again.value
               OR measure.inputs <> coalesce(again.inputs, 0)""",
        expected=Text(
            de="der Wert ist die Summe der Beiträge, unbekannt, wenn einer unbekannt ist; inputs zählt sie",
            en="value is the sum of the contributions, null if one of them is unknown; inputs counts them",
        ),
        remedy=Text(
            de="measure und measure_input stammen aus verschiedenen Läufen, oder eine Messgröße wurde nach dem Zusammenzählen geändert.",
            en="measure and measure_input are from different runs, or a measure was changed after adding up.",
        ),
    ),
    SqlRule(
        id="measure.status_is_strongest_of_inputs",
        table="measure",
        severity="stop",
        owner="maintainer",
        needs=("measure", "measure_input"),
        sql=f"""
            WITH again AS (
                SELECT {KEY}, max(list_position({_CASCADE}, obs_status)) AS rank
                FROM measure_input GROUP BY ALL)
            SELECT {KEY}, measure.obs_status, {_CASCADE}[again.rank] AS strongest
            FROM measure JOIN again USING ({KEY})
            WHERE list_position({_CASCADE}, measure.obs_status) IS DISTINCT FROM again.rank""",
        expected=Text(
            de="eine Messgröße trägt den stärksten Vermerk ihrer Beiträge",
            en="a measure carries the strongest flag among its inputs",
        ),
        remedy=Text(
            de="Beim Zusammenzählen ging ein Vermerk verloren: siehe die Rangfolge in quality/status.py.",
            en="A flag was lost when inputs were added up: see the cascade in quality/status.py.",
        ),
    ),
    SqlRule(
        id="measure.value_and_status_agree",
        table="measure",
        severity="stop",
        owner="maintainer",
        needs=("measure",),
        sql=f"""
            SELECT {KEY}, value, obs_status FROM measure
            WHERE (value IS NULL AND obs_status NOT IN ({texts(sorted(WITHOUT_VALUE))}))
               OR (value IS NOT NULL AND obs_status IN ({texts(sorted(NEVER_WITH_VALUE))}))""",
        expected=Text(
            de="eine Messgröße ohne Wert sagt, warum; eine mit Wert trägt keinen Vermerk, der ihn verbietet",
            en="a measure without value says why, and one with value has no status that forbids it",
        ),
        remedy=Text(
            de="Ein Beitrag passt nicht zu seinem Vermerk.",
            en="An input has a contribution that does not fit its status.",
        ),
    ),
    SqlRule(
        id="measure.possible_number",
        table="measure",
        severity="stop",
        owner="maintainer",
        needs=("measure",),
        sql=f"""
            SELECT {KEY}, value, unit FROM measure
            WHERE (unit = '0/1' AND value NOT IN (0, 1))
               OR (unit IN ('persons', 'count', 'hundredth') AND value < 0)""",
        expected=Text(
            de="Ja-Nein-Messgrößen sind 0 oder 1; Personen, Anzahlen und Stellen sind nicht negativ",
            en="yes-no measures are 0 or 1; persons, counts and posts are not negative",
        ),
        remedy=Text(
            de="Mehrere Zeilen einer Tatsache wurden zusammengezählt, oder ein Vorzeichen ist falsch.",
            en="Several rows of one fact were added up, or a sign is wrong.",
        ),
    ),
    SqlRule(
        id="measure.one_unit_each",
        table="measure",
        severity="stop",
        owner="maintainer",
        needs=("measure",),
        sql="""
            SELECT measure_id, list(DISTINCT unit ORDER BY unit) AS units FROM measure
            GROUP BY measure_id HAVING count(DISTINCT unit) > 1""",
        expected=Text(
            de="eine Messgröße hat überall dieselbe Einheit", en="a measure has one unit everywhere"
        ),
        remedy=Text(
            de="Zwei Gruppen von Messgrößen verwenden denselben Namen.",
            en="Two measure groups use the same id.",
        ),
    ),
    SqlRule(
        id="measure.phase_fits_unit",
        table="measure",
        severity="stop",
        owner="maintainer",
        needs=("measure",),
        sql=f"""
            SELECT {KEY}, unit FROM measure WHERE (unit = 'cent') IS DISTINCT FROM (phase <> 'none')""",
        expected=Text(
            de="Geld ist Plan oder Ist, alles andere hat keine Phase",
            en="money is plan or actual, everything else has no phase",
        ),
        remedy=Text(
            de="Die Gruppe der Messgröße setzt die falsche Phase.",
            en="The measure group sets the wrong phase.",
        ),
    ),
)
