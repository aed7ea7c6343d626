"""The return form of municipalities and districts: what may be reported, in which unit and range.

Belongs here: the columns, the words allowed in them, one declaration per reportable item, the empty
form. Does not belong here: reading a returned file (`self_report_file.py`) or judging its rows
(`self_report_check.py`).

Every item belongs to an indicator of the catalogue (numbers of type C, and the spending of
indicator 1). `item` is the name of the measure made from it, so that nothing has to be mapped.
"""

from __future__ import annotations

from sources.self_report_item import FormItem, count, money, yes_no

COLUMNS = (
    "ags",
    "jahr",
    "merkmal",
    "wert",
    "einheit",
    "status",
    "phase",
    "brutto_netto",
    "beleg_url",
    "gemeldet_am",
    "melder_stelle",
)
"""Names of the columns, as they must stand in the first line; their order is free."""

STATUSES = {
    "gemeldet": ("reported", "A"),
    "bestaetigt_null": ("confirmed_zero", "A"),
    "nicht_zutreffend": ("not_applicable", "M"),
    "keine_angabe": ("no_answer", "O"),
}
"""Word in the form to status of the table and to observation status."""

PHASES = {"plan": "plan", "ist": "actual"}
GROSS_NET = {"brutto": "gross", "netto": "net"}


COHERENCE_DOMAINS = (
    "Politische Selbstverpflichtung",
    "Langfristige Ausrichtung von Entscheidungen",
    "Abstimmung zwischen Ämtern und Fachbereichen",
    "Beteiligung",
    "Verknüpfung der Politikfelder",
    "Abstimmung zwischen den staatlichen Ebenen",
    "Beobachtung und Berichterstattung",
    "Finanzierung",
)
"""The eight domains of policy coherence (after UN 17.14.1), each 0 to 10 points."""

ITEMS: tuple[FormItem, ...] = (
    money(
        "ausgaben_ez_brutto",
        "development_spending",
        1,
        "Ausgaben für Entwicklungszusammenarbeit, brutto",
        "alle Auszahlungen im In- und Ausland, einschließlich der Zuwendungen von Bund, Land und EU; "
        "ohne Spenden und ohne Partnerschaften, die keine Entwicklungszusammenarbeit sind",
    ),
    money(
        "ausgaben_fair",
        "fair_trade_spending",
        5,
        "Ausgaben für fair gehandelte Produkte",
        "Rechnungen für Produkte mit anerkanntem Siegel",
    ),
    money(
        "beschaffung_warengruppen",
        "eligible_procurement",
        6,
        "Beschaffung in den Warengruppen, in denen es fair gehandelte Produkte gibt",
        "Kaffee, Tee, Textilien, Bälle, Steine, Blumen; faire Produkte eingeschlossen",
    ),
    yes_no(
        "programm_eine_welt", "one_world_programme", 7, "Beschlossenes Programm zur Eine-Welt-Politik",
        needs_evidence=True,
    ),
    yes_no(
        "programm_eine_welt_nachhaltigkeit", "one_world_programme_sustainable", 8,
        "Programm zur Eine-Welt-Politik mit Schwerpunkt Nachhaltige Entwicklung", needs_evidence=True,
    ),
    *(
        FormItem(
            merkmal=f"politikkohaerenz_{number}",
            item=f"policy_coherence_{number}",
            indicator=9,
            label=f"Politikkohärenz: {name}",
            unit="points",
            maximum=10,
            explanation="0 bis 10 Punkte",
        )
        for number, name in enumerate(COHERENCE_DOMAINS, start=1)
    ),
    yes_no("agenda_resolution", "agenda_2030_resolution", 10, "Musterresolution zur Agenda 2030 gezeichnet"),
    yes_no(
        "nachhaltigkeitsbericht", "sustainability_report", 11,
        "Nachhaltigkeitsstrategie oder freiwilliger Bericht, veröffentlicht im Jahr oder den drei Jahren davor",
    ),
    FormItem(
        merkmal="personal_kepol",
        item="development_policy_staff",
        indicator=18,
        label="Personal für kommunale Entwicklungspolitik",
        unit="fte",
        maximum=1_000,
        explanation="Vollzeitäquivalente am 30. Juni; Werte unter 3 werden nicht veröffentlicht",
        suppress_below=3,
    ),
    FormItem(
        merkmal="fachkraefte_monate",
        item="seconded_expert_months",
        indicator=19,
        label="Geförderte Fachkräfte in Partnerkommunen",
        unit="months",
        maximum=10_000,
        explanation="Fachkraftmonate im Jahr; Werte unter 36 werden nicht veröffentlicht",
        suppress_below=36,
    ),
    count(
        "projekte_migrantisch", "projects_with_migrant_partners", 27,
        "Projekte mit migrantischen Partnerinnen und Partnern", "Projekte, die an einem Tag des Jahres liefen",
    ),
    count(
        "raeume_migrantisch", "migrant_organisation_rooms", 28,
        "Für migrantische Organisationen bereitgestellte Räume", "Räume am 31. Dezember",
    ),
    yes_no("stelle_kepol", "coordination_position", 29, "Eigene Stelle für kommunale Entwicklungspolitik"),
    yes_no(
        "stelle_migrantisch", "migrant_involvement_position", 30,
        "Stelle für die Einbindung migrantischer Akteursgruppen",
    ),
    yes_no("gremium_migration", "migration_development_body", 31, "Gremium Migration und Entwicklung"),
    count(
        "schulbauprojekte", "school_building_projects", 32, "Schulbauprojekte",
        "im Jahr eröffnet oder im Bau, aus Spenden; zählt nie als Ausgabe der Kommune",
    ),
    yes_no("ep_konzept", "development_policy_concept", 33, "Entwicklungspolitisches Konzept in Kraft"),
    count(
        "auszeichnungen", "awards", 34,
        "Auszeichnungen (Kommune bewegt Welt, Hauptstadt des Fairen Handels)",
    ),
    FormItem(
        merkmal="integration_zusammenarbeit",
        item="integration_cooperation",
        indicator=35,
        label="Zusammenarbeit von Integration und Entwicklungspolitik",
        unit="level",
        maximum=4,
        explanation="0 keine, 1 vereinzelt, 2 anlassbezogen, 3 regelmäßig, 4 umfassend",
    ),
)  # fmt: skip
"""Everything the form asks, in its order."""

BY_MERKMAL = {item.merkmal: item for item in ITEMS}


def empty_form(ags: str, year: int) -> bytes:
    """The empty form for one unit and year: UTF-8 with mark, so that spreadsheets show umlauts."""
    lines = [";".join(COLUMNS)]
    for item in ITEMS:
        phase = "ist" if item.phases else ""
        gross = "brutto" if item.gross else ""
        lines.append(f"{ags};{year};{item.merkmal};;{item.unit_name};;{phase};{gross};;;")
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")
