"""What Wegweiser Kommune says an indicator means: title, unit, calculation, explanation, caveats.

Belongs here: the wording and its stamp, which changes whenever the provider rewords. Does not belong
here: the figures (`sources/wegweiser_reading.py`).
"""

from __future__ import annotations

import hashlib
from typing import Any, TypeAlias

import orjson

from sources.json_answers import parsed, taken, text_or_none
from sources.source import Raw

SOURCE_ID = "wegweiser"
WORDING = ("title", "unit", "calculation", "explanation", "hint", "source")
CLASSES = ("minimumClassification", "maximumClassification")
Row: TypeAlias = dict[str, Any]


def definition(raw: Raw) -> Row:
    """The wording of one indicator as a row of `context_definition`.

    Raises:
        SourceChanged: no name or title.
    """
    return definition_of(parsed(raw.name, raw.unpacked()), raw)


def definition_of(meta: object, raw: Raw, locator: str = "$") -> Row:
    """As `definition`, for a description that is part of a larger answer."""
    name = taken(raw.name, meta, "friendlyUrl", str)
    title = taken(raw.name, meta, "title", str)
    taken(raw.name, meta, "years", list)
    said: dict[str, Any] = meta if isinstance(meta, dict) else {}
    wording = [said.get(key) for key in (*WORDING, *CLASSES)]
    stamp = hashlib.sha256(orjson.dumps(wording)).hexdigest()[:12]
    return {
        "definition_id": f"{name}/{stamp}",
        "indicator": name,
        "title": title,
        "unit": text_or_none(said, "unit"),
        "calculation": text_or_none(said, "calculation"),
        "explanation": text_or_none(said, "explanation"),
        "hint": text_or_none(said, "hint"),
        "original_source": text_or_none(said, "source"),
        "is_classified": any(said.get(key) not in (None, "") for key in CLASSES),
        "source_id": SOURCE_ID,
        "snapshot_id": raw.snapshot_id,
        "locator": locator,
        "raw_text": orjson.dumps(meta).decode(),
    }
