"""Districts an operator put on a list of their own."""

from indicators.comparison.rule import PeerRule
from quality.status import Text

RULE = PeerRule(
    id="own_list_district",
    order=11,
    level="district",
    name=Text(de="Eigene Liste (Kreise)", en="Own list (districts)"),
    text=Text(
        de="Kreise, die eine Betreiberin oder ein Betreiber in einer Datei im Ordner peers zusammengestellt hat.",
        en="Districts that an operator put together in a file of the folder peers.",
    ),
    is_own_list=True,
)
