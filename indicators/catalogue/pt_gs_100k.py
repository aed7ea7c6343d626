"""Partnerships with developing countries per 100,000 inhabitants."""

from indicators.indicator import Example, Indicator
from quality.status import Text

INDICATOR = Indicator(
    id="pt_gs_100k",
    number=13,
    family="partnerships",
    name=Text(
        de="Partnerschaften mit Kommunen in Entwicklungsländern je 100.000 Einwohner",
        en="Partnerships with developing countries per 100,000 inhabitants",
    ),
    description=Text(
        de="Partnerschaften mit Kommunen in Ländern der DAC-Liste, bezogen auf 100.000 Einwohner am 31. Dezember.",
        en="Partnerships with municipalities in countries on the DAC list per 100,000 inhabitants at 31 December.",
    ),
    formula="cast(100000 * partnerships_dac as double) / nullif(population_31_12, 0)",
    denominator="population_31_12",
    unit=Text(de="je 100.000 Einwohner", en="per 100,000 inhabitants"),
    kind="rate",
    decimals=2,
    direction="higher",
    definition_version="1.0",
    weak_below=20_000,
    levels=("municipality", "district"),
    standards=('"SDG-Indikatoren für Kommunen" (SDG 17)',),
    metadata={
        "STAT_CONC_DEF": Text(
            de="Partnerschaften mit Kommunen in Entwicklungsländern geteilt durch Einwohner am 31. Dezember, mal 100.000",
            en="Partnerships with developing countries divided by population at 31 December, times 100,000",
        ),
        "UNIT_MEASURE": Text(de="Anzahl je 100.000 Einwohner", en="Number per 100,000 inhabitants"),
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
        de="Unter 20.000 Einwohnern bestimmt eine einzige Partnerschaft den Wert; dort nicht vergleichen.",
        en="Below 20,000 inhabitants a single partnership decides the value; do not compare there.",
    ),
    examples=(
        Example(measures={"partnerships_dac": 2, "population_31_12": 50000}, value=4.0),
        Example(measures={"partnerships_dac": 2, "population_31_12": 0}, value=None, obs_status="M"),
        Example(measures={"partnerships_dac": None, "population_31_12": 50000}, value=None, obs_status="O"),
    ),
)
