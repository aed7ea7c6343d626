"""Awards for development policy and fair trade."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import NUMBER, OWN_STATEMENT
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="auszeichnung_n",
    number=34,
    family="programmes",
    name=Text(de="Auszeichnungen", en="Awards"),
    description=Text(
        de="Anzahl der Auszeichnungen des Jahres (Kommune bewegt Welt, Hauptstadt des Fairen Handels).",
        en="Number of awards in the year (Kommune bewegt Welt, Hauptstadt des Fairen Handels).",
    ),
    formula="awards",
    unit=Text(de="Auszeichnungen", en="awards"),
    kind="count",
    decimals=0,
    direction="none",
    definition_version="1.0",
    standards=(
        Standard(
            framework="skew_report",
            note=Text(
                de="Kommune bewegt Welt, Hauptstadt des Fairen Handels",
                en="Kommune bewegt Welt, Hauptstadt des Fairen Handels",
            ),
        ),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="Auszeichnungen, die im Jahr verliehen wurden", en="Awards given in the year"
        ),
        "UNIT_MEASURE": NUMBER,
        "SOURCE_TYPE": Text(
            de="Verzeichnisse der Preisträger und Eigenangaben im Meldebogen",
            en="Lists of laureates and statements in the return form",
        ),
    },
    pitfalls=Text(
        de="Preise werden nicht jedes Jahr vergeben; ausgewertete Listen nennen nur einen der Wettbewerbe.",
        en="Prizes are not given every year; the lists read name one of the competitions only.",
    ),
    examples=(
        Example(measures={"awards": 2}, value=2.0),
        Example(measures={"awards": 0}, value=0.0),
        Example(measures={"awards": None}, value=None, obs_status="L"),
    ),
)
