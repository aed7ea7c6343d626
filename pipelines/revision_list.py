"""Revisions of one unit, or of the published release in numbers.

Belongs here: asking the published database and printing the answer. Does not belong here: finding
causes (`quality/revisions.py`).
"""

from __future__ import annotations

from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from pipelines.explain import NOT_PUBLISHED, Unknown
from pipelines.release import DATABASE
from pipelines.settings import Settings

COUNTS = """
    SELECT indicator_id, causes, kind, count(*) AS changes, count(DISTINCT ags) AS units,
           max(abs(relative_change)) AS largest_relative_change
    FROM revision
    WHERE release_id = (SELECT max_by(release_id, number) FROM release_history)
    GROUP BY ALL ORDER BY changes DESC, indicator_id, causes"""


def revision_rows(settings: Settings, ags: str | None) -> list[dict[str, Any]]:
    """Revisions of one unit, newest release first; without one, counts of the last release.

    Raises:
        Unknown: nothing is published, the release was written before revisions were kept, or it holds
            no such unit.
    """
    path = settings.current / DATABASE
    if not path.exists():
        raise Unknown(NOT_PUBLISHED.format(home=settings.home))
    with duckdb.connect(str(path), read_only=True) as connection:
        if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'revision'").fetchone():
            raise Unknown("The published release keeps no revisions yet; the next run begins with them.")
        if ags is None:
            found = connection.execute(COUNTS)
        else:
            known = "SELECT 1 FROM municipality WHERE ags = $1 UNION SELECT 1 FROM revision WHERE ags = $1"
            if not connection.execute(known, [ags]).fetchone():
                raise Unknown(
                    f"No unit has the key {ags}. A municipality has 8 digits, a district 5, a Land 2."
                )
            found = connection.execute("FROM revisions(?)", [ags])
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def print_revisions(rows: list[dict[str, Any]], ags: str | None) -> None:
    """Print them for a person."""
    console = Console()
    if not rows:
        what = (
            "The last release changed no published number"
            if ags is None
            else f"No published number of {ags} was changed"
        )
        console.print(f"{what}.", highlight=False)
        return
    if ags is None:
        table = Table("indicator", "cause", "kind", "changes", "units", "largest change")
        for row in rows:
            change = row["largest_relative_change"]
            table.add_row(
                row["indicator_id"], row["causes"], row["kind"], f"{row['changes']:,}", f"{row['units']:,}",
                "" if change is None else f"{100 * change:,.1f} %",
            )  # fmt: skip
    else:
        table = Table("published", "indicator", "year", "old", "new", "cause", "sources, corrections")
        for row in rows:
            beside = ", ".join(text for text in (row["source_ids"], row["correction_ids"]) if text)
            table.add_row(
                row["published_on"], row["indicator_id"], str(row["year"]),
                _shown(row["old_value"], row["old_status"]), _shown(row["new_value"], row["new_status"]),
                row["causes"] + (" (by elimination)" if row["evidence"] == "release" else ""), beside,
            )  # fmt: skip
    console.print(table)


def _shown(value: float | None, status: str | None) -> str:
    return f"{'none' if value is None else f'{value:,.4g}'} {status or '(withdrawn)'}"
