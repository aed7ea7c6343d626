"""The picture of one indicator of one unit: headline, alternative text, legend, data.

Belongs here: what a figure says and from which rows it is drawn. Does not belong here: how it is
drawn (`pipelines/charts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pipelines.charts.forms import FORM_OF_KIND, Point, rows
from pipelines.site.language import Language
from pipelines.site.reading import Row
from pipelines.site.wording import INCOMPLETE, LOWER_BOUND, reasons_of, with_unit, written
from quality.status import BREAKS

COMPARABLE = ("A", "N", "P", "E", "I")
"""Statuses of values a headline may compare: same definition, no break, reliable enough."""

UNFLAGGED = ("A", "N")
"""Statuses of a value that needs no reservation."""

PART_OF_THE_TRUTH = (LOWER_BOUND, INCOMPLETE)
"""Reasons of values that grow when a source is read, not only when the world changes."""


def message(language: Language, indicator: Row, valued: Sequence[Row], planned: Sequence[Row]) -> str:
    """The headline of the picture: first and newest value, nothing about causes."""
    if not valued:
        last = planned[-1]
        return language.say(
            "message_only_plan", value=with_unit(language, indicator, last["value"]), year=last["year"]
        )
    first, last = valued[0], valued[-1]
    if indicator["kind"] == "binary":
        return _since(language, indicator, valued)
    if first["year"] == last["year"]:
        return _alone(language, indicator, last)
    if not all(_comparable(row) for row in valued) or anew(valued):
        return _alone(language, indicator, last)
    start = written(language, indicator, first["value"])
    same = start == written(language, indicator, last["value"])
    return language.say(
        "message_both" if same else "message_change",
        start=start,
        first=first["year"],
        value=with_unit(language, indicator, last["value"]),
        last=last["year"],
    )


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
    return row["obs_status"] == "B" or not reasons_of(row).isdisjoint(BREAKS)


def _differs(row: Row) -> bool:
    return bool(row["obs_status"] == "D")


def _alone(language: Language, indicator: Row, row: Row) -> str:
    """One value with its year; what rests on what sources happen to name is called that."""
    return language.say(
        _sort_of_value(indicator, row),
        value=with_unit(language, indicator, row["value"]),
        year=row["year"],
    )


def _sort_of_value(indicator: Row, row: Row) -> str:
    if LOWER_BOUND in reasons_of(row):
        if not row["value"]:
            return "message_none_named"
        return "message_lower_bound" if indicator["kind"] == "count" else "message_at_least"
    return "message_incomplete" if INCOMPLETE in reasons_of(row) else "message_alone"


def _since(language: Language, indicator: Row, valued: Sequence[Row]) -> str:
    """Since when a title or resolution is known, without a gap, to stand as in the newest year."""
    last = valued[-1]
    start = last["year"]
    for row in reversed(valued[:-1]):
        if row["value"] != last["value"] or row["year"] != start - 1:
            break
        start = row["year"]
    answer = written(language, indicator, last["value"]).capitalize()
    if start == last["year"]:
        return language.say("message_alone", value=answer, year=start)
    return language.say("message_since", value=answer, first=start, last=last["year"])


def alternative(language: Language, indicator: Row, series: Sequence[Row], planned: Sequence[Row]) -> str:
    """What the picture shows, for those who do not see it; the table has it all."""
    years = [
        f"{row['year']} "
        + (language["missing"] if row["value"] is None else written(language, indicator, row["value"]))
        for row in series
    ]
    if len(years) > 12:  # noqa: PLR2004 - beyond a dozen years nobody listens
        years = [*years[:2], "…", *years[-4:]]
    plans = [f"{row['year']} {written(language, indicator, row['value'])}" for row in planned[-4:]]
    text = language.say("alternative", name=language.of(indicator, "name"), years=", ".join(years))
    return text + (language.say("alternative_plan", years=", ".join(plans)) if plans else ".")


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


def picture(
    language: Language, indicator: Row, series: Sequence[Row], planned: Sequence[Row]
) -> dict[str, Any]:
    """What the picture is drawn from; two cards with equal data are drawn once."""
    plans = {row["year"]: row["value"] for row in planned}
    gaps = anew(series)
    points = [
        Point(
            year=row["year"],
            value=row["value"],
            label="" if row["value"] is None else written(language, indicator, row["value"]),
            flagged=row["obs_status"] not in UNFLAGGED,
            anew=row["year"] in gaps,
            plan=plans.get(row["year"]),
            plan_label=written(language, indicator, plans[row["year"]]) if row["year"] in plans else "",
        )
        for row in series
    ]
    return {"form": FORM_OF_KIND[indicator["kind"]], "language": language.code, "rows": rows(points)}
