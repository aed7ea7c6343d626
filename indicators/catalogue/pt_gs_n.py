"""Partnerships with municipalities in developing countries."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import NUMBER, PARTNERSHIPS
from indicators.standard import Standard
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
    core=True,
    standards=(
        Standard(
            framework="sdg_municipalities",
            goal=17,
            title="(Projekt-)Partnerschaften mit Kommunen aus Entwicklungsländern",
        ),
    ),
    metadata={
        **PARTNERSHIPS,
        "STAT_CONC_DEF": Text(
            de="Verschiedene Partner (Partnerschaft, Freundschaft, Projekt) in Ländern der DAC-Liste des Jahres, Bestand am 31. Dezember",
            en="Distinct partners (partnership, friendship, project) in countries on the DAC list of the year, stock at 31 December",
        ),
        "UNIT_MEASURE": NUMBER,
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
