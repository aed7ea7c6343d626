"""Tax revenue per inhabitant (context)."""

from indicators.indicator import Example, Indicator, in_millionths
from indicators.metadata_texts import EURO_PER_INHABITANT, OTHER_PROVIDER
from indicators.standard import ANALOGUE, Standard
from quality.status import Text

INDICATOR = Indicator(
    id="steuer_ew",
    number=22,
    family="context",
    name=Text(de="Steuereinnahmen je Einwohner", en="Tax revenue per capita"),
    description=Text(
        de="Steuereinnahmen der Kommune je Einwohner, wie der Anbieter sie berechnet. Rahmenbedingung, kein Maß für globale Partnerschaft.",
        en="Tax revenue per inhabitant as the provider computes it. A condition, not a measure of global partnership.",
    ),
    formula=in_millionths("tax_revenue_per_inhabitant"),
    unit=Text(de="€ je Einwohner", en="€ per inhabitant"),
    kind="money",
    decimals=2,
    direction="none",
    definition_version="1.0",
    core=True,
    context=True,
    standards=(
        Standard(framework="portal", goal=16, title="Steuereinnahmen"),
        Standard(
            framework="un",
            code="17.1.1",
            goal=17,
            title="Total government revenue as a proportion of GDP, by source",
            note=ANALOGUE,
        ),
    ),
    metadata={
        **OTHER_PROVIDER,
        "STAT_CONC_DEF": Text(
            de="Steuereinnahmen geteilt durch Einwohner nach der Berechnung des Anbieters, die bei jedem Wert steht",
            en="Tax revenue divided by inhabitants by the provider's calculation, which stands beside each value",
        ),
        "UNIT_MEASURE": EURO_PER_INHABITANT,
    },
    pitfalls=Text(
        de="Schwankt mit der Gewerbesteuer; Kreise sind die Summe ihrer Gemeinden. Andere führen die Zahl unter SDG 16.",
        en="Volatile with the trade tax; districts are the sum of their municipalities. Others file the figure under SDG 16.",
    ),
    examples=(
        Example(measures={"tax_revenue_per_inhabitant": 1433200000}, value=1433.2),
        Example(measures={"tax_revenue_per_inhabitant": 0}, value=0.0),
        Example(measures={"tax_revenue_per_inhabitant": None}, value=None, obs_status="L"),
    ),
)
