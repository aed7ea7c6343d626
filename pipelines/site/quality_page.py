"""Pages about quality: of the whole release, and of units that a finding names.

Belongs here: what these pages say. Does not belong here: running checks (`quality/`), HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipelines.site.frames import Library
from pipelines.site.language import Language
from pipelines.site.ledger import Ledger
from pipelines.site.model import Page, Places, has_page
from pipelines.site.model import address as place_address
from pipelines.site.reading import Row
from quality.result import OWNERS

_GERMAN_RULES = ("sub_unit_of_district",)
"""Rules whose reasons are written in German; the program writes all others in English."""


def quality(library: Library, about: Ledger, language: Language) -> dict[str, Any]:
    """The release: checks by table, what failed, what waits aside, how fresh the sources are."""
    failed = [row for row in library.checks if not row["passed"]]
    return {
        "run": language.number(len(library.checks)),
        "passed": language.number(len(library.checks) - len(failed)),
        "failed": language.number(len(failed)),
        "findings": [_finding(language, row) for row in failed],
        "tables": _tables(library, language),
        "quarantine": [_set_aside(library, language, row) for row in about.quarantine],
        "sources": [_freshness(about, language, row) for row in library.sources.values()],
    }


def _finding(language: Language, row: Row) -> dict[str, str]:
    return {
        **{key: row[key] or "" for key in ("check_id", "table_name", "observed")},
        **{key: said(language, row, key) for key in ("expected", "remedy")},
        "owner": language.text(OWNERS[row["owner"]]),
        "severity": language.word("severity", row["severity"]),
        "broken_by": language.counted("broken_by", row["unexpected"]) if row["unexpected"] else "",
    }


def said(language: Language, row: Row, column: str) -> str:
    """A text of a check or a rule in this language; the English one has the plain name of the column."""
    return str(row[f"{column}_de" if language.code == "de" else column] or "")


def _tables(library: Library, language: Language) -> list[dict[str, str]]:
    """Checks per table: how many there are, how many rows they looked at, how many failed."""
    run = Counter(row["table_name"] for row in library.checks)
    failed = Counter(row["table_name"] for row in library.checks if not row["passed"])
    rows: dict[str, int] = {}
    for row in library.checks:
        rows[row["table_name"]] = max(rows.get(row["table_name"], 0), row["checked"] or 0)
    return [
        {
            "table": table,
            "run": language.number(run[table]),
            "failed": language.number(failed[table]),
            "rows": language.number(rows[table]),
        }
        for table in sorted(run)
    ]


def _set_aside(library: Library, language: Language, row: Row) -> dict[str, str]:
    source = library.sources.get(row["source_id"])
    return {
        "source": source["title"] if source else row["source_id"],
        "id": row["source_id"] if source else "",
        "rows": language.number(row["rows"]),
        "statement": _waits(language, row, "reason", gathered=True),
        "remedy": _waits(language, row, "remedy", gathered=True),
    }


def _waits(language: Language, row: Row, column: str, *, gathered: bool) -> dict[str, str]:
    """Why rows wait or what to do: the sentence of the rule, and beside it the words about this one row."""
    theirs = str(row[column] or "")
    written = "de" if row["rule"] in _GERMAN_RULES else "en"
    if written == language.code:
        return {"ours": "", "theirs": theirs, "foreign": ""}
    ours = str(row[f"{column}_de"]) if language.code == "de" else ""
    hidden = bool(ours) and (gathered or not row["rule"])
    return {
        "ours": ours,
        "theirs": "" if hidden else theirs,
        "foreign": written,
    }


def _freshness(about: Ledger, language: Language, row: Row) -> dict[str, str]:
    fetched = about.retrieved.get(row["source_id"])
    days = row["rhythm_days"]
    return {
        "id": row["source_id"],
        "source": row["title"],
        "state": language.word("state", row["state"]),
        "fetched": language.day(fetched) if fetched and row["state"] != "absent" else "",
        "rhythm": language.counted("days", days) if days else "",
        "change": row["change"] or "",
    }


def unit_quality_pages(library: Library, about: Ledger, places: Places) -> Iterator[Page]:
    """One page for every unit that a finding names, beside the page of the unit."""
    for ags in concerned(library, about):
        yield Page(
            address=f"{place_address(library.units[ags])}/qualitaet",
            template="unit_quality.html",
            language=places.language,
            model=_unit(library, about, places, ags),
        )


def concerned(library: Library, about: Ledger) -> list[str]:
    """Units with a page that a finding names, in the order of keys."""
    return sorted(
        ags
        for ags in about.findings
        if (row := library.units.get(ags)) is not None and has_page(library, row)
    )


def _unit(library: Library, about: Ledger, places: Places, ags: str) -> dict[str, Any]:
    language = places.language
    return {
        "place": places.entry(library.units[ags]),
        "findings": [
            {
                "kind": language.word("finding", row["kind"]),
                "table": row["table_name"],
                "statement": _waits(language, row, "statement", gathered=False),
                "remedy": _waits(language, row, "remedy", gathered=True),
                "rows": language.number(row["rows"]),
            }
            for row in about.findings[ags]
        ],
    }
