"""Values, statuses and reasons as a reader meets them.

Belongs here: one observation in words. Does not belong here: series, cards, pages.
"""

from __future__ import annotations

from pipelines.site.frames import Library, Row
from pipelines.site.numbers import number
from pipelines.site.texts import DE
from quality.status import OBS_STATUS


def written(indicator: Row, value: float) -> str:
    """A value in the form of its indicator, without unit."""
    if indicator["kind"] == "binary":
        return DE["yes"] if value else DE["no"]
    return number(value, indicator["decimals"])


def unit(indicator: Row) -> str:
    """The unit behind a written value; a yes has none, a count says what it counts in its name."""
    return "" if indicator["kind"] in ("binary", "count") else str(indicator["unit_de"])


def with_unit(indicator: Row, value: float) -> str:
    """A value in the form of its indicator, with unit."""
    return f"{written(indicator, value)} {unit(indicator)}".strip()


def status(row: Row) -> str:
    """The status of an observation in words."""
    known = OBS_STATUS.get(row["obs_status"])
    return known.de if known else str(row["obs_status"])


def reason(library: Library, row: Row) -> str:
    """Why a value is flagged or missing, in sentences; a value may be flagged for several reasons."""
    further = (row.get("further_reasons") or "").split(", ") if row["value"] is not None else []
    codes = [code for code in (row["reason"], *further) if code]
    return " ".join(library.reasons.get(code, code) for code in codes)
