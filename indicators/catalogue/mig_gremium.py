"""Joint body on migration and development."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import OWN_STATEMENT, YES_NO
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="mig_gremium",
    number=31,
    family="migration",
    name=Text(de="Gremium Migration und Entwicklung", en="Joint body on migration and development"),
    description=Text(
        de="Ob am 31. Dezember ein ständiges Gremium mit Sitzen für migrantische Organisationen besteht.",
        en="Whether a standing body with seats for migrant organisations exists at 31 December.",
    ),
    formula="migration_development_body",
    unit=Text(de="0/1", en="0/1"),
    kind="binary",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    standards=(
        Standard(
            framework="skew_report",
            note=Text(de="gemeinsames Gremium, Beispiel Münster", en="joint body, the example of Münster"),
        ),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="1, wenn ein ständiges Gremium mit Sitzen für migrantische Organisationen am 31. Dezember besteht",
            en="1 if a standing body with seats for migrant organisations exists at 31 December",
        ),
        "UNIT_MEASURE": YES_NO,
        "SOURCE_TYPE": Text(
            de="Dokumente der Kommunen und Eigenangaben im Meldebogen",
            en="Municipal documents and statements in the return form",
        ),
    },
    pitfalls=Text(
        de="Der gesetzliche Integrationsrat allein genügt nicht; einmalige Runden zählen nicht.",
        en="The statutory integration council alone is not enough; single meetings do not count.",
    ),
    examples=(
        Example(measures={"migration_development_body": 1}, value=1.0),
        Example(measures={"migration_development_body": 0}, value=0.0),
        Example(measures={"migration_development_body": None}, value=None, obs_status="L"),
    ),
)
