"""Foreign direct investment: not computable for a municipality."""

from indicators.indicator import Indicator, NotComputable
from indicators.metadata_texts import NOT_OBSERVED
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="direktinvestitionen",
    number=38,
    family="context",
    name=Text(de="Ausländische Direktinvestitionen", en="Foreign direct investment"),
    description=Text(
        de="Mittel, die für Entwicklungsländer aus verschiedenen Quellen mobilisiert werden, darunter Direktinvestitionen. Für Kommunen nicht berechenbar.",
        en="Resources mobilised for developing countries from several sources, direct investment among them. Not computable for municipalities.",
    ),
    formula=None,
    unit=Text(de="Millionen US-Dollar", en="Million US dollars"),
    kind="share",
    decimals=1,
    direction="none",
    definition_version="1.0",
    not_computable=NotComputable(
        obs_status="L",
        reason=Text(
            de="Direktinvestitionen melden Unternehmen, nicht Kommunen; nach Kommunen werden sie nicht erhoben oder veröffentlicht.",
            en="Direct investment is reported by enterprises, not municipalities; it is neither collected nor published by municipality.",
        ),
    ),
    context=True,
    standards=(
        Standard(
            framework="un",
            code="17.3.1",
            goal=17,
            title="Additional financial resources mobilized for developing countries from multiple sources",
        ),
    ),
    metadata={
        **NOT_OBSERVED,
        "STAT_CONC_DEF": Text(
            de="Direktinvestitionen und andere für Entwicklungsländer mobilisierte Mittel",
            en="Direct investment and other resources mobilised for developing countries",
        ),
        "UNIT_MEASURE": Text(de="Millionen US-Dollar", en="Million US dollars"),
    },
    pitfalls=Text(
        de="Kein Ersatz durch Schätzungen aus Bevölkerungsanteilen.",
        en="No substitute by estimates from population shares.",
    ),
    examples=(),
)
