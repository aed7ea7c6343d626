"""Texts of the council report; it shares the words of the pages for everything else."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "report_title": Text(
        de="{name}: Globale Partnerschaft (SDG 17)", en="{name}: global partnership (SDG 17)"
    ),
    "report_subtitle": Text(
        de="Kurzbericht für Rat und Verwaltung", en="Brief for council and administration"
    ),
    "report_figures": Text(de="Auf einen Blick", en="At a glance"),
    "report_no_figures": Text(
        de="Für Bilder liegen noch keine Werte vor. Was erhoben wird und woran es fehlt, steht auf der nächsten Seite.",
        en="There are no values to draw yet. What is collected and what is lacking is said on the next page.",
    ),
    "report_values": Text(
        de="Neueste Werte mit Status; hochgestellte Ziffern führen zu den Anmerkungen",
        en="Newest values with status; raised figures lead to the notes",
    ),
    "report_values_heading": Text(de="Werte", en="Values"),
    "report_lower_bound": Text(de="Untergrenze", en="lower bound"),
    "report_at_least": Text(de="mindestens {value}", en="at least {value}"),
    "report_none_named": Text(de="in den Quellen keine genannt", en="none named in the sources"),
    "report_facts": Text(de="Titel, Beschlüsse, Stellen", en="Titles, resolutions, posts"),
    "report_partners": Text(de="Internationale Partnerschaften", en="International partnerships"),
    "report_gaps": Text(de="Wofür es keinen Wert gibt", en="What there is no value for"),
    "report_gap_one": Text(de="Ein Indikator: {reason}", en="One indicator: {reason}"),
    "report_gap_many": Text(de="{count} Indikatoren: {reason}", en="{count} indicators: {reason}"),
    "report_more_one": Text(
        de="und ein weiterer Eintrag auf der Seite der Kommune",
        en="and one more entry on the page of the unit",
    ),
    "report_more_many": Text(
        de="und {count} weitere Einträge auf der Seite der Kommune",
        en="and {count} more entries on the page of the unit",
    ),
    "report_notes": Text(de="Anmerkungen", en="Notes"),
    "report_note_missing": Text(
        de="Keine Angabe heißt nicht null: Es liegt keine Quelle vor. Null heißt gemessen oder bestätigt null.",
        en="No data does not mean zero: there is no source. Zero means measured or confirmed as zero.",
    ),
    "report_note_population": Text(
        de="Bevölkerung: {count} Einwohner am {date} (Basis {base}); Beträge je Einwohner rechnen mit dem Stand ihres Jahres.",
        en="Population: {count} inhabitants on {date} (base {base}); amounts per inhabitant use the figure of their year.",
    ),
    "report_note_no_population": Text(
        de="Bevölkerung: In dieser Veröffentlichung ist kein Stand bekannt.",
        en="Population: this release knows no figure.",
    ),
    "report_note_territory": Text(
        de="Gebietsstand: {day}. Werte früherer Jahre gelten für das Gebiet ihrer Zeit.",
        en="Territory as of {day}. Values of earlier years are for the territory of their time.",
    ),
    "report_note_ranking": Text(
        de="Die Werte sind keine Rangliste; Kommunen unterscheiden sich in Größe, Aufgaben und Haushaltsrecht.",
        en="The values are no league table; municipalities differ in size, tasks and budget law.",
    ),
    "report_sources": Text(de="Quellen und Lizenzen", en="Sources and licences"),
    "report_source": Text(
        de="{title}. {publisher}. Lizenz: {licence}. {attribution}",
        en="{title}. {publisher}. Licence: {licence}. {attribution}",
    ),
    "report_changed": Text(
        de="Alle Quellen wurden verändert: ausgewertet, zusammengeführt und in Indikatoren umgerechnet.",
        en="All sources were changed: evaluated, joined and turned into indicators.",
    ),
    "report_cite": Text(de="So zitieren", en="How to cite"),
    "report_cite_text": Text(
        de="{product}: Kurzbericht {name} ({ags}), Veröffentlichung {release} vom {day}.",
        en="{product}: brief on {name} ({ags}), release {release} of {day}.",
    ),
    "report_release": Text(
        de="Veröffentlichung {release} vom {day}, Prüfsumme des Inhalts {hash}",
        en="Release {release} of {day}, checksum of its content {hash}",
    ),
    "report_page": Text(de="Seite", en="page"),
    "picture_flagged": Text(de="Ist mit Vorbehalt", en="actual with reservation"),
    "picture_reserved": Text(de="Vorbehalt {year}: {status}", en="Reservation {year}: {status}"),
    "picture_scale": Text(de="{unit}; alle auf derselben Skala", en="{unit}; all on the same scale"),
    "picture_map": Text(
        de="{known} von {all} Gemeinden haben einen Wert", en="{known} of {all} municipalities have a value"
    ),
    "picture_partners": Text(
        de="{name}: Die Quellen nennen {count} Partnerschaften in {states} Staaten",
        en="{name}: the sources name {count} partnerships in {states} countries",
    ),
    "picture_world": Text(
        de="Internationale Partnerschaften. Gefüllt: Staaten der Partner; Punkte: Orte, soweit eine Quelle sie nennt",
        en="Partnerships abroad. Filled: countries of the partners; dots: places where a source states them",
    ),
    "picture_release": Text(
        de="Eigene Berechnung: {product}, Veröffentlichung {release}.",
        en="Own computation: {product}, release {release}.",
    ),
}
