"""Countries: ISO codes, names in German and English."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="country",
    description="Countries with ISO codes and names",
    key=("country",),
    sort=("country",),
    columns={
        "country": Column(
            dtype=pl.String, description="ISO 3166-1 alpha-3 code (XKX for Kosovo)", pattern=r"[A-Z]{3}"
        ),
        "iso2": Column(
            dtype=pl.String, nullable=True, description="ISO 3166-1 alpha-2 code", pattern=r"[A-Z]{2}"
        ),
        "name_de": Column(dtype=pl.String, description="German name (CLDR)"),
        "name_en": Column(dtype=pl.String, description="English name (CLDR)"),
    },
)
