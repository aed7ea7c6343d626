"""Rooms provided to migrant organisations."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import NUMBER, OWN_STATEMENT
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="mig_raeume_n",
    number=28,
    family="migration",
    name=Text(
        de="Für migrantische Organisationen bereitgestellte Räume",
        en="Rooms provided to migrant organisations",
    ),
    description=Text(
        de="Anzahl der Räume, die am 31. Dezember migrantischen Organisationen bereitgestellt sind.",
        en="Number of rooms provided to migrant organisations at 31 December.",
    ),
    formula="migrant_organisation_rooms",
    unit=Text(de="Räume", en="rooms"),
    kind="count",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    standards=(
        Standard(
            framework="skew_report", note=Text(de="bereitgestellte Räumlichkeiten", en="rooms provided")
        ),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(de="Bereitgestellte Räume am 31. Dezember", en="Rooms provided at 31 December"),
        "UNIT_MEASURE": NUMBER,
    },
    pitfalls=Text(
        de="Räume sind keine Organisationen: Ein Haus mit 50 Vereinen ist nicht 50 Räume.",
        en="Rooms are not organisations: a house with 50 associations is not 50 rooms.",
    ),
    examples=(
        Example(measures={"migrant_organisation_rooms": 2}, value=2.0),
        Example(measures={"migrant_organisation_rooms": 0}, value=0.0),
        Example(measures={"migrant_organisation_rooms": None}, value=None, obs_status="L"),
    ),
)
