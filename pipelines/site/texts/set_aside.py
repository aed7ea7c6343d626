"""Texts on rows that were set aside: why, and what would bring them back, by rule."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "rule_no_date": Text(
        de="Weder die Zeile noch die Liste nennt ein Datum; so lässt sich nicht sagen, für welches Jahr sie gilt.",
        en="Neither the row nor the list states a date, so nobody can say for which year it holds.",
    ),
    "rule_declared_total": Text(
        de="Die Zeile ist eine Summe anderer Zeilen; mitgezählt wäre alles doppelt.",
        en="The row adds up other rows; counted with them everything would be there twice.",
    ),
    "rule_no_budget_line": Text(
        de="Die Zeile ist weder Einnahme noch Ausgabe.", en="The row is neither revenue nor spending."
    ),
    "rule_not_a_municipality": Text(
        de="Die Zeile nennt einen Ortsteil, keine Gemeinde.",
        en="The row names a part of a place, not a municipality.",
    ),
    "rule_ambiguous_unit": Text(
        de="Der Name passt auf mehrere Gebietseinheiten, und die Zeile nennt keinen Schlüssel.",
        en="The name fits several units, and the row states no key.",
    ),
    "rule_national_survey": Text(
        de="Ein Ergebnis für ganz Deutschland, nicht für eine Kommune.",
        en="A result about Germany, not about a municipality.",
    ),
    "rule_sub_unit_of_district": Text(
        de="Teil eines Kreises, der selbst aufgeführt ist; mitgezählt wäre er doppelt.",
        en="Part of a district that is listed itself; counted with it the part would be there twice.",
    ),
    "mend_no_date": Text(
        de="Das Datum des Ereignisses oder den Stand der Liste ergänzen.",
        en="Add the date of the event or of the list.",
    ),
    "mend_declared_total": Text(
        de="Nichts zu tun; die Summe wird mit ihren Zeilen verglichen.",
        en="Nothing to do; the total is checked against its rows.",
    ),
    "mend_no_budget_line": Text(de="Nichts zu tun.", en="Nothing to do."),
    "mend_not_a_municipality": Text(
        de="Nichts zu tun, es sei denn, die ganze Gemeinde ist gemeint: dann ihren Schlüssel eintragen.",
        en="Nothing to do unless the whole municipality is meant: then write its key into the row.",
    ),
    "mend_ambiguous_unit": Text(
        de="Wer die Liste herausgibt, trägt den amtlichen Schlüssel der gemeinten Einheit ein.",
        en="Whoever publishes the list writes the official key of the unit meant into the row.",
    ),
    "mend_national_survey": Text(
        de="Nichts zu tun; die Zahl bleibt mit ihrem Dokument hier stehen.",
        en="Nothing to do; the figure stays here with its document.",
    ),
    "mend_sub_unit_of_district": Text(de="Nichts zu tun.", en="Nothing to do."),
}
