"""Position for involving migrant actors."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import OWN_STATEMENT, YES_NO
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="mig_stelle",
    number=30,
    family="migration",
    name=Text(
        de="Stelle für die Einbindung migrantischer Akteursgruppen",
        en="Position for involving migrant actors",
    ),
    description=Text(
        de="Ob am 31. Dezember eine benannte Stelle für die Einbindung migrantischer Akteursgruppen besteht.",
        en="Whether a named position for involving migrant actors exists at 31 December.",
    ),
    formula="migrant_involvement_position",
    unit=Text(de="0/1", en="0/1"),
    kind="binary",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    standards=(Standard(framework="skew_report", note=Text(de="Abbildung 30", en="figure 30")),),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="1, wenn eine benannte Stelle am 31. Dezember besteht; 0, wenn die Kommune das Gegenteil bestätigt",
            en="1 if a named position exists at 31 December; 0 if the municipality confirms that there is none",
        ),
        "UNIT_MEASURE": YES_NO,
    },
    pitfalls=Text(
        de="Integrationsbeauftragte ohne Auftrag in der Entwicklungspolitik zählen nicht.",
        en="Integration officers without a mandate in development policy do not count.",
    ),
    examples=(
        Example(measures={"migrant_involvement_position": 1}, value=1.0),
        Example(measures={"migrant_involvement_position": 0}, value=0.0),
        Example(measures={"migrant_involvement_position": None}, value=None, obs_status="L"),
    ),
)
