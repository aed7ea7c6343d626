"""What municipalities and districts themselves say: measures made from return forms.

Belongs here: measures no other source speaks of, or of which documents name single cases only.
Does not belong here: measures that own statements only complete (`indicators/measures/engagement.py`,
`indicators/measures/spending.py`), or the form.

Awards and school-building projects that documents name are a lower bound (status U); what the unit
states takes their place. A unit that states more fair-trade purchases than purchases in the same
product groups contradicts itself: the total then counts as unknown (status O).
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators.measure import INPUT_COLUMNS, Lazy, Measure, MeasureGroup
from indicators.self_report_knowledge import TABLES, completed
from indicators.stated_quantities import quantities

COHERENCE_DOMAINS = 8
AWARDS = {"fair_trade_award": "awards"}
BUILDING = {"school_building_projects": "school_building_projects"}
"""Kinds of engagement to the measures documents speak of."""
PART, WHOLE = "fair_trade_spending", "eligible_procurement"


def inputs(tables: Mapping[str, Lazy]) -> Lazy:
    """Statements in force, cases that documents name, and the silence of those who were asked."""
    money = [each.id for each in MEASURES if each.unit == "cent"]
    others = [each.id for each in MEASURES if each.unit != "cent"]
    return nw.concat(
        [
            _without_contradictions(completed(None, tables, money, phase="actual"), tables),
            completed(_documented(tables["engagement"]), tables, others, phase="none", gives_way=("U",)),
        ],
        how="vertical",
    )


def _documented(engagement: Lazy) -> Lazy:
    weak, why = nw.lit("U"), nw.lit("lower_bound")
    return nw.concat(
        [
            quantities(engagement, AWARDS, status=weak, reason=why, events=True),
            quantities(engagement, BUILDING, status=weak, reason=why),
        ],
        how="vertical",
    )


def _without_contradictions(rows: Lazy, tables: Mapping[str, Lazy]) -> Lazy:
    """The same rows; a stated total that is less than its stated part is taken back."""
    parts = (
        tables["self_report"]
        .filter(nw.col("superseded_by").is_null(), nw.col("item") == PART)
        .select("ags", "year", "phase", part=nw.col("quantity"))
    )
    joined = rows.join(parts, on=["ags", "year", "phase"], how="left")
    broken = (nw.col("measure_id") == WHOLE) & (nw.col("contribution") < nw.col("part")).fill_null(False)
    return joined.with_columns(
        contribution=nw.when(~broken).then(nw.col("contribution")),
        obs_status=nw.when(broken).then(nw.lit("O")).otherwise(nw.col("obs_status")),
        reason=nw.when(broken).then(nw.lit("contradictory_statements")).otherwise(nw.col("reason")),
    ).select(*INPUT_COLUMNS)


def _measure(
    id_: str, unit: str, name_de: str, name_en: str, description: str, *, per_person: int | None = None
) -> Measure:
    return Measure(
        id=id_,
        unit=unit,
        name_de=name_de,
        name_en=name_en,
        description=description,
        absent_status="L",
        absent_reason="not_collected",
        carries_note=unit != "cent",
        person_related=per_person is not None,
        per_person=per_person or 1,
    )


MEASURES = (
    _measure(
        "eligible_procurement",
        "cent",
        "Beschaffung in Warengruppen mit fairem Angebot",
        "Procurement in product groups with fair-trade supply",
        "Coffee, tea, textiles, balls, stone, flowers; fair-trade products included.",
    ),
    _measure(
        "one_world_programme",
        "0/1",
        "Beschlossenes Programm zur Eine-Welt-Politik am 31. Dezember",
        "One-World programme adopted and in force at 31 December",
        "1 if a programme adopted by the council is in force.",
    ),
    _measure(
        "one_world_programme_sustainable",
        "0/1",
        "Programm zur Eine-Welt-Politik mit Schwerpunkt Nachhaltige Entwicklung",
        "One-World programme with a focus on sustainable development",
        "1 if the programme in force has a chapter on sustainable development.",
    ),
    *(
        _measure(
            f"policy_coherence_{number}",
            "count",
            f"Politikkohärenz, Bereich {number} (0 bis 10 Punkte)",
            f"Policy coherence, domain {number} (0 to 10 points)",
            "Points the unit gives itself in one of the eight domains of policy coherence.",
        )
        for number in range(1, COHERENCE_DOMAINS + 1)
    ),
    _measure(
        "sustainability_report",
        "0/1",
        "Nachhaltigkeitsstrategie oder freiwilliger Bericht der letzten vier Jahre",
        "Sustainability strategy or voluntary local review of the last four years",
        "1 if published in the year or the three years before.",
    ),
    _measure(
        "development_policy_staff",
        "hundredth",
        "Personal für kommunale Entwicklungspolitik am 30. Juni, in Hundertstel Stellen",
        "Staff for municipal development policy at 30 June, in hundredths of a post",
        "Full-time equivalents times 100; below three posts not published.",
        per_person=100,
    ),
    _measure(
        "seconded_expert_months",
        "count",
        "Fachkraftmonate in Partnerkommunen",
        "Months of seconded experts in partner municipalities",
        "Months in the year of experts whose secondment is funded; below three years of one person not published.",
        per_person=12,
    ),
    _measure(
        "projects_with_migrant_partners",
        "count",
        "Projekte mit migrantischen Partnerinnen und Partnern",
        "Projects with migrant partners",
        "Projects that ran on any day of the year.",
    ),
    _measure(
        "migrant_organisation_rooms",
        "count",
        "Für migrantische Organisationen bereitgestellte Räume am 31. Dezember",
        "Rooms provided to migrant organisations at 31 December",
        "Rooms provided by the unit.",
    ),
    _measure(
        "migrant_involvement_position",
        "0/1",
        "Stelle für die Einbindung migrantischer Akteursgruppen am 31. Dezember",
        "Position for involving migrant actors at 31 December",
        "1 if a named position exists.",
    ),
    _measure(
        "school_building_projects",
        "count",
        "Schulbauprojekte",
        "School-building projects",
        "Schools opened or under construction in the year, paid by donations.",
    ),
    _measure(
        "awards",
        "count",
        "Auszeichnungen",
        "Awards",
        "Awards for development policy or fair trade in the year.",
    ),
    _measure(
        "integration_cooperation",
        "count",
        "Zusammenarbeit von Integration und Entwicklungspolitik (Stufe 0 bis 4)",
        "Cooperation of integration and development policy (level 0 to 4)",
        "0 none, 1 occasional, 2 occasion-related, 3 regular, 4 comprehensive.",
    ),
)

GROUP = MeasureGroup(
    id="self_reports",
    tables=("engagement", *TABLES),
    measures=MEASURES,
    inputs=inputs,
)
