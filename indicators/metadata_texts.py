"""Metadata texts that several indicators share, each written once.

Belongs here: texts on units, kinds of sources and their limits that are true of a whole family.
Does not belong here: what is true of one indicator only; that stands in its own file and comes
after the shared texts, so that it wins: `metadata={**OWN_STATEMENT, "STAT_CONC_DEF": ...}`.
"""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

PERCENT = Text(de="Prozent", en="Percent")
NUMBER = Text(de="Anzahl", en="Number")
YES_NO = Text(de="ja/nein", en="yes/no")
EURO_PER_INHABITANT = Text(de="Euro je Einwohnerin und Einwohner", en="Euro per inhabitant")

NO_ENTRY_IS_NOT_NO = Text(de="Keine Angabe heißt nicht nein.", en="No entry does not mean no.")
NO_ENTRY_IS_NOT_ZERO = Text(de="Keine Angabe heißt nicht null.", en="No entry does not mean zero.")
ACTUAL_FIGURES_ONLY = Text(
    de="Nur Ist-Zahlen; Planzahlen stehen gesondert. Werte verschiedener Rechnungssysteme nicht ohne Hinweis vergleichen.",
    en="Actual figures only; plan figures stand apart. Do not compare accounting systems without saying so.",
)
CRITERIA_DIFFER = Text(
    de="Umfang und Verbindlichkeit unterscheiden sich zwischen den Kommunen.",
    en="Scope and force differ between municipalities.",
)

BUDGET: Mapping[str, Text] = {
    "SOURCE_TYPE": Text(
        de="Haushaltsdaten der Kommune, zugeordnet nach veröffentlichten Regeln",
        en="Municipal budgets, classified by published rules",
    ),
    "DATA_COMP": Text(
        de="Haushalte führen kein eigenes Produkt für Entwicklungszusammenarbeit; die Zuordnung ist je Kommune geprüft, Rechnungssysteme unterscheiden sich.",
        en="Budgets have no product of their own for development cooperation; lines are classified per municipality, accounting systems differ.",
    ),
    "REC_USE_LIM": ACTUAL_FIGURES_ONLY,
}
"""Money of budgets whose lines are tagged by rules."""

PARTNERSHIPS: Mapping[str, Text] = {
    "SOURCE_TYPE": Text(
        de="Offene Verzeichnisse (Wikidata, Wikipedia) und Dokumente der Kommunen",
        en="Open lists (Wikidata, Wikipedia) and municipal documents",
    ),
    "DATA_COMP": Text(
        de="Gezählt werden verschiedene Partner, die eine Quelle für den 31. Dezember belegt; doppelte Nennungen sind zusammengeführt.",
        en="Distinct partners that a source attests for 31 December; repeated mentions are merged.",
    ),
    "REC_USE_LIM": Text(
        de="Untergrenze: Offene Verzeichnisse sind unvollständig; nicht genannt heißt nicht null.",
        en="Lower bound: open lists are incomplete; not listed does not mean zero.",
    ),
    "COMPARABILITY": Text(
        de="Wer Entwicklungsland ist, richtet sich nach der DAC-Liste des jeweiligen Jahres.",
        en="Who counts as developing country follows the DAC list of the year.",
    ),
}
"""Counts of partnerships abroad."""

PARTNERSHIP_SHARE: Mapping[str, Text] = {
    **PARTNERSHIPS,
    "UNIT_MEASURE": PERCENT,
    "REC_USE_LIM": Text(
        de="Offene Verzeichnisse sind unvollständig; der wahre Anteil kann höher oder niedriger sein.",
        en="Open lists are incomplete; the true share may be higher or lower.",
    ),
}
"""Shares of partnerships, for which incomplete lists set no bound."""

DOCUMENTED: Mapping[str, Text] = {
    "SOURCE_TYPE": Text(
        de="Dokumente der Kommunen und Verzeichnisse der Vergabestellen",
        en="Municipal documents and lists of awarding bodies",
    ),
    "UNIT_MEASURE": YES_NO,
    "DATA_COMP": NO_ENTRY_IS_NOT_NO,
}
"""Yes-no facts that a document proves for a 31 December."""

