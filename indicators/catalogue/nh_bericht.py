"""Sustainability strategy or voluntary local review."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import CRITERIA_DIFFER, OWN_STATEMENT, YES_NO
from indicators.standard import ANALOGUE, Standard
from quality.status import Text

INDICATOR = Indicator(
    id="nh_bericht",
    number=11,
    family="programmes",
    name=Text(
        de="Nachhaltigkeitsstrategie oder freiwilliger Bericht", en="Strategy or voluntary local review"
    ),
    description=Text(
        de="Ob in den letzten vier Jahren eine Nachhaltigkeitsstrategie oder ein freiwilliger Bericht (Voluntary Local Review) veröffentlicht wurde.",
        en="Whether a sustainability strategy or voluntary local review was published within the last four years.",
    ),
    formula="sustainability_report",
    unit=Text(de="0/1", en="0/1"),
    kind="binary",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    standards=(
        Standard(
            framework="un",
            code="17.16.1",
            goal=17,
            title="Number of countries reporting progress in multi-stakeholder development effectiveness monitoring frameworks that support the achievement of the Sustainable Development Goals",
            note=ANALOGUE,
        ),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="1, wenn im Berichtsjahr oder den drei Jahren davor veröffentlicht; sonst bestätigt 0",
            en="1 if published in the reference year or the three years before; otherwise a confirmed 0",
        ),
        "UNIT_MEASURE": YES_NO,
        "COMPARABILITY": CRITERIA_DIFFER,
    },
    pitfalls=Text(
        de="Altersgrenze vier Jahre: ältere Berichte zählen nicht mehr.",
        en="Age limit of four years: older reports no longer count.",
    ),
    examples=(
        Example(measures={"sustainability_report": 1}, value=1.0),
        Example(measures={"sustainability_report": 0}, value=0.0),
        Example(measures={"sustainability_report": None}, value=None, obs_status="L"),
    ),
)
