"""Texts around every page: head, navigation, foot, and words many pages share."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "product": Text(de="SDG 17 Kommunalmonitor", en="SDG 17 Municipal Monitor"),
    "claim": Text(
        de="Was Kommunen für globale Partnerschaft tun, offen gemessen",
        en="What municipalities do for global partnership, measured in the open",
    ),
    "skip": Text(de="Zum Inhalt springen", en="Skip to content"),
    "nav_label": Text(de="Hauptnavigation", en="Main navigation"),
    "crumbs_label": Text(de="Sie sind hier", en="You are here"),
    "nav_start": Text(de="Länder und Kommunen", en="States and municipalities"),
    "nav_indicators": Text(de="Indikatoren", en="Indicators"),
    "nav_sources": Text(de="Quellen", en="Sources"),
    "other_language": Text(de="English", en="Deutsch"),
    "footer": Text(
        de="Keine Angabe heißt nicht null. Werte stehen immer mit Status und Quelle; die Prüfsummen der Dateien "
        "stehen bei den Quellen.",
        en="No figure does not mean zero. Values always stand with their status and source; the checksums of "
        "files stand with the sources.",
    ),
    "footer_fonts": Text(
        de="Diese Seite lädt nichts von anderen Servern und braucht kein JavaScript.",
        en="This page loads nothing from other servers and needs no JavaScript.",
    ),
    "land": Text(de="Land", en="State"),
    "lands": Text(de="Länder", en="States"),
    "district": Text(de="Kreis", en="District"),
    "districts": Text(de="Kreise und kreisfreie Städte", en="Districts and independent cities"),
    "municipalities": Text(de="Gemeinden", en="Municipalities"),
    "letters": Text(de="Nach Anfangsbuchstaben", en="By first letter"),
    "indicator": Text(de="Indikator", en="Indicator"),
    "year": Text(de="Jahr", en="Year"),
    "value": Text(de="Wert", en="Value"),
    "unit": Text(de="Einheit", en="Unit"),
    "yes_no": Text(de="ja/nein", en="yes/no"),
    "status": Text(de="Status", en="Status"),
    "reason": Text(de="Grund", en="Reason"),
    "source": Text(de="Quelle", en="Source"),
    "sources": Text(de="Quellen", en="Sources"),
    "formula": Text(de="Formel", en="Formula"),
    "definition": Text(de="Was der Indikator sagt", en="What the indicator says"),
    "files": Text(de="Dateien und Prüfsummen (SHA-256)", en="Files and checksums (SHA-256)"),
    "files_read": Text(de="Gelesene Dateien", en="Files read"),
    "checksums_where": Text(
        de="Wer dem Namen einer Quelle folgt, findet dort die Prüfsummen (SHA-256) ihrer Dateien.",
        en="Whoever follows the name of a source finds there the checksums (SHA-256) of its files.",
    ),
    "missing": Text(de="keine Angabe", en="no figure"),
    "yes": Text(de="ja", en="yes"),
    "no": Text(de="nein", en="no"),
    "with_facts": Text(
        de="mit belegten Partnerschaften, Titeln oder Ausgaben",
        en="with documented partnerships, titles or spending",
    ),
    "count_municipality_one": Text(
        de="1 Gemeinde, {known} davon mit belegten Angaben",
        en="1 municipality, {known} of it with documented facts",
    ),
    "count_municipality_many": Text(
        de="{count} Gemeinden, {known} davon mit belegten Angaben",
        en="{count} municipalities, {known} of them with documented facts",
    ),
    "population_note": Text(
        de="Einwohner am {date} (Basis Zensus {census})",
        en="Inhabitants on {date} (based on the {census} census)",
    ),
}
