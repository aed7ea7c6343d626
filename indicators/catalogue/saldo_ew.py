"""Financial balance per inhabitant (context)."""

from indicators.indicator import Example, Indicator, in_millionths
from indicators.metadata_texts import EURO_PER_INHABITANT, OTHER_PROVIDER
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="saldo_ew",
    number=24,
    letter="b",
    family="context",
    name=Text(de="Finanzmittelsaldo je Einwohner", en="Financial balance per capita"),
    description=Text(
        de="Einzahlungen abzüglich Auszahlungen aus laufender Verwaltung und Investitionen je Einwohner.",
        en="Receipts less payments of current operations and investment per inhabitant.",
    ),
    formula=in_millionths("financial_balance_per_inhabitant"),
    unit=Text(de="€ je Einwohner", en="€ per inhabitant"),
    kind="balance",
    decimals=2,
    direction="higher",
    definition_version="1.0",
    context=True,
    standards=(
        Standard(
            framework="portal",
            title="Finanzmittelsaldo",
            note=Text(
                de="im Thema Finanzen geführt, keinem SDG zugeordnet",
                en="shown under finance, filed under no SDG",
            ),
        ),
    ),
    metadata={
        **OTHER_PROVIDER,
        "STAT_CONC_DEF": Text(
            de="Einzahlungen minus Auszahlungen der laufenden Verwaltung und der Investitionen, geteilt durch Einwohner, nach der Berechnung des Anbieters",
            en="Receipts minus payments of current operations and investment divided by inhabitants, by the provider's calculation",
        ),
        "UNIT_MEASURE": EURO_PER_INHABITANT,
    },
    pitfalls=Text(
        de="Kann negativ sein; einmalige Verkäufe verzerren einzelne Jahre. Der Anbieter führt die Zahl im Thema Finanzen, nicht unter SDG 17.",
        en="May be negative; one-off sales distort single years. The provider shows the figure under finance, not under SDG 17.",
    ),
    examples=(
        Example(measures={"financial_balance_per_inhabitant": -75250000}, value=-75.25),
        Example(measures={"financial_balance_per_inhabitant": 0}, value=0.0),
        Example(measures={"financial_balance_per_inhabitant": None}, value=None, obs_status="L"),
    ),
)
