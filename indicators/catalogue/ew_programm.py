"""One-World programme in force."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import CRITERIA_DIFFER, OWN_STATEMENT, YES_NO
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="ew_programm",
    number=7,
    family="programmes",
    name=Text(de="Kommunales Programm Eine-Welt-Politik", en="One-World programme in force"),
    description=Text(
        de="Ob am 31. Dezember ein vom Rat oder Kreistag beschlossenes Programm zur Eine-Welt-Politik gilt.",
        en="Whether a One-World programme adopted by the council is in force at 31 December.",
    ),
    formula="one_world_programme",
    unit=Text(de="0/1", en="0/1"),
    kind="binary",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    core=True,
    standards=(
        Standard(
            framework="sdg_municipalities", goal=17, title="Kommunale Programme im Bereich Eine-Welt-Politik"
        ),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="1, wenn ein beschlossenes Programm am 31. Dezember gilt; 0, wenn die Kommune das Gegenteil bestätigt",
            en="1 if an adopted programme is in force at 31 December; 0 if the municipality confirms that there is none",
        ),
        "UNIT_MEASURE": YES_NO,
        "COMPARABILITY": CRITERIA_DIFFER,
    },
    pitfalls=Text(
        de="Abgelaufene Beschlüsse gelten nicht weiter; keine Antwort ist nicht null.",
        en="Expired resolutions do not count on; no answer is not zero.",
    ),
    examples=(
        Example(measures={"one_world_programme": 1}, value=1.0),
        Example(measures={"one_world_programme": 0}, value=0.0),
        Example(measures={"one_world_programme": None}, value=None, obs_status="L"),
    ),
)
