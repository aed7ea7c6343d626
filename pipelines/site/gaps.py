"""What there is no value for, and why, gathered into few lines.

Belongs here: indicators of a unit without any value. Does not belong here: years without a value in a
series that has others (`tables.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.site.dossier import Gap
from pipelines.site.edition import Edition
from pipelines.site.wording import reason_text, status

Line = dict[str, Any]
"""`indicators` (id, name), `families`, and `said`: years, status and reason, newest years first."""


def gaps(edition: Edition) -> list[Line]:
    """One line per family and set of statements.

    Most units lack the same indicators for the same reason, so what has been told is kept.
    """
    told = edition.library.gaps_told
    found: dict[tuple[str, ...], Line] = {}
    for gap in edition.dossier.gaps:
        key = (edition.language.code, *gap.indicators, *gap.years, gap.obs_status, gap.reason)
        if key not in told:
            told[key] = _line(edition, gap)
        line = told[key]
        of = tuple(gap.indicators)
        found[of] = _joined(found[of], line) if of in found else line
    return list(found.values())


def gathered(lines: Sequence[Line]) -> list[Line]:
    """Lines of several families with the same statements become one."""
    found: dict[str, Line] = {}
    for line in lines:
        key = str(line["said"])
        known = found.get(key)
        found[key] = (
            line
            if known is None
            else {
                "said": line["said"],
                "families": [*known["families"], *line["families"]],
                "indicators": [*known["indicators"], *line["indicators"]],
            }
        )
    return list(found.values())


def _joined(line: Line, other: Line) -> Line:
    said = sorted([*line["said"], *other["said"]], key=lambda each: str(each["years"]), reverse=True)
    return {**line, "said": said}


def _line(edition: Edition, gap: Gap) -> Line:
    named = {row["indicator_id"]: row for row in edition.library.indicators}
    language = edition.language
    return {
        "indicators": [{"id": each, "name": language.of(named[each], "name")} for each in gap.indicators],
        "families": [named[gap.indicators[0]]["family"]],
        "said": [
            {
                "years": _spans(gap.years),
                "status": status(language, {"obs_status": gap.obs_status}),
                "reason": reason_text(edition.library, language, gap.reason) if gap.reason else "",
            }
        ],
    }


def _spans(years: Sequence[int]) -> str:
    """Years in words: 2012, 2014–2016."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
