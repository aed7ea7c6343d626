"""Budgets delivered as JSON: a list of facts, each pointing to an entry that names it.

Belongs here: from bytes to records. Does not belong here: what a key means.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import polars as pl

from sources.budget_import.description import Layout
from sources.budget_import.records import LOCATOR, RAW_TEXT, Records, rejections
from sources.source import Raw, SourceChanged

WHOLE = "."
"""As `records`: the document itself is the list."""


def read_json(raw: Raw, layout: Layout) -> Records:
    """Read the list `records`, each record joined to the entry of `join` that its `join_on` names.

    Raises:
        SourceChanged: no JSON, or the keys are not there.
    """
    try:
        document = orjson.loads(raw.unpacked())
    except orjson.JSONDecodeError as error:
        raise SourceChanged(f"{raw.name} is not JSON ({error}). Fetch it again.") from error
    facts = _part(raw, document, layout.records or "", list)
    entries: Mapping[str, Any] = _part(raw, document, layout.join, dict) if layout.join else {}
    rows: list[dict[str, str]] = []
    orphans: list[tuple[str, str, str]] = []
    for place, fact in enumerate(facts):
        locator, key = f"{layout.records}[{place}]", _key(fact, layout)
        entry = entries.get(key, None) if layout.join else {}
        if not isinstance(fact, dict) or not isinstance(entry, dict):
            orphans.append((key, locator, orjson.dumps(fact).decode()))
            continue
        source = {layout.records or "record": fact} | ({layout.join: entry} if layout.join else {})
        texts = {name: _text(value) for name, value in (entry | fact).items()}
        shown = f"{locator} {layout.join_on} {key}" if key else locator
        rows.append(texts | {LOCATOR: shown, RAW_TEXT: orjson.dumps(source).decode()})
    return Records(
        frame=_frame(rows),
        rejected=rejections(
            raw,
            orphans,
            rule="entry_unknown",
            reason=f"no entry of {layout.join} has the {layout.join_on} of this record",
            remedy="Add the entry at the source; without it nobody can say what the figure is for.",
        ),
    )


def _frame(rows: list[dict[str, str]]) -> pl.DataFrame:
    names = dict.fromkeys(name for row in rows for name in row) or dict.fromkeys((LOCATOR, RAW_TEXT))
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String)).with_columns(pl.all().fill_null(""))


def _part(raw: Raw, document: object, name: str, kind: type[Any]) -> Any:
    if name == WHOLE and isinstance(document, kind):
        return document
    found = document.get(name) if isinstance(document, dict) else None
    if not isinstance(found, kind):
        keys = list(document)[:10] if isinstance(document, dict) else type(document).__name__
        raise SourceChanged(
            f"{raw.name}: expected a {kind.__name__} under {name!r}, found {keys}. "
            "Compare the file with its description."
        )
    return found


def _key(fact: object, layout: Layout) -> str:
    return _text(fact.get(layout.join_on)) if isinstance(fact, dict) and layout.join_on else ""


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()
