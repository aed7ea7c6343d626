"""Country names in German lists.

Belongs here: the German names of CLDR, the names lists really write, ISO codes. Does not belong
here: English names (`sources/countries.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from sources.place_names import fold
from sources.written_by_us import embedded_table

ALIASES = embedded_table("country_aliases_de.csv", ("name", "country", "reason"))
"""German names that CLDR does not have."""


def german_names(known: pl.DataFrame) -> Mapping[str, str]:
    """Folded German name, ISO 3166-1 alpha-2 or alpha-3 code to the alpha-3 code."""
    names = pl.concat(
        [
            known.select(name="name_de", country="country"),
            known.select(name="name_en", country="country"),
            known.select(name="iso2", country="country"),
            known.select(name="country", country="country"),
            ALIASES.select("name", "country"),
        ]
    ).with_columns(key=fold(pl.col("name")))
    clear = names.group_by("key").agg(pl.col("country").unique()).filter(pl.col("country").list.len() == 1)
    return dict(clear.select("key", pl.col("country").list.first()).iter_rows())


def countries_of(texts: Iterable[str | None], names: Mapping[str, str]) -> Mapping[str, str]:
    """Each written country that is known to its code; never a guess."""
    written = pl.DataFrame({"text": sorted({text for text in texts if text})}, schema={"text": pl.String})
    folded = written.select("text", key=fold(pl.col("text"))).iter_rows()
    return {text: names[key] for text, key in folded if key in names}
