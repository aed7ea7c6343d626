"""Spending on international partnerships per inhabitant."""

from indicators.indicator import Example, Indicator
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
    core=False,
    standards=(),
    metadata={
        "STAT_CONC_DEF": Text(
            de="Summe der Haushaltszeilen mit dem Zweck internationale Partnerschaft je Einwohner am 30. Juni",
            en="Sum of budget lines tagged international partnership per inhabitant on 30 June",
        ),
        "UNIT_MEASURE": Text(de="Euro je Einwohnerin und Einwohner", en="Euro per inhabitant"),
        "SOURCE_TYPE": Text(
            de="Haushaltsdaten der Kommune, zugeordnet nach veröffentlichten Regeln",
            en="Municipal budgets, classified by published rules",
        ),
        "DATA_COMP": Text(
            de="Haushalte führen kein eigenes Produkt für Entwicklungszusammenarbeit; die Zuordnung ist je Kommune geprüft, Rechnungssysteme unterscheiden sich.",
            en="Budgets have no product of their own for development cooperation; lines are classified per municipality, accounting systems differ.",
        ),
        "REC_USE_LIM": Text(
            de="Nur Ist-Zahlen; Planzahlen stehen gesondert. Werte verschiedener Rechnungssysteme nicht ohne Hinweis vergleichen.",
            en="Actual figures only; plan figures stand apart. Do not compare accounting systems without saying so.",
        ),
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
