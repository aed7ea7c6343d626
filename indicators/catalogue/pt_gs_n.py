"""Partnerships with municipalities in developing countries."""

from indicators.indicator import Example, Indicator
from quality.status import Text

INDICATOR = Indicator(
    id="pt_gs_n",
    number=12,
    family="partnerships",
    name=Text(
        de="Partnerschaften mit Kommunen in Entwicklungsländern",
        en="Partnerships with municipalities in developing countries",
    ),
    description=Text(
        de="Anzahl der am 31. Dezember bestehenden Partnerschaften mit Kommunen in Ländern der DAC-Liste.",
        en="Number of partnerships at 31 December with municipalities in countries on the DAC list.",
    ),
    formula="partnerships_dac",
    unit=Text(de="Partnerschaften", en="partnerships"),
    kind="count",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    levels=("municipality", "district"),
    standards=('"SDG-Indikatoren für Kommunen" (SDG 17)',),
    metadata={
        "STAT_CONC_DEF": Text(
            de="Verschiedene Partner (Partnerschaft, Freundschaft, Projekt) in Ländern der DAC-Liste des Jahres, Bestand am 31. Dezember",
            en="Distinct partners (partnership, friendship, project) in countries on the DAC list of the year, stock at 31 December",
        ),
        "UNIT_MEASURE": Text(de="Anzahl", en="Number"),
        "SOURCE_TYPE": Text(
            de="Offene Verzeichnisse (Wikidata, Wikipedia) und Dokumente der Kommunen",
            en="Open lists (Wikidata, Wikipedia) and municipal documents",
        ),
        "DATA_COMP": Text(
            de="Gezählt werden verschiedene Partner, die eine Quelle für den 31. Dezember belegt; doppelte Nennungen sind zusammengeführt.",
            en="Distinct partners that a source attests for 31 December; repeated mentions are merged.",
        ),
        "REC_USE_LIM": Text(
            de="Untergrenze: Offene Verzeichnisse sind unvollständig; nicht genannt heißt nicht null.",
            en="Lower bound: open lists are incomplete; not listed does not mean zero.",
        ),
        "COMPARABILITY": Text(
            de="Wer Entwicklungsland ist, richtet sich nach der DAC-Liste des jeweiligen Jahres.",
            en="Who counts as developing country follows the DAC list of the year.",
        ),
    },
    pitfalls=Text(
        de="Verlässt ein Land die DAC-Liste, sinkt die Zahl, ohne dass sich vor Ort etwas ändert; bloße Kontakte zählen nicht.",
        en="When a country leaves the DAC list the number falls though nothing changed on the ground; mere contacts do not count.",
    ),
    examples=(
        Example(measures={"partnerships_dac": 2}, value=2.0),
        Example(measures={"partnerships_dac": 0}, value=0.0),
        Example(measures={"partnerships_dac": None}, value=None, obs_status="O"),
    ),
)
