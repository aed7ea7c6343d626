"""Score of policy-coherence mechanisms."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import OWN_STATEMENT
from indicators.standard import ANALOGUE, Standard
from quality.status import Text

INDICATOR = Indicator(
    id="pkne_score",
    number=9,
    family="programmes",
    name=Text(
        de="Politikkohärenzmechanismen für nachhaltige Entwicklung", en="Policy-coherence mechanism score"
    ),
    description=Text(
        de="Wie weit Mechanismen für Politikkohärenz in acht Bereichen ausgebaut sind, als Anteil der erreichbaren Punkte.",
        en="How far mechanisms of policy coherence are developed in eight domains, as a share of the points to be had.",
    ),
    formula="1.25 * (policy_coherence_1 + policy_coherence_2 + policy_coherence_3 + policy_coherence_4 + policy_coherence_5 + policy_coherence_6 + policy_coherence_7 + policy_coherence_8)",
    unit=Text(de="Punkte (0–100)", en="points (0–100)"),
    kind="score",
    decimals=1,
    direction="higher",
    definition_version="1.0",
    core=True,
    every_years=2,
    standards=(
        Standard(
            framework="sdg_municipalities",
            goal=17,
            title="Kommunen mit Politikkohärenzmechanismen für nachhaltige Entwicklung",
        ),
        Standard(
            framework="un",
            code="17.14.1",
            goal=17,
            title="Number of countries with mechanisms in place to enhance policy coherence of sustainable development",
            note=ANALOGUE,
        ),
    ),
    metadata={
        **OWN_STATEMENT,
        "STAT_CONC_DEF": Text(
            de="Summe der Punkte (je 0 bis 10) in acht Bereichen, geteilt durch 80, mal 100 (also mal 1,25); fehlt ein Bereich, gibt es keinen Wert",
            en="Sum of points (0 to 10 each) in eight domains, divided by 80, times 100 (that is, times 1.25); where a domain is missing there is no value",
        ),
        "UNIT_MEASURE": Text(de="Punkte von 0 bis 100", en="Points from 0 to 100"),
    },
    pitfalls=Text(
        de="Ordnungszahlen: Abstände und Wachstumsraten haben keine Bedeutung; ein fehlender Bereich zählt nie als 0 Punkte.",
        en="Ordinal points: distances and growth rates mean nothing; a missing domain never counts as 0 points.",
    ),
    examples=(
        Example(
            measures={
                "policy_coherence_1": 10,
                "policy_coherence_2": 5,
                "policy_coherence_3": 5,
                "policy_coherence_4": 0,
                "policy_coherence_5": 10,
                "policy_coherence_6": 5,
                "policy_coherence_7": 5,
                "policy_coherence_8": 0,
            },
            value=50.0,
        ),
        Example(
            measures={
                "policy_coherence_1": 10,
                "policy_coherence_2": 5,
                "policy_coherence_3": 5,
                "policy_coherence_4": None,
                "policy_coherence_5": 10,
                "policy_coherence_6": 5,
                "policy_coherence_7": 5,
                "policy_coherence_8": 0,
            },
            value=None,
            obs_status="L",
        ),
        Example(
            measures={
                "policy_coherence_1": 0,
                "policy_coherence_2": 0,
                "policy_coherence_3": 0,
                "policy_coherence_4": 0,
                "policy_coherence_5": 0,
                "policy_coherence_6": 0,
                "policy_coherence_7": 0,
                "policy_coherence_8": 0,
            },
            value=0.0,
        ),
    ),
)
