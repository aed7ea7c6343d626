"""Municipalities of the same size that are, or are not, their own district."""

from indicators.comparison.rule import PeerRule
from indicators.comparison.traits import INDEPENDENCE, MUNICIPALITY_SIZE
from quality.status import Text

RULE = PeerRule(
    id="independence",
    order=3,
    level="municipality",
    name=Text(de="Kreisfrei oder kreisangehörig", en="Independent or belonging to a district"),
    text=Text(
        de="Gemeinden derselben Größenklasse, die ebenso kreisfrei oder kreisangehörig sind. Eine kreisfreie Stadt ist eine Einheit mit zwei Rollen; verglichen wird sie als Gemeinde.",
        en="Municipalities of the same size class that are likewise independent or belong to a district. An independent city is one unit with two roles; it is compared as a municipality.",
    ),
    parts=(INDEPENDENCE, MUNICIPALITY_SIZE),
)
