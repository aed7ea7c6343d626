"""From the German end of a record to the key of one unit of the register, or a reason why not.

Belongs here: the order of the steps, and the level a label asks for. Does not belong here: scores
(`place_candidates.py`), the decision (`place_decision.py`), labels that name no unit
(`place_parts.py`), records of one provider.

A match needs a score of 0.75 and a lead of 0.15 over the next candidate, else a person decides.
"Ambiguous" means that units bear the name but name, place and population do not settle which;
"not found" that no unit bears it.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from sources.place_candidates import candidates_by_name, candidates_by_similarity, comparable_units
from sources.place_decision import DECISION, decide, with_namesakes
from sources.place_names import core, district_core, normalised
from sources.place_parts import ALIASES, by_alias, by_label, not_found


def match_places(
    places: pl.DataFrame,
    register: pl.DataFrame,
    population: pl.DataFrame,
    attested_on: date,
    *,
    looked_up_by_name: bool = False,
) -> pl.DataFrame:
    """One decision per place.

    Args:
        places: distinct rows of place_id, name, lat, lon, inhabitants (the last three may be null).
        register: table `municipality`.
        population: table `population`.
        attested_on: date the records describe.
        looked_up_by_name: the coordinates were found by looking the name up, so they say which
            place of that name came first, not which one the list means.

    Returns:
        place_id, ags, match_method, match_score (null unless matched), outcome (matched, ambiguous,
        not_found, not_a_municipality, historical_unit), candidates, explanation, namesakes (keys of
        the units that bear a bare name; null where there is one, or where coordinates tell).
    """
    units = comparable_units(register, population, attested_on)
    labelled = _labelled(places, units)
    parts = by_label(labelled, units)
    candidates = candidates_by_name(labelled.join(parts, on="place_id", how="anti"), units)
    named = decide(candidates)
    if looked_up_by_name:
        named = with_namesakes(named, candidates)
    matched = named.filter(pl.col("outcome") == "matched")
    settled = pl.concat([parts, matched])
    settled = pl.concat([settled, by_alias(labelled.join(settled, on="place_id", how="anti"), units)])
    settled = pl.concat([settled, named.join(settled, on="place_id", how="anti")])
    nameless = labelled.join(settled, on="place_id", how="anti")
    similar = decide(candidates_by_similarity(nameless, units))
    lost = not_found(nameless.join(similar, on="place_id", how="anti"), units)
    return pl.concat([settled, similar, lost]).select(DECISION).sort("place_id")


def _labelled(places: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The comparable forms of a label and the level it asks for."""
    label = pl.col("name")
    exonyms = ALIASES.filter(pl.col("kind") == "exonym").select("name", exonym="target")
    says_district = label.str.contains(r"(?i)\(district\)|landkreis|kreis\b")
    says_association = label.str.contains(r"(?i)samtgemeinde|verbandsgemeinde|\(amt\)")
    wanted = (
        pl.when(says_district)
        .then(pl.lit("district"))
        .when(says_association)
        .then(pl.lit("association"))
        .otherwise(pl.lit("municipality"))
    )
    text = pl.col("text")
    return (
        places.join(exonyms, on="name", how="left", maintain_order="left")
        .with_columns(is_exonym=pl.col("exonym").is_not_null(), text=pl.coalesce("exonym", "name"))
        .with_columns(
            wanted=wanted,
            form=normalised(text.str.replace(r",.*$", "")),
            core=pl.when(says_district).then(district_core(text)).otherwise(core(text)),
            is_official=text.is_in(units["unit_short"].to_list()),
        )
    )
