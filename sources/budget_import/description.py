"""What a description of a city's budget files consists of.

Belongs here: the declarations, as frozen dataclasses. Does not belong here: reading them from TOML
(`parsing.py`) or applying them (`harmonise.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

TARGETS = (
    "year",
    "phase",
    "direction",
    "budget_part",
    "function_code",
    "function_name",
    "organisation_code",
    "organisation_name",
    "account_code",
    "account_name",
    "line_text",
)
"""Columns of `budget_line` a description fills; amount, key and provenance follow by themselves."""

REQUIRED = ("year", "phase", "direction", "budget_part")
"""Targets without which a line cannot be counted."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "phase": ("plan", "supplementary", "actual_preliminary", "actual"),
    "direction": ("revenue", "expenditure"),
    "budget_part": ("current", "capital", "financing", "internal"),
}
"""The words a target may hold; a description that uses another is refused when it is loaded."""

AS_COLUMN = "as_column"
"""In place of a direction: the line has the direction a positive figure has in its column."""

STANDARD_FORMS = ("offenerhaushalt", "fiscal_data_package")
"""Forms recognised from the file itself: a description only has to name them."""

SYMBOL_MEANINGS = ("absent", "zero", "unknown")
"""absent: the provider states nothing, no row; zero: stands for 0; unknown: a row without amount."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How records lie in a file. `header` names the columns of a file that has no header row."""

    format: str
    encoding: str = "utf-8"
    separator: str = ","
    sheet: str | None = None
    header_row: int = 1
    header: tuple[str, ...] = ()
    records: str | None = None
    join: str | None = None
    join_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """`value` where every named column contains a match of its regular expression."""

    value: str
    when: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Value:
    """How one text is obtained from a record, step by step in the order of the fields.

    Start from `column` (or a `constant`, or the first of `cases` that applies), take the first
    group of `extract`, fill with zeros to `pad` digits, translate by `words`, look up in `lookup`,
    rejoin words divided at the end of a printed line (`join_divided_words`).
    """

    column: str | None = None
    constant: str | None = None
    cases: tuple[Case, ...] = ()
    extract: str | None = None
    pad: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    lookup: str | None = None
    join_divided_words: bool = False

    @property
    def columns(self) -> frozenset[str]:
        """Columns of the file this value reads."""
        own = {self.column} if self.column else set()
        return frozenset(own | {name for case in self.cases for name in case.when})


@dataclass(frozen=True, kw_only=True)
class Amount:
    """One column of money and what is the same for the whole column.

    `positive_means` is the direction a positive figure has; where the line has the other direction
    the sign is turned, so that the amount counts in the direction of its line and a negative one is
    a reversal. Left out, a positive figure counts in the direction of the line.
    """

    column: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    positive_means: str | None = None
    mark: str = ""
    """`e` or `r` at the end of the row key where two columns share year and phase."""


@dataclass(frozen=True, kw_only=True)
class LeaveOut:
    """Records that are no budget lines, for a stated reason; they go to quarantine under `rule`."""

    rule: str
    when: Mapping[str, str]
    reason: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Unused:
    """Columns of money deliberately not read. With `all_zero` a figure in them is a change of source."""

    columns: tuple[str, ...]
    reason: str
    all_zero: bool = False


@dataclass(frozen=True, kw_only=True)
class BudgetFile:
    """One file (or several of the same form) with its columns, amounts and exceptions."""

    pattern: str
    short: str
    layout: Layout
    number: str
    symbols: Mapping[str, str]
    key: str | None
    values: Mapping[str, tuple[Value, ...]]
    amounts: tuple[Amount, ...]
    leave_out: tuple[LeaveOut, ...] = ()
    unused: tuple[Unused, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)
    """The records this entry speaks of, where another entry describes the other records of the file."""
    form: str | None = None
    """One of `STANDARD_FORMS`: layout, columns and amounts are recognised when the file is read."""
    declared: Mapping[str, str] = field(default_factory=dict)
    """With `form`: what the description states all the same and recognition must respect."""


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """A file of codes and names. `continued` joins rows without a code to the name before them."""

    name: str
    pattern: str
    layout: Layout
    key: Value
    value: str
    continued: bool = False


@dataclass(frozen=True, kw_only=True)
class Control:
    """A figure the imported rows must reproduce to the cent.

    `balance`: revenue equals expenditure. `total`: the rows of `direction` add up to
    `amount_cents`. `net`: expenditure less revenue is `amount_cents`. Counted are the rows of
    `ags`, `year` and `phase`, internal ones included; with `budget_part` only those of that part.
    """

    ags: str
    year: int
    phase: str
    kind: str
    source_id: str
    direction: str | None = None
    amount_cents: int | None = None
    budget_part: str | None = None


@dataclass(frozen=True, kw_only=True)
class Description:
    """Everything the importer knows about a city: who publishes what, and how it is laid out."""

    id: str
    ags: str
    accounting: str
    title: str
    publisher: str
    licence: str
    attribution: str
    homepage: str | None
    note: str
    files: tuple[BudgetFile, ...]
    lookups: tuple[Lookup, ...] = ()
    controls: tuple[Control, ...] = ()
    extent: str = "whole"
    """whole: the budget with all its lines; extract: some lines of it, which prove no total."""

    @property
    def key_prefix(self) -> str:
        """How the keys of its rows begin; rows of an extract are told by it from a whole budget."""
        return self.source_id if self.extent == "whole" else f"budget_extract:{self.id}"

    @property
    def source_id(self) -> str:
        """Identifier of the source in the house."""
        return f"budget_{self.id}"

    @property
    def patterns(self) -> tuple[str, ...]:
        """Every file the description reads, in declared order."""
        data, names = [file.pattern for file in self.files], [lookup.pattern for lookup in self.lookups]
        packaged = [
            f"{PurePosixPath(file.pattern).parent}/**/*.csv"
            for file in self.files
            if file.form == "fiscal_data_package"
        ]
        return tuple(dict.fromkeys(data + packaged + names))
