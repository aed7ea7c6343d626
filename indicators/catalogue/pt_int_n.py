"""All partnerships abroad."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import NUMBER, PARTNERSHIPS
from quality.status import Text

INDICATOR = Indicator(
    id="pt_int_n",
    number=17,
    family="partnerships",
    name=Text(de="Internationale Partnerschaften insgesamt", en="All partnerships abroad"),
    description=Text(
        de="Anzahl aller am 31. Dezember bestehenden Partnerschaften mit Kommunen im Ausland.",
        en="Number of all partnerships at 31 December with municipalities abroad.",
    ),
    formula="partnerships_foreign",
    unit=Text(de="Partnerschaften", en="partnerships"),
    kind="count",
    decimals=0,
    direction="none",
    definition_version="1.0",
    levels=("municipality", "district"),
    core=True,
    standards=(),
    metadata={
        **PARTNERSHIPS,
        "STAT_CONC_DEF": Text(
            de="Verschiedene Partner im Ausland, Bestand am 31. Dezember",
            en="Distinct partners abroad, stock at 31 December",
        ),
        "UNIT_MEASURE": NUMBER,
    },
    pitfalls=Text(
        de="Ruhende Partnerschaften führen die Quellen meist weiter.",
        en="Sources usually keep listing suspended partnerships.",
    ),
    examples=(
        Example(measures={"partnerships_foreign": 7}, value=7.0),
        Example(measures={"partnerships_foreign": None}, value=None, obs_status="O"),
    ),
)
