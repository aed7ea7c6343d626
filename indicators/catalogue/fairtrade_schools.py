"""Fairtrade schools per 100 schools."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import DOCUMENTED, NO_ENTRY_IS_NOT_ZERO
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="fairtrade_schools",
    number=21,
    family="fair_trade",
    name=Text(de="Fairtrade-Schools je 100 Schulen", en="Fairtrade schools per 100 schools"),
    description=Text(
        de="Wie viele von 100 Schulen im Gebiet den Titel Fairtrade-School tragen; vor allem für Kreise und kreisfreie Städte.",
        en="How many of 100 schools in the area hold the Fairtrade School title; mainly for districts and independent cities.",
    ),
    formula="cast(100 * fairtrade_schools as double) / nullif(schools, 0)",
    denominator="schools",
    unit=Text(de="je 100 Schulen", en="per 100 schools"),
    kind="rate",
    decimals=2,
    direction="higher",
    definition_version="1.0",
    standards=(Standard(framework="portal", goal=4, title="Fairtrade-Schools"),),
    metadata={
        **DOCUMENTED,
        "STAT_CONC_DEF": Text(
            de="Schulen mit gültigem Titel im Schuljahr, das im Berichtsjahr beginnt, geteilt durch alle Schulen im Gebiet, mal 100",
            en="Schools with a valid title in the school year that begins in the reference year, divided by all schools in the area, times 100",
        ),
        "UNIT_MEASURE": Text(de="Anzahl je 100 Schulen", en="Number per 100 schools"),
        "SOURCE_TYPE": Text(
            de="Verzeichnis der Titel und Schulstatistik der Länder",
            en="List of titles and school statistics of the Länder",
        ),
        "DATA_COMP": NO_ENTRY_IS_NOT_ZERO,
        "REC_USE_LIM": Text(
            de="Eine Schule ist keine Kommune: Der Titel sagt etwas über das Umfeld, nicht über die Verwaltung.",
            en="A school is not a municipality: the title speaks of the setting, not of the administration.",
        ),
        "COMPARABILITY": Text(
            de="Bundesweit gleiche Kriterien; Schulen zählen die Länder nach eigenen Regeln.",
            en="Same criteria nationwide; the Länder count schools by rules of their own.",
        ),
    },
    pitfalls=Text(
        de="Schuljahr ist nicht Kalenderjahr; eine bundesweite Quelle für die Zahl der Schulen je Kreis ist nicht angebunden.",
        en="School year is not calendar year; no nationwide source of the number of schools by district is connected.",
    ),
    examples=(
        Example(measures={"fairtrade_schools": 3, "schools": 60}, value=5.0),
        Example(measures={"fairtrade_schools": 3, "schools": None}, value=None, obs_status="L"),
        Example(measures={"fairtrade_schools": 0, "schools": 0}, value=None, obs_status="M"),
    ),
)
