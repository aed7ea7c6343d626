"""Values, statuses and reasons as a reader meets them.

Belongs here: one observation in words. Does not belong here: series, cards, pages.
"""

from __future__ import annotations

from pipelines.site.frames import Library
from pipelines.site.language import Language
from pipelines.site.reading import Row
from quality.status import OBS_STATUS

LOWER_BOUND, INCOMPLETE = "lower_bound", "incomplete_lists"
"""Reasons of values that count only what sources name: no less than that, and of a share not even that."""


def written(language: Language, indicator: Row, value: float) -> str:
    """A value in the form of its indicator, without unit."""
    if indicator["kind"] == "binary":
        return language["yes" if value else "no"]
    return language.number(value, indicator["decimals"])


def unit(language: Language, indicator: Row) -> str:
    """The unit behind a written value; a yes has none, a count says what it counts in its name."""
    return "" if indicator["kind"] in ("binary", "count") else language.of(indicator, "unit")


def unit_named(language: Language, indicator: Row) -> str:
    """The unit as a definition states it."""
    return language["yes_no"] if indicator["kind"] == "binary" else language.of(indicator, "unit")


def with_unit(language: Language, indicator: Row, value: float) -> str:
    """A value in the form of its indicator, with unit."""
    return f"{written(language, indicator, value)} {unit(language, indicator)}".strip()


def status(language: Language, row: Row) -> str:
    """The status of an observation in words."""
    known = OBS_STATUS.get(row["obs_status"])
    return language.text(known) if known else str(row["obs_status"])


def reasons_of(row: Row) -> set[str]:
    """All reasons of one observation; empty words where there are none."""
    return {row["reason"] or "", *(row.get("further_reasons") or "").split(", ")}


def reservation(language: Language, row: Row) -> str:
    """What must stand beside a value: its status, or in plain words that it is what the sources name.

    A zero that only means that no source names any is never printed as a plain fact.
    """
    known = reasons_of(row)
    if LOWER_BOUND in known:
        return language["lower_bound_short" if row["value"] else "lower_bound_none"]
    return language["incomplete_lists_short"] if INCOMPLETE in known else status(language, row)


def reason(library: Library, language: Language, row: Row) -> str:
    """Why a value is flagged or missing, in sentences; a value may be flagged for several reasons."""
    further = (row.get("further_reasons") or "").split(", ") if row["value"] is not None else []
    return " ".join(reason_text(library, language, code) for code in (row["reason"], *further) if code)


def reason_text(library: Library, language: Language, code: str) -> str:
    """The sentence of a reason; its code where the table does not know it."""
    known = library.reasons.get(code)
    return language.of(known, "text") if known else code
