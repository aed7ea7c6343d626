"""Texts around the pictures of partners and peers."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "world_title": Text(de="Partner in der Welt", en="Partners in the world"),
    "world_legend": Text(
        de="Blau: Staaten der Partner; Punkte: Orte, soweit eine Quelle sie nennt. Alle Namen stehen in der Tabelle.",
        en="Blue: countries of the partners; dots: places where a source states them. All names are in the table.",
    ),
    "world_alternative": Text(
        de="Weltkarte der Partnerschaften. Staaten: {countries}.",
        en="World map of the partnerships. Countries: {countries}.",
    ),
    "strip_own": Text(de="hier {value}", en="here {value}"),
    "strip_caption": Text(
        de="Mittlere Hälfte der Vergleichsgruppe „{group}“, {year}",
        en="Middle half of the peer group “{group}”, {year}",
    ),
    "strip_alternative": Text(
        de="Vergleichsgruppe {group}, {year}: {own}; mittlere Hälfte von {lower_quartile} bis {upper_quartile}, "
        "Median {median}, n = {n}.",
        en="Peer group {group}, {year}: {own}; middle half from {lower_quartile} to {upper_quartile}, "
        "median {median}, n = {n}.",
    ),
}
