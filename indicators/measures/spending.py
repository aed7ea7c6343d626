"""What municipalities spend on what: sums of tagged budget lines, plan and actual apart.

Belongs here: which tagged lines make which measure, and what it means when there are none. Does not
belong here: matching rules with lines (`indicators/tagging.py`) and quotients (the indicators).

Phases. `plan` adds planned and supplementary lines (a supplementary budget is taken as a change to
the plan). `actual` is the final outcome; where a year has no final line at all, the preliminary
outcome stands in with status P.

Known, zero, unknown. A measure is known for a unit, year and phase when lines carry its tag, or when
a rule confirms that there is no such spending: that, and a line of amount zero, is the only way to
a zero. Everything else is null with status O and the reason. Money that was set aside as not
attributable is its own measure; measures it may belong to are then a lower bound (status U), or
unknown when nothing else is attributed, unless a rule confirms their zero.

What a unit states about itself counts where its budget leaves a measure unknown
(`indicators/self_report_money.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators import self_report_knowledge, self_report_money
from indicators.measure import INPUT_COLUMNS, Keep, Lazy, Measure, MeasureGroup, as_it_is
from indicators.spending_knowledge import (
    FAIR_TRADE,
    MADE_OF,
    UNIT_YEAR,
    Kind,
    all_of,
    any_of,
    first_case,
    in_force,
    in_phases,
    is_of,
    is_set_aside,
    situations_of,
    tagged_lines,
    years_of,
)


def inputs(tables: Mapping[str, Lazy], keep: Keep = as_it_is) -> Lazy:
    """Every line that counts, every confirmed zero, and the reason wherever nothing is known."""
    lines = keep(in_phases(tables["budget_line"]))
    tagged = keep(tagged_lines(lines, tables["line_tag"], tables["spending_rule"]))
    budgets = years_of(lines)
    ruled = keep(in_force(budgets, tables["spending_rule"]))
    situations = keep(situations_of(budgets, lines, tagged, ruled))
    from_budgets = nw.concat(
        [_lines_that_count(lines, tagged, situations), _confirmations(ruled), _explanations(situations)],
        how="vertical",
    )
    return self_report_money.completed(keep(from_budgets), tables)


def _lines_that_count(lines: Lazy, tagged: Lazy, situations: Lazy) -> Lazy:
    """Input rows from lines; the strongest flag of low reliability, preliminary outcome and rule."""
    counted = nw.concat([_payments(lines, situations), *_contributions(tagged, situations)], how="vertical")
    unknown = nw.col("counted").is_null()
    mild = nw.col("rule_status").is_in(["A", "D"])
    provisional = nw.col("is_preliminary") & mild
    status = first_case(
        [(unknown, "O"), (nw.col("partly"), "U"), (provisional, "P")], otherwise=nw.col("rule_status")
    )
    reason = first_case(
        [
            (unknown, "not_collected"),
            (nw.col("partly"), "partly_attributable"),
            (provisional, "provisional"),
        ],
        otherwise=nw.col("rule_reason"),
    )
    return counted.with_columns(
        input_table=nw.lit("budget_line"),
        input_id=nw.col("budget_line_id"),
        contribution=nw.col("counted").cast(nw.Int64),
        obs_status=status,
        reason=reason,
        note=nw.lit(None, nw.String),
    ).select(*INPUT_COLUMNS)


COUNTED = (
    "measure_id",
    *UNIT_YEAR,
    "budget_line_id",
    "rule_id",
    "counted",
    "rule_status",
    "rule_reason",
    "partly",
    "is_preliminary",
    "snapshot_id",
    "locator",
    "raw_text",
)
"""What is known of a line once it counts towards a measure."""


def _payments(lines: Lazy, situations: Lazy) -> Lazy:
    """All current expenditure: the total that shares are taken of.

    Accounts of results count expenses (with depreciation) instead of payments, and a rule may say
    that the file mixes several bodies: both are another definition, hence status D.
    """
    results, mixed = nw.col("accounting") == "doppik_result", nw.col("mixed") > 0
    bodies = situations.select(*UNIT_YEAR, "mixed")
    return (
        lines.filter(nw.col("is_payment"))
        .join(bodies, on=list(UNIT_YEAR), how="inner")
        .with_columns(
            measure_id=nw.lit("total_payments"),
            rule_id=nw.lit(None, nw.String),
            counted=nw.col("amount_cents"),
            rule_status=nw.when(results | mixed).then(nw.lit("D")).otherwise(nw.lit("A")),
            rule_reason=first_case(
                [(results, "definition_differs"), (mixed, "mixed_bodies")], otherwise=nw.lit(None, nw.String)
            ),
            partly=nw.lit(False),
        )
        .select(*COUNTED)
    )


def _contributions(tagged: Lazy, situations: Lazy) -> list[Lazy]:
    """The tagged lines of each measure; all of them low in reliability where it is known only in part."""
    partly = {
        f"partly_{measure}": any_of([_is_partly_known(kind, measure) for kind in kinds])
        for measure, kinds in MADE_OF.items()
    }
    known = tagged.join(situations.select(*UNIT_YEAR, **partly), on=list(UNIT_YEAR), how="inner")
    return [
        known.filter(any_of([is_of(kind) for kind in kinds]))
        .with_columns(measure_id=nw.lit(measure), partly=nw.col(f"partly_{measure}"))
        .select(*COUNTED)
        for measure, kinds in MADE_OF.items()
    ]


def _is_partly_known(kind: Kind, measure: str) -> nw.Expr:
    """True where more money of this kind may exist than the lines that carry its tag."""
    unconfirmed = nw.col(f"confirmed_{kind.id}") == 0
    more = is_set_aside(kind)
    if measure != kind.id:
        more = more | (nw.col(f"counted_{kind.id}") == 0)
    return unconfirmed & more


def _confirmations(ruled: Lazy) -> Lazy:
    """A zero for each rule that confirms there is no such spending, in phases that have a budget."""
    confirmed = ruled.filter(nw.col("confirmed_none"), nw.col("lines") > 0)
    of_measure = [
        confirmed.filter(nw.col("tag").is_in([kind.tag for kind in kinds])).with_columns(
            measure_id=nw.lit(measure)
        )
        for measure, kinds in MADE_OF.items()
    ]
    return (
        nw.concat(of_measure, how="vertical")
        .with_columns(
            input_table=nw.lit("spending_rule"),
            input_id=nw.col("rule_id"),
            contribution=nw.lit(0, nw.Int64),
            obs_status=nw.lit("A"),
            reason=nw.lit(None, nw.String),
            note=nw.lit(None, nw.String),
        )
        .select(*INPUT_COLUMNS)
    )


def _explanations(situations: Lazy) -> Lazy:
    """One row that says why, for every unit, year and phase in which a measure is not known."""
    nothing = nw.lit(None, nw.String)
    unknown = [_why_unknown(measure, situations) for measure in MADE_OF]
    paid = nw.col("payments") > 0
    unknown.append(_said("total_payments", situations, known=paid, why=nw.lit("no_lines_for_year")))
    return (
        nw.concat(unknown, how="vertical")
        .with_columns(
            input_table=nothing,
            input_id=nothing,
            rule_id=nothing,
            contribution=nw.lit(None, nw.Int64),
            obs_status=nw.lit("O"),
            note=nothing,
            snapshot_id=nothing,
            locator=nothing,
            raw_text=nothing,
        )
        .select(*INPUT_COLUMNS)
    )


def _why_unknown(measure: str, situations: Lazy) -> Lazy:
    """Reasons why a measure that is made of tagged lines is not known."""
    kinds = MADE_OF[measure]
    counted = any_of([nw.col(f"counted_{kind.id}") > 0 for kind in kinds])
    confirmed = all_of([nw.col(f"confirmed_{kind.id}") > 0 for kind in kinds])
    set_aside = any_of([is_set_aside(kind) for kind in kinds])
    no_record = (nw.col("ruled") > 0) if measure == FAIR_TRADE.id else nw.lit(False)
    why = first_case(
        [
            (set_aside, "not_separable"),
            (any_of([nw.col(f"ruled_{kind.id}") > 0 for kind in kinds]), "no_lines_for_year"),
            (no_record, "no_fair_trade_record"),
            (nw.col("ruled") > 0, "not_shown"),
        ],
        otherwise=nw.lit("unmapped"),
    )
    return _said(measure, situations, known=counted | confirmed, why=why)


def _said(measure: str, situations: Lazy, *, known: nw.Expr, why: nw.Expr) -> Lazy:
    """Units, years and phases without a measure, and why; a year without any line has its own reason."""
    without = nw.col("lines") == 0
    reason = first_case(
        [(without & (nw.col("phase") == "actual"), "only_plan"), (without, "no_lines_for_year")],
        otherwise=why,
    )
    return situations.filter(without | ~known).select(*UNIT_YEAR, measure_id=nw.lit(measure), reason=reason)


def _money(id_: str, name_de: str, name_en: str, description: str) -> Measure:
    return Measure(
        id=id_,
        unit="cent",
        name_de=name_de,
        name_en=name_en,
        description=description,
        absent_status="L",
        absent_reason="no_budget",
        reversible=True,
    )


GROUP = MeasureGroup(
    id="spending",
    tables=("budget_line", "line_tag", "spending_rule", *self_report_knowledge.TABLES),
    measures=(
        _money(
            "development_spending",
            "Ausgaben für Entwicklungszusammenarbeit",
            "Spending on development cooperation",
            "Expenditure lines tagged as development cooperation abroad or at home.",
        ),
        _money(
            "development_abroad",
            "Ausgaben für Entwicklungszusammenarbeit im Ausland",
            "Spending on development cooperation abroad",
            "Expenditure lines whose money goes to a partner country.",
        ),
        _money(
            "development_domestic",
            "Ausgaben für Entwicklungszusammenarbeit im Inland",
            "Spending on development cooperation at home",
            "Expenditure lines of development cooperation spent in Germany: education, staff, offices.",
        ),
        _money(
            "development_grants",
            "erhaltene Zuschüsse für Entwicklungszusammenarbeit",
            "Grants received for development cooperation",
            "Revenue lines that finance tagged spending, as from the Federal Government.",
        ),
        _money(
            "fair_trade_spending",
            "Ausgaben für fairen Handel",
            "Spending on fair trade",
            "Expenditure lines on fair trade; status D where it pays for campaigns instead of purchases.",
        ),
        _money(
            "partnership_spending",
            "Ausgaben für internationale Partnerschaften",
            "Spending on international partnerships",
            "Expenditure lines on twin towns and foreign contacts that are not development cooperation.",
        ),
        _money(
            "unattributable_spending",
            "nicht zuzuordnende Ausgaben",
            "Spending that cannot be attributed",
            "Expenditure lines that hold international work together with something else.",
        ),
        _money(
            "total_payments",
            "Auszahlungen aus laufender Verwaltungstätigkeit",
            "Payments of current operations",
            "All expenditure of current operations without transfers inside the same budget.",
        ),
    ),
    inputs=inputs,
    takes_keep=True,
    optional=self_report_knowledge.TABLES,
)
"""All measures of money."""
