"""Seconded experts in partner municipalities."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import NUMBER, OWN_STATEMENT
from indicators.standard import ANALOGUE, Standard
from quality.status import Text

INDICATOR = Indicator(
    id="fk_einsatz",
    number=19,
    family="programmes",
    name=Text(de="Geförderte Fachkräfte in Partnerkommunen", en="Seconded experts in partner municipalities"),
    description=Text(
        de="Monate, die geförderte Fachkräfte im Jahr in Partnerkommunen gearbeitet haben.",
        en="Months that funded experts worked in partner municipalities in the year.",
    ),
    formula="seconded_expert_months",
    unit=Text(de="Fachkraftmonate", en="expert months"),
    kind="count",
    decimals=0,
    direction="none",
    definition_version="1.0",
    standards=(
        Standard(
            framework="un",
            code="17.9.1",
            goal=17,
            title="Dollar value of financial and technical assistance (including through North-South, South‑South and triangular cooperation) committed to developing countries",
            note=ANALOGUE,
        ),
        Standard(framework="giz", note=Text(de="Einsätze von Fachkräften", en="secondments of experts")),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="Summe der Einsatzmonate geförderter Fachkräfte im Jahr",
            en="Sum of months of secondment of funded experts in the year",
        ),
        "UNIT_MEASURE": NUMBER,
    },
    pitfalls=Text(
        de="Das Förderprogramm endete 2022: Danach sinkt der Wert, ohne dass die Kommune etwas geändert hat.",
        en="The funding programme ended in 2022: afterwards the value falls without any change by the municipality.",
    ),
    examples=(
        Example(measures={"seconded_expert_months": 12}, value=12.0),
        Example(measures={"seconded_expert_months": None}, value=None, obs_status="L"),
    ),
)
