"""Households with broadband of at least 100 Mbit/s (context)."""

from indicators.indicator import Example, Indicator, in_millionths
from indicators.metadata_texts import OTHER_PROVIDER, PERCENT
from indicators.standard import ANALOGUE, Standard
from quality.status import Text

INDICATOR = Indicator(
    id="breitband100",
    number=25,
    family="context",
    name=Text(de="Breitbandversorgung ab 100 Mbit/s", en="Households with at least 100 Mbit/s"),
    description=Text(
        de="Anteil der privaten Haushalte, denen mindestens 100 Mbit/s zur Verfügung stehen.",
        en="Share of private households to which at least 100 Mbit/s are available.",
    ),
    formula=in_millionths("broadband_share"),
    unit=Text(de="%", en="%"),
    kind="share",
    decimals=1,
    direction="higher",
    definition_version="1.0",
    core=True,
    context=True,
    standards=(
        Standard(framework="portal", goal=9, title="Breitbandversorgung private Haushalte"),
        Standard(
            framework="un",
            code="17.6.1",
            goal=17,
            title="Fixed Internet broadband subscriptions per 100 inhabitants, by speed",
            note=ANALOGUE,
        ),
    ),
    metadata={
        **OTHER_PROVIDER,
        "STAT_CONC_DEF": Text(
            de="Haushalte mit verfügbaren 100 Mbit/s geteilt durch alle Haushalte nach der Berechnung des Anbieters",
            en="Households with 100 Mbit/s available divided by all households by the provider's calculation",
        ),
        "UNIT_MEASURE": PERCENT,
    },
    pitfalls=Text(
        de="Bis 2022 galt 50 Mbit/s; Werte, deren Berechnungstext 100 Mbit/s nicht nennt, tragen Status D. Andere führen die Zahl unter SDG 9.",
        en="Until 2022 the limit was 50 Mbit/s; values whose wording does not name 100 Mbit/s carry status D. Others file the figure under SDG 9.",
    ),
    examples=(
        Example(measures={"broadband_share": 92500000}, value=92.5),
        Example(measures={"broadband_share": 0}, value=0.0),
        Example(measures={"broadband_share": None}, value=None, obs_status="L"),
    ),
)
