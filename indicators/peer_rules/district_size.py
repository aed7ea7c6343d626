"""Districts of the same size."""

from indicators.comparison.rule import PeerRule
from indicators.comparison.traits import DISTRICT_SIZE
from quality.status import Text

RULE = PeerRule(
    id="district_size",
    order=7,
    level="district",
    name=Text(de="Größenklasse der Kreise", en="Size class of districts"),
    text=Text(
        de="Kreise derselben Größenklasse nach Einwohnern in ganz Deutschland, ohne kreisfreie Städte.",
        en="Districts of the same size class in all of Germany, without independent cities.",
    ),
    parts=(DISTRICT_SIZE,),
)
