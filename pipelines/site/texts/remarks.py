"""Texts for the fixed words lists of awards and titles write beside a fact."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "prize": Text(de="Preisgeld {amount} €", en="prize of {amount} €"),
    "rank": Text(de="Platz {place}", en="rank {place}"),
    "rank_2_or_3": Text(de="Platz 2 oder 3", en="rank 2 or 3"),
    "rank_special": Text(de="Sonderpreis", en="special prize"),
    "rank_special_joint": Text(de="gemeinsamer Sonderpreis", en="joint special prize"),
    "rank_awarded": Text(de="ausgezeichnet, Platz nicht genannt", en="awarded, rank not stated"),
    "category_of_award_klein": Text(de="Kategorie kleine Kommunen", en="category small municipalities"),
    "category_of_award_mittel": Text(de="Kategorie mittlere Kommunen", en="category medium municipalities"),
    "category_of_award_groß": Text(de="Kategorie große Kommunen", en="category large municipalities"),
    "date_basis_stated_year": Text(de="nur das Jahr ist genannt", en="only the year is stated"),
    "date_basis_announced_date": Text(de="angekündigter Tag", en="announced day"),
}
