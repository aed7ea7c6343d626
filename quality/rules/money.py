"""Rules of budgets: both sides balance, no line counts twice, no rule without evidence.

Belongs here: what must hold between `budget_line`, `line_tag` and `spending_rule`. Does not belong
here: measures made from them (`quality/rules/measures.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.known_facts import BALANCED_BUDGETS, BalancedBudget
from quality.levies import SQL as LEVY
from quality.sql_rule import SqlFact, SqlRule
from quality.status import Text

WHOLE_BUDGET = 1_000
"""Lines of a unit, year and phase from which on a budget is the whole file, not a cited extract."""

_BALANCED = ", ".join(f"('{ags}')" for ags in dict.fromkeys(budget.ags for budget in BALANCED_BUDGETS))

MONEY_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="budget_line.revenue_equals_expenditure",
        table="budget_line",
        severity="stop",
        owner="data_steward",
        needs=("budget_line",),
        among=f"ags IN ({_BALANCED})",
        sql=f"""
            SELECT ags, year, phase,
                   sum(amount_cents) FILTER (direction = 'revenue') AS revenue,
                   sum(amount_cents) FILTER (direction = 'expenditure') AS expenditure
            FROM budget_line WHERE ags IN ({_BALANCED})
            GROUP BY ags, year, phase HAVING count(*) > {WHOLE_BUDGET}
                AND sum(amount_cents) FILTER (direction = 'revenue')
                    IS DISTINCT FROM sum(amount_cents) FILTER (direction = 'expenditure')""",
        expected=Text(
            de="Gilching und Berlin: Einnahmen gleich Ausgaben je Jahr und Phase, Verrechnungen eingeschlossen",
            en="Gilching and Berlin: revenue equals expenditure per year and phase, internal lines included",
        ),
        remedy=Text(
            de="Eine Zeile ging verloren, wurde doppelt gelesen oder hat falsche Richtung oder falsches Vorzeichen; siehe Quarantäne.",
            en="A line was lost, read twice, or has the wrong direction or sign; see quarantine.",
        ),
    ),
    SqlRule(
        id="budget_line.no_amount_without_symbol",
        table="budget_line",
        severity="warn",
        owner="data_steward",
        needs=("budget_line",),
        sql="SELECT budget_line_id, ags FROM budget_line WHERE amount_cents IS NULL AND symbol IS NULL",
        expected=Text(
            de="wo kein Betrag steht, ist das Zeichen des Anbieters dafür aufbewahrt",
            en="where there is no amount, the provider's own sign for it is kept",
        ),
        remedy=Text(
            de="Den Text der Zelle in symbol aufbewahren, oder klären, warum der Betrag nicht gelesen wurde.",
            en="Keep the text of the cell in symbol, or find out why the amount was not read.",
        ),
    ),
    SqlRule(
        id="line_tag.counts_no_line_twice",
        table="line_tag",
        severity="stop",
        owner="data_steward",
        needs=("line_tag", "budget_line"),
        sql="""
            SELECT line.budget_line_id, line.amount_cents, sum(abs(tag.amount_cents)) AS tagged_cents
            FROM line_tag AS tag JOIN budget_line AS line USING (budget_line_id)
            WHERE tag.tag <> 'none' GROUP BY ALL
            HAVING sum(abs(tag.amount_cents)) > abs(line.amount_cents) + count(*)""",
        expected=Text(
            de="die Teile einer Zeile ergeben über alle Zwecke zusammen nicht mehr als die Zeile (je ein Cent für das Runden)",
            en="the parts of a line under all tags are together not more than the line (one cent each for rounding)",
        ),
        remedy=Text(
            de="Zwei Regeln beanspruchen dasselbe Geld: eine genauer fassen oder die Anteile senken.",
            en="Two rules claim the same money: make one of them more specific or lower the shares.",
        ),
    ),
    SqlRule(
        id="line_tag.no_levies",
        table="line_tag",
        severity="stop",
        owner="data_steward",
        needs=("line_tag", "budget_line"),
        sql=f"""
            SELECT line.budget_line_id, line.ags, line.line_text, line.account_name, tag.tag FROM line_tag AS tag
            JOIN budget_line AS line USING (budget_line_id) WHERE {LEVY}""",
        expected=Text(
            de="keine Umlage an einen Kreis oder Gemeindeverband zählt als Ausgabe für einen Zweck",
            en="no levy to a district or an association counts as spending on a purpose",
        ),
        remedy=Text(
            de="Das Geld gibt aus, wer die Umlage bekommt: Die Regel muss von dessen Haushalt sprechen, nicht von dem des Zahlers.",
            en="The receiver of a levy spends the money: a rule must speak of its budget, not of the payer's.",
        ),
    ),
    SqlRule(
        id="budget_coverage.agrees_with_measures",
        table="budget_coverage",
        severity="stop",
        owner="maintainer",
        needs=("budget_coverage", "measure"),
        sql="""
            WITH whole AS (
                SELECT ags, year, sum(current_expenditure_cents) AS cents FROM (
                    SELECT *, bool_or(accounting = 'doppik_cash') OVER (PARTITION BY ags, year) AS cash
                    FROM budget_coverage WHERE is_whole_budget AND phase = 'actual')
                WHERE accounting <> 'doppik_result' OR NOT cash GROUP BY ALL)
            SELECT whole.ags, whole.year, whole.cents, measure.value FROM whole
            JOIN measure ON measure.ags = whole.ags AND measure.year = whole.year
                AND measure.phase = 'actual' AND measure.measure_id = 'total_payments'
            WHERE whole.cents <> measure.value""",
        expected=Text(
            de="die laufenden Ausgaben der Jahresrechnung sind die Summe, von der Anteile genommen werden",
            en="current expenditure of the final accounts is the total that shares are taken of",
        ),
        remedy=Text(
            de="budget_coverage und measure stammen aus verschiedenen Läufen oder zählen verschiedene Zeilen.",
            en="budget_coverage and measure are from different runs, or count different lines.",
        ),
    ),
    SqlRule(
        id="budget_coverage.parts_within_total",
        table="budget_coverage",
        severity="stop",
        owner="maintainer",
        needs=("budget_coverage",),
        sql="""
            SELECT ags, year, phase, accounting FROM budget_coverage
            WHERE decided_lines > lines OR lines_without_amount > lines OR reversal_cents > 0
               OR (reversal_lines = 0 AND undecided_cents > current_expenditure_cents)
               OR (reversal_lines = 0 AND levy_cents > current_expenditure_cents)""",
        expected=Text(
            de="ohne Rückbuchungen ist kein Teil eines Haushalts größer als das Ganze",
            en="without reversals no part of a budget is larger than the whole",
        ),
        remedy=Text(
            de="Eine Zeile wird doppelt gezählt oder trägt zwei Zwecke.",
            en="A line is counted twice, or joined to two tags.",
        ),
    ),
    SqlRule(
        id="line_tag.tag_is_that_of_its_rule",
        table="line_tag",
        severity="stop",
        owner="maintainer",
        needs=("line_tag", "spending_rule"),
        sql="""
            SELECT line_tag.budget_line_id, rule_id, line_tag.tag, spending_rule.tag AS rule_tag
            FROM line_tag JOIN spending_rule USING (rule_id)
            WHERE line_tag.tag <> spending_rule.tag""",
        expected=Text(
            de="eine Zeile trägt den Zweck der Regel, die über sie entschieden hat",
            en="a line carries the tag of the rule that decided on it",
        ),
        remedy=Text(
            de="Zwecke und Regeln stammen aus verschiedenen Läufen: line_tag neu bilden.",
            en="Tags and rules are from different runs: rebuild line_tag.",
        ),
    ),
    SqlRule(
        id="line_tag.rule_speaks_of_the_unit",
        table="line_tag",
        severity="stop",
        owner="maintainer",
        needs=("line_tag", "spending_rule", "budget_line"),
        sql="""
            SELECT line.budget_line_id, line.ags, line.year, rule.rule_id
            FROM line_tag JOIN budget_line AS line USING (budget_line_id)
            JOIN spending_rule AS rule USING (rule_id)
            WHERE rule.ags <> line.ags OR line.year < rule.year_from OR line.year > rule.year_to
               OR rule.phase <> line.phase OR rule.direction <> line.direction""",
        expected=Text(
            de="eine Regel entscheidet nur über Zeilen ihrer Gebietseinheit, ihrer Jahre, ihrer Phase und Richtung",
            en="a rule decides only on lines of its own unit, years, phase and direction",
        ),
        remedy=Text(
            de="Beim Abgleich von Regeln und Zeilen bleibt eine Bedingung der Regel unbeachtet.",
            en="The match of rules and lines ignores a condition of the rule.",
        ),
    ),
    SqlRule(
        id="spending_rule.evidence_given",
        table="spending_rule",
        severity="stop",
        owner="data_steward",
        needs=("spending_rule",),
        sql="""
            SELECT rule_id FROM spending_rule
            WHERE length(trim(evidence)) < 20 OR length(trim(reviewer)) = 0 OR year_to < year_from""",
        expected=Text(
            de="jede Regel sagt, warum, wer entschieden hat, und für welche Jahre in richtiger Folge",
            en="every rule says why, who decided, and for years in order",
        ),
        remedy=Text(
            de="Aufschreiben, was gelesen wurde und wer der Partner ist; wer zweifelt, muss widersprechen können.",
            en="Write down what was read and who the partner is; a sceptic must be able to argue with it.",
        ),
    ),
)


def _total(budget: BalancedBudget) -> SqlFact:
    """The revenue side of a whole budget; the other side follows from the balance rule."""
    which = f"ags = '{budget.ags}' AND year = {budget.year} AND phase = '{budget.phase}'"
    return SqlFact(
        id=f"budget_line.total_{budget.name.lower()}_{budget.year}_{budget.phase}",
        table="budget_line",
        severity="stop",
        owner="data_steward",
        needs=("budget_line",),
        applies=f"SELECT count(*) > {WHOLE_BUDGET} FROM budget_line WHERE {which}",
        sql=f"""
            SELECT sum(amount_cents)::BIGINT FROM budget_line
            WHERE {which} AND direction = 'revenue'""",
        expected=budget.total_cents,
        stated_in=budget.stated_in,
        remedy=Text(
            de="Die gelesenen Zeilen mit der Datei vergleichen: Ein Block fehlt, ist doppelt oder in anderer Einheit.",
            en="Compare the lines read with the file: a block is missing, doubled or in another unit.",
        ),
    )


MONEY_FACTS: tuple[SqlFact, ...] = tuple(_total(budget) for budget in BALANCED_BUDGETS)
