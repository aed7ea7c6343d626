"""Resolution on the Agenda 2030 signed."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import DOCUMENTED
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="agenda_res",
    number=10,
    family="programmes",
    name=Text(de="Musterresolution Agenda 2030", en="Agenda 2030 resolution signed"),
    description=Text(
        de="Ob die Kommune die Musterresolution zur Agenda 2030 unterzeichnet hat (Stand 31. Dezember).",
        en="Whether the municipality has signed the model resolution on the Agenda 2030 (at 31 December).",
    ),
    formula="agenda_2030_resolution",
    unit=Text(de="0/1", en="0/1"),
    kind="binary",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    levels=("municipality", "district"),
    standards=(
        Standard(
            framework="model_resolution",
            title="2030-Agenda für Nachhaltige Entwicklung: Nachhaltigkeit auf kommunaler Ebene gestalten",
        ),
    ),
    metadata={
        **DOCUMENTED,
        "STAT_CONC_DEF": Text(
            de="1, wenn der Beschluss bis zum 31. Dezember des Jahres gefasst wurde",
            en="1 if the resolution was adopted by 31 December of the year",
        ),
        "SOURCE_TYPE": Text(
            de="Beschlüsse und Verzeichnisse der Unterzeichner",
            en="Council decisions and lists of signatories",
        ),
        "REC_USE_LIM": Text(
            de="Ein Beschluss sagt nichts über seine Umsetzung.",
            en="A resolution says nothing about its implementation.",
        ),
        "COMPARABILITY": Text(de="Text der Resolution bundesweit gleich.", en="Same text nationwide."),
    },
    pitfalls=Text(
        de="Listen nennen Namen, keine Schlüssel.",
        en="Lists give names, not keys.",
    ),
    examples=(
        Example(measures={"agenda_2030_resolution": 1}, value=1.0),
        Example(measures={"agenda_2030_resolution": 0}, value=0.0),
        Example(measures={"agenda_2030_resolution": None}, value=None, obs_status="L"),
    ),
)
