"""Share of development cooperation spent for partner countries."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import BUDGET, PERCENT
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="ez_ausland",
    number=4,
    family="money",
    name=Text(
        de="Anteil der Entwicklungszusammenarbeit für Partnerländer",
        en="Share of development cooperation for partner countries",
    ),
    description=Text(
        de="Welcher Teil der Ausgaben für Entwicklungszusammenarbeit der Arbeit in und mit Partnerländern dient.",
        en="Part of development cooperation spending that serves work in and with partner countries.",
    ),
    formula="cast(100 * development_abroad as double) / nullif(development_spending, 0)",
    denominator="development_spending",
    unit=Text(de="%", en="%"),
    kind="share",
    decimals=1,
    direction="none",
    definition_version="1.0",
    levels=("municipality", "district"),
    has_plan=True,
    standards=(
        Standard(
            framework="oecd",
            note=Text(
                de="Ausgaben im Inland und in Partnerländern", en="spending at home and in partner countries"
            ),
        ),
        Standard(
            framework="skew_report", note=Text(de="Inlands- und Auslandsarbeit", en="work at home and abroad")
        ),
    ),
    metadata={
        **BUDGET,
        "STAT_CONC_DEF": Text(
            de="Ausgaben mit dem Zweck Auslandsarbeit geteilt durch alle Ausgaben für Entwicklungszusammenarbeit",
            en="Spending tagged abroad divided by all development cooperation spending",
        ),
        "UNIT_MEASURE": PERCENT,
        "REC_USE_LIM": Text(
            de="Inländische Bildungsarbeit ist nur begrenzt auf die öffentliche Entwicklungszusammenarbeit (ODA) anrechenbar.",
            en="Domestic education is only partly eligible as official development assistance.",
        ),
        "COMPARABILITY": Text(
            de="Die Abgrenzung von Inland und Ausland folgt der Zuordnung der Haushaltszeile.",
            en="The split between home and abroad follows the classification of the line.",
        ),
    },
    pitfalls=Text(
        de="Ohne Ausgaben nicht berechenbar; Sammelzeilen lassen sich nicht teilen.",
        en="Cannot be computed without spending; collective lines cannot be split.",
    ),
    examples=(
        Example(measures={"development_abroad": 600, "development_spending": 800}, value=75.0),
        Example(measures={"development_abroad": 0, "development_spending": 0}, value=None, obs_status="M"),
        Example(
            measures={"development_abroad": None, "development_spending": 800}, value=None, obs_status="O"
        ),
    ),
)
