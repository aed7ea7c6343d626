"""Share of fair-trade products in eligible procurement."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import OWN_STATEMENT, PERCENT
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="fair_anteil",
    number=6,
    family="fair_trade",
    name=Text(
        de="Anteil fairer Produkte an ausgewählten Produktgruppen",
        en="Fair-trade share of eligible procurement",
    ),
    description=Text(
        de="Welcher Anteil der Beschaffung in Warengruppen mit fairem Angebot auf fair gehandelte Produkte entfällt.",
        en="Part of the procurement in product groups with fair-trade supply that is fair trade.",
    ),
    formula="cast(100 * fair_trade_spending as double) / nullif(eligible_procurement, 0)",
    denominator="eligible_procurement",
    unit=Text(de="%", en="%"),
    kind="share",
    decimals=1,
    direction="higher",
    definition_version="1.0",
    has_plan=True,
    standards=(
        Standard(
            framework="sdg_municipalities",
            goal=17,
            title="Ausgaben für fair gehandelte Produkte",
            note=Text(
                de="als Anteil an der Beschaffung der Warengruppen",
                en="as a share of procurement in the product groups",
            ),
        ),
        Standard(
            framework="compass",
            note=Text(de="Warengruppen mit fairem Angebot", en="product groups with fair-trade supply"),
        ),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="Ausgaben für Produkte mit anerkanntem Siegel geteilt durch die gesamte Beschaffung in denselben Warengruppen (Kaffee, Tee, Textilien, Bälle, Steine, Blumen)",
            en="Spending on products with an accepted label divided by all procurement in the same product groups (coffee, tea, textiles, balls, stone, flowers)",
        ),
        "UNIT_MEASURE": PERCENT,
        "COMPARABILITY": Text(
            de="Nur vergleichbar, wenn Siegelliste und Warengruppen dieselbe Fassung haben; die Fassung dieser Definition ist die des Meldebogens.",
            en="Comparable only where label list and product groups are the same edition; this definition uses that of the return form.",
        ),
    },
    pitfalls=Text(
        de="Die Liste der Warengruppen ist versioniert; Zähler aus dem Haushalt (Status D) sind meist Kampagnenmittel. Meldet eine Kommune mehr faire als gesamte Beschaffung, gilt der Nenner als unbekannt.",
        en="The list of product groups is versioned; numerators from budgets (status D) are mostly campaign money. Where a municipality states more fair than total procurement, the denominator counts as unknown.",
    ),
    examples=(
        Example(measures={"fair_trade_spending": 25000, "eligible_procurement": 100000}, value=25.0),
        Example(
            measures={"fair_trade_spending": None, "eligible_procurement": 100000}, value=None, obs_status="O"
        ),
        Example(measures={"fair_trade_spending": 0, "eligible_procurement": 0}, value=None, obs_status="M"),
    ),
)
