"""Spending on international partnerships per inhabitant."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import BUDGET, EURO_PER_INHABITANT
from quality.status import Text

INDICATOR = Indicator(
    id="pt_ausg_ew",
    number=36,
    family="money",
    name=Text(
        de="Ausgaben für internationale Partnerschaften je Einwohner",
        en="Expenditure on international partnerships per capita",
    ),
    description=Text(
        de="Was die Kommune im Jahr für Partnerschaften und Kontakte ausgegeben hat, die keine Entwicklungszusammenarbeit sind, geteilt durch ihre Einwohnerzahl.",
        en="Spending on twin towns and contacts that are not development cooperation, divided by population.",
    ),
    formula="cast(partnership_spending as double) / nullif(100 * population_30_06, 0)",
    denominator="population_30_06",
    unit=Text(de="€ je Einwohner", en="€ per inhabitant"),
    kind="money",
    decimals=2,
    direction="none",
    definition_version="1.0",
    levels=("municipality", "district"),
    has_plan=True,
    standards=(),
    metadata={
        **BUDGET,
        "STAT_CONC_DEF": Text(
            de="Summe der Haushaltszeilen mit dem Zweck internationale Partnerschaft je Einwohner am 30. Juni",
            en="Sum of budget lines tagged international partnership per inhabitant on 30 June",
        ),
        "UNIT_MEASURE": EURO_PER_INHABITANT,
        "COMPARABILITY": Text(
            de="Getrennt von der Entwicklungszusammenarbeit, damit eine Partnerstadt in Europa nie als solche zählt.",
            en="Kept apart from development cooperation so that a twin town in Europe never counts as such.",
        ),
    },
    pitfalls=Text(
        de="Empfänge und Jubiläen schwanken von Jahr zu Jahr.",
        en="Receptions and anniversaries vary from year to year.",
    ),
    examples=(
        Example(
            measures={"partnership_spending": 1918224, "population_30_06": 18917}, value=1.0140212507268593
        ),
        Example(measures={"partnership_spending": 1, "population_30_06": 0}, value=None, obs_status="M"),
        Example(
            measures={"partnership_spending": None, "population_30_06": 18917}, value=None, obs_status="O"
        ),
    ),
)
