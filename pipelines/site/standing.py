"""Where a value stands: among its peers, over time, against the release before, on today's territory.

Belongs here: wording what the tables of comparison, trend and revision say of one unit. Does not belong
here: the band, coverage and members of a group, which many units share (`peers.py`).

A page of a unit says only on which side of the middle half its value lies. Quartiles and percentiles
change with every other unit of a group; they stand on the page of the group, so that one new value
does not rewrite the pages of all its peers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pipelines.site.edition import Edition
from pipelines.site.illustrations import strip
from pipelines.site.reading import Row
from pipelines.site.wording import reason, reason_text, status, with_unit

PEERS = "vergleichsgruppe"
"""Folder of the pages of peer groups."""


def peers(edition: Edition, indicator_id: str) -> dict[str, Any] | None:
    """Where the value lies in the peer groups, the sentence over all of them, and groups without a position.

    Groups stand by what is said of them. Where one thing is said of all of them none is named: the page
    lists the groups of the unit once.
    """
    positions = edition.dossier.positions.get(indicator_id)
    if not positions:
        return None
    overall = edition.dossier.sensitivity.get(indicator_id)
    placed: dict[str, list[str]] = {}
    refused: dict[str, list[str]] = {}
    for row in positions:
        said, key = (refused, "reason") if row["band"] is None else (placed, "band")
        said.setdefault(row[key], []).append(_group(edition, row)["name"])
    alone = len(placed) + len(refused) == 1
    return {
        "year": positions[0]["year"],
        "overall": edition.language.of(overall, "statement") if overall else "",
        "strip": strip(edition, indicator_id, positions),
        "placed": [{"band": band, "groups": [] if alone else names} for band, names in placed.items()],
        "refused": [
            {
                "reason": reason_text(edition.library, edition.language, code),
                "groups": [] if alone else names,
            }
            for code, names in refused.items()
        ],
    }


def groups(edition: Edition) -> list[dict[str, str]]:
    """All peer groups the values of a unit are compared in, each once, in the order in which cards name them."""
    rows = [row for own in edition.dossier.positions.values() for row in own]
    return [_group(edition, row) for row in {row["group_id"]: row for row in rows}.values()]


def _group(edition: Edition, row: Row) -> dict[str, str]:
    group = edition.library.groups.get(row["group_id"])
    return {
        "name": edition.language.of(group, "name") if group else row["group_id"],
        "address": f"{PEERS}/{row['group_id']}",
    }


def trend(edition: Edition, indicator_id: str) -> dict[str, str] | None:
    """The symbol of the trend with its rule and years, or why there is none."""
    row = edition.dossier.trends.get(indicator_id)
    if row is None:
        return None
    method = edition.library.trend_methods.get(row["method"])
    if row["symbol"] is None:
        why = reason_text(edition.library, edition.language, row["reason"])
        return {"symbol": "", "text": edition.language.say("trend_none", reason=why), "rule": ""}
    return {
        "symbol": row["symbol"],
        "text": edition.language.say(
            "trend_stated",
            symbol=edition.language.word("trend_symbol", row["symbol"]),
            first=row["first_year"],
            last=row["last_year"],
            values=row["comparable_values"],
        ),
        "rule": edition.language.of(method, "rule") if method else "",
    }


def changes(edition: Edition, indicator: Row) -> dict[str, Any] | None:
    """What a release last changed in this series, year by year with the causes."""
    rows = edition.dossier.revisions.get(indicator["indicator_id"])
    if not rows:
        return None
    released = datetime.strptime(rows[0]["release_id"][:8], "%Y%m%d").date()
    return {
        "title": edition.language.say("changed_with", day=edition.language.day(released)),
        "rows": [
            edition.language.say(
                "changed",
                year=row["year"],
                old=_told(edition, indicator, row, "old"),
                new=_told(edition, indicator, row, "new"),
                causes=", ".join(edition.language.word("cause", each) for each in row["causes"].split(",")),
            )
            for row in sorted(rows, key=lambda row: -row["year"])
        ],
    }


def _told(edition: Edition, indicator: Row, row: Row, side: str) -> str:
    value, code = row[f"{side}_value"], row[f"{side}_status"]
    written = edition.language["missing"] if value is None else with_unit(edition.language, indicator, value)
    said = status(edition.language, {"obs_status": code}) if code else ""
    return f"{written} ({said})" if said else written


def carried(edition: Edition, indicator: Row) -> list[str]:
    """Values on today's territory where they differ from those observed."""
    return [
        edition.language.say(
            "carried_value",
            year=row["year"],
            value=edition.language["missing"]
            if row["value"] is None
            else with_unit(edition.language, indicator, row["value"]),
            reason=reason(edition.library, edition.language, row),
        )
        for row in _newest_first(edition.dossier.carried.get(indicator["indicator_id"], ()))
    ]


def _newest_first(rows: Sequence[Row]) -> Sequence[Row]:
    return sorted(rows, key=lambda row: -row["year"])
