"""School-building projects."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import NUMBER, OWN_STATEMENT
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="schulen_n",
    number=32,
    family="programmes",
    name=Text(de="Schulbauprojekte", en="School-building projects"),
    description=Text(
        de="Anzahl der Schulen, die im Jahr mit Spenden eröffnet wurden oder im Bau waren („1000 Schulen für unsere Welt“).",
        en='Number of schools opened or under construction in the year with donations ("1000 Schulen für unsere Welt").',
    ),
    formula="school_building_projects",
    unit=Text(de="Schulen", en="schools"),
    kind="count",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    standards=(
        Standard(
            framework="dlt_circular",
            note=Text(
                de="Initiative „1000 Schulen für unsere Welt“", en='initiative "1000 Schulen für unsere Welt"'
            ),
        ),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="Mit Spenden finanzierte Schulen, die im Jahr eröffnet wurden oder im Bau waren",
            en="Donation-funded schools opened or under construction in the year",
        ),
        "UNIT_MEASURE": NUMBER,
        "SOURCE_TYPE": Text(
            de="Eigenangaben im Meldebogen und Dokumente der Verbände",
            en="Statements in the return form and documents of associations",
        ),
    },
    pitfalls=Text(
        de="Spenden sind keine Ausgaben der Kommune und zählen nie in Indikator 1; die Zahl eines Dokuments gilt für das Jahr, das es nennt.",
        en="Donations are not municipal spending and never count in indicator 1; a document's number holds for the year it names.",
    ),
    examples=(
        Example(measures={"school_building_projects": 2}, value=2.0),
        Example(measures={"school_building_projects": 0}, value=0.0),
        Example(measures={"school_building_projects": None}, value=None, obs_status="L"),
    ),
)
