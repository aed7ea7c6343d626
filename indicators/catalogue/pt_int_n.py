"""All partnerships abroad."""

from indicators.indicator import Example, Indicator
from quality.status import Text

INDICATOR = Indicator(
    id="pt_int_n",
    number=17,
    family="partnerships",
    name=Text(de="Internationale Partnerschaften insgesamt", en="All partnerships abroad"),
    description=Text(
        de="Anzahl aller am 31. Dezember bestehenden Partnerschaften mit Kommunen im Ausland.",
        en="Number of all partnerships at 31 December with municipalities abroad.",
    ),
    formula="partnerships_foreign",
    unit=Text(de="Partnerschaften", en="partnerships"),
    kind="count",
    decimals=0,
    direction="none",
    definition_version="1.0",
    levels=("municipality", "district"),
    standards=(),
    metadata={
        "STAT_CONC_DEF": Text(
            de="Verschiedene Partner im Ausland, Bestand am 31. Dezember",
            en="Distinct partners abroad, stock at 31 December",
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
        de="Ruhende Partnerschaften führen die Quellen meist weiter.",
        en="Sources usually keep listing suspended partnerships.",
    ),
    examples=(
        Example(measures={"partnerships_foreign": 7}, value=7.0),
        Example(measures={"partnerships_foreign": None}, value=None, obs_status="O"),
    ),
)
