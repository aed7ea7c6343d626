"""One-World programme with a focus on sustainable development."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import CRITERIA_DIFFER, OWN_STATEMENT, YES_NO
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="ew_programm_ne",
    number=8,
    family="programmes",
    name=Text(
        de="Programm Eine-Welt-Politik mit Schwerpunkt Nachhaltige Entwicklung",
        en="One-World programme with sustainability focus",
    ),
    description=Text(
        de="Ob das am 31. Dezember geltende Programm zur Eine-Welt-Politik einen Schwerpunkt Nachhaltige Entwicklung hat.",
        en="Whether the One-World programme in force at 31 December has a focus on sustainable development.",
    ),
    formula="one_world_programme * one_world_programme_sustainable",
    unit=Text(de="0/1", en="0/1"),
    kind="binary",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    core=True,
    standards=(
        Standard(
            framework="sdg_municipalities",
            goal=17,
            title="Kommunale Programme im Bereich Eine-Welt-Politik mit Schwerpunkt Nachhaltige Entwicklung",
        ),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="1, wenn ein Programm gilt (Indikator 7) und es ein Kapitel zu nachhaltiger Entwicklung oder den SDG hat",
            en="1 if a programme is in force (indicator 7) and has a chapter on sustainable development or the SDGs",
        ),
        "UNIT_MEASURE": YES_NO,
        "COMPARABILITY": CRITERIA_DIFFER,
    },
    pitfalls=Text(
        de="Kann nur ja sein, wo Indikator 7 ja ist; die Formel multipliziert beide.",
        en="Can only be yes where indicator 7 is yes; the formula multiplies the two.",
    ),
    examples=(
        Example(measures={"one_world_programme": 1, "one_world_programme_sustainable": 1}, value=1.0),
        Example(measures={"one_world_programme": 0, "one_world_programme_sustainable": 1}, value=0.0),
        Example(
            measures={"one_world_programme": 1, "one_world_programme_sustainable": None},
            value=None,
            obs_status="L",
        ),
    ),
)
