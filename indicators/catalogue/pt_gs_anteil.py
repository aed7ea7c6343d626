"""Share of developing countries among partners abroad."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import PARTNERSHIP_SHARE
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="pt_gs_anteil",
    number=14,
    family="partnerships",
    name=Text(
        de="Anteil der Entwicklungsländer an den internationalen Partnerschaften",
        en="Share of developing countries among partnerships abroad",
    ),
    description=Text(
        de="Anteil der Partnerschaften mit Kommunen in Ländern der DAC-Liste an allen Partnerschaften mit dem Ausland.",
        en="Partnerships with municipalities in countries on the DAC list as a share of all partnerships abroad.",
    ),
    formula="cast(100 * partnerships_dac as double) / nullif(partnerships_foreign, 0)",
    denominator="partnerships_foreign",
    unit=Text(de="%", en="%"),
    kind="share",
    decimals=1,
    direction="none",
    definition_version="1.0",
    says_nothing_at=("U",),
    levels=("municipality", "district"),
    core=True,
    standards=(
        Standard(
            framework="sdg_municipalities",
            goal=17,
            title="(Projekt-)Partnerschaften mit Kommunen aus Entwicklungsländern",
            note=Text(de="als Anteil an allen Partnerschaften", en="as a share of all partnerships"),
        ),
    ),
    metadata={
        **PARTNERSHIP_SHARE,
        "STAT_CONC_DEF": Text(
            de="Partnerschaften mit Entwicklungsländern geteilt durch alle Partnerschaften mit dem Ausland",
            en="Partnerships with developing countries divided by all partnerships abroad",
        ),
    },
    pitfalls=Text(
        de="Ohne Partnerschaften nicht berechenbar.",
        en="Cannot be computed without partnerships.",
    ),
    examples=(
        Example(measures={"partnerships_dac": 1, "partnerships_foreign": 4}, value=25.0),
        Example(measures={"partnerships_dac": 0, "partnerships_foreign": 0}, value=None, obs_status="M"),
        Example(
            measures={"partnerships_dac": None, "partnerships_foreign": None}, value=None, obs_status="O"
        ),
    ),
)
