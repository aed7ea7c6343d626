"""Rules of measures beside each other: parts within their whole, choices within what they choose from.

Belongs here: what must hold between measures of one unit and year. Does not belong here: how one of them is
added up (`measures.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.rules.measures import texts
from quality.sql_rule import SqlRule
from quality.status import Text


def beside(*measures: str) -> str:
    """A query with one row per unit, year and phase and one column per measure."""
    columns = ", ".join(f"max(value) FILTER (measure_id = '{name}') AS {name}" for name in measures)
    return (
        f"SELECT ags, year, phase, {columns} FROM measure "
        f"WHERE measure_id IN ({texts(measures)}) GROUP BY ags, year, phase"
    )


TOGETHER_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="measure.partnerships_nest",
        table="measure",
        severity="stop",
        owner="maintainer",
        needs=("measure",),
        sql=f"""
            SELECT * FROM ({beside("partnerships_ldc", "partnerships_dac", "partnerships_foreign")})
            WHERE partnerships_ldc > partnerships_dac OR partnerships_dac > partnerships_foreign
               OR partnerships_ldc > partnerships_foreign""",
        expected=Text(
            de="am wenigsten entwickelte Länder ≤ Empfängerländer ≤ alle Länder im Ausland",
            en="least developed countries ≤ recipient countries ≤ all countries abroad",
        ),
        remedy=Text(
            de="Die drei Messgrößen zählen verschiedene Partnerschaften: ihre Beiträge vergleichen.",
            en="The three measures count different partnerships: compare their inputs.",
        ),
    ),
    SqlRule(
        id="measure.development_parts_add_up",
        table="measure",
        severity="stop",
        owner="maintainer",
        needs=("measure",),
        sql=f"""
            SELECT * FROM (
                {beside("development_abroad", "development_domestic", "development_spending")})
            WHERE development_abroad + development_domestic <> development_spending""",
        expected=Text(
            de="Entwicklungszusammenarbeit im Ausland und im Inland ergeben zusammen das Ganze, wo alles bekannt ist",
            en="development cooperation abroad and at home add up to all of it, where all are known",
        ),
        remedy=Text(
            de="Eine Haushaltszeile trägt eines der beiden Merkmale und fehlt in der Summe oder steht doppelt darin.",
            en="A line has one of the two tags and is missing from the total, or is in it twice.",
        ),
    ),
    SqlRule(
        id="measure.grants_within_spending",
        table="measure",
        severity="warn",
        owner="data_steward",
        needs=("measure",),
        sql=f"""
            SELECT * FROM ({beside("development_grants", "development_spending")})
            WHERE development_grants > development_spending""",
        expected=Text(
            de="die erhaltenen Zuwendungen sind nicht höher als die Ausgaben, für die sie gegeben wurden",
            en="grants received are not more than the spending they were given for",
        ),
        remedy=Text(
            de="Zuwendungen fließen oft in einem anderen Jahr als die Ausgabe: dann die Zahl kennzeichnen.",
            en="Grants are often paid in another year than the spending: if so, flag the figure.",
        ),
    ),
    SqlRule(
        id="measure.development_within_payments",
        table="measure",
        severity="stop",
        owner="maintainer",
        needs=("measure",),
        sql=f"""
            SELECT * FROM ({beside("development_spending", "total_payments")})
            WHERE development_spending > total_payments""",
        expected=Text(
            de="Entwicklungszusammenarbeit ist ein Teil aller laufenden Auszahlungen",
            en="development cooperation is a part of all current payments",
        ),
        remedy=Text(
            de="Nach Beträgen in Tausend suchen oder nach Zeilen außerhalb des summierten Haushalts.",
            en="Look for amounts in thousands or for lines outside the budget that was totalled.",
        ),
    ),
    SqlRule(
        id="measure.taxes_within_receipts",
        table="measure",
        severity="stop",
        owner="maintainer",
        needs=("measure",),
        sql=f"""
            SELECT * FROM ({beside("tax_revenue", "current_revenue")}) WHERE tax_revenue > current_revenue""",
        expected=Text(
            de="Steuern sind ein Teil aller laufenden Einzahlungen",
            en="taxes are a part of all current receipts",
        ),
        remedy=Text(
            de="Ein Summenkonto wurde zu den Einzelkonten gezählt, oder den Einzahlungen fehlt eine Kontengruppe.",
            en="A total account was added to the single ones, or receipts lack an account group.",
        ),
    ),
    SqlRule(
        id="measure.focus_needs_a_programme",
        table="measure",
        severity="warn",
        owner="data_steward",
        needs=("measure",),
        sql=f"""
            SELECT * FROM ({beside("one_world_programme", "one_world_programme_sustainable")})
            WHERE one_world_programme = 0 AND one_world_programme_sustainable = 1""",
        expected=Text(
            de="wer einen Schwerpunkt nachhaltige Entwicklung angibt, hat ein Programm",
            en="who states a focus on sustainable development has a programme",
        ),
        remedy=Text(
            de="Die Kommune fragen, welche der beiden Angaben stimmt; Indikator 8 zählt sie als nein.",
            en="Ask the office which of its two statements is right; indicator 8 counts it as no.",
        ),
    ),
)
