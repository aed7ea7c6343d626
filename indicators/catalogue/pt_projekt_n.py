"""Active project partnerships."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import NUMBER, PARTNERSHIPS
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="pt_projekt_n",
    number=16,
    family="partnerships",
    name=Text(de="Aktive Projektpartnerschaften", en="Active project partnerships"),
    description=Text(
        de="Anzahl der Projektpartnerschaften, deren Förderzeitraum mindestens einen Tag des Jahres umfasst.",
        en="Number of project partnerships whose funding period covers any day of the year.",
    ),
    formula="project_partnerships",
    unit=Text(de="Projektpartnerschaften", en="project partnerships"),
    kind="count",
    decimals=0,
    direction="higher",
    definition_version="1.0",
    core=True,
    standards=(
        Standard(
            framework="sdg_municipalities",
            goal=17,
            title="(Projekt-)Partnerschaften mit Kommunen aus Entwicklungsländern",
        ),
    ),
    metadata={
        **PARTNERSHIPS,
        "STAT_CONC_DEF": Text(
            de="Verschiedene Partner, mit denen an einem Tag des Jahres ein gefördertes Projekt lief (Nakopa, Klima-, Nachhaltigkeits- und andere Projektpartnerschaften)",
            en="Distinct partners with whom a funded project ran on any day of the year (Nakopa, climate, sustainability and other project partnerships)",
        ),
        "UNIT_MEASURE": NUMBER,
        "SOURCE_TYPE": Text(
            de="Verzeichnisse der Fördergeber und Dokumente der Kommunen",
            en="Lists of funding bodies and municipal documents",
        ),
        "DATA_COMP": Text(
            de="Beginn und Ende wie vom Verzeichnis genannt; ohne Ende zählt ein Projekt bis zum Jahr des Verzeichnisses.",
            en="Start and end as the list states them; without an end a project counts up to the year of the list.",
        ),
        "COMPARABILITY": Text(
            de="Förderprogramme wechseln; Länder sind nicht auf die DAC-Liste beschränkt.",
            en="Funding programmes change; countries are not limited to the DAC list.",
        ),
    },
    pitfalls=Text(
        de="Gemeinsame Projekte von Kreis und Gemeinde zählen bei der Stelle, die das Verzeichnis nennt; zwei Projekte mit demselben Partner sind eine Partnerschaft.",
        en="Joint projects of a district and a municipality count where the list names them; two projects with the same partner are one partnership.",
    ),
    examples=(
        Example(measures={"project_partnerships": 2}, value=2.0),
        Example(measures={"project_partnerships": None}, value=None, obs_status="O"),
    ),
)
