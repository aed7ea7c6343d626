"""Weights of the BBSR that do not add up: which of them are used all the same, and which are refused.

Belongs here: judging rows of `territory_weight` before they carry a figure. Does not belong here:
finding defects (`bbsr_weights.py` names them) or mending them (`quality/corrections/bbsr_weights.toml`).

Three kinds of defect are known. Units without inhabitants have population weight 1 for every receiver
(907 units and years): a declared correction puts the area weight there. Weights rounded to four digits
add up to 0.9999: within the tolerance, used as published. Anything else is refused, and so is the first
kind where the correction was not carried out: the figures of such a unit are carried nowhere.
"""

from __future__ import annotations

import polars as pl

from sources.bbsr_weights import TOLERANCE

UNIT = ["level", "year_from", "key_from", "territory_to"]
WEIGHTS = ("population_weight", "area_weight")


def judged(weights: pl.DataFrame) -> pl.DataFrame:
    """Rows of `territory_weight`, corrected, with what follows for their use.

    Returns:
        The same rows with `is_refused` (population or area weights of the unit do not add up to one)
        and `is_uninhabited` (its population weights were a defect and are its area weights now).
        Employment weights carry nothing here.
    """
    off = pl.any_horizontal((pl.col(name).sum().over(UNIT) - 1).abs() > TOLERANCE for name in WEIGHTS)
    was_defective = pl.col("defect").str.contains("population").fill_null(False)
    same = (pl.col("population_weight") == pl.col("area_weight")).all().over(UNIT)
    return weights.with_columns(is_refused=off, is_uninhabited=was_defective & same)
