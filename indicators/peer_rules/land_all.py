"""All Länder."""

import polars as pl

from indicators.comparison.rule import Part, PeerRule
from quality.status import Text

RULE = PeerRule(
    id="land_all",
    order=9,
    level="land",
    name=Text(de="Alle Länder", en="All Länder"),
    text=Text(
        de="Die sechzehn Länder untereinander, die Stadtstaaten als Länder.",
        en="The sixteen Länder among themselves, the city states as Länder.",
    ),
    parts=(Part(column=pl.lit("all"), classes={"all": Text(de="Länder", en="Länder")}),),
)
