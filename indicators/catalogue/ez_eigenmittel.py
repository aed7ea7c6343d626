"""Own funds in spending on development cooperation."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import BUDGET, PERCENT
from indicators.standard import Standard
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
    core=True,
    standards=(
        Standard(
            framework="council_paper",
            note=Text(de="dort eine zu 90 % geförderte Stelle", en="there a position with a grant of 90 %"),
        ),
    ),
    metadata={
        **BUDGET,
        "STAT_CONC_DEF": Text(
            de="Bruttoausgaben abzüglich erhaltener Zuwendungen, geteilt durch Bruttoausgaben",
            en="Gross spending less grants received, divided by gross spending",
        ),
        "UNIT_MEASURE": PERCENT,
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
