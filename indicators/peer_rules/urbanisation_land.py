"""Municipalities of the same degree of urbanisation in the same Land."""

from indicators.comparison.rule import PeerRule
from indicators.comparison.traits import LAND, URBANISATION
from quality.status import Text

RULE = PeerRule(
    id="urbanisation_land",
    order=4,
    level="municipality",
    name=Text(de="Verstädterungsgrad im Land", en="Degree of urbanisation within the Land"),
    text=Text(
        de="Gemeinden mit demselben Grad der Verstädterung (Eurostat, nach dem Gemeindeverzeichnis) im selben Land.",
        en="Municipalities with the same degree of urbanisation (Eurostat, from the register) in the same Land.",
    ),
    parts=(URBANISATION, LAND),
)
