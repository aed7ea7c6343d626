"""The picture of one indicator of one unit: headline, alternative text, legend, data.

Belongs here: what a figure says and from which rows it is drawn. Does not belong here: how it is
drawn (`pipelines/charts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pipelines.charts.forms import FORM_OF_KIND, Point, rows
from pipelines.site.frames import Row
from pipelines.site.texts import DE
from pipelines.site.wording import with_unit, written
from quality.status import BREAKS

COMPARABLE = ("A", "N", "P", "E", "I")
"""Statuses of values a headline may compare: same definition, no break, reliable enough."""

UNFLAGGED = ("A", "N")
"""Statuses of a value that needs no reservation."""

PART_OF_THE_TRUTH = ("lower_bound", "incomplete_lists")
"""Reasons of values that grow when a source is read, not only when the world changes."""

NO_PICTURE = {"form": "", "rows": []}


def message(indicator: Row, valued: Sequence[Row], planned: Sequence[Row]) -> str:
    """The headline of the picture: first and newest value, nothing about causes."""
    if not valued:
        last = planned[-1]
        return f"Nur Planzahlen: {with_unit(indicator, last['value'])} ({last['year']})"
    first, last = valued[0], valued[-1]
    if indicator["kind"] == "binary":
        return _since(indicator, valued)
    if first["year"] == last["year"]:
        return _alone(indicator, last)
    if not all(_comparable(row) for row in valued) or anew(valued):
        return _alone(indicator, last)
    start = written(indicator, first["value"])
    if start == written(indicator, last["value"]):
        return f"{first['year']} und {last['year']} je {with_unit(indicator, last['value'])}"
    return f"Von {start} ({first['year']}) auf {with_unit(indicator, last['value'])} ({last['year']})"


def _comparable(row: Row) -> bool:
    """Whether a value may be set beside one of another year: not if only part of the truth was counted."""
    return row["obs_status"] in COMPARABLE and row["reason"] not in PART_OF_THE_TRUTH


def anew(series: Sequence[Row]) -> frozenset[int]:
    """Years in which a series begins anew, so that nothing may be joined or compared across them.

    That is at a break (also one beneath a stronger flag), and where values of a differing definition
    begin or end; between two values of the same differing definition there is no gap.
    """
    valued = [row for row in series if row["value"] is not None]
    return frozenset(
        row["year"] for before, row in pairwise(valued) if _breaks(row) or _differs(before) != _differs(row)
    )


def _breaks(row: Row) -> bool:
    reasons = {row["reason"], *(row.get("further_reasons") or "").split(", ")}
    return row["obs_status"] == "B" or not reasons.isdisjoint(BREAKS)


def _differs(row: Row) -> bool:
    return bool(row["obs_status"] == "D")


def _alone(indicator: Row, row: Row) -> str:
    """One value with its year; a count of what sources happen to name is called that."""
    if row["reason"] == "lower_bound" and indicator["kind"] == "count":
        return f"{with_unit(indicator, row['value'])} in den ausgewerteten Quellen ({row['year']})"
    return f"{with_unit(indicator, row['value'])} ({row['year']})"


def _since(indicator: Row, valued: Sequence[Row]) -> str:
    """Since when a title or resolution is known, without a gap, to stand as in the newest year."""
    last = valued[-1]
    start = last["year"]
    for row in reversed(valued[:-1]):
        if row["value"] != last["value"] or row["year"] != start - 1:
            break
        start = row["year"]
    answer = written(indicator, last["value"]).capitalize()
    return f"{answer} ({start})" if start == last["year"] else f"{answer} ({start} bis {last['year']})"


def alternative(indicator: Row, series: Sequence[Row], planned: Sequence[Row]) -> str:
    """What the picture shows, for those who do not see it; the table has it all."""
    years = [
        f"{row['year']} {DE['missing'] if row['value'] is None else written(indicator, row['value'])}"
        for row in series
    ]
    if len(years) > 12:  # noqa: PLR2004 - beyond a dozen years nobody listens
        years = [*years[:2], "…", *years[-4:]]
    plans = [f"{row['year']} {written(indicator, row['value'])}" for row in planned[-4:]]
    text = f"Diagramm: {indicator['name_de']}. " + ", ".join(years)
    return text + (f". {DE['plan']}: {', '.join(plans)}." if plans else ".")


def has_history(indicator: Row, series: Sequence[Row]) -> bool:
    """Whether a picture says more than its one number: always, except for the rate of one single year
    that every unit has and that speaks of our data, not of the unit."""
    return indicator["family"] != "data" or len(series) > 1


def marks(indicator: Row, series: Sequence[Row], planned: Sequence[Row]) -> list[str]:
    """Which marks the picture contains, for its legend."""
    known = [row for row in series if row["value"] is not None]
    binary = indicator["kind"] == "binary"
    plain = [row for row in known if row["obs_status"] in UNFLAGGED]
    marks = [
        ("yes" if binary else "actual", any(row["value"] for row in plain) if binary else bool(plain)),
        ("flagged", len(plain) < len(known)),
        ("no", binary and any(row["value"] == 0 for row in known)),
        ("plan", bool(planned)),
        ("missing", len(known) < len(series)),
        ("gap", not binary and bool(anew(series))),
    ]
    return [mark for mark, present in marks if present]


def picture(indicator: Row, series: Sequence[Row], planned: Sequence[Row]) -> dict[str, Any]:
    """What the picture is drawn from; two cards with equal data are drawn once."""
    plans = {row["year"]: row["value"] for row in planned}
    gaps = anew(series)
    points = [
        Point(
            year=row["year"],
            value=row["value"],
            label="" if row["value"] is None else written(indicator, row["value"]),
            flagged=row["obs_status"] not in UNFLAGGED,
            anew=row["year"] in gaps,
            plan=plans.get(row["year"]),
            plan_label=written(indicator, plans[row["year"]]) if row["year"] in plans else "",
        )
        for row in series
    ]
    return {"form": FORM_OF_KIND[indicator["kind"]], "rows": rows(points)}
