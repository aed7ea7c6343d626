"""One indicator of one unit: newest value, series, table, sources.

Belongs here: putting a card together. Does not belong here: its figure (`figure.py`), its table
(`tables.py`), its calculation (`calculation.py`), where it stands (`standing.py`), how it looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.site.calculation import calculations
from pipelines.site.edition import Edition
from pipelines.site.figure import alternative, marks, message, picture
from pipelines.site.reading import Row
from pipelines.site.rests_on import sources
from pipelines.site.standing import carried, changes, peers, trend
from pipelines.site.tables import Remarks, table
from pipelines.site.wording import reservation, unit, unit_named, with_unit, written


def cards(edition: Edition) -> list[dict[str, Any]]:
    """Cards of the indicators with a value, in the order of the catalogue.

    The rate of what is known (family `data`) is no card: it stands in the head of the page (`badge`).
    """
    dossier = edition.dossier
    found = []
    for indicator in edition.library.indicators:
        if indicator["family"] == "data":
            continue
        actual = dossier.actual.get(indicator["indicator_id"], [])
        plan = dossier.plan.get(indicator["indicator_id"], [])
        if actual or plan:
            found.append(_card(edition, indicator, actual, plan))
    return found


def badge(edition: Edition) -> dict[str, Any] | None:
    """How much is known of a unit: the newest rate with its calculation, or null where there is none."""
    for indicator in edition.library.indicators:
        rows = edition.dossier.actual.get(indicator["indicator_id"], [])
        if indicator["family"] == "data" and rows:
            latest = rows[-1]
            worked = calculations(edition, indicator, latest, [])
            return {
                "id": indicator["indicator_id"],
                "name": edition.language.of(indicator, "name"),
                "value": with_unit(edition.language, indicator, latest["value"]),
                "amount": latest["value"],
                "year": latest["year"],
                "numbers": worked[0]["numbers"] if worked else "",
                "words": worked[0]["words"] if worked else "",
            }
    return None


def _card(
    edition: Edition,
    indicator: Row,
    actual: Sequence[Row],
    plan: Sequence[Row],
) -> dict[str, Any]:
    series, earlier = window(actual, plan)
    valued = [row for row in series if row["value"] is not None]
    planned = [row for row in plan if row["value"] is not None]
    latest = valued[-1] if valued else None
    language, key = edition.language, indicator["indicator_id"]
    remarks = Remarks()
    return {
        "id": key,
        "family": indicator["family"],
        "name": language.of(indicator, "name"),
        "unit": unit(language, indicator),
        "unit_long": unit_named(language, indicator),
        "amount": latest["value"] if latest else None,
        "value": written(language, indicator, latest["value"]) if latest else "",
        "year": latest["year"] if latest else None,
        "flag": latest["obs_status"] if latest else "",
        "status": reservation(language, latest) if latest else "",
        "message": message(language, indicator, valued, planned),
        "alternative": alternative(language, indicator, series, planned),
        "actual": table(edition, indicator, series, remarks) if actual else [],
        "plan": table(edition, indicator, planned, remarks),
        "remarks": remarks.texts,
        "earlier": earlier,
        "calculations": calculations(edition, indicator, latest, planned),
        "peers": peers(edition, key),
        "trend": trend(edition, key),
        "changes": changes(edition, indicator),
        "carried": carried(edition, indicator),
        "sources": sources(edition.library, [*valued, *planned]),
        "marks": marks(indicator, series, planned),
        "picture": picture(language, indicator, series, planned),
    }


def window(actual: Sequence[Row], plan: Sequence[Row]) -> tuple[list[Row], bool]:
    """One row per year from the first figure to the last statement, and whether earlier years were empty.

    A year nobody says anything about gets a row of its own, so that it is seen to be missing.
    """
    years = {row["year"]: row for row in actual}
    figures = [row["year"] for row in (*actual, *plan) if row["value"] is not None]
    first, last = min(figures), max([*years, *figures])
    empty = {"value": None, "obs_status": "", "reason": None, "note": None}
    series = [years.get(year, {**empty, "year": year}) for year in range(first, last + 1)]
    return series, any(year < first for year in years)
