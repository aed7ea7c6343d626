"""From rows of a list to engagements: titles, resolutions, posts with their grants, awards.

Belongs here: what one row states about a unit. Does not belong here: what it proves for which
31 December (`indicators/measures/engagement.py`).

A renewal of a title is a row of its own that starts on its day: a title holds two years from each.
The end of a title goes on a row without start, since the renewals that led to it need not be named.
A post with a share of grants is two rows, the post and the share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import polars as pl

from quality.contracts.engagement import CONTRACT as ENGAGEMENT
from sources.list_import.description import Form, ListDescription
from sources.list_import.record import Problem, Record
from sources.list_import.rows import Dated, repeated, unplaced
from sources.list_import.written_dates import first_day, last_day, written_date
from sources.source import Raw

SHARE = re.compile(r"(\d{1,3}(?:,\d+)?)\s?%?")
WHOLE = 100.0


def engagements(
    description: ListDescription, form: Form, raw: Raw, rows: list[Dated]
) -> tuple[pl.DataFrame, list[Problem]]:
    """Engagements of placed rows, and the problems of the others."""
    found: list[dict[str, object]] = []
    problems: list[Problem] = []
    seen: dict[tuple[object, ...], Record] = {}
    for row in rows:
        wrong = [*unplaced(row.record, row.place), *_unreadable(row)]
        said = (row.place.ags, row.start, row.end, row.attested_on, *sorted(row.record.notes.items()))
        if not wrong and said in seen:
            wrong = [repeated(row.record, seen[said])]
        if wrong:
            problems += wrong
            continue
        seen[said] = row.record
        found += [
            _row(description, form, raw, row=row, number=number, stated=stated)
            for number, stated in enumerate(_stated(description, form, row))
        ]
    return pl.DataFrame(found, schema=dict(ENGAGEMENT.schema), orient="row"), problems


@dataclass(frozen=True, kw_only=True)
class _Stated:
    """One thing a row states."""

    kind: str
    value: float
    unit: str
    start: str | None
    end: str | None


def _stated(description: ListDescription, form: Form, row: Dated) -> Iterator[_Stated]:
    """Everything a row states: the engagement, its renewals or the end of a title, its share of grants."""
    is_title = "renewals" in form.columns
    one = _Stated(kind=description.kind, value=1.0, unit=description.unit, start=row.start, end=row.end)
    if not (is_title and row.end):
        yield one
    elif row.start:
        yield replace(one, end=None)
    for renewal in _renewals(row):
        yield replace(one, start=renewal, end=None)
    if is_title and row.end:
        yield replace(one, start=None)
    share = _share(row)
    if share is not None:
        yield replace(one, kind=f"{description.kind}_grant_share", value=share, unit="percent")


def _renewals(row: Dated) -> list[str | None]:
    text = row.record.get("renewals") or ""
    return [written_date(part) for part in re.split(r"[,|/;]\s*", text) if part.strip()]


def _share(row: Dated) -> float | None:
    found = SHARE.fullmatch(row.record.get("share") or "")
    return float(found.group(1).replace(",", ".")) if found else None


def _unreadable(row: Dated) -> Iterator[Problem]:
    """Cells that only lists of engagements have and that say nothing readable."""
    for renewal in _renewals(row):
        if renewal is None or first_day(renewal) > row.attested_on:
            yield Problem(
                record=row.record,
                rule="date_readable",
                column="renewals",
                value=row.record.get("renewals"),
                reason="a renewal is no date, or lies after the date of the list",
                remedy="Write the dates of renewal as TT.MM.JJJJ or JJJJ, separated by commas.",
            )
    text, share = row.record.get("share"), _share(row)
    # 0,9 in a cell formatted as per cent means 90; which one is meant cannot be seen.
    if text and (share is None or not 1 <= share <= WHOLE):
        yield Problem(
            record=row.record,
            rule="share_readable",
            column="share",
            value=text[:80],
            reason="the share is no percentage between 1 and 100 with a decimal comma",
            remedy="Write 90 or 87,5; leave the cell empty where the share is not known.",
        )


def _row(
    description: ListDescription, form: Form, raw: Raw, *, row: Dated, number: int, stated: _Stated
) -> dict[str, object]:
    record = row.record
    notes = "; ".join(f"{name}: {text}" for name, text in record.notes.items())
    return {
        "engagement_id": f"{description.id}:{PurePosixPath(raw.name).stem}:{record.locator}:{number}",
        "ags": row.place.ags,
        "kind": stated.kind,
        "value": stated.value,
        "unit": stated.unit,
        "valid_from": first_day(stated.start) if stated.start else None,
        "valid_from_text": stated.start,
        "valid_to": last_day(stated.end) if stated.end else None,
        "valid_to_text": stated.end,
        "attested_on": row.attested_on,
        "note": record.get("note") or notes or None,
        "document": record.get("document") or form.document,
        "source_id": description.id,
        "snapshot_id": raw.snapshot_id,
        "locator": record.locator,
        "raw_text": record.raw_text,
    }
