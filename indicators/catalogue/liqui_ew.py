"""Liquidity loans per inhabitant (context)."""

from indicators.indicator import Example, Indicator, in_millionths
from indicators.metadata_texts import EURO_PER_INHABITANT, OTHER_PROVIDER
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="liqui_ew",
    number=24,
    family="context",
    name=Text(de="Liquiditätskredite je Einwohner", en="Liquidity loans per capita"),
    description=Text(
        de="Bestand an Liquiditätskrediten des Kernhaushalts am 31. Dezember je Einwohner.",
        en="Stock of liquidity loans of the core budget at 31 December per inhabitant.",
    ),
    formula=in_millionths("liquidity_loans_per_inhabitant"),
    unit=Text(de="€ je Einwohner", en="€ per inhabitant"),
    kind="money",
    decimals=2,
    direction="lower",
    definition_version="1.0",
    context=True,
    standards=(Standard(framework="portal", goal=16, title="Liquiditätskredite"),),
    metadata={
        **OTHER_PROVIDER,
        "STAT_CONC_DEF": Text(
            de="Liquiditätskredite im Kernhaushalt (Bestand 31. Dezember) geteilt durch Einwohner nach der Berechnung des Anbieters",
            en="Liquidity loans of the core budget (stock at 31 December) divided by inhabitants by the provider's calculation",
        ),
        "UNIT_MEASURE": EURO_PER_INHABITANT,
    },
    pitfalls=Text(
        de="Nur Kernhaushalt; Entschuldungsprogramme der Länder sind Brüche in der Reihe. Andere führen die Zahl unter SDG 16.",
        en="Core budget only; debt-relief programmes of the Länder break the series. Others file the figure under SDG 16.",
    ),
    examples=(
        Example(measures={"liquidity_loans_per_inhabitant": 250500000}, value=250.5),
        Example(measures={"liquidity_loans_per_inhabitant": 0}, value=0.0),
        Example(measures={"liquidity_loans_per_inhabitant": None}, value=None, obs_status="L"),
    ),
)
