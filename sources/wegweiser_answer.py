"""One answer of Wegweiser Kommune, checked to be whole before anybody reads a figure from it.

Belongs here: the form of an export and what must be true of it. Does not belong here: what its
figures mean (`wegweiser_reading.py`) or the wording of indicators (`wegweiser_wording.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sources.json_answers import FOLLOW, objects, parsed, taken
from sources.source import Raw, SourceChanged

FILE = re.compile(
    r"(indicator|export|regions)_([A-Za-z0-9_-]+?)(?:_(\d{2}|\d{5}|deutschland|bundeslaender))?\.json$"
)

REPLACED = "smallRegionReplacement"


@dataclass(frozen=True, kw_only=True)
class Export:
    """The values of one indicator in one answer, checked to be a full rectangle."""

    raw: Raw
    indicator: str
    years: list[int]
    regions: list[dict[str, Any]]
    values: list[list[Any]]


def export_of(raw: Raw) -> Export:
    """One answer, checked: whole, of the indicator its name says, as many values as regions and years."""
    answer = parsed(raw.name, raw.unpacked())
    data = taken(raw.name, answer, "data", dict)
    if answer.get("remark"):
        raise SourceChanged(f"{raw.name} was cut off by the provider", cause=str(answer["remark"])[:200])
    topics = objects(raw.name, taken(raw.name, answer, "indicatorsAndTopics", list), "indicatorsAndTopics")
    found = FILE.search(raw.name)
    wanted = found[2] if found else ""
    names = [taken(raw.name, topic, "friendlyUrl", str) for topic in topics]
    if names != [wanted]:
        raise SourceChanged(
            f"{raw.name}: expected the indicator {wanted}, found {', '.join(names)}", remedy=FOLLOW
        )
    years = taken(raw.name, answer, "years", list)
    if not all(isinstance(year, int) and not isinstance(year, bool) for year in years):
        raise SourceChanged(f"{raw.name}: years should be whole numbers", remedy=FOLLOW)
    regions = objects(raw.name, taken(raw.name, data, "regions", list), "data.regions")
    (figures, *more) = objects(raw.name, taken(raw.name, data, "indicators", list), "data.indicators") or [{}]
    values = taken(raw.name, figures, "regionYearValues", list)
    widths = {len(line) if isinstance(line, list) else -1 for line in values}
    if more or len(values) != len(regions) or widths - {len(years)}:
        raise SourceChanged(
            f"{raw.name}: expected one indicator with {len(regions)} regions of {len(years)} values, found "
            f"{len(more) + 1} with {len(values)} regions of {sorted(widths)} values",
            remedy=FOLLOW,
        )
    return Export(raw=raw, indicator=wanted, years=years, regions=regions, values=values)


def tells_replacements(exports: Sequence[Export]) -> None:
    """Refuse answers that never say whether a region stands for another: the field was renamed."""
    regions = [region for export in exports for region in export.regions]
    if regions and not any(isinstance(region.get(REPLACED), bool) for region in regions):
        raise SourceChanged(
            f"{exports[0].raw.name}: no region has the field {REPLACED}",
            cause="Without it figures of a district pass for those of a municipality",
            remedy=FOLLOW,
        )
