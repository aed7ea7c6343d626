"""Districts of the same Land."""

from indicators.comparison.rule import PeerRule
from indicators.comparison.traits import LAND
from quality.status import Text

RULE = PeerRule(
    id="district_land",
    order=6,
    level="district",
    name=Text(de="Kreise im Land", en="Districts of the Land"),
    text=Text(
        de="Kreise desselben Landes ohne kreisfreie Städte.",
        en="Districts of the same Land without independent cities.",
    ),
    parts=(LAND,),
)
