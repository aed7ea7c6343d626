"""German place names: how two spellings of one name are recognised as the same.

Belongs here: pure text forms of a name (folded, normalised, core), the distance between points.
Does not belong here: choosing a unit of the register (`sources/place_matching.py`).
"""

from __future__ import annotations

import polars as pl

EARTH_RADIUS_KM = 6371.0

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "ł": "l", "đ": "d", "ı": "i"}

_LONG_FORMS = (
    (r" a d ", " an der "),
    (r" i d ", " in der "),
    (r" v d ", " vor der "),
    (r" o d ", " ob der "),
    (r" a ", " am "),
    (r" b ", " bei "),
    (r" i ", " im "),
    (r"^st ", "sankt "),
)
"""Abbreviations of the register ("Moosburg a.d.Isar", "Neukirchen b.Hl.Blut"), after folding."""

_TITLES = (
    r"^(?:(?:stadt|markt|gemeinde|flecken|hansestadt|lutherstadt|universitaetsstadt|landeshauptstadt|"
    r"ostseebad|nordseebad|seebad|insel|bergstadt|kreisstadt|landkreis|kreis|regionalverband|"
    r"samtgemeinde|verbandsgemeinde|amt|city of) )+"
)
_LOCATION = (
    r" (?:am|an der|an dem|an|im|in der|in den|in|bei der|bei|ob der|vor der|vorm|unter|auf dem|auf der|auf|"
    r"ueber|zum|zur|ueberm|unterm|hinterm)(?: .*)?$"
)
_DISTRICT_WORD = r" ?kreis$"


def fold(name: pl.Expr) -> pl.Expr:
    """Lower case, umlauts written out, other marks and all punctuation dropped, single blanks."""
    return (
        name.str.normalize("NFC")
        .str.to_lowercase()
        .str.replace_many(list(_UMLAUTS), list(_UMLAUTS.values()))
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
        .str.replace_all(r"[^a-z0-9]+", " ")
        .str.strip_chars()
    )


def normalised(name: pl.Expr) -> pl.Expr:
    """The folded name with the abbreviations of the register written out."""
    text = fold(name)
    for short, long in _LONG_FORMS:
        text = text.str.replace_all(short, long)
    return text


def core(name: pl.Expr) -> pl.Expr:
    """The name without title, location and second language: what is left can be compared.

    "Ostseebad Insel Poel" and "Insel Poel" are "poel"; "Frankfurt (Oder)" and "Frankfurt am Main"
    are both "frankfurt". A core never decides alone: place and population have to agree.
    """
    whole = normalised(name.str.replace(r"[,(/–].*$", ""))
    bare = whole.str.replace(_TITLES, "").str.replace(_LOCATION, "")
    return pl.when(bare.str.len_chars() > 0).then(bare).otherwise(whole)


def district_core(name: pl.Expr) -> pl.Expr:
    """The core of a district's name without the word Kreis: "Enzkreis" is "enz"."""
    return core(name).str.replace(_DISTRICT_WORD, "")


def short_name(official: pl.Expr) -> pl.Expr:
    """The register's name without what follows the comma: "Aachen, Stadt" is "Aachen"."""
    return official.str.split(", ").list.first()


def distance_km(lat_1: pl.Expr, lon_1: pl.Expr, lat_2: pl.Expr, lon_2: pl.Expr) -> pl.Expr:
    """Great-circle distance in kilometres; null where a coordinate is."""
    half_lat = ((lat_2 - lat_1).radians() / 2).sin() ** 2
    half_lon = ((lon_2 - lon_1).radians() / 2).sin() ** 2
    chord = half_lat + lat_1.radians().cos() * lat_2.radians().cos() * half_lon
    return 2 * EARTH_RADIUS_KM * chord.sqrt().clip(0.0, 1.0).arcsin()
