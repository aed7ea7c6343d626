"""Tax revenue per inhabitant (context)."""

from indicators.indicator import Example, Indicator, either
from indicators.metadata_texts import EURO_PER_INHABITANT, PROVIDER_OR_ACCOUNTS
from indicators.standard import ANALOGUE, Standard
from quality.status import Text

PUBLISHED = "tax_revenue_per_inhabitant"
AMOUNTS = "cast(net_tax_revenue as double) / nullif(100 * population_30_06, 0)"

INDICATOR = Indicator(
    id="steuer_ew",
    number=22,
    family="context",
    name=Text(de="Steuereinnahmen je Einwohner", en="Tax revenue per capita"),
    description=Text(
        de="Steuereinnahmen der Kommune ohne Gewerbesteuerumlage je Einwohner. Rahmenbedingung, kein Maß für globale Partnerschaft.",
        en="Tax revenue net of the levy on trade tax per inhabitant. A condition, not a measure of global partnership.",
    ),
    formula=either(PUBLISHED, AMOUNTS),
    published_as=PUBLISHED,
    sums_formula=AMOUNTS,
    denominator="population_30_06",
    unit=Text(de="€ je Einwohner", en="€ per inhabitant"),
    kind="money",
    decimals=2,
    direction="none",
    definition_version="1.1",
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
        **PROVIDER_OR_ACCOUNTS,
        "STAT_CONC_DEF": Text(
            de="Steuereinnahmen geteilt durch Einwohner, nach der Berechnung des Anbieters, die bei jedem Wert steht; in Nordrhein-Westfalen 2009 bis 2011 Kontenarten 601 bis 603 abzüglich der Konten 7341 und 7342 der Finanzrechnung, geteilt durch Einwohner am 30. Juni",
            en="Tax revenue divided by inhabitants, by the provider's calculation, which stands beside each value; in North Rhine-Westphalia 2009 to 2011 account kinds 601 to 603 less accounts 7341 and 7342 of the cash accounts, divided by inhabitants on 30 June",
        ),
        "UNIT_MEASURE": EURO_PER_INHABITANT,
    },
    pitfalls=Text(
        de="Schwankt mit der Gewerbesteuer; Kreise sind die Summe ihrer Gemeinden. Andere führen die Zahl unter SDG 16.",
        en="Volatile with the trade tax; districts are the sum of their municipalities. Others file the figure under SDG 16.",
    ),
    examples=(
        Example(
            measures={PUBLISHED: 1433200000, "net_tax_revenue": None, "population_30_06": None}, value=1433.2
        ),
        Example(
            measures={PUBLISHED: None, "net_tax_revenue": 105_000_000, "population_30_06": 1_000},
            value=1050.0,
        ),
        Example(measures={PUBLISHED: 0, "net_tax_revenue": 5, "population_30_06": 1_000}, value=0.0),
        Example(
            measures={PUBLISHED: None, "net_tax_revenue": None, "population_30_06": 1_000},
            value=None,
            obs_status="L",
        ),
        Example(
            measures={PUBLISHED: None, "net_tax_revenue": 5, "population_30_06": 0},
            value=None,
            obs_status="M",
        ),
    ),
)
