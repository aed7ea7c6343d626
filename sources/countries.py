"""Countries: ISO 3166-1 codes, names in German and English, and the names sources really write.

Belongs here: the table of countries and the way from a written country name to its code. Does not
belong here: which country receives aid (`sources/dac_list.py`) or what a record does when its
country stays unknown (`sources/partnership_records.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
import pycountry
from babel import Locale

from quality.contract import no_rejects
from quality.contracts.country import CONTRACT as COUNTRY
from sources.place_names import fold
from sources.rejection import reject
from sources.source import Raw, Reading, Source
from sources.written import written_rows
from sources.written_by_us import embedded_table

KOSOVO = ("XKX", "XK")
"""Kosovo has no ISO 3166-1 code; XKX is the user-assigned code in common use, XK that of CLDR."""

ALIAS_COLUMNS = ("name", "partner", "country", "reason")
ALIASES = embedded_table("country_aliases.csv", ALIAS_COLUMNS)
"""Names sources write that no standard lists. With `partner`, the row holds for that place only."""


def countries() -> pl.DataFrame:
    """All countries of ISO 3166-1 and Kosovo with their names in CLDR."""
    german, english = Locale("de").territories, Locale("en").territories
    codes = sorted([(entry.alpha_3, entry.alpha_2) for entry in pycountry.countries] + [KOSOVO])
    rows = [(alpha_3, alpha_2, german[alpha_2], english[alpha_2]) for alpha_3, alpha_2 in codes]
    return pl.DataFrame(rows, schema=COUNTRY.schema, orient="row")


def known_names(known: pl.DataFrame) -> pl.DataFrame:
    """English names that mean exactly one country: columns key (folded) and country.

    Joined are the names of CLDR, the common and official names of ISO 3166-1 and our aliases. A
    name that would mean two countries is left out. The ISO short names are not used, since
    "Congo" stands there for one of two countries of that name.
    """
    standard = [
        (name, entry.alpha_3)
        for entry in pycountry.countries
        for name in (getattr(entry, "common_name", None), getattr(entry, "official_name", None))
        if name
    ]
    names = pl.concat(
        [
            known.select(name="name_en", country="country"),
            pl.DataFrame(standard, schema={"name": pl.String, "country": pl.String}, orient="row"),
            ALIASES.filter(pl.col("partner").is_null()).select("name", "country"),
        ]
    )
    keyed = names.select(key=fold(pl.col("name")), country="country").unique()
    unambiguous = keyed.group_by("key").len().filter(pl.col("len") == 1).select("key")
    return keyed.join(unambiguous, on="key", how="semi").join(
        known.select("country"), on="country", how="semi"
    )


def with_country(records: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Add `partner_country` to records that have `country_text` and `partner_name`.

    A row of the alias file that names the partner wins over the country the record writes (a city
    in Crimea filed under Russia). What cannot be resolved stays null; it is never guessed.
    """
    special = ALIASES.filter(pl.col("partner").is_not_null()).select(
        _country=fold(pl.col("name")), _partner=fold(pl.col("partner")), _special="country"
    )
    return (
        records.with_columns(_country=fold(pl.col("country_text")), _partner=fold(pl.col("partner_name")))
        .join(special, on=["_country", "_partner"], how="left", maintain_order="left")
        .join(
            known_names(known).rename({"country": "_plain"}),
            left_on="_country",
            right_on="key",
            how="left",
            maintain_order="left",
        )
        .with_columns(partner_country=pl.coalesce("_special", "_plain"))
        .drop("_country", "_partner", "_special", "_plain")
    )


def read(raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]) -> Reading:
    """The table of countries; alias rows that name no country are rejected with their line."""
    table = countries()
    rejected = [no_rejects()]
    for raw in raws:
        rows, broken = written_rows(raw, ALIAS_COLUMNS, source_id=SOURCE.id, table="country")
        unknown = rows.join(table.select("country"), on="country", how="anti")
        rejected += [broken, _unknown_country(unknown)]
    return Reading(tables={"country": table}, rejected=pl.concat(rejected))


def _unknown_country(rows: pl.DataFrame) -> pl.DataFrame:
    return reject(
        rows,
        source_id=SOURCE.id,
        table="country",
        rule="alias_of_known_country",
        column="country",
        value=pl.col("country"),
        reason="the alias points to no ISO 3166-1 country",
        remedy="Correct the code in sources/embedded/country_aliases.csv.",
    )


SOURCE = Source(
    id="countries",
    title="Staaten: ISO 3166-1 mit deutschen und englischen Namen",
    publisher="ISO 3166-1 aus iso-codes von Debian (pycountry), Unicode CLDR (Babel), weitere Namen von diesem Projekt",
    licence="LGPL-2.1 (iso-codes), Unicode-3.0 (CLDR), MIT (aliases)",
    attribution="ISO 3166-1 (iso-codes); Unicode CLDR",
    homepage="https://cldr.unicode.org/",
    tables=("country",),
    read=read,
    embedded=("country_aliases.csv",),
    always=True,
    rhythm_days=365,
    group="countries",
)
