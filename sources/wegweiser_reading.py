"""Answers of Wegweiser Kommune become series with the wording they follow.

Belongs here: the form of the answers and what makes a figure usable. Does not belong here: asking
for them (`sources/wegweiser.py`).

Files by name: `indicator_<name>.json` (wording), `export_<name>_<place>.json` (values),
`regions_<type>.json` (all regions of a type), `version.json` (not read, kept as evidence).

A municipality too small for its own figures silently comes with those of its district
(`smallRegionReplacement`); such regions are rejected. Where an indicator has classes
(`minimumClassification` or `maximumClassification`), values are mid-points and carry status E. The
key `gkz` is made up for districts and associations, so units are identified by `ars`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
import polars as pl

from quality.contract import PROVENANCE, no_rejects
from quality.contracts.context_definition import CONTRACT as DEFINITION
from quality.contracts.context_series import CONTRACT as SERIES
from sources.json_answers import objects, parsed
from sources.rejection import reject
from sources.source import Raw, Reading, SourceChanged
from sources.wegweiser_answer import FILE, REPLACED, Export, export_of, tells_replacements
from sources.wegweiser_wording import SOURCE_ID, Row, definition

ARS_DIGITS = 12
MUNICIPAL = ("GEMEINDE", "KLEINE_GEMEINDE", "KREISFREIE_STADT")
KEY_DIGITS = {"BUNDESLAND": 2, "LANDKREIS": 5, "VERBANDSGEMEINDE": 9}
"""Leading digits of `ars` that name a unit of this type; municipalities are handled apart."""


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Series and wordings; small replacements, unreadable values and missing regions are rejected.

    Raises:
        SourceChanged: an answer of another form, cut off, or values whose wording is not there.
    """
    wordings = {
        row["indicator"]: row for raw in raws if _kind(raw) == "indicator" for row in [definition(raw)]
    }
    exports = [export_of(raw) for raw in raws if _kind(raw) == "export"]
    tells_replacements(exports)
    rows: list[Row] = []
    broken: list[Row] = []
    for export in exports:
        if export.indicator not in wordings:
            raise SourceChanged(f"{export.raw.name}: the wording of {export.indicator} is not there")
        good, bad = _series(export, wordings[export.indicator])
        rows += good
        broken += bad
    broken += _not_delivered([raw for raw in raws if _kind(raw) == "regions"], exports)
    return Reading(
        tables={
            "context_series": _frame(rows, SERIES.schema),
            "context_definition": _frame(wordings.values(), DEFINITION.schema),
        },
        rejected=_rejected(broken),
    )


def _frame(rows: Iterable[Row], schema: Mapping[str, Any]) -> pl.DataFrame:
    """A table of exactly these columns."""
    return pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=dict(schema))


def _kind(raw: Raw) -> str | None:
    found = FILE.search(raw.name)
    return found[1] if found else None


def key_of(region: Mapping[str, Any]) -> str | None:
    """Official key of a region, or null where `ars` and `type` do not tell."""
    ars, kind = region.get("ars"), region.get("type")
    if kind == "BUND":
        return "DG"
    if not isinstance(ars, str) or not re.fullmatch(r"[0-9]{2,12}", ars):
        return None
    if kind in MUNICIPAL and len(ars) == ARS_DIGITS:
        return ars[:5] + ars[9:]
    if kind == "KREISFREIE_STADT" and len(ars) == KEY_DIGITS["LANDKREIS"]:
        return ars + "000"
    digits = KEY_DIGITS.get(str(kind))
    return ars[:digits] if digits is not None and len(ars) in (digits, ARS_DIGITS) else None


