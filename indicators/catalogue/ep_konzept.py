"""Development-policy concept in force."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import DOCUMENTED
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="ep_konzept",
    number=33,
    family="programmes",
    name=Text(de="Entwicklungspolitisches Konzept", en="Development-policy concept"),
    description=Text(
        de="Ob am 31. Dezember ein vom Rat beschlossenes entwicklungspolitisches Konzept gilt.",
        en="Whether a council-adopted development-policy concept is in force at 31 December.",
    ),
    formula="development_policy_concept",
    unit=Text(de="0/1", en="0/1"),
    kind="binary",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    levels=("municipality", "district"),
    standards=(
        Standard(
            framework="council_paper",
            note=Text(de="Konzepte der dort genannten Städte", en="concepts of the cities named there"),
        ),
    ),
    metadata={
        **DOCUMENTED,
        "STAT_CONC_DEF": Text(
            de="1, wenn ein beschlossenes Konzept am 31. Dezember gilt; 0, wenn ein Dokument sagt, dass keines besteht",
            en="1 if an adopted concept is in force at 31 December; 0 if a document says there is none",
        ),
        "REC_USE_LIM": Text(de="Sagt nichts über die Umsetzung.", en="Says nothing about implementation."),
        "COMPARABILITY": Text(
            de="Umfang und Verbindlichkeit unterscheiden sich.", en="Scope and force differ."
        ),
    },
    pitfalls=Text(
        de="Konzepte veralten, ohne aufgehoben zu werden.",
        en="Concepts age without being repealed.",
    ),
    examples=(
        Example(measures={"development_policy_concept": 1}, value=1.0),
        Example(measures={"development_policy_concept": 0}, value=0.0),
        Example(measures={"development_policy_concept": None}, value=None, obs_status="L"),
    ),
)
