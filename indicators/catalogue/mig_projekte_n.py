"""Projects with migrant partners."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import NUMBER, OWN_STATEMENT
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="mig_projekte_n",
    number=27,
    family="migration",
    name=Text(de="Projekte mit migrantischen Partnerinnen und Partnern", en="Projects with migrant partners"),
    description=Text(
        de="Anzahl der Projekte mit mindestens einer migrantischen Organisation oder Person als Partner, die an einem Tag des Jahres liefen.",
        en="Number of projects with at least one migrant organisation or person as partner that ran on any day of the year.",
    ),
    formula="projects_with_migrant_partners",
    unit=Text(de="Projekte", en="projects"),
    kind="count",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    standards=(
        Standard(
            framework="skew_report",
            note=Text(
                de="Anzahl der Projekte mit migrantischen Partnern",
                en="number of projects with migrant partners",
            ),
        ),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="Projekte mit mindestens einer migrantischen Organisation oder Person als Partner, die an irgendeinem Tag des Jahres liefen",
            en="Projects with at least one migrant organisation or person as partner that ran on any day of the year",
        ),
        "UNIT_MEASURE": NUMBER,
    },
    pitfalls=Text(
        de="Ein mehrjähriges Projekt zählt in jedem Jahr; Beteiligung als Publikum ist keine Partnerschaft.",
        en="A project over several years counts in each; taking part as audience is no partnership.",
    ),
    examples=(
        Example(measures={"projects_with_migrant_partners": 2}, value=2.0),
        Example(measures={"projects_with_migrant_partners": 0}, value=0.0),
        Example(measures={"projects_with_migrant_partners": None}, value=None, obs_status="L"),
    ),
)
