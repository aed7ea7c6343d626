"""Availability of data on SDG 17."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import PERCENT
from indicators.standard import ANALOGUE, Standard
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
    definition_version="2.0",
    levels=("municipality", "district"),
    core=True,
    standards=(
        Standard(
            framework="un", code="17.18.1", goal=17, title="Statistical capacity indicators", note=ANALOGUE
        ),
    ),
    metadata={
        "STAT_CONC_DEF": Text(
            de="Kernindikatoren mit Wert geteilt durch anwendbare Kernindikatoren; gezählt werden die Nummern 1, 2, 3, 5, 7, 8, 9, 12 bis 17 und 20",
            en="Core indicators with a value divided by applicable core indicators; counted are numbers 1, 2, 3, 5, 7, 8, 9, 12 to 17 and 20",
        ),
        "UNIT_MEASURE": PERCENT,
        "SOURCE_TYPE": Text(de="Berechnet aus diesem Datenbestand", en="Computed from this database"),
        "DATA_COMP": Text(
            de="Nicht gezählt werden Indikatoren, die es für die Einheit nicht geben kann (Status M), diese Quote selbst und die Kernindikatoren 22 und 25, die andere unter SDG 16 und 9 führen. Version 1.0 zählte zehn Indikatoren.",
            en="Not counted are indicators that cannot exist for the unit (status M), this rate itself, and core indicators 22 and 25, which others file under SDG 16 and 9. Version 1.0 counted ten indicators.",
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
            measures={"core_indicators_available": None, "core_indicators_applicable": None},
            value=None,
            obs_status="L",
        ),
        Example(
            measures={"core_indicators_available": 0, "core_indicators_applicable": 0},
            value=None,
            obs_status="M",
        ),
    ),
)
