"""What an indicator is: one number about one unit and year, as a formula over measures.

Belongs here: the declaration and its parts. Does not belong here: any single indicator
(`indicators/catalogue/`, one file each) or its computation (`indicators/formula.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from indicators.target import Target
from quality.status import Text


@dataclass(frozen=True, kw_only=True)
class Example:
    """A worked example that is at the same time the test of the formula in both engines.

    `measures` are values of one unit and year (null where unknown), `value` the result, null if
    there is none, `obs_status` the status that goes with it when every known input is normal.
    """

    measures: Mapping[str, int | None]
    value: float | None
    obs_status: str = "A"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A declaration from which checks, comments, pages and exports are made.

    `formula` is one SQL expression over measure ids; every denominator stands in `nullif(…, 0)`;
    nothing is rounded. `denominator` is the measure whose zero means "cannot exist" and whose note
    becomes `denominator_id`. `levels` says which units the indicator is for. `metadata` uses SDMX
    concept names (STAT_CONC_DEF, UNIT_MEASURE, SOURCE_TYPE, DATA_COMP, REC_USE_LIM, COMPARABILITY).
    """

    id: str
    number: int
    family: Literal["money", "fair_trade", "partnerships", "programmes", "data"]
    name: Text
    description: Text
    formula: str | None
    unit: Text
    kind: Literal["money", "share", "count", "rate", "binary"]
    decimals: int
    direction: Literal["higher", "lower", "none"]
    definition_version: str
    metadata: Mapping[str, Text]
    pitfalls: Text
    examples: tuple[Example, ...]
    denominator: str | None = None
    levels: tuple[str, ...] = ("municipality", "district")
    has_plan: bool = False
    """Whether the same formula over plan figures is shown as a separate series."""
    says_nothing_at: tuple[str, ...] = ()
    """Statuses of the inputs with which the formula has no meaning: the value is withheld with O. A
    share of two lower bounds is neither an upper nor a lower bound."""
    weak_below: int | None = None
    """Denominators under this number make a value other than zero unreliable (status U)."""
    core: bool = True
    """Whether it counts for the data-availability rate."""
    standards: tuple[str, ...] = ()
    """Frameworks it follows, as printed, each "in Anlehnung an"."""
    targets: tuple[Target, ...] = ()
    """What the value is to reach or keep; none where no council or framework has set one."""
    caption: Text | None = None
    """One sentence on how to read a value, with {value}, {unit}, {name}, {year} to fill in."""
