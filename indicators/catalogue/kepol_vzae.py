"""Staff for municipal development policy per 100,000 inhabitants."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import OWN_STATEMENT
from indicators.standard import Standard
from quality.status import Text

INDICATOR = Indicator(
    id="kepol_vzae",
    number=18,
    family="programmes",
    name=Text(de="Personal für kommunale Entwicklungspolitik", en="Staff for municipal development policy"),
    description=Text(
        de="Vollzeitstellen für kommunale Entwicklungspolitik am 30. Juni je 100.000 Einwohner.",
        en="Full-time posts for municipal development policy at 30 June per 100,000 inhabitants.",
    ),
    formula="cast(1000 * development_policy_staff as double) / nullif(population_30_06, 0)",
    denominator="population_30_06",
    unit=Text(de="Stellen je 100.000 Einwohner", en="posts per 100,000 inhabitants"),
    kind="rate",
    decimals=2,
    direction="higher",
    definition_version="1.0",
    standards=(
        Standard(
            framework="council_paper",
            note=Text(
                de="Personal der kommunalen Entwicklungspolitik", en="staff for municipal development policy"
            ),
        ),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="Vollzeitäquivalente am 30. Juni, geteilt durch die Einwohnerzahl am 30. Juni, mal 100.000",
            en="Full-time equivalents at 30 June divided by population at 30 June, times 100,000",
        ),
        "UNIT_MEASURE": Text(
            de="Vollzeitäquivalente je 100.000 Einwohner", en="Full-time equivalents per 100,000 inhabitants"
        ),
    },
    pitfalls=Text(
        de="Weniger als drei Stellen werden nicht veröffentlicht (Status Q); geförderte Stellen sind befristet. Das Maß steht in Hundertstel Stellen.",
        en="Fewer than three posts are not published (status Q); grant-funded posts are temporary. The measure is in hundredths of a post.",
    ),
    examples=(
        Example(measures={"development_policy_staff": 450, "population_30_06": 100000}, value=4.5),
        Example(
            measures={"development_policy_staff": None, "population_30_06": 100000},
            value=None,
            obs_status="L",
        ),
        Example(
            measures={"development_policy_staff": 450, "population_30_06": 0}, value=None, obs_status="M"
        ),
    ),
)
