"""One indicator of one unit: newest value, series, table, sources.

Belongs here: putting a card together. Does not belong here: its figure (`figure.py`), its
calculation (`calculation.py`), how it looks (`templates/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.site.calculation import calculations
from pipelines.site.facts import source_title
from pipelines.site.figure import NO_PICTURE, alternative, has_history, marks, message, picture
from pipelines.site.frames import Library, Row
from pipelines.site.numbers import note
from pipelines.site.texts import DE
from pipelines.site.wording import reason, status, unit, written


def cards(library: Library, ags: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Cards of the indicators with a value; lines for those without, one per run of years and reason."""
    known, unknown = [], []
    for indicator in library.indicators:
        actual = library.actual.get(ags, {}).get(indicator["indicator_id"], [])
        plan = library.plan.get(ags, {}).get(indicator["indicator_id"], [])
        if any(row["value"] is not None for row in (*actual, *plan)):
            known.append(_card(library, indicator, ags, actual, plan))
        elif actual or plan:
            unknown.extend(_without_value(library, indicator, actual or plan))
    return known, unknown


def _without_value(library: Library, indicator: Row, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Why there is no value, newest first; what was read in earlier years is not passed over."""
    return [
        {
            "id": indicator["indicator_id"],
            "name": indicator["name_de"],
            "year": line["year"],
            "status": line["status"],
            "reason": line["note"],
        }
        for line in _table(library, indicator, rows)
    ]


def _card(
    library: Library, indicator: Row, ags: str, actual: Sequence[Row], plan: Sequence[Row]
) -> dict[str, Any]:
    series, earlier = _window(actual, plan)
    valued = [row for row in series if row["value"] is not None]
    planned = [row for row in plan if row["value"] is not None]
    latest = valued[-1] if valued else None
    return {
        "id": indicator["indicator_id"],
        "name": indicator["name_de"],
        "description": indicator["description_de"],
        "unit": unit(indicator),
        "unit_long": indicator["unit_de"] if indicator["kind"] != "binary" else "ja/nein",
        "amount": latest["value"] if latest else None,
        "value": written(indicator, latest["value"]) if latest else "",
        "year": latest["year"] if latest else None,
        "flag": latest["obs_status"] if latest else "",
        "status": status(latest) if latest else "",
        "message": message(indicator, valued, planned),
        "alternative": alternative(indicator, series, planned),
        "actual": _hoisted(_table(library, indicator, series) if actual else []),
        "plan": _hoisted(_table(library, indicator, planned)),
        "earlier": earlier,
        "calculations": calculations(library, indicator, ags, latest, planned),
        "sources": sources(library, [*valued, *planned]),
        "marks": marks(indicator, series, planned),
        "picture": picture(indicator, series, planned) if has_history(indicator, series) else NO_PICTURE,
    }


def _window(actual: Sequence[Row], plan: Sequence[Row]) -> tuple[list[Row], bool]:
    """One row per year from the first figure to the last statement, and whether earlier years were empty.

    A year nobody says anything about gets a row of its own, so that it is seen to be missing.
    """
    years = {row["year"]: row for row in actual}
    figures = [row["year"] for row in (*actual, *plan) if row["value"] is not None]
    first, last = min(figures), max([*years, *figures])
    empty = {"value": None, "obs_status": "", "reason": None, "note": None}
    series = [years.get(year, {**empty, "year": year}) for year in range(first, last + 1)]
    return series, any(year < first for year in years)


def _table(library: Library, indicator: Row, series: Sequence[Row]) -> list[dict[str, Any]]:
    """Newest year first; years in a row that are missing for the same reason share a line."""
    lines: list[dict[str, Any]] = []
    for row in reversed(series):
        line = _table_row(library, indicator, row)
        above = lines[-1] if lines else None
        oldest, _, newest = str(above["year"] if above else "").partition("–")
        adjoins = oldest == str(row["year"] + 1)
        if above and adjoins and line["missing"] and {**above, "year": ""} == {**line, "year": ""}:
            above["year"] = f"{line['year']}–{newest or oldest}"
        else:
            lines.append(line)
    return lines


def _hoisted(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """A table whose values all carry the same remark says it once below."""
    remarks = {line["note"] for line in lines if not line["missing"]}
    if len(remarks) != 1 or len(lines) < 2:  # noqa: PLR2004 - a single line keeps its remark beside it
        return {"rows": lines, "remark": "", "notes": any(line["note"] for line in lines)}
    remark = remarks.pop()
    kept = [{**line, "note": line["note"] if line["missing"] else ""} for line in lines]
    return {"rows": kept, "remark": remark, "notes": any(line["note"] for line in kept)}


def _table_row(library: Library, indicator: Row, row: Row) -> dict[str, Any]:
    said = [reason(library, row), note(row["note"])]
    missing = row["value"] is None
    return {
        "year": row["year"],
        "value": DE["missing"] if missing else written(indicator, row["value"]),
        "missing": missing,
        "status": status(row) if row["obs_status"] else DE["missing"],
        "note": " ".join(filter(None, said)) if row["obs_status"] else DE["no_row"],
    }


def sources(library: Library, observations: Sequence[Row]) -> list[dict[str, Any]]:
    """The sources values rest on, each with attribution and the files by hash."""
    hashes = sorted({each for row in observations for each in row["snapshot_ids"] or ()})
    grouped: dict[str, list[dict[str, str]]] = {}
    for snapshot_id in hashes:
        entry = library.snapshots.get(snapshot_id)
        source_id = entry["source_id"] if entry else ""
        name = entry["name"].rsplit("/", 1)[-1] if entry else ""
        grouped.setdefault(source_id, []).append({"name": name, "hash": snapshot_id})
    return [
        {
            "id": source_id,
            "title": source_title(library, source_id),
            "attribution": library.sources.get(source_id, {}).get("attribution", ""),
            "files": sorted(files, key=lambda file: (file["name"], file["hash"])),
        }
        for source_id, files in sorted(grouped.items())
    ]
