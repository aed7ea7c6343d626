"""Share of least developed countries among partners in developing countries."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import PARTNERSHIP_SHARE
from indicators.standard import ANALOGUE, Standard
from quality.status import Text

INDICATOR = Indicator(
    id="pt_ldc_anteil",
    number=15,
    family="partnerships",
    name=Text(de="Anteil der am wenigsten entwickelten Länder", en="Share of least developed countries"),
    description=Text(
        de="Anteil der Partnerschaften mit Kommunen in den am wenigsten entwickelten Ländern an denen mit Entwicklungsländern.",
        en="Partnerships with least developed countries as a share of those with developing countries.",
    ),
    formula="cast(100 * partnerships_ldc as double) / nullif(partnerships_dac, 0)",
    denominator="partnerships_dac",
    unit=Text(de="%", en="%"),
    kind="share",
    decimals=1,
    direction="higher",
    definition_version="1.0",
    says_nothing_at=("U",),
    levels=("municipality", "district"),
    core=True,
    standards=(
        Standard(
            framework="un",
            code="17.2.1",
            goal=17,
            title="Net official development assistance, total and to least developed countries, as a proportion of the OECD Development Assistance Committee donors’ gross national income (GNI)",
            note=ANALOGUE,
        ),
    ),
    metadata={
        **PARTNERSHIP_SHARE,
        "STAT_CONC_DEF": Text(
            de="Partnerschaften mit LDC des Jahres geteilt durch Partnerschaften mit Ländern der DAC-Liste",
            en="Partnerships with least developed countries of the year divided by partnerships with DAC recipients",
        ),
    },
    pitfalls=Text(
        de="Verlässt ein Land die Gruppe, sinkt der Anteil; die Gruppe des Jahres gilt.",
        en="When a country graduates the share falls; the group of the year applies.",
    ),
    examples=(
        Example(measures={"partnerships_ldc": 1, "partnerships_dac": 4}, value=25.0),
        Example(measures={"partnerships_ldc": 0, "partnerships_dac": 0}, value=None, obs_status="M"),
        Example(measures={"partnerships_ldc": None, "partnerships_dac": 4}, value=None, obs_status="O"),
    ),
)
