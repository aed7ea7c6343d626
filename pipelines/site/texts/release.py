"""Texts of the indicator pages and of the pages about quality, beyond those they share."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "formula_sql": Text(
        de="Die Formel, wie die Datenbank sie rechnet", en="The formula as the database computes it"
    ),
    "level": Text(de="Ebene", en="Level"),
    "level_municipality": Text(de="Gemeinde", en="municipality"),
    "level_association": Text(de="Gemeindeverband", en="association of municipalities"),
    "level_district": Text(de="Kreis", en="district"),
    "level_land": Text(de="Land", en="state"),
    "has_value": Text(de="Mit Wert", en="With value"),
    "coverage_caption": Text(
        de="Was über wie viele bestehende Gebietseinheiten bekannt ist, und warum Werte fehlen",
        en="What is known about how many living units, and why values are missing",
    ),
    "map_title": Text(
        de="Neuester Wert je Gemeinde ({years})", en="Newest value of each municipality ({years})"
    ),
    "years_from_to": Text(de="{first} bis {last}", en="{first} to {last}"),
    "map_alternative": Text(
        de="Karte: {name}, neuester Wert von {count} Gemeinden. Alle Werte stehen als Tabelle weiter unten.",
        en="Map: {name}, newest value of {count} municipalities. All values stand in tables further down.",
    ),
    "no_statement": Text(de="keine Aussage", en="no statement"),
    "distribution": Text(de="Verteilung", en="Distribution"),
    "distribution_title": Text(
        de="Neueste Werte von {count} Gemeinden ({years})",
        en="Newest values of {count} municipalities ({years})",
    ),
    "distribution_alternative": Text(
        de="Diagramm: {name}, neuester Wert von {count} Gemeinden; kleinster Wert {least}, mittlerer {middle}, größter {most}.",
        en="Chart: {name}, newest value of {count} municipalities; smallest value {least}, middle {middle}, largest {most}.",
    ),
    "sums": Text(de="Deutschland und die Länder", en="Germany and the states"),
    "sums_caption": Text(
        de="Summe durch Summe über die Gemeinden, deren Wert bekannt ist; nie Mittelwert von Quoten",
        en="Sum divided by sum over the municipalities whose value is known; never a mean of rates",
    ),
    "germany": Text(de="Deutschland", en="Germany"),
    "area": Text(de="Gebiet", en="Area"),
    "reporting": Text(de="bekannte Gemeinden", en="municipalities known"),
    "of_members": Text(de="{count} von {members}", en="{count} of {members}"),
    "population_covered": Text(de="ihr Anteil an der Bevölkerung", en="their share of the population"),
    "all_values": Text(de="Alle Werte", en="All values"),
    "by_land": Text(
        de="Die Werte stehen nach Ländern auf eigenen Seiten.",
        en="The values stand on one page for each state.",
    ),
    "quality": Text(de="Qualität", en="Quality"),
    "checks_run": Text(de="Prüfungen", en="Checks made"),
    "findings": Text(de="Befunde", en="Findings"),
    "findings_note": Text(
        de="Diese Prüfungen haben etwas gefunden, das die Veröffentlichung nicht verhindert. Daneben steht, was zu tun ist und wer es tut.",
        en="These checks found something that does not stop the release. Beside each stands what to do and who does it.",
    ),
    "findings_caption": Text(de="Prüfungen, die nicht bestanden wurden", en="Checks that were not passed"),
    "no_findings": Text(de="Alle Prüfungen wurden bestanden.", en="All checks were passed."),
    "expected": Text(de="Erwartet", en="Expected"),
    "observed": Text(de="Gefunden", en="Found"),
    "quarantine": Text(de="Zurückgestellte Datensätze", en="Rows set aside"),
    "quarantine_note": Text(
        de="Diese Datensätze gehen in keine Zahl ein. Viele sind Zwischensummen, die doppelt zählen würden; andere nennen keinen Tag oder keinen eindeutigen Ort.",
        en="These rows enter no number. Many are subtotals that would count twice; others state no day or no single place.",
    ),
    "quarantine_caption": Text(
        de="Zurückgestellt nach Quelle und Regel, Begründung im Wortlaut",
        en="Set aside by source and rule, as worded there",
    ),
    "rows_count": Text(de="Datensätze", en="Rows"),
    "why": Text(de="Warum", en="Why"),
    "freshness": Text(de="Aktualität der Quellen", en="Freshness of the sources"),
    "freshness_caption": Text(
        de="Wann jede Quelle zuletzt geholt wurde und wie oft der Anbieter Neues veröffentlicht",
        en="When each source was last fetched and how often its provider publishes something new",
    ),
    "fetched": Text(de="Zuletzt geholt", en="Last fetched"),
    "rhythm": Text(de="Rhythmus des Anbieters", en="Rhythm of the provider"),
    "broken_by_one": Text(de="von {count} Zeile verletzt", en="broken by {count} row"),
    "broken_by_many": Text(de="von {count} Zeilen verletzt", en="broken by {count} rows"),
    "days_one": Text(de="täglich", en="every day"),
    "days_many": Text(de="etwa alle {count} Tage", en="about every {count} days"),
    "no_rhythm": Text(de="nichts Neues zu erwarten", en="nothing new to be expected"),
    "source_change": Text(de="Auffällig seit dem letzten Stand", en="Striking since the last release"),
    "no_change": Text(de="nichts", en="nothing"),
    "checks_by_table": Text(de="Prüfungen nach Tabellen", en="Checks by table"),
    "checks_all": Text(
        de="Jede einzelne Prüfung mit Ergebnis steht in der Datenbank in der Tabelle quality_result.",
        en="Every single check with its result stands in the database, in table quality_result.",
    ),
    "unit_findings_lead": Text(
        de="Was Prüfungen und zurückgestellte Datensätze über diese Gebietseinheit sagen.",
        en="What checks and rows set aside say about this unit.",
    ),
    "unit_findings_link": Text(
        de="Was Prüfungen zu diesen Angaben gefunden haben", en="What checks found about these figures"
    ),
    "unit_findings_caption": Text(
        de="Befunde, die diese Gebietseinheit nennen, im Wortlaut",
        en="Findings that name this unit, as worded",
    ),
    "unit_findings_note": Text(
        de="Genannt wird eine Gebietseinheit mit ihrem Schlüssel oder weil die Datei nur von ihr handelt.",
        en="A unit is named by its key, or because the file is about it alone.",
    ),
    "kind_of_finding": Text(de="Woher", en="From"),
    "finding_check": Text(de="Prüfung", en="check"),
    "finding_quarantine": Text(de="zurückgestellt", en="set aside"),
}
