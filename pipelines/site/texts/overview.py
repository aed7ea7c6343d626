"""Texts of pages that are not about one place: start, indicators, sources, checks."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "start_lead": Text(
        de="Oder wählen Sie unten ein Land, dann einen Kreis oder gleich die Gemeinde. "
        "Jede Kommune hat eine eigene Seite, auch wenn über sie noch nichts bekannt ist.",
        en="Or choose a state below, then a district or the municipality itself. "
        "Every municipality has a page of its own, even where nothing is known yet.",
    ),
    "method": Text(de="Definition", en="Definition"),
    "version": Text(de="Version {version}", en="Version {version}"),
    "coverage": Text(de="Abdeckung", en="Coverage"),
    "coverage_one": Text(
        de="Eine Gebietseinheit hat mindestens einen Wert.", en="One unit has at least one value."
    ),
    "coverage_many": Text(
        de="{count} Gebietseinheiten haben mindestens einen Wert.",
        en="{count} units have at least one value.",
    ),
    "latest_caption": Text(
        de="Neuester Wert je Gebietseinheit, nach Land und Name geordnet; keine Rangliste",
        en="Newest value of each unit, in the order of states and names; not a ranking",
    ),
    "older": Text(
        de="Frühere Jahre stehen auf der Seite der jeweiligen Kommune.",
        en="Earlier years stand on the page of each municipality.",
    ),
    "spread_caption": Text(de="Wie oft welcher Wert vorkommt", en="How often each value occurs"),
    "frequency": Text(de="Gebietseinheiten", en="Units"),
    "place": Text(de="Gebietseinheit", en="Unit of territory"),
    "publisher": Text(de="Herausgeber", en="Publisher"),
    "licence": Text(de="Lizenz", en="Licence"),
    "attribution": Text(de="Quellenvermerk", en="Attribution"),
    "homepage": Text(de="Herkunft im Netz", en="Where it comes from"),
    "state": Text(de="Stand", en="State of reading"),
    "rows": Text(de="Datensätze angenommen / zurückgestellt", en="Rows accepted / set aside"),
    "file": Text(de="Datei", en="File"),
    "size": Text(de="Größe", en="Size"),
    "bytes": Text(de="{count} Byte", en="{count} bytes"),
    "checksum": Text(de="Prüfsumme (SHA-256)", en="Checksum (SHA-256)"),
    "checks_lead": Text(
        de="Diese Prüfungen hat die Veröffentlichung durchlaufen. Bei einer nicht bestandenen Prüfung "
        "der Stufe „stoppt“ wird nicht veröffentlicht.",
        en="The release went through these checks. Nothing is published when a check of level “stops” fails.",
    ),
    "checks_caption": Text(de="Prüfungen mit Ergebnis", en="Checks and their results"),
    "check": Text(de="Prüfung", en="Check"),
    "table": Text(de="Tabelle", en="Table"),
    "owner": Text(de="Wer handelt", en="Who acts"),
    "severity": Text(de="Stufe", en="Level"),
    "severity_stop": Text(de="stoppt", en="stops"),
    "severity_warn": Text(de="warnt", en="warns"),
    "severity_note": Text(de="Hinweis", en="note"),
    "checked": Text(de="geprüft", en="checked"),
    "passed": Text(de="bestanden", en="passed"),
    "failed": Text(de="nicht bestanden", en="failed"),
    "remedy": Text(de="Was zu tun ist", en="What to do"),
    "state_read": Text(de="gelesen", en="read"),
    "state_stale": Text(
        de="nicht erreichbar, letzter guter Stand verwendet", en="not reachable, last good files used"
    ),
    "state_absent": Text(de="in diesem Lauf nicht vorhanden", en="not there in this run"),
    "state_failed": Text(de="nicht lesbar", en="not readable"),
    "concept_STAT_CONC_DEF": Text(de="Begriff", en="Concept"),
    "concept_UNIT_MEASURE": Text(de="Maßeinheit", en="Unit of measure"),
    "concept_SOURCE_TYPE": Text(de="Art der Quelle", en="Kind of source"),
    "concept_DATA_COMP": Text(de="Zusammenstellung der Daten", en="Compilation of the data"),
    "concept_COMPARABILITY": Text(de="Vergleichbarkeit", en="Comparability"),
    "concept_REC_USE_LIM": Text(de="Grenzen der Verwendung", en="Limits of use"),
    "concept_PITFALLS": Text(de="Worauf zu achten ist", en="What to watch for"),
    "concept_CONF": Text(de="Geheimhaltung", en="Confidentiality"),
    "concept_CONTACT": Text(de="Ansprechstelle", en="Contact"),
    "concept_DATA_VALIDATION": Text(de="Prüfung der Daten", en="Validation of the data"),
    "concept_FREQ_COLL": Text(de="Häufigkeit", en="Frequency"),
    "concept_IMPUTATION": Text(de="Fehlende Werte", en="Missing values"),
    "concept_REF_AREA": Text(de="Gebiet", en="Area"),
    "concept_REG_AGG": Text(de="Zusammenfassungen", en="Aggregates"),
    "concept_TIMELINESS": Text(de="Aktualität", en="Timeliness"),
    "concept_STANDARDS": Text(de="Angelehnt an", en="Modelled on"),
}