OWN_STATEMENT: Mapping[str, Text] = {
    "SOURCE_TYPE": Text(
        de="Eigenangaben der Kommunen im Meldebogen, mit meldender Stelle und Beleg",
        en="Statements of municipalities in the return form, with office and evidence",
    ),
    "DATA_COMP": Text(
        de="Nur wer meldet, hat einen Wert: Wer nicht gefragt wurde, steht als nicht erhoben, wer nicht antwortet, als fehlend.",
        en="Only who reports has a value: who was not asked stands as not collected, who does not answer as missing.",
    ),
    "REC_USE_LIM": Text(
        de="Antworten sind freiwillig und geben kein Bild aller Kommunen; nicht auf ein Land oder den Bund hochrechnen.",
        en="Returns are voluntary and no picture of all municipalities; do not extrapolate to a Land or the country.",
    ),
    "COMPARABILITY": Text(
        de="Gleicher Fragebogen für alle; Auslegung und Sorgfalt der Meldenden unterscheiden sich.",
        en="Same form for all; interpretation and care of those who report differ.",
    ),
}
"""What only the municipality itself can say."""

OTHER_PROVIDER: Mapping[str, Text] = {
    "SOURCE_TYPE": Text(
        de="Übernommen aus Wegweiser Kommune (Bertelsmann Stiftung), Wert und Berechnung des Anbieters",
        en="Taken over from Wegweiser Kommune (Bertelsmann Stiftung), value and calculation of the provider",
    ),
    "DATA_COMP": Text(
        de="Der Wert steht so, wie der Anbieter ihn veröffentlicht, samt dessen Berechnungstext; mittlere Werte von Klassen tragen Status E.",
        en="The value stands as the provider publishes it, with the provider's text on its calculation; mid-points of classes carry status E.",
    ),
    "REC_USE_LIM": Text(
        de="Nur zur Einordnung: sagt nichts über globale Partnerschaft und zählt nicht zur Datenverfügbarkeit.",
        en="For orientation only: it says nothing about global partnership and does not count as available data.",
    ),
    "COMPARABILITY": Text(
        de="Der Anbieter veröffentlicht Gemeinden ab 5.000 Einwohnern und ändert Definitionen rückwirkend; jede Fassung ist festgehalten.",
        en="The provider publishes municipalities from 5,000 inhabitants and changes definitions retroactively; each wording is kept.",
    ),
}
"""Context figures another provider publishes per inhabitant or as a share."""

PROVIDER_OR_ACCOUNTS: Mapping[str, Text] = {
    **OTHER_PROVIDER,
    "SOURCE_TYPE": Text(
        de="Wegweiser Kommune (Bertelsmann Stiftung), Wert und Berechnung des Anbieters; wo er nichts veröffentlicht, amtliche Finanzrechnungsstatistik (Landesdatenbank NRW)",
        en="Wegweiser Kommune (Bertelsmann Stiftung), value and calculation of the provider; where he publishes nothing, official statistics of cash accounts (Landesdatenbank NRW)",
    ),
    "DATA_COMP": Text(
        de="Der Wert des Anbieters steht so, wie er ihn veröffentlicht, samt Berechnungstext. Sonst Summe der Einzelkonten über alle Produktgruppen; geheim gehaltene Konten machen den Wert unbekannt, Einwohner eines anderen Stichtags geben Status E.",
        en="The provider's value stands as he publishes it, with his text on its calculation. Elsewhere the sum of single accounts over all product groups; suppressed accounts make the value unknown, inhabitants of another date give status E.",
    ),
    "COMPARABILITY": Text(
        de="Werte des Anbieters und aus Konten berechnete bilden keine gemeinsame Reihe: der erste nach einem Wechsel trägt Status D. Der Anbieter veröffentlicht Gemeinden ab 5.000 Einwohnern und ändert Definitionen rückwirkend; aus Konten gibt es nur Nordrhein-Westfalen 2009 bis 2011.",
        en="Values of the provider and values computed from accounts form no common series: the first after a change carries status D. The provider publishes municipalities from 5,000 inhabitants and changes definitions retroactively; from accounts there is only North Rhine-Westphalia 2009 to 2011.",
    ),
}
"""Context figures another provider publishes, which we compute from official accounts where he does not."""

NOT_OBSERVED: Mapping[str, Text] = {
    "SOURCE_TYPE": Text(de="Keine Quelle für Kommunen", en="No source for municipalities"),
    "DATA_COMP": Text(
        de="Steht im Katalog, damit die Lücke sichtbar ist; Beobachtungen gibt es nicht.",
        en="Stands in the catalogue so that the gap is seen; there are no observations.",
    ),
    "REC_USE_LIM": Text(
        de="Nationale Werte nicht auf Kommunen herunterrechnen.",
        en="Do not break national figures down to municipalities.",
    ),
    "COMPARABILITY": Text(de="Nur zwischen Staaten vergleichbar.", en="Comparable between countries only."),
}
"""Figures of the global framework that no municipality can have."""
