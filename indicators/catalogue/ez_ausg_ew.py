"""Spending on development cooperation per inhabitant."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import BUDGET, EURO_PER_INHABITANT
from indicators.standard import ANALOGUE, Standard
from quality.status import Text

INDICATOR = Indicator(
    id="ez_ausg_ew",
    number=1,
    family="money",
    name=Text(
        de="Ausgaben für Entwicklungszusammenarbeit je Einwohner",
        en="Development cooperation expenditure per capita",
    ),
    description=Text(
        de="Was die Kommune im Jahr brutto für Entwicklungszusammenarbeit im In- und Ausland ausgegeben hat, geteilt durch ihre Einwohnerzahl.",
        en="Gross municipal spending on development cooperation, at home and abroad, divided by population.",
    ),
    formula="cast(development_spending as double) / nullif(100 * population_30_06, 0)",
    denominator="population_30_06",
    unit=Text(de="€ je Einwohner", en="€ per inhabitant"),
    kind="money",
    decimals=2,
    direction="higher",
    definition_version="1.0",
    levels=("municipality", "district", "association"),
    has_plan=True,
    core=True,
    standards=(
        Standard(framework="sdg_municipalities", goal=17, title="Ausgaben für Entwicklungszusammenarbeit"),
        Standard(
            framework="un",
            code="17.2.1",
            goal=17,
            title="Net official development assistance, total and to least developed countries, as a proportion of the OECD Development Assistance Committee donors’ gross national income (GNI)",
            note=ANALOGUE,
        ),
    ),
    metadata={
        **BUDGET,
        "STAT_CONC_DEF": Text(
            de="Summe der Haushaltszeilen mit dem Zweck Entwicklungszusammenarbeit (Inland und Ausland), ohne interne Verrechnungen, je Einwohner am 30. Juni",
            en="Sum of budget lines tagged development cooperation (domestic and abroad), without internal transfers, per inhabitant on 30 June",
        ),
        "UNIT_MEASURE": EURO_PER_INHABITANT,
        "COMPARABILITY": Text(
            de="Brutto, einschließlich Zuwendungen von Bund und Land; zwischen Kommunen nur bei gleichem Rechnungssystem vergleichbar.",
            en="Gross, including grants received; comparable between municipalities only within one accounting system.",
        ),
    },
    pitfalls=Text(
        de="Kein eigenes Produkt im Haushalt; Plan ist nicht Ist; Spenden und Vereinsmittel zählen nicht; Partnerschaften innerhalb Europas zählen nicht als Entwicklungszusammenarbeit.",
        en="No product of its own in budgets; plan is not actual; donations do not count; partnerships within Europe are not development cooperation.",
    ),
    examples=(
        Example(measures={"development_spending": 250000, "population_30_06": 1000}, value=2.5),
        Example(measures={"development_spending": 0, "population_30_06": 1000}, value=0.0),
        Example(measures={"development_spending": 250000, "population_30_06": 0}, value=None, obs_status="M"),
        Example(
            measures={"development_spending": None, "population_30_06": 1000}, value=None, obs_status="O"
        ),
    ),
)
