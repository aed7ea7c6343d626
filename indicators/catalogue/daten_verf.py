"""Availability of data on SDG 17."""

from indicators.indicator import Example, Indicator
from quality.status import Text

INDICATOR = Indicator(
    id="daten_verf",
    number=26,
    family="data",
    name=Text(de="Datenverfügbarkeit SDG 17", en="Data availability SDG 17"),
    description=Text(
        de="Für welchen Anteil der Kernindikatoren es im Berichtsjahr oder den vier Jahren davor einen Wert gibt.",
        en="Share of core indicators with a value in the reference year or the four years before.",
    ),
    formula="cast(100 * core_indicators_available as double) / nullif(core_indicators_applicable, 0)",
    denominator="core_indicators_applicable",
    unit=Text(de="%", en="%"),
    kind="share",
    decimals=1,
    direction="higher",
    definition_version="1.0",
    levels=("municipality", "district"),
    core=False,
    standards=("UN 17.18.1 (kommunale Entsprechung)",),
    metadata={
        "STAT_CONC_DEF": Text(
            de="Kernindikatoren mit Wert geteilt durch anwendbare Kernindikatoren",
            en="Core indicators with a value divided by applicable core indicators",
        ),
        "UNIT_MEASURE": Text(de="Prozent", en="Percent"),
        "SOURCE_TYPE": Text(de="Berechnet aus diesem Datenbestand", en="Computed from this database"),
        "DATA_COMP": Text(
            de="Indikatoren, die es für die Einheit nicht geben kann (Status M), zählen nicht mit.",
            en="Indicators that cannot exist for the unit (status M) are not counted.",
        ),
        "REC_USE_LIM": Text(
            de="Misst die Datenlage, nicht die Leistung der Kommune.",
            en="Measures the state of data, not the performance of the municipality.",
        ),
        "COMPARABILITY": Text(
            de="Gleich für alle Einheiten einer Veröffentlichung.", en="Equal for all units of one release."
        ),
    },
    pitfalls=Text(
        de="Sagt nichts über Engagement.",
        en="Says nothing about commitment.",
    ),
    examples=(
        Example(measures={"core_indicators_available": 5, "core_indicators_applicable": 10}, value=50.0),
        Example(
            measures={"core_indicators_available": 0, "core_indicators_applicable": 0},
            value=None,
            obs_status="M",
        ),
    ),
)
