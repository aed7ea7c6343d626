"""Results of the checks a release was published with."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="quality_result",
    description="Every check run on this release, with outcome and counts",
    key=("check_id",),
    sort=("check_id",),
    columns={
        "check_id": Column(dtype=pl.String, description="Identifier of the check"),
        "kind": Column(
            dtype=pl.String,
            description="What carried it out",
            allowed=("expectation", "rule", "plausibility"),
        ),
        "table_name": Column(dtype=pl.String, description="Table checked"),
        "severity": Column(
            dtype=pl.String,
            description="stop: no release; warn: published with a finding; note: for information",
            allowed=("stop", "warn", "note"),
        ),
        "owner": Column(
            dtype=pl.String,
            description="Who acts when it fails: maintainer of the program, data_steward for the data, operator of the nights",
            allowed=("maintainer", "data_steward", "operator"),
        ),
        "passed": Column(dtype=pl.Boolean, description="Whether it held"),
        "checked": Column(dtype=pl.Int64, nullable=True, description="Rows or values checked"),
        "unexpected": Column(dtype=pl.Int64, nullable=True, description="Rows that broke it"),
        "observed": Column(dtype=pl.String, nullable=True, description="What was found"),
        "expected": Column(dtype=pl.String, nullable=True, description="What should have been found"),
        "examples": Column(dtype=pl.String, nullable=True, description="Some of the rows that broke it"),
        "remedy": Column(dtype=pl.String, description="What to do when it fails"),
        "expected_de": Column(
            dtype=pl.String, nullable=True, description="What should have been found, in German"
        ),
        "remedy_de": Column(dtype=pl.String, description="What to do when it fails, in German"),
        "audited_in": Column(
            dtype=pl.String,
            nullable=True,
            description="Earlier release whose audit found this, where table and checks are the same since; "
            "null where it was found for this release",
        ),
    },
)
