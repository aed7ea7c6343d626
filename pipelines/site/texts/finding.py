"""Texts of the start page and its search, of the comparison, and of the filter above tables."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "find": Text(de="Ihre Gemeinde finden", en="Find your municipality"),
    "search_label": Text(
        de="Name oder amtlicher Schlüssel einer Gemeinde, eines Kreises oder Landes",
        en="Name or official key of a municipality, district or state",
    ),
    "found_one": Text(de="Ein Treffer.", en="One hit."),
    "found_many": Text(de="{count} Treffer.", en="{count} hits."),
    "found_more": Text(
        de="Gezeigt werden die ersten {count}; schreiben Sie mehr vom Namen.",
        en="The first {count} are shown; type more of the name.",
    ),
    "meaning": Text(de="Was SDG 17 hier bedeutet", en="What SDG 17 means here"),
    "meaning_text": Text(
        de="Ziel 17 der Vereinten Nationen verlangt, dass Staaten, Städte und Dörfer ihre Ziele gemeinsam erreichen. "
        "In einer Kommune heißt das: Geld für Entwicklungszusammenarbeit, Partnerschaften mit Kommunen anderer Länder, "
        "fairer Einkauf, Beschlüsse, die halten, und Menschen mit Wurzeln in aller Welt, die mitreden. "
        "Was davon öffentlich belegt ist, steht hier; was fehlt, ebenfalls, mit dem Grund.",
        en="Goal 17 of the United Nations asks states, cities and villages to reach their goals together. "
        "In a municipality this means money for development cooperation, partnerships with municipalities of other countries, "
        "fair purchasing, resolutions that hold, and a say for people with roots all over the world. "
        "What of this is documented in public stands here; so does what is missing, with the reason.",
    ),
    "known_where": Text(de="Wo schon etwas bekannt ist", en="Where something is known already"),
    "known_caption": Text(
        de="Länder mit ihren Gemeinden und davon jenen, zu denen es belegte Angaben gibt",
        en="States with their municipalities, and those of them with documented facts",
    ),
    "known_note": Text(
        de="Belegte Angaben sind Partnerschaften, Titel, Beschlüsse oder Ausgaben. Wo keine stehen, hat noch keine der gelesenen Quellen etwas genannt.",
        en="Documented facts are partnerships, titles, resolutions or spending. Where there are none, no source read so far has named any.",
    ),
    "of_these_known": Text(de="mit Angaben", en="with facts"),
    "known_class": Text(de="belegt", en="documented"),
    "known_title": Text(
        de="Gemeinden mit belegten Partnerschaften, Titeln, Beschlüssen oder Ausgaben",
        en="Municipalities with documented partnerships, titles, resolutions or spending",
    ),
    "known_alternative": Text(
        de="Karte: Gemeinden mit belegten Angaben. Dieselben Anzahlen stehen nach Ländern in der Tabelle darunter.",
        en="Map: municipalities with documented facts. The same counts stand by state in the table below.",
    ),
    "share": Text(de="Anteil", en="Share"),
    "news": Text(de="Was ist neu", en="What is new"),
    "news_release": Text(
        de="Veröffentlichung Nr. {number} vom {date}, letztes Berichtsjahr {year}.",
        en="Release no. {number} of {date}, last reference year {year}.",
    ),
    "news_first": Text(de="Es ist die erste.", en="It is the first one."),
    "news_none": Text(
        de="Gegenüber der vorigen hat sich keine veröffentlichte Zahl geändert.",
        en="No published number has changed since the one before.",
    ),
    "news_some": Text(
        de="Gegenüber der vorigen haben sich veröffentlichte Zahlen geändert:",
        en="Published numbers have changed since the one before:",
    ),
    "news_caption": Text(de="Geänderte Zahlen mit Ursache", en="Changed numbers and their cause"),
    "changed_values": Text(de="geänderte Werte", en="changed values"),
    "causes": Text(de="Ursache", en="Cause"),
    "cause_source": Text(de="neue oder geänderte Datei einer Quelle", en="a new or changed file of a source"),
    "cause_method": Text(de="geänderte Rechenweise", en="a changed way of computing"),
    "cause_territory": Text(de="neuer Gebietsstand", en="a new territorial status"),
    "cause_correction": Text(de="Korrektur", en="a correction"),
    "cause_time": Text(de="neues Berichtsjahr", en="a new reference year"),
    "cause_unknown": Text(de="Ursache nicht erkannt", en="cause not found"),
    "go_on": Text(de="Weiterlesen", en="Read on"),
    "all_indicators": Text(de="Alle Indikatoren", en="All indicators"),
    "filter_label": Text(de="Zeilen mit", en="Rows with"),
    "compare": Text(de="Kommunen gegenüberstellen", en="Set municipalities side by side"),
    "nav_compare": Text(de="Vergleich", en="Comparison"),
    "compare_lead": Text(
        de="Wählen Sie bis zu fünf Kommunen. Gezeigt wird, was auf ihren Seiten steht: Werte mit Jahr und Status, und der Grund, wo einer fehlt.",
        en="Choose up to five municipalities. You see what their pages say: values with year and status, and the reason where there is none.",
    ),
    "compare_label": Text(de="Kommune hinzufügen: Name oder Schlüssel", en="Add a municipality: name or key"),
    "compare_without": Text(
        de="Eine eigene Auswahl braucht JavaScript. Ohne JavaScript stehen die Gemeinden jedes Kreises und die Städte und Kreise "
        "jedes Landes fertig nebeneinander; den Weg dahin zeigen die Länder unten.",
        en="A choice of your own needs JavaScript. Without it the municipalities of every district and the cities and districts "
        "of every state stand side by side ready made; the states below show the way.",
    ),
    "compare_remove": Text(de="Entfernen", en="Remove"),
    "compare_full": Text(
        de="Mehr als {most} passen nicht nebeneinander; entfernen Sie erst eine.",
        en="No more than {most} fit side by side; remove one first.",
    ),
    "compare_unread": Text(
        de="{key}: Diese Seite gibt es nicht oder sie ist gerade nicht zu lesen.",
        en="{key}: this page does not exist or cannot be read now.",
    ),
    "compare_caption": Text(
        de="Neuester Wert je Indikator, in der gewählten Reihenfolge; keine Rangliste",
        en="Newest value of each indicator, in the order chosen; not a ranking",
    ),
    "compare_note": Text(de="Nicht vergleichbar, weil", en="Not comparable because"),
    "compare_years": Text(
        de="Die Werte sind aus verschiedenen Jahren.", en="The values are of different years."
    ),
    "compare_definition": Text(
        de="Bei einem Wert weicht die Definition ab.", en="One of the values has another definition."
    ),
    "compare_lone": Text(de="Nur für eine Kommune gibt es einen Wert.", en="Only one of them has a value."),
    "compare_rules": Text(de="So ist die Gegenüberstellung zu lesen", en="How to read it"),
    "compare_rule_order": Text(
        de="Die Reihenfolge ist Ihre Wahl. Es gibt keine Rangliste und keine Gesamtnote.",
        en="The order is your choice. There is no ranking and no overall mark.",
    ),
    "compare_rule_missing": Text(
        de="Keine Angabe heißt nicht null. Indikatoren, zu denen keine der gewählten Kommunen einen Wert hat, stehen nicht in der Tabelle.",
        en="No figure does not mean zero. Indicators for which none of those chosen has a value are left out of the table.",
    ),
    "compare_rule_years": Text(
        de="Verschiedene Jahre und Werte mit anderer Definition sind nicht vergleichbar; dann steht das in der letzten Spalte.",
        en="Different years and values of another definition cannot be compared; the last column then says so.",
    ),
    "compare_rule_peers": Text(
        de="Die Adresse dieser Seite enthält Ihre Wahl. Als Lesezeichen öffnet sie dieselbe Gegenüberstellung wieder.",
        en="The address of this page holds your choice. As a bookmark it opens the same comparison again.",
    ),
}
