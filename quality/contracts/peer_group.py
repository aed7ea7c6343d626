"""Groups of comparable units, each made by a declared rule."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import GROUP_FORM

CONTRACT = Contract(
    table="peer_group",
    description="Peer groups: units of one level that a declared rule calls alike; live units only",
    key=("group_id",),
    columns={
        "group_id": Column(
            dtype=pl.String, description="Key of the group: rule and class of each part", pattern=GROUP_FORM
        ),
        "rule_id": Column(dtype=pl.String, description="Rule that makes the group", pattern="[a-z0-9_]+"),
        "level": Column(
            dtype=pl.String,
            description="Level of every member; levels are never mixed",
            allowed=("municipality", "association", "district", "land"),
        ),
        "name_de": Column(dtype=pl.String, description="Name, German"),
        "name_en": Column(dtype=pl.String, description="Name, English"),
        "rule_de": Column(dtype=pl.String, description="The rule in words, German"),
        "rule_en": Column(dtype=pl.String, description="The rule in words, English"),
        "in_sensitivity": Column(
            dtype=pl.Boolean,
            description="Whether the rule is one of the definitions counted in peer_sensitivity (own lists are not)",
        ),
        "members": Column(dtype=pl.Int64, description="Number of units in the group", minimum=1),
        "population": Column(
            dtype=pl.Int64,
            nullable=True,
            description="Inhabitants of all members, the newest figure of each; null where one is unknown",
            unit="persons",
            minimum=0,
        ),
        "population_date": Column(
            dtype=pl.Date, nullable=True, description="Oldest reference date among these figures"
        ),
    },
)
