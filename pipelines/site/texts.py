"""Every German word the pages print that does not come from a table.

Belongs here: texts, by key. Does not belong here: rules about when a text is shown. A second
language is a second mapping with the same keys.
"""

from __future__ import annotations

from collections.abc import Mapping

DE: Mapping[str, str] = {
    "language": "de",
    "product": "SDG 17 Kommunalmonitor",
    "claim": "Was Kommunen für globale Partnerschaft tun, offen gemessen",
    "skip": "Zum Inhalt springen",
    "nav_label": "Hauptnavigation",
    "crumbs_label": "Sie sind hier",
    "nav_start": "Länder und Kommunen",
    "nav_indicators": "Indikatoren",
    "nav_sources": "Quellen",
    "nav_quality": "Prüfungen",
    "footer": "Keine Angabe heißt nicht null. Werte stehen immer mit Status, Quelle und Prüfsumme der Datei.",
    "footer_fonts": "Diese Seite lädt nichts von anderen Servern und braucht kein JavaScript.",
    "key": "Amtlicher Schlüssel",
    "land": "Land",
    "district": "Kreis",
    "population": "Einwohner",
    "territory": "Gebietsstand",
    "dissolved": "Diese Gebietseinheit besteht nicht mehr (nicht mehr im Verzeichnis seit {date}).",
    "facts": "Belegtes Engagement",
    "partnerships": "Internationale Partnerschaften",
    "partnerships_caption": "Partnerschaften und Kontakte ins Ausland, die eine Quelle nennt",
    "partnerships_note": "Offene Verzeichnisse sind unvollständig. Nicht genannt heißt nicht, dass es nichts gibt.",
    "partner": "Partner",
    "country": "Staat",
    "category": "Art",
    "since": "Zeitraum",
    "source": "Quelle",
    "sources": "Quellen",
    "own_computation": "eigene Berechnung aus den hier veröffentlichten Angaben",
    "document": "Dokument",
    "engagements": "Titel, Beschlüsse, Stellen und Förderungen",
    "engagements_caption": "Aus Dokumenten belegt",
    "fact": "Tatsache",
    "attested": "belegt zum",
    "indicators": "Indikatoren mit Werten",
    "no_values": "Indikatoren ohne Wert",
    "no_values_caption": "Wofür es hier keinen Wert gibt, und warum",
    "indicator": "Indikator",
    "status": "Status",
    "reason": "Grund",
    "year": "Jahr",
    "value": "Wert",
    "note": "Anmerkung",
    "caption_actual": "{name}: Ist-Werte",
    "caption_plan": "{name}: Planwerte",
    "plan": "Plan",
    "value_plan": "Plan",
    "value_actual": "Wert",
    "calculation": "So gerechnet",
    "formula": "Formel",
    "files": "Dateien und Prüfsummen (SHA-256)",
    "definition": "Was der Indikator sagt",
    "legend_actual": "Ist",
    "legend_flagged": "Ist mit Vorbehalt (Status siehe Tabelle)",
    "legend_plan": "Plan (Umriss)",
    "legend_gap": "gestrichelte Linie = ab hier mit früheren Jahren nicht vergleichbar",
    "legend_missing": "k. A. = keine Angabe",
    "legend_yes": "ja",
    "legend_no": "nein (Umriss)",
    "missing": "keine Angabe",
    "no_row": "Für dieses Jahr nennt keine Quelle einen Stand.",
    "independent_city": "Kreisfreie Stadt: Kreis und Gemeinde sind dieselbe Verwaltung.",
    "city_page": "Alle Werte stehen auf der Seite der Stadt {name}",
    "district_page": "Als Kreis geführt unter {key}",
    "municipalities": "Gemeinden",
    "former": "Frühere Gebietseinheiten",
    "districts": "Kreise und kreisfreie Städte",
    "letters": "Nach Anfangsbuchstaben",
    "lands": "Länder",
    "start_lead": "Wählen Sie ein Land, dann einen Kreis oder gleich die Gemeinde. "
    "Jede Kommune hat eine eigene Seite, auch wenn über sie noch nichts bekannt ist.",
    "with_facts": "mit belegten Partnerschaften, Titeln oder Ausgaben",
    "count_municipality": "1 Gemeinde, {known} davon mit belegten Angaben",
    "count_municipalities": "{count} Gemeinden, {known} davon mit belegten Angaben",
    "method": "Definition",
    "unit": "Einheit",
    "coverage": "Abdeckung",
    "coverage_one": "Eine Gebietseinheit hat mindestens einen Wert.",
    "coverage_text": "{count} Gebietseinheiten haben mindestens einen Wert.",
    "latest_caption": "Neuester Wert je Gebietseinheit, nach Land und Name geordnet; keine Rangliste",
    "older": "Frühere Jahre stehen auf der Seite der jeweiligen Kommune.",
    "spread_caption": "Wie oft welcher Wert vorkommt",
    "frequency": "Gebietseinheiten",
    "reasons_caption": "Gründe, aus denen Gebietseinheiten keinen Wert haben",
    "place": "Gebietseinheit",
    "publisher": "Herausgeber",
    "licence": "Lizenz",
    "attribution": "Quellenvermerk",
    "homepage": "Herkunft im Netz",
    "state": "Stand",
    "set_aside": "Ausgaben, die nicht zuzuordnen sind",
    "set_aside_note": (
        "Diese Beträge stehen im Haushalt bei Stellen, die auch für globale Partnerschaft arbeiten. Welcher Teil "
        "dafür ausgegeben wird, sagt der Haushalt nicht; sie sind in keinem Indikator enthalten."
    ),
    "amount": "Betrag",
    "per_head": "je Einwohner",
    "phase": "Ist oder Plan",
    "phase_actual": "Ist",
    "phase_plan": "Plan",
    "rows": "Datensätze angenommen / zurückgestellt",
    "file": "Datei",
    "size": "Größe",
    "checksum": "SHA-256",
    "checks_lead": "Diese Prüfungen hat die Veröffentlichung durchlaufen. Bei einer nicht bestandenen Prüfung "
    "der Stufe „stoppt“ wird nicht veröffentlicht.",
    "checks_caption": "Prüfungen mit Ergebnis",
    "check": "Prüfung",
    "table": "Tabelle",
    "severity": "Stufe",
    "outcome": "Ergebnis",
    "checked": "geprüft",
    "unexpected": "abweichend",
    "passed": "bestanden",
    "failed": "nicht bestanden",
    "remedy": "Was zu tun ist",
    "nothing_known": "Für {name} liegt noch keine Angabe zu globaler Partnerschaft (SDG 17) vor. "
    "Das heißt nicht, dass es hier nichts gibt.",
    "yes": "ja",
    "no": "nein",
    "earlier": "Frühere Jahre: keine Angabe.",
    "concept_STAT_CONC_DEF": "Begriff",
    "concept_UNIT_MEASURE": "Maßeinheit",
    "concept_SOURCE_TYPE": "Art der Quelle",
    "concept_DATA_COMP": "Zusammenstellung der Daten",
    "concept_COMPARABILITY": "Vergleichbarkeit",
    "concept_REC_USE_LIM": "Grenzen der Verwendung",
    "concept_PITFALLS": "Worauf zu achten ist",
    "concept_STANDARDS": "Angelehnt an",
}

