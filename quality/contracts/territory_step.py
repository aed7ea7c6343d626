"""What became of units that ceased, changed their key or gave a part away."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import MUNICIPALITY_OR_DISTRICT
from quality.status import Text

METHODS = ("change_list", "bbsr", "population_balance", "area_balance", "municipalities", "none")

CONTRACT = Contract(
    table="territory_step",
    description=(
        "Steps of the territory: which unit passed into which, when, with which share. A unit whose "
        "successor nobody can tell stands here with method none, null weights and the reason as evidence; "
        "key_to then names each unit that may have received it"
    ),
    key=("key_from", "key_to", "effective_on"),
    sort=("level", "effective_on", "key_from", "key_to"),
    columns={
        "key_from": MUNICIPALITY_OR_DISTRICT,
        "key_to": Column(
            dtype=pl.String,
            nullable=True,
            description="Unit that received it, or may have; null where not even that is known",
            pattern=r"\d{5}|\d{8}",
        ),
        "level": Column(
            dtype=pl.String, description="Level of both units", allowed=("municipality", "district")
        ),
        "kind": Column(
            dtype=pl.String,
            description=(
                "dissolution of the old unit, change of its key, separation of a part of a unit that goes "
                "on, or the remainder that stays with it"
            ),
            allowed=("dissolution", "key_change", "separation", "remainder"),
        ),
        "known_until": Column(dtype=pl.Date, description="Last day the old state is known to have held"),
        "effective_on": Column(
            dtype=pl.Date,
            description=(
                "Day from which the new state holds where is_exact_day; otherwise the first day it is known to"
            ),
        ),
        "is_exact_day": Column(
            dtype=pl.Boolean,
            description="Whether a list of changes states the day, or only editions enclose it",
        ),
        "population_weight": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Share of the inhabitants of key_from; null where unknown",
            minimum=0,
            maximum=1,
        ),
        "area_weight": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Share of the area of key_from; null where unknown",
            minimum=0,
            maximum=1,
        ),
        "is_uninhabited": Column(
            dtype=pl.Boolean,
            description="True where key_from had no inhabitants: its area weight then stands for both",
        ),
        "method": Column(
            dtype=pl.String,
            description=(
                "How it is known: list of changes; key of the BBSR; register editions whose inhabitants of one "
                "day balance to the person, or whose areas balance, in one way only; steps of the "
                "municipalities of a district; none where it is not"
            ),
            allowed=METHODS,
        ),
        "evidence": Column(
            dtype=pl.String, description="The figures or the record it rests on, or why nothing is"
        ),
        "snapshot_ids": Column(
            dtype=pl.List(pl.String), description="SHA-256 of every file it rests on, sorted"
        ),
    },
    rules=(
        Rule(
            name="weights_known_or_refused",
            good=(pl.col("method") == "none") == pl.col("population_weight").is_null(),
            says=Text(
                de="ein Schritt hat Gewichte, oder er ist abgelehnt", en="a step has weights, or is refused"
            ),
            remedy=Text(
                de="Ein Schritt hat Gewichte, oder die Methode none und den Grund als Beleg.",
                en="A step has weights, or method none and the reason as evidence.",
            ),
        ),
        Rule(
            name="old_state_before_new",
            good=pl.col("known_until") <= pl.col("effective_on"),
            says=Text(de="der alte Stand liegt vor dem neuen", en="the old state lies before the new"),
            remedy=Text(
                de="Die Reihenfolge der Ausgaben und Tage prüfen.", en="Check the order of editions and days."
            ),
        ),
    ),
)
