"""What the signs in statistical tables mean: zero, rounded to zero, nothing, secret, later.

Belongs here: the dictionary by provider and period (`embedded/symbols.csv`) and its reading of one
sign. Does not belong here: where signs stand in a table, or numbers.

A sign never becomes a number unless its entry says so. A dash is zero only for a unit that exists in
the period: for a dissolved one there can be no figure, and where nobody knows, the figure is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from quality.contracts import CONTRACTS
from sources.source import Raw, Reading, Source
from sources.written import first_day, is_date, only_readable, written_rows
from sources.written_by_us import embedded_table

TABLE = CONTRACTS["symbol"]
COLUMNS = (
    "provider",
    "symbol",
    "meaning_de",
    "meaning_en",
    "obs_status",
    "effect",
    "needs_unit",
    "valid_from",
    "valid_to",
    "evidence",
)
YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, kw_only=True)
class Interpretation:
    """What a sign makes of a figure.

    `value` is 0 or null. With `keeps_figure` the figure printed beside the sign stays as it is.
    """

    value: int | None
    obs_status: str
    is_rounded_zero: bool = False
    keeps_figure: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One sign of one provider in one period."""

    obs_status: str
    effect: str
    needs_unit: bool
    valid_from: date | None
    valid_to: date | None

    def holds(self, on: date) -> bool:
        """Whether the provider used the sign so on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


def _day(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _dictionary() -> Mapping[str, Mapping[str, Sequence[Entry]]]:
    found: dict[str, dict[str, list[Entry]]] = {}
    for row in embedded_table("symbols.csv", COLUMNS).iter_rows(named=True):
        entry = Entry(
            obs_status=row["obs_status"],
            effect=row["effect"],
            needs_unit=YES_NO[row["needs_unit"]],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
        )
        found.setdefault(row["provider"], {}).setdefault(row["symbol"], []).append(entry)
    return found


DICTIONARY: Mapping[str, Mapping[str, Sequence[Entry]]] = _dictionary()
"""Provider to sign to its entries."""


def interpret(provider: str, symbol: str, on: date, alive: bool | None) -> Interpretation | None:
    """The meaning of a sign, or null where the provider's dictionary has none for that day.

    Args:
        provider: key of `DICTIONARY`.
        symbol: the sign as printed.
        on: day or last day of the period the figure refers to.
        alive: whether the unit exists on that day by the register; null where nobody knows.

    Raises:
        KeyError: there is no dictionary for this provider, a mistake in our code.
    """
    entry = next((each for each in DICTIONARY[provider].get(symbol.strip(), ()) if each.holds(on)), None)
    if entry is None:
        return None
    if entry.needs_unit and not alive:
        return Interpretation(value=None, obs_status="O" if alive is None else "M")
    return Interpretation(
        value=0 if entry.effect in {"zero", "rounded_zero"} else None,
        obs_status=entry.obs_status,
        is_rounded_zero=entry.effect == "rounded_zero",
        keeps_figure=entry.effect == "keep",
    )


def without_unit(provider: str) -> Mapping[str, str]:
    """Signs that mean the same for every unit and leave no figure, with their status."""
    return {
        symbol: entries[0].obs_status
        for symbol, entries in DICTIONARY[provider].items()
        if len(entries) == 1 and entries[0].effect == "null" and not entries[0].needs_unit
    }


def alive_on(units: pl.DataFrame, ags: str, on: date) -> bool | None:
    """Whether a unit exists on a day by the register; null where the register does not know the key.

    Args:
        units: columns ags, valid_from and valid_to of table `municipality` (null is open).
    """
    known = units.filter(pl.col("ags") == ags)
    if known.is_empty():
        return None
    begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= on)
    not_ended = pl.col("valid_to").is_null() | (pl.col("valid_to") >= on)
    return not known.filter(begun & not_ended).is_empty()


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """The dictionary as a table."""
    frames, rejected = [TABLE.empty()], []
    for raw in raws:
        rows, broken = written_rows(raw, COLUMNS, source_id=SOURCE.id, table=TABLE.table)
        rows, unreadable = only_readable(
            rows,
            {
                "needs_unit": pl.col("needs_unit").is_in(list(YES_NO)),
                **{name: pl.col(name).is_null() | is_date(name) for name in ("valid_from", "valid_to")},
            },
            source_id=SOURCE.id,
            table=TABLE.table,
        )
        frames.append(
            rows.with_columns(
                needs_unit=pl.col("needs_unit") == "yes",
                valid_from=first_day("valid_from"),
                valid_to=first_day("valid_to"),
            ).select(list(TABLE.columns))
        )
        rejected += [broken, unreadable]
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=pl.concat(rejected))


SOURCE = Source(
    id="symbols",
    title="Zeichenerklärungen der statistischen Ämter",
    publisher="Statistische Ämter des Bundes und der Länder, Bundesagentur für Arbeit; von diesem Projekt aufgeschrieben",
    licence="Tatsachen aus öffentlichen Zeichenerklärungen, mit ihrer Fundstelle aufgeschrieben",
    attribution="Zeichenerklärungen der statistischen Ämter; Zusammenstellung: SDG 17 Kommunalmonitor",
    tables=("symbol",),
    read=read,
    embedded=("symbols.csv",),
    always=True,
    rhythm_days=365,
    group="register",
)
