"""The crosswalk from our indicators to the frameworks they lean on."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import INDICATOR

CONTRACT = Contract(
    table="indicator_standard",
    description=(
        "Frameworks each indicator leans on, with the framework's own code, title and goal. Always in "
        "Anlehnung an: no definition is taken over word for word"
    ),
    key=("indicator_id", "framework"),
    columns={
        "indicator_id": INDICATOR,
        "framework": Column(dtype=pl.String, description="Framework", pattern=r"[a-z0-9_]+"),
        "framework_de": Column(dtype=pl.String, description="Title of the framework, German"),
        "framework_en": Column(dtype=pl.String, description="Title of the framework, English"),
        "code": Column(dtype=pl.String, nullable=True, description="The framework's own number"),
        "goal": Column(
            dtype=pl.Int64,
            nullable=True,
            description="SDG under which the framework files it; null where under none",
            minimum=1,
            maximum=17,
        ),
        "title": Column(
            dtype=pl.String, nullable=True, description="Title as printed there, in the framework's language"
        ),
        "relation_de": Column(dtype=pl.String, description="How our definition stands to it, German"),
        "relation_en": Column(dtype=pl.String, description="How our definition stands to it, English"),
        "note_de": Column(dtype=pl.String, nullable=True, description="What is taken or differs, German"),
        "note_en": Column(dtype=pl.String, nullable=True, description="What is taken or differs, English"),
    },
)
