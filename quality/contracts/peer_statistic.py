"""What a peer group looks like in one year: the middle half of its values, or why it cannot be said."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import GROUP, INDICATOR, STATUS, YEAR
from quality.status import Text


def _number(description: str) -> Column:
    return Column(dtype=pl.Float64, nullable=True, description=description)


def _count(description: str) -> Column:
    return Column(dtype=pl.Int64, description=description, minimum=0)


CONTRACT = Contract(
    table="peer_statistic",
    description="Quartile band of each peer group by indicator and year: only where at least 5 members report and hold at least half of the group's inhabitants",
    key=("indicator_id", "year", "group_id"),
    sort=("indicator_id", "group_id", "year"),
    columns={
        "indicator_id": INDICATOR,
        "year": YEAR,
        "group_id": GROUP,
        "reporting": _count("Members whose value is compared (n)"),
        "set_aside": _count("Members with a value that is not compared: low reliability or other definition"),
        "suppressed": _count("Members whose value is confidential"),
        "members": _count("Members of the group"),
        "population_covered": Column(
            dtype=pl.Int64, description="Inhabitants of the members compared", unit="persons", minimum=0
        ),
        "coverage": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Share of the group's inhabitants that the members compared hold",
            minimum=0,
            maximum=1,
        ),
        "lower_quartile": _number("A quarter of the values compared lie at or below; linear interpolation"),
        "median": _number("Half of the values compared lie at or below"),
        "upper_quartile": _number("Three quarters of the values compared lie at or below"),
        "minimum": _number("Smallest value compared"),
        "maximum": _number("Largest value compared"),
        "share_yes": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Of a yes-no indicator: members that say yes among those known",
            unit="percent",
            minimum=0,
            maximum=100,
        ),
        "obs_status": STATUS,
        "reason": Column(
            dtype=pl.String, nullable=True, description="Reason code where there is no band, or of its status"
        ),
    },
    rules=(
        Rule(
            name="band_only_with_enough_reporting",
            good=pl.coalesce("median", "share_yes").is_null()
            | (
                (pl.col("reporting") >= 5)  # noqa: PLR2004 - the published condition
                & (pl.col("coverage") >= 0.5)  # noqa: PLR2004
                & (pl.col("suppressed") == 0)
            ),
            says=Text(
                de="eine mittlere Hälfte steht nur, wo genug berichten",
                en="a band is stated only where enough report",
            ),
            remedy=Text(
                de="Eine mittlere Hälfte braucht fünf berichtende Einheiten und die Hälfte der Einwohner, und nichts Geheimes darf fehlen.",
                en="A band needs 5 members reporting, half of the inhabitants and no confidential value.",
            ),
        ),
        Rule(
            name="no_band_has_reason",
            good=pl.coalesce("median", "share_yes").is_not_null() | pl.col("reason").is_not_null(),
            says=Text(
                de="wo keine mittlere Hälfte steht, steht der Grund",
                en="where there is no band there is a reason",
            ),
            remedy=Text(de="Sagen, warum es keine mittlere Hälfte gibt.", en="Say why there is no band."),
        ),
        Rule(
            name="quartiles_in_order",
            good=(
                (pl.col("minimum") <= pl.col("lower_quartile"))
                & (pl.col("lower_quartile") <= pl.col("median"))
                & (pl.col("median") <= pl.col("upper_quartile"))
                & (pl.col("upper_quartile") <= pl.col("maximum"))
            ).fill_null(True),
            says=Text(
                de="kleinster Wert, Quartile und größter Wert stehen in ihrer Folge",
                en="minimum, quartiles and maximum are in order",
            ),
            remedy=Text(
                de="Die Berechnung der Quartile ansehen.",
                en="Quartiles and extremes are of different values.",
            ),
        ),
    ),
)
