"""Fairtrade Town title in force."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import DOCUMENTED
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="fairtrade_town",
    number=20,
    family="fair_trade",
    name=Text(de="Fairtrade-Town-Titel", en="Fairtrade Town title"),
    description=Text(
        de="Ob die Kommune am 31. Dezember den Titel Fairtrade-Town trägt.",
        en="Whether the municipality holds the Fairtrade Town title at 31 December.",
    ),
    formula="fairtrade_town",
    unit=Text(de="0/1", en="0/1"),
    kind="binary",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    levels=("municipality", "district"),
    core=True,
    standards=(Standard(framework="portal", goal=12, title="Fairtrade-Towns"),),
    metadata={
        **DOCUMENTED,
        "STAT_CONC_DEF": Text(
            de="1, wenn ein Titel verliehen und nicht länger als zwei Jahre vor dem Stichtag erneuert wurde",
            en="1 if the title was awarded and renewed no more than two years before",
        ),
        "REC_USE_LIM": Text(
            de="Der Titel eines Landkreises macht seine Gemeinden nicht zu Fairtrade-Towns.",
            en="A title of a district does not make its municipalities Fairtrade Towns.",
        ),
        "COMPARABILITY": Text(de="Bundesweit gleiche Kriterien.", en="Same criteria nationwide."),
    },
    pitfalls=Text(
        de="Verlängerungen sind oft nicht belegt.",
        en="Renewals are often not documented.",
    ),
    examples=(
        Example(measures={"fairtrade_town": 1}, value=1.0),
        Example(measures={"fairtrade_town": None}, value=None, obs_status="L"),
    ),
)
