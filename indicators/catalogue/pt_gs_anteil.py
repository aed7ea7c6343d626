"""Share of developing countries among partners abroad."""

from indicators.indicator import Example, Indicator
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
    standards=('"SDG-Indikatoren für Kommunen" (SDG 17)',),
    metadata={
        "STAT_CONC_DEF": Text(
            de="Partnerschaften mit Entwicklungsländern geteilt durch alle Partnerschaften mit dem Ausland",
            en="Partnerships with developing countries divided by all partnerships abroad",
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
