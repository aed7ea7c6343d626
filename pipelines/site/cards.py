"""One indicator of one unit: series, table, formula with its numbers, sources, picture.

Belongs here: what a card says. Does not belong here: how it looks (`templates/`) or how the picture
is drawn (`pipelines/charts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.charts.forms import FORM_OF_KIND, Point, rows
from pipelines.site.facts import source_title
from pipelines.site.formula import spelled
from pipelines.site.frames import Library, Row
from pipelines.site.numbers import euro, note, number
from pipelines.site.texts import DE, UNITS
from quality.status import OBS_STATUS

NO_PICTURE = {"form": "", "rows": []}
UNFLAGGED = ("A", "N")
"""Statuses of a value that needs no reservation."""


def written(indicator: Row, value: float) -> str:
    """A value in the form of its indicator, without unit."""
    if indicator["kind"] == "binary":
        return DE["yes"] if value else DE["no"]
    return number(value, indicator["decimals"])


def unit(indicator: Row) -> str:
    """The unit behind a written value; a yes has none, a count says what it counts in its name."""
    return "" if indicator["kind"] in ("binary", "count") else str(indicator["unit_de"])


def status(row: Row) -> str:
    """The status of an observation in words."""
    known = OBS_STATUS.get(row["obs_status"])
    return known.de if known else str(row["obs_status"])


def reason(library: Library, row: Row) -> str:
    """Why a value is flagged or missing, as a sentence."""
    return library.reasons.get(row["reason"], row["reason"]) if row["reason"] else ""


def cards(library: Library, ags: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Cards of the indicators with a value, and one line for each indicator without."""
    known, unknown = [], []
    for indicator in library.indicators:
        actual = library.actual.get(ags, {}).get(indicator["indicator_id"], [])
        plan = library.plan.get(ags, {}).get(indicator["indicator_id"], [])
        if any(row["value"] is not None for row in (*actual, *plan)):
            known.append(_card(library, indicator, ags, actual, plan))
        elif actual or plan:
            unknown.append(_without_value(library, indicator, (actual or plan)[-1]))
    return known, unknown


def _without_value(library: Library, indicator: Row, row: Row) -> dict[str, Any]:
    return {
        "id": indicator["indicator_id"],
        "name": indicator["name_de"],
        "year": row["year"],
        "status": status(row),
        "reason": reason(library, row),
    }


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
        "message": _message(indicator, valued, planned),
        "alternative": _alternative(indicator, series, planned),
        "actual": _hoisted(_table(library, indicator, series) if actual else []),
        "plan": _hoisted(_table(library, indicator, planned)),
        "earlier": earlier,
        "calculations": _calculations(library, indicator, ags, latest, planned),
        "sources": sources(library, [*valued, *planned]),
        "marks": _marks(indicator, series, planned),
        "picture": _picture(indicator, series, planned) if _has_history(indicator, series) else NO_PICTURE,
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
        if above and line["missing"] and {**above, "year": ""} == {**line, "year": ""}:
            newest = str(above["year"]).rsplit("–", 1)[-1]
            above["year"] = f"{line['year']}–{newest}"
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


def _with_unit(indicator: Row, value: float) -> str:
    return f"{written(indicator, value)} {unit(indicator)}".strip()


def _message(indicator: Row, valued: Sequence[Row], planned: Sequence[Row]) -> str:
    """The headline of the picture: first and newest value, nothing about causes."""
    if not valued:
        last = planned[-1]
        return f"Nur Planzahlen: {_with_unit(indicator, last['value'])} ({last['year']})"
    first, last = valued[0], valued[-1]
    if indicator["kind"] == "binary":
        return _since(indicator, valued)
    if first["year"] == last["year"]:
        return f"{_with_unit(indicator, last['value'])} ({last['year']})"
    if written(indicator, first["value"]) == written(indicator, last["value"]):
        return f"{first['year']} und {last['year']} je {_with_unit(indicator, last['value'])}"
    start = written(indicator, first["value"])
    return f"Von {start} ({first['year']}) auf {_with_unit(indicator, last['value'])} ({last['year']})"


