"""Texts of the pages about one municipality, association, district or Land."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "key": Text(de="Amtlicher Schlüssel", en="Official key"),
    "population": Text(de="Einwohner", en="Inhabitants"),
    "territory": Text(de="Gebietsstand", en="Territory as of"),
    "dissolved": Text(
        de="Diese Gebietseinheit besteht nicht mehr (nicht mehr im Verzeichnis seit {date}).",
        en="This unit no longer exists (not in the register since {date}).",
    ),
    "partnerships": Text(de="Internationale Partnerschaften", en="International partnerships"),
    "partnerships_caption": Text(
        de="Partnerschaften und Kontakte ins Ausland, die eine Quelle nennt",
        en="Partnerships and contacts abroad that a source names",
    ),
    "partnerships_note": Text(
        de="Offene Verzeichnisse sind unvollständig. Nicht genannt heißt nicht, dass es nichts gibt.",
        en="Open registers are incomplete. Not named does not mean that there is nothing.",
    ),
    "partner": Text(de="Partner", en="Partner"),
    "country": Text(de="Staat", en="Country"),
    "category": Text(de="Art", en="Kind"),
    "since": Text(de="Zeitraum", en="Period"),
    "own_computation": Text(
        de="eigene Berechnung aus den hier veröffentlichten Angaben",
        en="own computation from the figures published here",
    ),
    "document": Text(de="Dokument", en="Document"),
    "theme_money": Text(de="Geld", en="Money"),
    "theme_partnerships": Text(de="Partnerschaften", en="Partnerships"),
    "theme_fair_trade": Text(de="Fairer Handel", en="Fair trade"),
    "theme_programmes": Text(de="Programme und Zusammenhang", en="Programmes and coherence"),
    "theme_migration": Text(
        de="Menschen und migrantische Organisationen", en="People and migrant organisations"
    ),
    "theme_context": Text(de="Rahmenbedingungen", en="Context"),
    "themes_label": Text(de="Themen dieser Seite", en="Subjects of this page"),
    "nothing_on": Text(de="Keine Angabe gibt es zu: {themes}.", en="There is no figure on: {themes}."),
    "evidence": Text(de="Beleg", en="evidence"),
    "silent": Text(de="Wozu es keine Angabe gibt", en="What there is no figure on"),
    "indicators_one": Text(de="1 Indikator", en="1 indicator"),
    "indicators_many": Text(de="{count} Indikatoren", en="{count} indicators"),
    "badge": Text(de="Datenlage", en="Data available"),
    "badge_note": Text(
        de="Anteil der Kernindikatoren, für die es hier einen Wert gibt ({year}). Ein niedriger Anteil sagt etwas "
        "über die Daten, nichts über die Kommune.",
        en="Share of the core indicators that have a value here ({year}). A low share says something about "
        "the data, nothing about the municipality.",
    ),
    "all_named": Text(de="Alle Einträge zuletzt genannt am {day}.", en="All entries last named on {day}."),
    "named": Text(de="zuletzt genannt", en="last named"),
    "known_places_caption": Text(
        de="Gemeinden und wozu es dort Angaben gibt", en="Municipalities and what is known there"
    ),
    "known_here": Text(de="Bekannt", en="Known"),
    "place_name": Text(de="Name", en="Name"),
    "correction": Text(de="Fehler melden", en="Report an error"),
    "correction_note": Text(
        de="Etwas fehlt oder stimmt nicht? Nennen Sie den Schlüssel {key}, Indikator, Jahr und ein Dokument, "
        "das den richtigen Wert belegt.",
        en="Something is missing or wrong? Name the key {key}, the indicator, the year and a document "
        "that shows the right value.",
    ),
    "files_to_download": Text(de="Zahlen herunterladen", en="Download the figures"),
    "embed": Text(de="Auf eigener Seite einbetten", en="Embed on a page of your own"),
    "embed_note": Text(
        de="Ersetzen Sie „https://ADRESSE-DIESER-SEITEN“ durch den Anfang der Adresse in Ihrem Browser, bis vor "
        "„/gemeinde“, „/kreis“ oder „/en“.",
        en="Replace “https://ADDRESS-OF-THESE-PAGES” by the beginning of the address in your browser, up to "
        "“/en”.",
    ),
    "embed_placeholder": Text(de="https://ADRESSE-DIESER-SEITEN", en="https://ADDRESS-OF-THESE-PAGES"),
    "embed_ready": Text(
        de="Diese Zeile in die eigene Seite einfügen. Sie lädt nur diese eine kleine Seite und setzt keine Cookies.",
        en="Put this line into your page. It loads this one small page only and sets no cookies.",
    ),
    "on_paper": Text(de="Für die Ratssitzung", en="For the council"),
    "on_paper_note": Text(
        de="Diese Seite lässt sich drucken, wie sie ist: Der Druck lässt Menüs weg und öffnet, was zugeklappt ist.",
        en="This page can be printed as it is: print leaves out menus and opens what is folded.",
    ),
    "on_paper_report": Text(
        de="Einen Bericht auf zwei A4-Seiten mit Sätzen, Bildern, Tabellen und Stand der Veröffentlichung schreibt, wer "
        "diese Seiten betreibt, mit einem Befehl: sdg17 report {key}. Fragen Sie danach:",
        en="A report on two A4 pages with sentences, pictures, tables and the release it comes from is written by whoever "
        "runs these pages, with one command: sdg17 report {key}. Ask for it:",
    ),
    "no_district_total": Text(
        de="Summen über die Gemeinden eines Kreises gibt es hier nicht: Zusammen mit den Summen des Landes ließen sich "
        "aus ihnen kleine vertrauliche Zahlen einzelner Gemeinden zurückrechnen.",
        en="There are no totals over the municipalities of a district here: together with the totals of the state, small "
        "confidential counts of single municipalities could be worked out from them.",
    ),
    "correction_where": Text(de="Wohin Sie schreiben können", en="Where to write"),
    "engagements": Text(
        de="Titel, Beschlüsse, Stellen und Förderungen", en="Titles, resolutions, posts and grants"
    ),
    "engagements_caption": Text(de="Aus Dokumenten belegt", en="Documented"),
    "fact": Text(de="Tatsache", en="Fact"),
    "attested": Text(de="belegt zum", en="documented as of"),
    "no_values": Text(de="Indikatoren ohne Wert", en="Indicators without a value"),
    "caption_actual": Text(de="Ist-Werte", en="Actual values"),
    "caption_plan": Text(de="Planwerte", en="Planned values"),
    "plan": Text(de="Plan", en="Plan"),
    "value_plan": Text(de="Plan", en="Plan"),
    "value_actual": Text(de="Wert", en="Value"),
    "calculation": Text(de="So gerechnet", en="How it is computed"),
    "legend_actual": Text(de="Ist", en="actual"),
    "legend_flagged": Text(
        de="Ist mit Vorbehalt (Status siehe Tabelle)", en="actual with reservation (status in the table)"
    ),
    "legend_plan": Text(de="Plan (Umriss)", en="plan (outline)"),
    "legend_gap": Text(
        de="gestrichelte Linie = ab hier mit früheren Jahren nicht vergleichbar",
        en="dashed line = from here on not comparable with earlier years",
    ),
    "legend_missing": Text(de="k. A. = keine Angabe", en="n/a = no figure"),
    "legend_yes": Text(de="ja", en="yes"),
    "legend_no": Text(de="nein (Umriss)", en="no (outline)"),
    "no_row": Text(de="keine Quelle nennt einen Stand", en="no source says anything"),
    "independent_city": Text(
        de="Kreisfreie Stadt: Kreis und Gemeinde sind dieselbe Verwaltung.",
        en="Independent city: district and municipality are one administration.",
    ),
    "city_page": Text(
        de="Alle Werte stehen auf der Seite der Stadt {name}", en="All values stand on the page of {name}"
    ),
    "district_page": Text(de="Als Kreis geführt unter {key}", en="As a district it has the key {key}"),
    "former": Text(de="Frühere Gebietseinheiten", en="Former units"),
    "set_aside": Text(de="Ausgaben, die nicht zuzuordnen sind", en="Spending that cannot be attributed"),
    "set_aside_note": Text(
        de="Diese Beträge stehen im Haushalt bei Stellen, die auch für globale Partnerschaft arbeiten. "
        "Welcher Teil dafür ausgegeben wird, sagt der Haushalt nicht; sie sind in keinem Indikator enthalten.",
        en="These amounts stand in the budget under offices that also work for global partnership. Which "
        "part serves it the budget does not say; no indicator contains them.",
    ),
    "amount": Text(de="Betrag", en="Amount"),
    "per_head": Text(de="je Einwohner", en="per inhabitant"),
    "phase": Text(de="Ist oder Plan", en="Actual or plan"),
    "nothing_known": Text(
        de="Für {name} liegt noch keine Angabe zu globaler Partnerschaft (SDG 17) vor. "
        "Das heißt nicht, dass es hier nichts gibt.",
        en="For {name} there is no figure on global partnership (SDG 17) yet. "
        "That does not mean that there is nothing.",
    ),
    "nothing_known_ended": Text(
        de="Für {name} liegt keine Angabe zu globaler Partnerschaft (SDG 17) vor; neue kommen nicht mehr hinzu. "
        "Das heißt nicht, dass es hier nichts gab.",
        en="For {name} there is no figure on global partnership (SDG 17), and there will be no new ones. "
        "That does not mean that there was nothing.",
    ),
    "lower_bound_short": Text(
        de="Untergrenze: gezählt ist nur, was die Quellen nennen",
        en="lower bound: only what the sources name is counted",
    ),
    "lower_bound_none": Text(
        de="keine genannt; das heißt nicht, dass es keine gibt",
        en="none named; that does not mean there is none",
    ),
    "incomplete_lists_short": Text(
        de="aus unvollständigen Verzeichnissen berechnet", en="computed from incomplete registers"
    ),
    "earlier": Text(de="Frühere Jahre: keine Angabe.", en="Earlier years: no figure."),
    "from_year": Text(de="seit {since}", en="since {since}"),
    "until_year": Text(de="bis {until}", en="until {until}"),
    "on_day": Text(de="am {day}", en="on {day}"),
    "in_year": Text(de=" {year}", en=" in {year}"),
    "documented_as_of": Text(de="belegt zum {day}", en="documented as of {day}"),
    "stated_no": Text(de="{fact}: nein", en="{fact}: no"),
    "sentence_gs_one": Text(
        de="Für {name} nennen die Quellen eine Partnerschaft mit einer Kommune in einem "
        "Entwicklungsland ({year}).",
        en="For {name} the sources name one partnership with a municipality in a developing country ({year}).",
    ),
    "sentence_gs_many": Text(
        de="Für {name} nennen die Quellen {count} Partnerschaften mit Kommunen in Entwicklungsländern ({year}).",
        en="For {name} the sources name {count} partnerships with municipalities in developing "
        "countries ({year}).",
    ),
    "sentence_partners_one": Text(
        de="Für {name} nennen die Quellen eine internationale Partnerschaft.",
        en="For {name} the sources name one international partnership.",
    ),
    "sentence_partners_many": Text(
        de="Für {name} nennen die Quellen {count} internationale Partnerschaften.",
        en="For {name} the sources name {count} international partnerships.",
    ),
    "sentence_partners_ever_one": Text(
        de="Für {name} nennen die Quellen eine internationale Partnerschaft, über alle Jahre gesehen.",
        en="For {name} the sources name one international partnership, over all years.",
    ),
    "sentence_partners_ever_many": Text(
        de="Für {name} nennen die Quellen {count} internationale Partnerschaften, über alle Jahre gesehen.",
        en="For {name} the sources name {count} international partnerships, over all years.",
    ),
    "sentence_fairtrade_town": Text(
        de="{name} trägt den Titel Fairtrade-Town ({since}).",
        en="{name} holds the title Fairtrade Town ({since}).",
    ),
    "sentence_agenda_2030_resolution": Text(
        de="{name} hat{when} die Musterresolution zur Agenda 2030 beschlossen.",
        en="{name} adopted the model resolution on the 2030 Agenda{when}.",
    ),
    "sentence_coordination_position": Text(
        de="{name} hat eine Koordinationsstelle für Entwicklungspolitik ({since}).",
        en="{name} has a coordination post for development policy ({since}).",
    ),
    "sentence_development_policy_concept": Text(
        de="{name} hat ein entwicklungspolitisches Konzept ({since}).",
        en="{name} has a development policy strategy ({since}).",
    ),
    "sentence_no_spending": Text(
        de="Für {name} weist der Haushalt {year} keine Ausgaben für Entwicklungszusammenarbeit aus.",
        en="For {name} the {year} budget shows no spending on development cooperation.",
    ),
    "sentence_spending": Text(
        de="{year} gab {name} {value} für Entwicklungszusammenarbeit aus{reservation}.",
        en="In {year} {name} spent {value} on development cooperation{reservation}.",
    ),
    "message_only_plan": Text(
        de="Nur Planzahlen: {value} ({year})", en="Planned figures only: {value} ({year})"
    ),
    "message_both": Text(de="{first} und {last} je {value}", en="{value} each in {first} and {last}"),
    "message_change": Text(
        de="Von {start} ({first}) auf {value} ({last})", en="From {start} ({first}) to {value} ({last})"
    ),
    "message_alone": Text(de="{value} ({year})", en="{value} ({year})"),
    "message_lower_bound": Text(
        de="{value} in den ausgewerteten Quellen ({year})", en="{value} in the sources read ({year})"
    ),
    "message_none_named": Text(
        de="In den ausgewerteten Quellen keine genannt ({year})", en="None named in the sources read ({year})"
    ),
    "message_at_least": Text(de="Mindestens {value} ({year})", en="At least {value} ({year})"),
    "message_incomplete": Text(
        de="{value} nach unvollständigen Verzeichnissen ({year})",
        en="{value} according to incomplete registers ({year})",
    ),
    "message_since": Text(de="{value} ({first} bis {last})", en="{value} ({first} to {last})"),
    "alternative": Text(de="Diagramm: {name}. {years}", en="Chart: {name}. {years}"),
    "alternative_plan": Text(de=". Plan: {years}.", en=". Plan: {years}."),
}
