"""Remittances: not computable for a municipality."""

from indicators.indicator import Indicator, NotComputable
from indicators.metadata_texts import NOT_OBSERVED
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="ueberweisungen",
    number=37,
    family="context",
    name=Text(de="Rücküberweisungen", en="Remittances"),
    description=Text(
        de="Geldsendungen von Einwohnern an Angehörige im Ausland. Für Kommunen nicht berechenbar.",
        en="Money sent by inhabitants to relatives abroad. Not computable for municipalities.",
    ),
    formula=None,
    unit=Text(de="Prozent", en="Percent"),
    kind="share",
    decimals=1,
    direction="none",
    definition_version="1.0",
    not_computable=NotComputable(
        obs_status="L",
        reason=Text(
            de="Geldsendungen werden nur für Deutschland und nach Empfängerland veröffentlicht (Bundesbank). Eine Erhebung nach Kommunen gibt es nicht, ein kommunales Bruttoinlandsprodukt ebenso wenig.",
            en="Remittances are published for Germany and by receiving country only (Bundesbank). No collection by municipality exists, nor does a municipal gross domestic product.",
        ),
    ),
    context=True,
    standards=(
        Standard(
            framework="un",
            code="17.3.2",
            goal=17,
            title="Volume of remittances (in United States dollars) as a proportion of total GDP",
        ),
    ),
    metadata={
        **NOT_OBSERVED,
        "STAT_CONC_DEF": Text(
            de="Geldsendungen in das Ausland im Verhältnis zum Bruttoinlandsprodukt",
            en="Remittances in relation to gross domestic product",
        ),
        "UNIT_MEASURE": Text(de="Prozent", en="Percent"),
    },
    pitfalls=Text(
        de="Kein Ersatz durch Schätzungen aus Bevölkerungsanteilen.",
        en="No substitute by estimates from population shares.",
    ),
    examples=(),
)
