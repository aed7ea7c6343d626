"""Financial balance per inhabitant (context)."""

from indicators.indicator import Example, Indicator, either
from indicators.metadata_texts import EURO_PER_INHABITANT, PROVIDER_OR_ACCOUNTS
from indicators.standard import Standard
from quality.status import Text

PUBLISHED = "financial_balance_per_inhabitant"
AMOUNTS = "cast(financial_balance as double) / nullif(100 * population_30_06, 0)"

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
    formula=either(PUBLISHED, AMOUNTS),
    published_as=PUBLISHED,
    sums_formula=AMOUNTS,
    denominator="population_30_06",
    unit=Text(de="€ je Einwohner", en="€ per inhabitant"),
    kind="balance",
    decimals=2,
    direction="higher",
    definition_version="1.1",
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
        **PROVIDER_OR_ACCOUNTS,
        "STAT_CONC_DEF": Text(
            de="Einzahlungen minus Auszahlungen der laufenden Verwaltung und der Investitionen, geteilt durch Einwohner, nach der Berechnung des Anbieters; in Nordrhein-Westfalen 2009 bis 2011 Kontengruppen 60 bis 66 und 68 abzüglich 70 bis 75 und 78 der Finanzrechnung, geteilt durch Einwohner am 30. Juni",
            en="Receipts minus payments of current operations and investment divided by inhabitants, by the provider's calculation; in North Rhine-Westphalia 2009 to 2011 account groups 60 to 66 and 68 less 70 to 75 and 78 of the cash accounts, divided by inhabitants on 30 June",
        ),
        "UNIT_MEASURE": EURO_PER_INHABITANT,
    },
    pitfalls=Text(
        de="Kann negativ sein; einmalige Verkäufe verzerren einzelne Jahre. Der Anbieter führt die Zahl im Thema Finanzen, nicht unter SDG 17.",
        en="May be negative; one-off sales distort single years. The provider shows the figure under finance, not under SDG 17.",
    ),
    examples=(
        Example(
            measures={PUBLISHED: -75250000, "financial_balance": None, "population_30_06": None}, value=-75.25
        ),
        Example(
            measures={PUBLISHED: None, "financial_balance": -7_525_000, "population_30_06": 1_000},
            value=-75.25,
        ),
        Example(measures={PUBLISHED: None, "financial_balance": 0, "population_30_06": 1_000}, value=0.0),
        Example(
            measures={PUBLISHED: None, "financial_balance": None, "population_30_06": 1_000},
            value=None,
            obs_status="L",
        ),
        Example(
            measures={PUBLISHED: None, "financial_balance": 5, "population_30_06": 0},
            value=None,
            obs_status="M",
        ),
    ),
)
