"""What a rule of the quarantine means, in German, for a person who decides about its rows.

Belongs here: one sentence and one remedy for each rule. Does not belong here: the reason of a single row
in the words of its reader, which stands beside (`reason`).

A rule of a contract is named after its column and the kind of its check (`ags_form`); such names are
understood by their ending. A rule nobody has described gets the general sentence, so that nothing is
without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, kw_only=True)
class German:
    """What a rule says and what to do, as a page prints it."""

    reason: str
    remedy: str


_LOOK = (
    "Die Zeile beim Anbieter nachsehen und dort berichtigen lassen; die übrigen Zeilen sind nicht betroffen."
)
_NOTHING = "Nichts zu tun."
_PLAIN = "In die Zelle einfachen Text oder eine einfache Zahl schreiben; bis dahin wartet die Zeile."

RULES: Mapping[str, German] = {
    "key_unique": German(
        reason="derselbe Schlüssel kommt mit verschiedenen Inhalten vor",
        remedy="An der Quelle entscheiden, welche Zeile gilt; bis dahin gilt keine.",
    ),
    "ags_known": German(
        reason="keine gelesene Ausgabe des Gemeindeverzeichnisses führt diese Gebietseinheit",
        remedy="Das Verzeichnis lesen (Herkunft archive oder live), oder den Schlüssel an der Quelle berichtigen.",
    ),
    "ambiguous_unit": German(
        reason="der Name passt nicht eindeutig auf eine Gebietseinheit, und die Zeile hat keinen Schlüssel",
        remedy="Den amtlichen Gemeindeschlüssel an der Quelle ergänzen, oder mit ihm entscheiden: sdg17 quarantine show.",
    ),
    "not_a_municipality": German(
        reason="die Zeile nennt einen Teil einer Gemeinde",
        remedy="Nichts zu tun, wenn der Ortsteil gemeint ist; sonst an der Quelle die Gemeinde nennen.",
    ),
    "no_date": German(
        reason="weder Zeile noch Liste nennen ein Datum: Niemand kann sagen, für welches Jahr sie gilt",
        remedy="Das Datum des Ereignisses oder den Stand der Liste ergänzen.",
    ),
    "date_readable": German(
        reason="das Datum gibt es nicht oder es ist nicht lesbar",
        remedy="Das Datum als TT.MM.JJJJ, MM.JJJJ oder JJJJ schreiben.",
    ),
    "dates_in_order": German(reason="das Ende liegt vor dem Anfang", remedy="Die Daten berichtigen."),
    "start_before_list": German(
        reason="der Anfang liegt nach dem Stand der Liste", remedy="Die Daten berichtigen."
    ),
    "years_in_order": German(reason="das Ende liegt vor dem Anfang", remedy="Die Jahre berichtigen."),
    "start_before_end": German(
        reason="die Partnerschaft endet, bevor sie beginnt", remedy="Die Daten bei Wikidata berichtigen."
    ),
    "end_dated": German(
        reason="die Partnerschaft ist beendet, aber kein Jahr nennt, wann",
        remedy="Das Jahr des Endes (P582) bei Wikidata nachtragen; bis dahin zählt sie in keinem Jahr.",
    ),
    "end_known": German(
        reason="die Beziehung ist beendet, aber kein Datum sagt, wann", remedy="Das Datum des Endes ergänzen."
    ),
    "repeated": German(reason="die Zeile wiederholt eine andere", remedy=_NOTHING),
    "declared_total": German(
        reason="die Zeile ist eine Summe anderer Zeilen und zählte doppelt", remedy=_NOTHING
    ),
    "no_budget_line": German(
        reason="die Zeile ist laut Beschreibung des Haushalts keine Ausgabe und keine Einnahme",
        remedy=_NOTHING,
    ),
    "sub_unit_of_district": German(
        reason="Teil eines Kreises, der selbst aufgeführt ist; mitgezählt wäre er doppelt", remedy=_NOTHING
    ),
    "national_survey": German(
        reason="Ergebnis einer Umfrage über Deutschland, nicht über eine Gemeinde",
        remedy="Nichts zu tun: Die Zahl ist Hintergrund und steht hier mit ihrem Dokument.",
    ),
    "small_region_replacement": German(
        reason="der Anbieter gibt statt der Zahlen der Gemeinde die des Kreises", remedy=_NOTHING
    ),
    "region_not_delivered": German(
        reason="die Gebietseinheit ist aufgeführt, aber keine Antwort enthält sie",
        remedy="Den Anbieter fragen; bis dahin fehlt ihr die Zahl dieses Indikators.",
    ),
    "unit_exists_in_year": German(
        reason="die Gebietseinheit besteht in diesem Jahr nicht oder ist gemeindefrei",
        remedy="Die Angabe gehört zur Nachfolgerin.",
    ),
    "agrees_with_original": German(
        reason="das Paket nennt ein anderes Gewicht als die Arbeitsmappe des BBSR",
        remedy="Verwendet wird die Arbeitsmappe. Klären, aus welcher Ausgabe das Paket gemacht ist.",
    ),
    "alias_of_known_country": German(
        reason="die Bezeichnung führt zu keinem Staat nach ISO 3166-1",
        remedy="Den Code in sources/embedded/country_aliases.csv berichtigen.",
    ),
    "amount_form": German(
        reason="der Betrag hat nicht die beschriebene Form einer Zahl",
        remedy="Die Form der Zahlen in der Beschreibung des Haushalts prüfen, sonst den Betrag an der Quelle.",
    ),
    "field_count": German(
        reason="die Zeile hat nicht so viele Felder wie der Kopf",
        remedy="Nach einem Trennzeichen in einem Text suchen, der nicht in Anführungszeichen steht.",
    ),
    "cell_count": German(
        reason="die Zeile hat nicht so viele Zellen wie vorgesehen",
        remedy="Semikolons ergänzen oder streichen; Text mit Semikolon in Anführungszeichen setzen.",
    ),
    "open_quotation_mark": German(
        reason="ein Anführungszeichen wird geöffnet und nie geschlossen",
        remedy="Es an der Quelle schließen, oder verdoppeln, wenn es zum Text gehört.",
    ),
    "entry_unknown": German(
        reason="zu der Zeile gibt es keinen Eintrag im Verzeichnis der Quelle",
        remedy="Den Eintrag an der Quelle ergänzen; ohne ihn weiß niemand, wofür die Zahl steht.",
    ),
    "file_form": German(
        reason="die Datei hat nicht die verlangte Form",
        remedy="Kopfzeile, Zeichensatz UTF-8 und Trennzeichen prüfen.",
    ),
    "line_form": German(
        reason="die Zeile hat nicht die Länge oder Satzart des amtlichen Formats",
        remedy="Die Datei noch einmal holen; eine kürzere Zeile ist eine abgebrochene Übertragung.",
    ),
    "population_date_known": German(
        reason="die Datei sagt nicht, zu welchem Stichtag ihre Einwohner gezählt sind",
        remedy="Die Ausgabe mit ihrem Stichtag in sources/gv100ad.py eintragen.",
    ),
    "table_delivered": German(
        reason="der Anbieter kennt diese Tabelle nicht (mehr)",
        remedy="Die Tabelle im Katalog des Anbieters suchen und sources/genesis.py berichtigen.",
    ),
    "licence_known": German(
        reason="die Datei nennt eine andere Lizenz als die bekannte",
        remedy="Die neue Lizenz lesen; bis dahin die Werte nicht weitergeben.",
    ),
    "cell_too_long": German(reason="eine Zelle ist länger als erlaubt", remedy=_PLAIN),
    "formula": German(reason="eine Zelle beginnt wie eine Formel", remedy=_PLAIN),
    "markup": German(reason="eine Zelle enthält Auszeichnungen wie eine Webseite", remedy=_PLAIN),
    "cell_error": German(reason="eine Zelle enthält einen Fehler der Tabellenkalkulation", remedy=_PLAIN),
    "partner_present": German(reason="die Zeile nennt keinen Partner", remedy="Den Partner ergänzen."),
    "partner_known": German(reason="der Partner ist unbekannt", remedy="Die Angabe bei Wikidata nachsehen."),
    "rank_known": German(reason="die Angabe ist bei Wikidata als überholt markiert", remedy=_NOTHING),
    "number_form": German(reason="der Wert hat nicht die Form einer Zahl", remedy=_LOOK),
    "time_form": German(reason="die Zeitangabe ist weder Jahr noch Datum", remedy=_LOOK),
    "value_is_number": German(reason="der Wert ist keine Zahl", remedy=_LOOK),
    "symbol_known": German(
        reason="weder Zahl noch bekanntes Zeichen", remedy="Ein neues Zeichen in symbols.csv eintragen."
    ),
}
"""Rules by name."""

ENDINGS: Mapping[str, German] = {
    "_present": German(
        reason="{column} fehlt", remedy="Den Wert ergänzen, oder die Zeile an der Quelle weglassen."
    ),
    "_finite": German(reason="{column} ist keine Zahl (Teilung durch null)", remedy="Den Nenner absichern."),
    "_form": German(
        reason="{column} hat nicht die vorgeschriebene Form",
        remedy="Führende Nullen, Länge und Leerzeichen an der Quelle prüfen.",
    ),
    "_allowed": German(
        reason="{column} ist keines der erlaubten Wörter", remedy="Das Wort der Quelle einem davon zuordnen."
    ),
    "_minimum": German(
        reason="{column} liegt unter dem kleinsten möglichen Wert",
        remedy="Vorzeichen und Einheit an der Quelle prüfen.",
    ),
    "_maximum": German(
        reason="{column} liegt über dem größten möglichen Wert",
        remedy="Die Einheit an der Quelle prüfen (Tausend, Cent).",
    ),
    "_not_described": German(
        reason="die Beschreibung des Haushalts ordnet {column} nicht zu",
        remedy="Das Wort oder den Code des Anbieters in die Beschreibung der Stadt aufnehmen, oder ihn an der Quelle berichtigen.",
    ),
    "_readable": German(reason="{column} ist nicht lesbar", remedy=_LOOK),
    "_known": German(reason="{column} ist nicht bekannt", remedy=_LOOK),
}
"""Rules by the ending of their name; `{column}` is what stands before it."""


def german(rule: str) -> German:
    """What a rule says, in German."""
    if rule in RULES:
        return RULES[rule]
    for ending, said in ENDINGS.items():
        if rule.endswith(ending):
            return German(reason=said.reason.format(column=rule.removesuffix(ending)), remedy=said.remedy)
    return German(reason=f"die Zeile verletzt die Regel {rule.replace('_', ' ')}", remedy=_LOOK)


def worded(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of the quarantine with `reason_de` and `remedy_de`."""
    rules = rows["rule"].unique().to_list()
    said = {rule: german(rule) for rule in rules}
    reasons = {rule: each.reason for rule, each in said.items()}
    remedies = {rule: each.remedy for rule, each in said.items()}
    return rows.with_columns(
        reason_de=pl.col("rule").replace_strict(reasons, default=None, return_dtype=pl.String),
        remedy_de=pl.col("rule").replace_strict(remedies, default=None, return_dtype=pl.String),
    )
