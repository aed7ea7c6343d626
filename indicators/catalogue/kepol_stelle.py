"""Position for municipal development policy."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import DOCUMENTED
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="kepol_stelle",
    number=29,
    family="programmes",
    name=Text(de="Eigene Stelle für kommunale Entwicklungspolitik", en="Own position for development policy"),
    description=Text(
        de="Ob am 31. Dezember eine eigene Stelle für kommunale Entwicklungspolitik besteht.",
        en="Whether a position for municipal development policy exists at 31 December.",
    ),
    formula="coordination_position",
    unit=Text(de="0/1", en="0/1"),
    kind="binary",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    levels=("municipality", "district"),
    standards=(
        Standard(framework="skew_report", note=Text(de="Abbildung 29", en="figure 29")),
        Standard(
            framework="council_paper",
            note=Text(de="Koordinationsstelle der Stadt", en="coordination position of the city"),
        ),
    ),
    metadata={
        **DOCUMENTED,
        "STAT_CONC_DEF": Text(
            de="1, wenn eine benannte Stelle am 31. Dezember besteht",
            en="1 if a named position exists at 31 December",
        ),
        "REC_USE_LIM": Text(
            de="Geförderte Stellen sind befristet.", en="Grant-funded positions are temporary."
        ),
        "COMPARABILITY": Text(de="Stellenumfang nicht berücksichtigt.", en="Working time is not considered."),
    },
    pitfalls=Text(
        de="Befristung und Stellenumfang.",
        en="Temporary posts and working time.",
    ),
    examples=(
        Example(measures={"coordination_position": 1}, value=1.0),
        Example(measures={"coordination_position": None}, value=None, obs_status="L"),
    ),
)
