"""Public-private partnerships: not computable for a municipality."""

from indicators.indicator import Indicator, NotComputable
from indicators.metadata_texts import NOT_OBSERVED
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="oepp",
    number=39,
    family="context",
    name=Text(de="Öffentlich-private Partnerschaften", en="Public-private partnerships"),
    description=Text(
        de="Für öffentlich-private Partnerschaften in der Infrastruktur zugesagte Mittel. Für Kommunen nicht berechenbar.",
        en="Amounts committed to public-private partnerships for infrastructure. Not computable for municipalities.",
    ),
    formula=None,
    unit=Text(de="Millionen US-Dollar", en="Million US dollars"),
    kind="share",
    decimals=1,
    direction="none",
    definition_version="1.0",
    not_computable=NotComputable(
        obs_status="M",
        reason=Text(
            de="Der globale Indikator zählt Zusagen für Infrastruktur ganzer Staaten; eine Entsprechung für eine deutsche Kommune ist nicht definiert.",
            en="The global indicator counts commitments to the infrastructure of whole countries; no counterpart is defined for a German municipality.",
        ),
    ),
    context=True,
    standards=(
        Standard(
            framework="un",
            code="17.17.1",
            goal=17,
            title="Amount in United States dollars committed to public-private partnerships for infrastructure",
        ),
    ),
    metadata={
        **NOT_OBSERVED,
        "STAT_CONC_DEF": Text(
            de="Zusagen für öffentlich-private Infrastrukturprojekte",
            en="Commitments to public-private infrastructure projects",
        ),
        "UNIT_MEASURE": Text(de="Millionen US-Dollar", en="Million US dollars"),
    },
    pitfalls=Text(
        de="Kein Ersatz durch Schätzungen aus Bevölkerungsanteilen.",
        en="No substitute by estimates from population shares.",
    ),
    examples=(),
)
