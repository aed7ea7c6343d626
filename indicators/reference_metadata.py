"""Reference metadata of an indicator: what its file states, and what follows for all alike.

Belongs here: the concepts a metadata report asks for that need not be written in every file (area,
frequency, timeliness, confidentiality, aggregation, contact). Does not belong here: texts of single
indicators or families (`indicators/metadata_texts.py`), or a form of exchange.

Concept names follow the metadata structure of the global SDG indicators. Text is given in German
and English.
"""

from __future__ import annotations

from collections.abc import Mapping

from indicators.indicator import OWN_GOAL, Indicator
from quality.status import Text

OWN_CONCEPTS = (
    "STAT_CONC_DEF",
    "UNIT_MEASURE",
    "SOURCE_TYPE",
    "DATA_COMP",
    "REC_USE_LIM",
    "COMPARABILITY",
)
"""Concepts every declaration states itself, alone or by a shared text."""

LEVEL_NAMES: Mapping[str, Text] = {
    "municipality": Text(de="Gemeinden", en="municipalities"),
    "district": Text(de="Kreise und kreisfreie Städte", en="districts and independent cities"),
    "association": Text(de="Gemeindeverbände", en="associations of municipalities"),
    "land": Text(de="Länder", en="Länder"),
}

FOR_ALL: Mapping[str, Text] = {
    "TIMELINESS": Text(
        de="Berechnet in jeder Nacht aus den zuletzt gelesenen Quellen; letztes Berichtsjahr ist das letzte abgeschlossene Kalenderjahr.",
        en="Computed every night from the sources last read; the last reference year is the last complete calendar year.",
    ),
    "CONF": Text(
        de="Personenbezogene Anzahlen unter drei werden nicht veröffentlicht; Haushaltsdaten sind öffentlich.",
        en="Counts of persons under three are not published; budget data are public.",
    ),
    "IMPUTATION": Text(
        de="Fehlende Werte werden nicht geschätzt; jeder fehlende Wert trägt einen Status und einen Grund.",
        en="Missing values are not estimated; each carries a status and a reason.",
    ),
    "REG_AGG": Text(
        de="Zusammenfassungen sind Summe durch Summe der meldenden Einheiten mit Angabe der Abdeckung, nie Mittelwerte von Quoten.",
        en="Aggregates are ratios of sums over reporting units with their coverage, never means of rates.",
    ),
    "DATA_VALIDATION": Text(
        de="Jeder Wert wird aus der veröffentlichten Formel ein zweites Mal berechnet; abweichende Werte verhindern die Veröffentlichung.",
        en="Every value is computed a second time from the published formula; a difference prevents publication.",
    ),
    "CONTACT": Text(
        de="Betreiber dieser Veröffentlichung; Quellen und ihre Herausgeber stehen in der Tabelle source.",
        en="Operator of this publication; sources and their publishers stand in table source.",
    ),
}
"""Concepts with one text for every indicator."""


def concepts(indicator: Indicator) -> Mapping[str, Text]:
    """Every concept of the metadata report on one indicator, its own texts first."""
    own = {**indicator.metadata, "PITFALLS": indicator.pitfalls}
    if indicator.not_computable:
        return own
    return {**own, "REF_AREA": _area(indicator), "FREQ_COLL": _frequency(indicator), **FOR_ALL}


def filed_under(indicator: Indicator) -> int | None:
    """The goal an indicator belongs to; a context indicator to the one the portals file it under.

    Null where a portal shows the figure under no goal.
    """
    if indicator.context:
        for each in indicator.standards:
            if each.framework == "portal":
                return each.goal
    return OWN_GOAL


def _area(indicator: Indicator) -> Text:
    names = [LEVEL_NAMES[level] for level in indicator.levels]
    return Text(
        de="Deutschland: " + ", ".join(name.de for name in names),
        en="Germany: " + ", ".join(name.en for name in names),
    )


def _frequency(indicator: Indicator) -> Text:
    if indicator.every_years == 1:
        return Text(de="jährlich", en="annual")
    return Text(de=f"alle {indicator.every_years} Jahre", en=f"every {indicator.every_years} years")
