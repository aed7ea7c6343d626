"""What is said of measures when units are compared: amounts per inhabitant, ranks, quartiles.

Belongs here: these three as engine-neutral functions, so that the engines can be compared on them as well. The
product computes them in Polars from the measures, whichever engine made those, and never publishes a rank.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from indicators.measure import Lazy

CENTS = 100
QUARTILES = {"lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75}


def per_inhabitant(measure: Lazy) -> Lazy:
    """Euros of payments per inhabitant, with ranks among the units of a year.

    One division of two whole numbers at the end: money stays in cents until then.
    """
    paid = measure.filter(nw.col("measure_id") == "total_payments", nw.col("phase") == "actual")
    counted = measure.filter(nw.col("measure_id") == "population_30_06", nw.col("value") > 0)
    euros = nw.col("cents").cast(nw.Float64) / (nw.col("inhabitants") * CENTS).cast(nw.Float64)
    return (
        paid.select("ags", "year", cents=nw.col("value"))
        .filter(~nw.col("cents").is_null())
        .join(counted.select("ags", "year", inhabitants=nw.col("value")), on=["ags", "year"], how="inner")
        .with_columns(per_inhabitant=euros)
        .with_columns(
            first=nw.col("per_inhabitant").rank("min", descending=True).over("year").cast(nw.Int64),
            shared=nw.col("per_inhabitant").rank("average").over("year").cast(nw.Float64),
        )
        .select("ags", "year", "cents", "inhabitants", "per_inhabitant", "first", "shared")
    )


def quartiles(compared: Lazy) -> Lazy:
    """Quartiles of each year, interpolated linearly, with the number of units."""
    value = nw.col("per_inhabitant")
    return compared.group_by("year").agg(
        units=value.count().cast(nw.Int64),
        **{name: value.quantile(at, interpolation="linear") for name, at in QUARTILES.items()},
    )
