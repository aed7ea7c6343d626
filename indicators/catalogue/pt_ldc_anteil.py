"""Share of least developed countries among partners in developing countries."""

from indicators.indicator import Example, Indicator
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
    standards=("UN 17.2.1 (LDC-Anteil, kommunale Entsprechung)",),
    metadata={
        "STAT_CONC_DEF": Text(
            de="Partnerschaften mit LDC des Jahres geteilt durch Partnerschaften mit Ländern der DAC-Liste",
            en="Partnerships with least developed countries of the year divided by partnerships with DAC recipients",
        ),
        "UNIT_MEASURE": Text(de="Prozent", en="Percent"),
        "SOURCE_TYPE": Text(
            de="Offene Verzeichnisse (Wikidata, Wikipedia) und Dokumente der Kommunen",
            en="Open lists (Wikidata, Wikipedia) and municipal documents",
        ),
        "DATA_COMP": Text(
            de="Gezählt werden verschiedene Partner, die eine Quelle für den 31. Dezember belegt; doppelte Nennungen sind zusammengeführt.",
            en="Distinct partners that a source attests for 31 December; repeated mentions are merged.",
        ),
        "REC_USE_LIM": Text(
            de="Offene Verzeichnisse sind unvollständig; der wahre Anteil kann höher oder niedriger sein.",
            en="Open lists are incomplete; the true share may be higher or lower.",
        ),
        "COMPARABILITY": Text(
            de="Wer Entwicklungsland ist, richtet sich nach der DAC-Liste des jeweiligen Jahres.",
            en="Who counts as developing country follows the DAC list of the year.",
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
