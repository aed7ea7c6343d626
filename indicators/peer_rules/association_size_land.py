"""Associations of municipalities of the same size in the same Land."""

from indicators.comparison.rule import PeerRule
from indicators.comparison.traits import LAND, MUNICIPALITY_SIZE
from quality.status import Text

RULE = PeerRule(
    id="association_size_land",
    order=8,
    level="association",
    name=Text(de="Gemeindeverbände nach Größe im Land", en="Associations by size within the Land"),
    text=Text(
        de="Ämter, Samt- und Verbandsgemeinden, Verwaltungsgemeinschaften derselben Größenklasse im selben Land. Verbandsfreie Gemeinden zählen nicht: Sie werden als Gemeinden verglichen.",
        en="Associations of municipalities of the same size class in the same Land. Municipalities outside associations do not count: they are compared as municipalities.",
    ),
    parts=(MUNICIPALITY_SIZE, LAND),
)
