"""The table of a series: years in a row that say the same share a line, remarks stand once below.

Belongs here: lines and footnotes of one card. Does not belong here: which years a card shows
(`cards.py`), the wording of a value or reason (`wording.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.site.edition import Edition
from pipelines.site.reading import Row
from pipelines.site.wording import reason_text, status, written


class Remarks:
    """The remarks of one card, numbered in the order in which its tables first need them."""

    def __init__(self) -> None:
        """No remark yet."""
        self.texts: list[str] = []

    def marks(self, texts: Sequence[str]) -> list[int]:
        """Numbers of some remarks."""
        self.texts += [text for text in dict.fromkeys(texts) if text not in self.texts]
        return sorted(self.texts.index(text) + 1 for text in set(texts))


def table(edition: Edition, indicator: Row, series: Sequence[Row], remarks: Remarks) -> list[dict[str, Any]]:
    """Lines of a table, newest year first."""
    lines: list[dict[str, Any]] = []
    for row in reversed(series):
        line = _line(edition, indicator, row, remarks)
        above = lines[-1] if lines else None
        if above and above["first"] == row["year"] + 1 and _said(above) == _said(line):
            above["first"] = row["year"]
        else:
            lines.append({**line, "first": row["year"], "last": row["year"]})
    return [
        {"year": line["year"] if line["first"] == line["last"] else f"{line['first']}–{line['last']}"}
        | _said(line)
        for line in lines
    ]


def _said(line: dict[str, Any]) -> dict[str, Any]:
    return {key: line[key] for key in ("value", "missing", "status", "marks")}


def _line(edition: Edition, indicator: Row, row: Row, remarks: Remarks) -> dict[str, Any]:
    language = edition.language
    missing = row["value"] is None
    stated = bool(row["obs_status"])
    return {
        "year": row["year"],
        "value": language["missing"] if missing else written(language, indicator, row["value"]),
        "missing": missing,
        "status": status(language, row) if stated else language["no_row"],
        "marks": remarks.marks(_remarks(edition, row)) if stated else [],
    }


def _remarks(edition: Edition, row: Row) -> list[str]:
    further = (row.get("further_reasons") or "").split(", ") if row["value"] is not None else []
    texts = [
        reason_text(edition.library, edition.language, code) for code in (row["reason"], *further) if code
    ]
    return list(filter(None, [*texts, edition.language.note(row["note"])]))
