"""Municipalities of the same size in the same Land."""

from indicators.comparison.rule import PeerRule
from indicators.comparison.traits import LAND, MUNICIPALITY_SIZE
from quality.status import Text

RULE = PeerRule(
    id="size_land",
    order=2,
    level="municipality",
    name=Text(de="Größenklasse im Land", en="Size class within the Land"),
    text=Text(
        de="Gemeinden derselben Größenklasse nach Einwohnern im selben Land: gleiches Gemeinderecht, ähnliche Aufgaben.",
        en="Municipalities of the same size class in the same Land: the same municipal law, similar tasks.",
    ),
    parts=(MUNICIPALITY_SIZE, LAND),
)
