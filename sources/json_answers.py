"""JSON as providers send it: parsed within limits, fields taken out with a message that names them.

Belongs here: what every JSON answer needs before anybody looks at its meaning. Does not belong
here: the meaning of one provider's fields (its own module).
"""

from __future__ import annotations

from typing import Any, TypeVar

import orjson

from sources.source import Raw, SourceChanged

Kind = TypeVar("Kind")
SHOWN_CHARACTERS = 60
SHOWN_FIELDS = 12
OFTEN = "Often the answer was cut off on the way or is a page about maintenance; fetch it again"
FOLLOW = "Compare the provider's documentation; if the form has changed for good, the reader must follow"


def parsed(name: str, content: bytes) -> Any:
    """The value of a JSON document.

    Raises:
        SourceChanged: not complete UTF-8 JSON, or nested more deeply than any honest answer.
    """
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        start = content[:SHOWN_CHARACTERS].decode("utf-8", "replace")
        raise SourceChanged(
            f"{name} is not JSON that can be read ({error})", cause=f"It starts {start!r}", remedy=OFTEN
        ) from error


def taken(name: str, holder: object, key: str, kind: type[Kind]) -> Kind:
    """The field `key` of an object, which must be there and of this kind.

    Raises:
        SourceChanged: no object, no such field, or a value of another kind.
    """
    if not isinstance(holder, dict):
        raise SourceChanged(
            f"{name}: expected an object with the field {key}, found {type(holder).__name__}", remedy=FOLLOW
        )
    if key not in holder:
        there = ", ".join(map(str, list(holder)[:SHOWN_FIELDS])) or "no field"
        raise SourceChanged(f"{name}: expected the field {key}, found {there}", remedy=FOLLOW)
    value = holder[key]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise SourceChanged(
            f"{name}: {key} should be a {kind.__name__}, found {type(value).__name__}", remedy=FOLLOW
        )
    return value


def objects(name: str, values: object, what: str) -> list[dict[str, Any]]:
    """A list of objects.

    Raises:
        SourceChanged: anything else.
    """
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise SourceChanged(f"{name}: {what} should be a list of objects", remedy=FOLLOW)
    return values


def text_or_none(holder: dict[str, Any], key: str) -> str | None:
    """A text field that may be missing or empty."""
    value = holder.get(key)
    return value.strip() or None if isinstance(value, str) else None


LICENCE_FIELDS = ("licence", "license", "Lizenz", "lizenz", "Copyright", "copyright")
SHOWN_LICENCE = 300


def licence_said(raw: Raw) -> str | None:
    """What an answer says about its own licence; null where it says nothing or is no JSON object."""
    try:
        answer = orjson.loads(raw.content)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(answer, dict):
        return None
    said = (text_or_none(answer, name) for name in LICENCE_FIELDS)
    return next((" ".join(text.split())[:SHOWN_LICENCE] for text in said if text), None)