ENGAGEMENT: Mapping[str, str] = {
    "fairtrade_town": "Fairtrade-Town",
    "agenda_2030_resolution": "Musterresolution zur Agenda 2030",
    "coordination_position": "Koordinationsstelle für kommunale Entwicklungspolitik",
    "coordination_position_grant_share": "Förderanteil der Koordinationsstelle",
    "development_policy_concept": "Entwicklungspolitisches Konzept",
    "school_building_projects": "Schulbauprojekte",
    "migration_development_body": "Gremium Migration und Entwicklung",
    "migrant_organisations_housed": "Untergebrachte migrantische Organisationen",
    "fair_trade_award": "Auszeichnung im Wettbewerb Hauptstadt des Fairen Handels",
    "fairtrade_schools": "Fairtrade-Schools",
    "schools": "Schulen",
}
"""Kinds of engagement as a page names them."""

CATEGORY: Mapping[str, str] = {
    "partnership": "Partnerschaft",
    "friendship": "Freundschaft",
    "contact": "Kontakt",
    "project": "Projektpartnerschaft",
    "unspecified": "nicht näher bezeichnet",
}

DISTRICT_KIND: Mapping[str, str] = {
    "41": "kreisfreie Stadt",
    "42": "Stadtkreis",
    "43": "Kreis",
    "44": "Landkreis",
    "45": "Regionalverband",
}
"""Textkennzeichen of districts; a city and the district around it often bear one name."""

STATE: Mapping[str, str] = {
    "read": "gelesen",
    "stale": "nicht erreichbar, letzter guter Stand verwendet",
    "absent": "in diesem Lauf nicht vorhanden",
    "failed": "nicht lesbar",
}

SEVERITY: Mapping[str, str] = {"stop": "stoppt", "warn": "warnt", "note": "Hinweis"}

UNITS: Mapping[str, tuple[str, str]] = {
    "persons": ("Einwohner", "Einwohner"),
    "count": ("", ""),
    "0/1": ("", ""),
}
"""Singular and plural written after a measure."""

CENSUS: Mapping[str, str] = {"census_2011": "Zensus 2011", "census_2022": "Zensus 2022"}
