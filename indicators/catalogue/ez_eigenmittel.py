"""Own funds in spending on development cooperation."""

from indicators.indicator import Example, Indicator
from quality.status import Text

INDICATOR = Indicator(
    id="ez_eigenmittel",
    number=3,
    family="money",
    name=Text(
        de="Eigenmittelquote der Ausgaben für Entwicklungszusammenarbeit",
        en="Own-funds share of development cooperation",
    ),
    description=Text(
        de="Welcher Teil der Ausgaben für Entwicklungszusammenarbeit nicht durch Zuwendungen Dritter gedeckt ist.",
        en="Part of development cooperation spending not covered by grants received.",
    ),
    formula="cast(100 * (development_spending - development_grants) as double) / nullif(development_spending, 0)",
    denominator="development_spending",
    unit=Text(de="%", en="%"),
    kind="share",
    decimals=1,
    direction="none",
    definition_version="1.0",
    levels=("municipality", "district", "association"),
    has_plan=True,
    standards=(),
    metadata={
        "STAT_CONC_DEF": Text(
            de="Bruttoausgaben abzüglich erhaltener Zuwendungen, geteilt durch Bruttoausgaben",
            en="Gross spending less grants received, divided by gross spending",
        ),
        "UNIT_MEASURE": Text(de="Prozent", en="Percent"),
        "SOURCE_TYPE": Text(
            de="Haushaltsdaten der Kommune, zugeordnet nach veröffentlichten Regeln",
            en="Municipal budgets, classified by published rules",
        ),
        "DATA_COMP": Text(
            de="Zuwendungen zählen im Jahr ihres Eingangs.", en="Grants count in the year they are received."
        ),
        "REC_USE_LIM": Text(
            de="Weder hoch noch niedrig ist besser: Förderung einzuwerben ist erwünscht.",
            en="Neither high nor low is better: winning grants is wanted.",
        ),
        "COMPARABILITY": Text(
            de="Auszahlung und Zuwendung können in verschiedene Jahre fallen.",
            en="Payment and grant may fall into different years.",
        ),
    },
    pitfalls=Text(
        de="Zeitpunkt der Zuwendung; ohne Ausgaben nicht berechenbar.",
        en="Timing of grants; cannot be computed without spending.",
    ),
    examples=(
        Example(measures={"development_spending": 1000, "development_grants": 900}, value=10.0),
        Example(measures={"development_spending": 0, "development_grants": 0}, value=None, obs_status="M"),
        Example(
            measures={"development_spending": 1000, "development_grants": None}, value=None, obs_status="O"
        ),
    ),
)
