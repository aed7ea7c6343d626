"""Spending on fair-trade products per inhabitant."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import BUDGET, EURO_PER_INHABITANT
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="fair_ausg_ew",
    number=5,
    family="fair_trade",
    name=Text(
        de="Ausgaben für fair gehandelte Produkte je Einwohner", en="Fair-trade procurement per capita"
    ),
    description=Text(
        de="Was die Kommune im Jahr für fair gehandelte Produkte ausgegeben hat, geteilt durch ihre Einwohnerzahl.",
        en="Municipal spending on fair-trade products divided by population.",
    ),
    formula="cast(fair_trade_spending as double) / nullif(100 * population_30_06, 0)",
    denominator="population_30_06",
    unit=Text(de="€ je Einwohner", en="€ per inhabitant"),
    kind="money",
    decimals=2,
    direction="higher",
    definition_version="1.0",
    levels=("municipality", "district"),
    has_plan=True,
    core=True,
    standards=(
        Standard(framework="sdg_municipalities", goal=17, title="Ausgaben für fair gehandelte Produkte"),
    ),
    metadata={
        **BUDGET,
        "STAT_CONC_DEF": Text(
            de="Ausgaben für Produkte mit anerkanntem Siegel je Einwohner am 30. Juni; aus Haushalten sind meist nur Zeilen der Fairtrade-Kampagne erkennbar (Status D)",
            en="Spending on products with an accepted label per inhabitant on 30 June; budgets mostly show only lines of the fair-trade campaign (status D)",
        ),
        "UNIT_MEASURE": EURO_PER_INHABITANT,
        "DATA_COMP": Text(
            de="Haushalte weisen Einkäufe fair gehandelter Produkte selten einzeln aus; Rückmeldungen der Kommunen gehen vor.",
            en="Budgets rarely show purchases of fair-trade products; returns by municipalities take precedence.",
        ),
        "COMPARABILITY": Text(
            de="Siegelliste und Warengruppen müssen gleich sein; Kantinenverträge fehlen oft.",
            en="Label list and product groups must be equal; catering contracts are often missing.",
        ),
    },
    pitfalls=Text(
        de="Siegelliste; Verpflegungsverträge; dezentraler Einkauf; Kampagnenmittel sind keine Einkäufe.",
        en="Label list; catering contracts; decentralised purchasing; campaign money is not a purchase.",
    ),
    examples=(
        Example(measures={"fair_trade_spending": 1000000, "population_30_06": 20000}, value=0.5),
        Example(
            measures={"fair_trade_spending": None, "population_30_06": 20000}, value=None, obs_status="O"
        ),
        Example(measures={"fair_trade_spending": 5, "population_30_06": 0}, value=None, obs_status="M"),
    ),
)
