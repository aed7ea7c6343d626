"""Partnerships with developing countries per 100,000 inhabitants."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import PARTNERSHIPS
from indicators.standard import Standard
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
    core=True,
    standards=(
        Standard(
            framework="sdg_municipalities",
            goal=17,
            title="(Projekt-)Partnerschaften mit Kommunen aus Entwicklungsländern",
            note=Text(de="je 100.000 Einwohner", en="per 100,000 inhabitants"),
        ),
    ),
    metadata={
        **PARTNERSHIPS,
        "STAT_CONC_DEF": Text(
            de="Partnerschaften mit Kommunen in Entwicklungsländern geteilt durch Einwohner am 31. Dezember, mal 100.000",
            en="Partnerships with developing countries divided by population at 31 December, times 100,000",
        ),
        "UNIT_MEASURE": Text(de="Anzahl je 100.000 Einwohner", en="Number per 100,000 inhabitants"),
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
