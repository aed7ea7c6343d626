"""One indicator of one unit: newest value, series, table, sources.

Belongs here: putting a card together. Does not belong here: its figure (`figure.py`), its
calculation (`calculation.py`), how it looks (`templates/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.site.calculation import calculations
from pipelines.site.edition import Edition
from pipelines.site.facts import source_title
from pipelines.site.figure import NO_PICTURE, alternative, has_history, marks, message, picture
from pipelines.site.frames import Library, Row
from pipelines.site.wording import reason, reason_text, status, unit, unit_named, written


def cards(edition: Edition) -> list[dict[str, Any]]:
    """Cards of the indicators with a value, in the order of the catalogue."""
    dossier = edition.dossier
    found = []
    for indicator in edition.library.indicators:
        actual = dossier.actual.get(indicator["indicator_id"], [])
        plan = dossier.plan.get(indicator["indicator_id"], [])
        if actual or plan:
            found.append(_card(edition, indicator, actual, plan))
    return found


def gaps(edition: Edition) -> list[dict[str, Any]]:
    """Why there is no value: indicators without any, gathered by status, reason and years."""
    named = {row["indicator_id"]: row for row in edition.library.indicators}
    language = edition.language
    return [
        {
            "indicators": [{"id": each, "name": language.of(named[each], "name")} for each in gap.indicators],
            "family": named[gap.indicators[0]]["family"],
            "years": _spans(gap.years),
            "status": status(language, {"obs_status": gap.obs_status}),
            "reason": reason_text(edition.library, language, gap.reason) if gap.reason else "",
        }
        for gap in edition.dossier.gaps
    ]


def _spans(years: Sequence[int]) -> str:
    """Years in words: 2012, 2014–2016."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


def _card(
    edition: Edition,
    indicator: Row,
    actual: Sequence[Row],
    plan: Sequence[Row],
) -> dict[str, Any]:
    series, earlier = _window(actual, plan)
    valued = [row for row in series if row["value"] is not None]
    planned = [row for row in plan if row["value"] is not None]
    latest = valued[-1] if valued else None
    return {
        "id": indicator["indicator_id"],
        "name": edition.language.of(indicator, "name"),
        "description": edition.language.of(indicator, "description"),
        "unit": unit(edition.language, indicator),
        "unit_long": unit_named(edition.language, indicator),
        "amount": latest["value"] if latest else None,
        "value": written(edition.language, indicator, latest["value"]) if latest else "",
        "year": latest["year"] if latest else None,
        "flag": latest["obs_status"] if latest else "",
        "status": status(edition.language, latest) if latest else "",
        "message": message(edition.language, indicator, valued, planned),
        "alternative": alternative(edition.language, indicator, series, planned),
        "actual": _hoisted(_table(edition, indicator, series) if actual else []),
        "plan": _hoisted(_table(edition, indicator, planned)),
        "earlier": earlier,
        "calculations": calculations(edition, indicator, latest, planned),
        "sources": sources(edition.library, [*valued, *planned]),
        "marks": marks(indicator, series, planned),
        "picture": picture(edition.language, indicator, series, planned)
        if has_history(indicator, series)
        else NO_PICTURE,
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


def _table(edition: Edition, indicator: Row, series: Sequence[Row]) -> list[dict[str, Any]]:
    """Newest year first; years in a row that are missing for the same reason share a line."""
    lines: list[dict[str, Any]] = []
    for row in reversed(series):
        line = _table_row(edition, indicator, row)
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


def _table_row(edition: Edition, indicator: Row, row: Row) -> dict[str, Any]:
    said = [reason(edition.library, edition.language, row), edition.language.note(row["note"])]
    missing = row["value"] is None
    return {
        "year": row["year"],
        "value": edition.language["missing"]
        if missing
        else written(edition.language, indicator, row["value"]),
        "missing": missing,
        "status": status(edition.language, row) if row["obs_status"] else edition.language["missing"],
        "note": " ".join(filter(None, said)) if row["obs_status"] else edition.language["no_row"],
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
