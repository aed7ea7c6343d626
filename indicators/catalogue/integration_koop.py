"""Cooperation of integration and development policy."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import OWN_STATEMENT
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="integration_koop",
    number=35,
    family="migration",
    name=Text(
        de="Zusammenarbeit Integration und Entwicklungspolitik",
        en="Cooperation of integration and development policy",
    ),
    description=Text(
        de="Wie eng Integrationsarbeit und Entwicklungspolitik in der Verwaltung zusammenarbeiten, in Stufen von 0 bis 4.",
        en="How closely integration work and development policy cooperate in the administration, in levels from 0 to 4.",
    ),
    formula="integration_cooperation",
    unit=Text(de="Stufe (0–4)", en="level (0–4)"),
    kind="level",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    standards=(Standard(framework="skew_report", note=Text(de="Abbildung 31", en="figure 31")),),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="0 keine, 1 vereinzelt, 2 anlassbezogen, 3 regelmäßig, 4 umfassend",
            en="0 none, 1 occasional, 2 occasion-related, 3 regular, 4 comprehensive",
        ),
        "UNIT_MEASURE": Text(de="Stufe von 0 bis 4", en="Level from 0 to 4"),
    },
    pitfalls=Text(
        de="Stufen sind eine Rangfolge: nicht mitteln, keine Wachstumsraten.",
        en="Levels are an order: do not average, no growth rates.",
    ),
    examples=(
        Example(measures={"integration_cooperation": 2}, value=2.0),
        Example(measures={"integration_cooperation": 0}, value=0.0),
        Example(measures={"integration_cooperation": None}, value=None, obs_status="L"),
    ),
)
