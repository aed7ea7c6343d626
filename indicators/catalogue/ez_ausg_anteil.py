"""Share of development cooperation in all current payments."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import BUDGET, PERCENT
from indicators.standard import ANALOGUE, Standard
from quality.status import Text

INDICATOR = Indicator(
    id="ez_ausg_anteil",
    number=2,
    family="money",
    name=Text(
        de="Anteil der Entwicklungszusammenarbeit an den Auszahlungen",
        en="Share of development cooperation in total payments",
    ),
    description=Text(
        de="Anteil der Ausgaben für Entwicklungszusammenarbeit an allen Auszahlungen aus laufender Verwaltungstätigkeit.",
        en="Spending on development cooperation as a share of all current payments.",
    ),
    formula="cast(100 * development_spending as double) / nullif(total_payments, 0)",
    denominator="total_payments",
    unit=Text(de="%", en="%"),
    kind="share",
    decimals=4,
    direction="higher",
    definition_version="1.0",
    levels=("municipality", "district"),
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
        Standard(framework="dns", code="17.1", goal=17, title="ODA / GNI", note=ANALOGUE),
    ),
    metadata={
        **BUDGET,
        "STAT_CONC_DEF": Text(
            de="Ausgaben für Entwicklungszusammenarbeit geteilt durch die laufenden Auszahlungen desselben Haushalts",
            en="Development cooperation spending divided by the current payments of the same budget",
        ),
        "UNIT_MEASURE": PERCENT,
        "REC_USE_LIM": Text(
            de="Nicht mit dem nationalen Ziel von 0,7 % des Bruttonationaleinkommens vergleichen: anderer Nenner.",
            en="Do not compare with the national target of 0.7 % of gross national income: another denominator.",
        ),
        "COMPARABILITY": Text(
            de="Umlagen und interne Verrechnungen verändern den Nenner; nur innerhalb gleicher Rechnungssysteme vergleichen.",
            en="Levies and internal transfers change the denominator; compare only within one accounting system.",
        ),
    },
    pitfalls=Text(
        de="Kein bundesweiter Nenner; Umlagen verzerren; nicht mit 0,7 % vergleichen.",
        en="No national denominator; levies distort; do not compare with 0.7 %.",
    ),
    examples=(
        Example(measures={"development_spending": 5, "total_payments": 1000}, value=0.5),
        Example(measures={"development_spending": 5, "total_payments": 0}, value=None, obs_status="M"),
        Example(measures={"development_spending": 5, "total_payments": None}, value=None, obs_status="O"),
    ),
)
