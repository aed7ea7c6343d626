"""Municipalities an operator put on a list of their own."""

from indicators.comparison.rule import PeerRule
from quality.status import Text

RULE = PeerRule(
    id="own_list_municipality",
    order=10,
    level="municipality",
    name=Text(de="Eigene Liste (Gemeinden)", en="Own list (municipalities)"),
    text=Text(
        de="Gemeinden, die eine Betreiberin oder ein Betreiber in einer Datei im Ordner peers zusammengestellt hat.",
        en="Municipalities that an operator put together in a file of the folder peers.",
    ),
    is_own_list=True,
)