def _series(export: Export, wording: Row) -> tuple[list[Row], list[Row]]:
    """Rows of one answer, and what cannot be used."""
    good: list[Row] = []
    bad: list[Row] = []
    for index, region in enumerate(export.regions):
        key = key_of(region)
        where = {"snapshot_id": export.raw.snapshot_id, "locator": f"data.regions[{index}]"}
        told = f"{export.indicator}: {orjson.dumps(region).decode()}"
        if region.get(REPLACED):
            bad.append(
                where | {"rule": "small_region_replacement", "value": region.get("title"), "raw_text": told}
            )
        elif key is None:
            bad.append(
                where | {"rule": "region_key_readable", "value": str(region.get("ars")), "raw_text": told}
            )
        else:
            ars = region["ars"] if len(key) == 8 else None  # noqa: PLR2004 - a municipality
            for position, (year, value) in enumerate(zip(export.years, export.values[index], strict=True)):
                row = _figure(export, wording, year, value) | {
                    "ags": key,
                    "ars": ars if ars is not None and len(ars) == ARS_DIGITS else None,
                    "locator": f"data.indicators[0].regionYearValues[{index}][{position}]",
                    "raw_text": f"{region.get('title')} {year}: {orjson.dumps(value).decode()}",
                }
                (bad if "rule" in row else good).append(row)
    return good, bad


def _figure(export: Export, wording: Row, year: int, value: object) -> Row:
    """What is the same whatever the unit; a value that is no number comes with the rule it breaks."""
    row: Row = {"snapshot_id": export.raw.snapshot_id}
    if isinstance(value, bool) or not isinstance(value, int | float | None):
        return row | {"rule": "value_is_number", "value": str(value)}
    status = "O" if value is None else "E" if wording["is_classified"] else "A"
    return row | {
        "indicator": export.indicator,
        "year": year,
        "value": None if value is None else float(value),
        "unit": wording["unit"],
        "obs_status": status,
        "is_class_midpoint": bool(wording["is_classified"]) and value is not None,
        "definition_id": wording["definition_id"],
        "source_id": SOURCE_ID,
    }


def _not_delivered(lists: Sequence[Raw], exports: Sequence[Export]) -> list[Row]:
    """Regions listed, of a type an indicator is delivered for, that its answers leave out."""
    delivered: dict[str, set[tuple[Any, Any]]] = {}
    for export in exports:
        there = {(region.get("type"), region.get("ars")) for region in export.regions}
        delivered.setdefault(export.indicator, set()).update(there)
    missing: list[Row] = []
    for raw in lists:
        for index, region in enumerate(objects(raw.name, parsed(raw.name, raw.unpacked()), "the regions")):
            unit = (region.get("type"), region.get("ars"))
            missing += [
                {
                    "rule": "region_not_delivered",
                    "value": f"{indicator} {region.get('title')}",
                    "snapshot_id": raw.snapshot_id,
                    "locator": f"[{index}]",
                    "raw_text": orjson.dumps(region).decode(),
                }
                for indicator, there in sorted(delivered.items())
                if unit not in there and unit[0] in {kind for kind, _ in there}
            ]
    return missing


REASONS = {
    "small_region_replacement": (
        "the provider gives the figures of the district instead of those of the municipality",
        "None needed: the municipality has no figure of its own.",
    ),
    "region_key_readable": (
        "type and ars of the region do not name a unit",
        "Compare the regional key in the register; a leading zero may be lost.",
    ),
    "value_is_number": ("the value is no number", "Look the value up at the provider; it is not guessed."),
    "region_not_delivered": (
        "the region is listed, but no answer holds it",
        "Ask the provider; until then the unit has no figure of this indicator.",
    ),
}


def _rejected(broken: Sequence[Row]) -> pl.DataFrame:
    columns = ("rule", "value", *PROVENANCE)
    table = pl.DataFrame(
        [{name: row[name] for name in columns} for row in broken], schema=dict.fromkeys(columns, pl.String)
    )
    parts = [
        reject(
            table.filter(pl.col("rule") == rule),
            source_id=SOURCE_ID,
            table=SERIES.table,
            rule=rule,
            reason=reason,
            remedy=remedy,
            value=pl.col("value"),
        )
        for rule, (reason, remedy) in REASONS.items()
    ]
    return pl.concat([no_rejects(), *parts])
