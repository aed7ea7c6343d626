"""What an indicator is: one number about one unit and year, as a formula over measures.

Belongs here: the declaration and its parts. Does not belong here: any single indicator
(`indicators/catalogue/`, one file each) or its computation (`indicators/formula.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from indicators.standard import Standard
from indicators.target import Target
from quality.status import Text

Family = Literal["money", "fair_trade", "partnerships", "programmes", "migration", "context", "data"]
Kind = Literal["money", "balance", "share", "count", "rate", "binary", "score", "level"]
"""Form of a number: `balance` is money that may be negative, `score` 0 to 100 from points, `level` an
ordinal step. Scores and levels are ranks in disguise: they are not averaged and get no trend."""
OWN_GOAL = 17
"""The goal this catalogue is about."""


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
class NotComputable:
    """Why a figure the frameworks know cannot be stated for a municipality at all."""

    obs_status: Literal["L", "M"]
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A declaration from which checks, comments, pages and exports are made.

    `formula` is one SQL expression over measure ids; every denominator stands in `nullif(…, 0)` or
    is a number written down; nothing is rounded. It is null where `not_computable` says why: such an
    indicator stands in the catalogue and has no observations. `denominator` is the measure whose zero means "cannot exist" and whose note
    becomes `denominator_id`. `levels` says which units the indicator is for. `metadata` uses SDMX
    concept names (STAT_CONC_DEF, UNIT_MEASURE, SOURCE_TYPE, DATA_COMP, REC_USE_LIM, COMPARABILITY).
    """

    id: str
    number: int
    family: Family
    name: Text
    description: Text
    formula: str | None
    unit: Text
    kind: Kind
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
    core: bool = False
    """Whether it belongs to the core set of release 1."""
    context: bool = False
    """Whether it only describes the setting: other frameworks file it under another goal than 17."""
    standards: tuple[Standard, ...] = ()
    """Frameworks it follows, each "in Anlehnung an"."""
    targets: tuple[Target, ...] = ()
    """What the value is to reach or keep; none where no council or framework has set one."""
    caption: Text | None = None
    """One sentence on how to read a value, with {value}, {unit}, {name}, {year} to fill in."""
    letter: str = ""
    """Letter behind the number, as in 24b."""
    every_years: int = 1
    """Years between two collections."""
    not_computable: NotComputable | None = None
    published_as: str | None = None
    """Measure that holds the figure as another provider publishes it. Where it has a value it is the
    figure; where it has none the other measures of the formula make it. The formula is `either`."""
    sums_formula: str | None = None
    """Formula for sums over units, where the formula itself cannot be added up."""

    @property
    def for_sums(self) -> Indicator:
        """The indicator as sums over units see it: amounts only, nothing that is a ratio already."""
        if self.sums_formula is None:
            return self
        return replace(self, formula=self.sums_formula, published_as=None, sums_formula=None)

    @property
    def label(self) -> str:
        """The number as the catalogue prints it."""
        return f"{self.number}{self.letter}"

    @property
    def counts_as_available(self) -> bool:
        """Whether the data-availability rate counts it: core, about SDG 17, and not the rate itself."""
        return self.core and not self.context and self.family != "data"


def in_millionths(measure: str) -> str:
    """Formula of a figure that is kept in millionths: the figure itself, to the last digit.

    The divisor is made a column, because Polars multiplies by the reciprocal of a divisor that is a
    plain number and then differs from other engines in the last digit.
    """
    return f"cast({measure} as double) / (1000000 + 0 * {measure})"


def either(measure: str, formula: str) -> str:
    """Formula of a figure another provider publishes for some units and years, and we compute for others."""
    return f"coalesce({in_millionths(measure)}, {formula})"
