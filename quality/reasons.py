"""The reasons of a missing or flagged value, each as one sentence a page prints.

Belongs here: codes and their sentences in German and English. Does not belong here: which status a
reason goes with (`quality/status.py`) or where it is given.
"""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

REASONS: Mapping[str, Text] = {
    "not_collected": Text(
        de="Dazu liegt für diese Gebietseinheit keine Erhebung vor.",
        en="No collection covers this unit.",
    ),
    "not_from_provider": Text(
        de="Ein anderer Anbieter veröffentlicht solche Zahlen; für diese Gebietseinheit liegt hier keine vor.",
        en="Another provider publishes such figures; none for this unit is at hand here.",
    ),
    "no_accounts": Text(
        de="Für diese Gebietseinheit und dieses Jahr liegen keine Konten der Finanzstatistik vor, aus Nordrhein-Westfalen nur 2009 bis 2011.",
        en="No accounts of the finance statistics are at hand for this unit and year, from North Rhine-Westphalia only 2009 to 2011.",
    ),
    "no_budget": Text(
        de="Von dieser Gebietseinheit liegt kein Haushalt vor, aus dem sich die Ausgaben lesen ließen.",
        en="No budget of this unit is at hand from which the spending could be read.",
    ),
    "not_listed": Text(
        de="In den ausgewerteten offenen Listen nicht oder nicht eindeutig genannt; das heißt nicht null.",
        en="Not listed, or not unambiguously, in the open lists read; that does not mean zero.",
    ),
    "only_plan": Text(
        de="Es liegen nur Planzahlen vor, keine Ist-Zahlen.",
        en="Only plan figures exist, no actual figures.",
    ),
    "no_lines_for_year": Text(
        de="Für dieses Jahr liegt keine Haushaltsdatei vor.",
        en="No budget file covers this year.",
    ),
    "unmapped": Text(
        de="Der Haushalt ist noch nicht nach Zwecken zugeordnet.",
        en="The budget has not yet been classified by purpose.",
    ),
    "not_shown": Text(
        de="Der Haushalt ist durchgesehen und weist diesen Zweck nicht aus; das heißt nicht null.",
        en="The budget has been read and does not show this purpose; that does not mean zero.",
    ),
    "not_separable": Text(
        de="Die Ausgaben sind im Haushalt enthalten, aber nicht abgrenzbar.",
        en="The spending is inside the budget but cannot be separated.",
    ),
    "no_fair_trade_record": Text(
        de="Einkäufe fair gehandelter Produkte werden im Haushalt nicht einzeln ausgewiesen.",
        en="Purchases of fair-trade products are not shown separately in the budget.",
    ),
    "denominator_zero": Text(
        de="Nicht berechenbar: Der Nenner ist null.",
        en="Cannot be computed: the denominator is zero.",
    ),
    "no_population": Text(
        de="Für diesen Stichtag liegt keine Einwohnerzahl vor.",
        en="No population figure exists near this date.",
    ),
    "not_attested_for_year": Text(
        de="Für dieses Jahr nennt keine Quelle einen Stand.",
        en="No source states the situation in this year.",
    ),
    "title_not_confirmed": Text(
        de="Der Titel ist belegt, seine Erneuerung für dieses Jahr nicht.",
        en="The title is documented, its renewal for this year is not.",
    ),
    "stated_in_advance": Text(
        de="Für dieses Jahr im Voraus belegt: Das Dokument ist älter und nennt ein späteres Ende.",
        en="Stated in advance for this year: the document is older and names a later end.",
    ),
    "not_applicable": Text(
        de="Für diese Gebietseinheit nicht vorgesehen.",
        en="Not applicable to this unit.",
    ),
    "unit_dissolved": Text(
        de="Die Gebietseinheit besteht zu diesem Zeitpunkt nicht.",
        en="The unit does not exist at this time.",
    ),
    "lower_bound": Text(
        de="Untergrenze: Gezählt ist nur, was die Quellen nennen.",
        en="Lower bound: counted is only what the sources name.",
    ),
    "incomplete_lists": Text(
        de="Berechnet aus unvollständigen Verzeichnissen; der wahre Anteil kann höher oder niedriger sein.",
        en="Computed from incomplete lists; the true share may be higher or lower.",
    ),
    "lower_bounds_only": Text(
        de="Die Quellen nennen nur einzelne Partnerschaften; ein Anteil lässt sich daraus nicht bilden.",
        en="The sources name single partnerships only; no share can be formed from them.",
    ),
    "small_denominator": Text(
        de="Bei so wenigen Einwohnern bestimmt ein einzelner Fall den Wert; nicht vergleichen.",
        en="With so few inhabitants a single case decides the value; do not compare.",
    ),
    "population_of_other_date": Text(
        de="Bezogen auf die nächstliegende verfügbare Einwohnerzahl.",
        en="Related to the nearest population figure available.",
    ),
    "mixed_bodies": Text(
        de="Die Quelle trennt Land und Stadt nicht.",
        en="The source does not separate the Land from the city.",
    ),
    "partly_attributable": Text(
        de="Nur ein Teil der Ausgaben ist zuzuordnen; der Rest steht gesondert.",
        en="Only part of the spending can be attributed; the rest is shown apart.",
    ),
    "definition_differs": Text(
        de="Die Quelle grenzt anders ab als der Indikator.",
        en="The source delimits the subject differently from the indicator.",
    ),
    "answer_declined": Text(
        de="Die Kommune hat im Meldebogen keine Angabe gemacht.",
        en="The municipality declined to answer in the return form.",
    ),
    "inquiry_unanswered": Text(
        de="Die Kommune wurde angefragt und hat dazu nichts gemeldet.",
        en="The municipality was asked and reported nothing on this.",
    ),
    "contradictory_statements": Text(
        de="Die Angaben der Kommune widersprechen sich: Der Teil ist größer als das Ganze.",
        en="The statements of the municipality contradict each other: the part exceeds the whole.",
    ),
    "undisclosed_by_office": Text(
        de="Das statistische Amt veröffentlicht diese Zahl nicht (geheim oder nicht verfügbar).",
        en="The statistical office does not disclose this figure (secret or not available).",
    ),
    "missing_at_provider": Text(
        de="Der Anbieter veröffentlicht für dieses Jahr keinen Wert.",
        en="The provider publishes no value for this year.",
    ),
    "class_midpoint": Text(
        de="Der Anbieter veröffentlicht eine Klasse; der Wert ist ihre Mitte.",
        en="The provider publishes a class; the value is its mid-point.",
    ),
    "small_number": Text(
        de="Zum Schutz einzelner Personen nicht veröffentlicht.",
        en="Not published, to protect individual persons.",
    ),
    "trend_not_for_yes_no": Text(
        de="Für Ja-Nein-Angaben wird kein Trend bestimmt.", en="No trend is stated for yes-no indicators."
    ),
    "trend_not_for_scores": Text(
        de="Für Punktwerte wird kein Trend bestimmt: Ihre Stufen sind keine Mengen.",
        en="No trend is stated for scores: their steps are no amounts.",
    ),
    "trend_rate_undefined": Text(
        de="Eine Wachstumsrate ist nur zwischen zwei Werten über null bestimmt.",
        en="A growth rate is defined only between two values above zero.",
    ),
    "trend_without_direction": Text(
        de="Weder mehr noch weniger ist besser; ein Trend wird nicht bewertet.",
        en="Neither more nor less is better; no trend is rated.",
    ),
    "trend_too_few_values": Text(
        de="Für einen Trend fehlen Werte: Nötig sind vier vergleichbare ohne Vorbehalt.",
        en="Too few values for a trend: four comparable ones without reservation are needed.",
    ),
    "trend_not_for_small_counts": Text(
        de="Bei Anzahlen unter zehn wird kein Trend bestimmt.", en="No trend is stated for counts under ten."
    ),
    "territory_estimated": Text(
        de="Auf den heutigen Gebietsstand umgerechnet; ein Teil des Werts ist geschätzt.",
        en="Carried to the present territory; part of the value is estimated.",
    ),
    "territory_succession": Text(
        de="Von einer Vorgängerin übernommen und von der heutigen Gebietseinheit nicht erneuert.",
        en="Taken over from a predecessor and not renewed by the present unit.",
    ),
    "territory_successor_unknown": Text(
        de="Ein Teil des heutigen Gebiets gehörte damals zu einer Gebietseinheit, deren Verbleib offen ist.",
        en="Part of the present territory belonged to a unit whose successor cannot be told.",
    ),
    "territory_part_unknown": Text(
        de="Zu einem Teil des heutigen Gebiets fehlt die Angabe; eine Teilsumme wird nicht als Ganzes gezeigt.",
        en="The figure is missing for a part of the present territory; no partial sum is shown as the whole.",
    ),
    "territory_weight_defect": Text(
        de="Der Umstiegsschlüssel für einen Teil des Gebiets geht nicht auf; es wird nicht umgerechnet.",
        en="The published weights of a part of the territory do not add up; nothing is carried over.",
    ),
    "territory_not_convertible": Text(
        de="Diese Angabe lässt sich nicht auf einen anderen Gebietsstand umrechnen.",
        en="This figure cannot be carried to another territory.",
    ),
    "too_few_report": Text(
        de="Zu wenige vergleichbare Kommunen berichten: Nötig sind fünf.",
        en="Too few comparable units report: five are needed.",
    ),
    "less_than_half_covered": Text(
        de="Weniger als die Hälfte der Einwohner der Vergleichsgruppe ist abgedeckt.",
        en="Less than half of the population of the peer group is covered.",
    ),
    "members_confidential": Text(
        de="Werte einzelner Mitglieder sind geheim; eine Verteilung ohne sie wäre verzerrt.",
        en="Values of single members are confidential; a distribution without them would be biased.",
    ),
    "value_unreliable": Text(
        de="Der Wert ist zu wenig zuverlässig, um ihn zu vergleichen.",
        en="The value is not reliable enough to be compared.",
    ),
    "no_band_for_yes_no": Text(
        de="Ja-Nein-Angaben haben keine mittlere Hälfte; gezeigt wird der Anteil mit Ja.",
        en="Yes-no indicators have no middle half; the share of yes is shown.",
    ),
    "mixed_accounting": Text(
        de="Verglichen werden Werte aus verschiedenen Rechnungssystemen.",
        en="Values from different accounting systems are compared.",
    ),
    "no_band_for_levels": Text(
        de="Stufen haben eine Reihenfolge, aber keine Abstände; eine mittlere Hälfte wird nicht bestimmt.",
        en="Levels have an order but no distances; no middle half is stated.",
    ),
    "not_additive": Text(
        de="Diese Angabe lässt sich nicht über Kommunen zusammenzählen.",
        en="This figure cannot be added up over units.",
    ),
    "complementary": Text(
        de="Nicht veröffentlicht, weil sich daraus geheime Einzelwerte errechnen oder eingrenzen ließen.",
        en="Not published, because confidential single values could be computed or narrowed down from it.",
    ),
    "rounded_for_confidentiality": Text(
        de="Der Teil aus geheimen Einzelwerten ist gerundet.",
        en="The part made of confidential single values is rounded.",
    ),
    "census_break": Text(
        de="Bruch: Ab hier bezogen auf Einwohnerzahlen eines anderen Zensus als zuvor.",
        en="Break: from here on related to population figures of another census than before.",
    ),
    "accounting_break": Text(
        de="Ab hier ein anderes Rechnungssystem als zuvor; mit früheren Jahren nicht vergleichbar.",
        en="From here on another accounting system than before; not comparable with earlier years.",
    ),
    "accounting_mixed": Text(
        de="Aus Haushalten verschiedener Rechnungssysteme zusammengesetzt.",
        en="Made up from budgets of several accounting systems.",
    ),
    "provider_break": Text(
        de="Ab hier von anderer Stelle berechnet als zuvor; mit früheren Jahren nicht vergleichbar.",
        en="Computed by somebody else from here on; not comparable with earlier years.",
    ),
    "no_price_index": Text(
        de="Für dieses Jahr liegt kein Preisindex vor; real lässt sich der Betrag nicht angeben.",
        en="No price index covers this year; the amount cannot be stated in real terms.",
    ),
    "reversals_outweigh": Text(
        de="Rückbuchungen früherer Jahre übersteigen die Beträge des Jahres.",
        en="Reversals of earlier years exceed the amounts of the year.",
    ),
    "grants_of_other_year": Text(
        de="Zuwendungen und Ausgaben fallen in verschiedene Jahre; der Anteil liegt außerhalb von 0 bis 100.",
        en="Grants and spending fall into different years; the share lies outside 0 to 100.",
    ),
    "released_by_decision": Text(
        de="Aus der Quarantäne freigegeben: Ein Mensch hat ergänzt, was der Quelle fehlt.",
        en="Released from quarantine: a person added what the source lacks.",
    ),
    "provisional": Text(
        de="Vorläufiges Ergebnis der Haushaltsrechnung.",
        en="Provisional result of the accounts.",
    ),
}
"""Why a value is missing or flagged, as one sentence for a page. Codes are stored, texts printed."""
