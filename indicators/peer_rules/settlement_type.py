"""Municipalities of the same settlement type, by the BBSR's Stadt- und Gemeindetyp."""

from indicators.comparison.rule import PeerRule
from indicators.comparison.traits import SETTLEMENT_TYPE
from quality.status import Text

RULE = PeerRule(
    id="settlement_type",
    order=1,
    level="municipality",
    name=Text(de="Siedlungstyp", en="Settlement type"),
    text=Text(
        de="Gemeinden desselben Stadt- und Gemeindetyps des BBSR (Stand 31.12.2019). Das BBSR vergibt den Typ für Einheitsgemeinden und Gemeindeverbände: Mitglieder eines Verbands tragen den Typ des Verbands.",
        en="Municipalities of the same BBSR type of town (as at 31 December 2019). The BBSR assigns it to unitary municipalities and associations: members of an association carry the type of the association.",
    ),
    parts=(SETTLEMENT_TYPE,),
    attributes=("settlement_type_detailed",),
)
