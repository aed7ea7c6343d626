"""Districts of the same type, by the BBSR's siedlungsstruktureller Kreistyp."""

from indicators.comparison.rule import PeerRule
from indicators.comparison.traits import DISTRICT_TYPE
from quality.status import Text

RULE = PeerRule(
    id="district_type",
    order=5,
    level="district",
    name=Text(de="Kreistyp", en="Type of district"),
    text=Text(
        de="Kreise desselben siedlungsstrukturellen Kreistyps des BBSR (Stand 31.12.2019). Kreisfreie Städte zählen nicht: Sie werden als Gemeinden verglichen.",
        en="Districts of the same BBSR type of district (as at 31 December 2019). Independent cities do not count: they are compared as municipalities.",
    ),
    parts=(DISTRICT_TYPE,),
    attributes=("district_type",),
)