def _since(indicator: Row, valued: Sequence[Row]) -> str:
    """Since when a title or resolution stands as it does in the newest year."""
    last = valued[-1]
    other = [row["year"] for row in valued if row["value"] != last["value"]]
    start = min(row["year"] for row in valued if not other or row["year"] > other[-1])
    answer = written(indicator, last["value"]).capitalize()
    return f"{answer} ({start})" if start == last["year"] else f"{answer} ({start} bis {last['year']})"


def _alternative(indicator: Row, series: Sequence[Row], planned: Sequence[Row]) -> str:
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


def _has_history(indicator: Row, series: Sequence[Row]) -> bool:
    """Whether a picture says more than its one number: always, except for the rate of one single year
    that every unit has and that speaks of our data, not of the unit."""
    return indicator["family"] != "data" or len(series) > 1


def _marks(indicator: Row, series: Sequence[Row], planned: Sequence[Row]) -> list[str]:
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
    ]
    return [mark for mark, present in marks if present]


def _picture(indicator: Row, series: Sequence[Row], planned: Sequence[Row]) -> dict[str, Any]:
    """What the picture is drawn from; two cards with equal data are drawn once."""
    plans = {row["year"]: row["value"] for row in planned}
    points = [
        Point(
            year=row["year"],
            value=row["value"],
            label="" if row["value"] is None else written(indicator, row["value"]),
            flagged=row["obs_status"] not in UNFLAGGED,
            plan=plans.get(row["year"]),
            plan_label=written(indicator, plans[row["year"]]) if row["year"] in plans else "",
        )
        for row in series
    ]
    return {"form": FORM_OF_KIND[indicator["kind"]], "rows": rows(points)}


def _calculations(
    library: Library, indicator: Row, ags: str, latest: Row | None, planned: Sequence[Row]
) -> list[dict[str, Any]]:
    """The formula with the numbers of the newest actual and of the newest plan year."""
    chosen = [(latest, "actual"), (planned[-1] if planned else None, "plan")]
    return [
        _calculation(library, indicator, ags, row, phase)
        for row, phase in chosen
        if row is not None and indicator["formula"] and not indicator["formula"].isidentifier()
    ]


def _calculation(library: Library, indicator: Row, ags: str, row: Row, phase: str) -> dict[str, Any]:
    def found(measure: str) -> Row | None:
        key = (measure, ags, row["year"])
        return library.measures.get((*key, phase)) or library.measures.get((*key, "none"))

    said_above = note(row["note"])
    notes: list[str] = []

    def filled(measure: str) -> str:
        entry = found(measure)
        if entry is None or entry["value"] is None:
            return DE["missing"]
        if entry["note"] and (said := note(entry["note"])) not in (*notes, said_above):
            notes.append(said)
        return _measured(entry)

    return {
        "year": row["year"],
        "plan": phase == "plan",
        "words": words(library, indicator),
        "numbers": f"{_spelled(indicator, filled)} = {_with_unit(indicator, row['value'])}",
        "notes": notes,
    }


def words(library: Library, indicator: Row) -> str:
    """The formula with the names of its measures."""
    key = indicator["indicator_id"]
    if key not in library.formulas:
        names = library.measure_names
        library.formulas[key] = _spelled(indicator, lambda measure: names.get(measure, measure))
    return library.formulas[key]


def _spelled(indicator: Row, word: Any) -> str:
    return spelled(indicator["formula"], word, cents_to_euro=indicator["kind"] == "money")


def _measured(entry: Row) -> str:
    if entry["unit"] == "cent":
        return euro(entry["value"])
    if entry["unit"] == "0/1":
        return DE["yes"] if entry["value"] else DE["no"]
    one, many = UNITS.get(entry["unit"], ("", ""))
    return f"{number(entry['value'])} {one if entry['value'] == 1 else many}".strip()


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
