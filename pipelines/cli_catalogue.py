"""`sdg17 catalogue`: every indicator with its formula and crosswalk, and how far data reach.

Belongs here: reading the catalogue beside the published coverage and printing both. Does not belong
here: the declarations (`indicators/catalogue/`) or counting (`pipelines/catalogue.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from indicators import load_indicators
from indicators.indicator import Indicator
from indicators.reference_metadata import filed_under
from pipelines.release import DATABASE
from pipelines.settings import Settings

COVERAGE = """
    SELECT indicator_id, level, has_value, c.obs_status, c.reason, r.text_en, units
    FROM coverage AS c LEFT JOIN reason AS r USING (reason)
    ORDER BY indicator_id, level, has_value DESC, units DESC, c.obs_status, c.reason"""

Row = dict[str, Any]


def catalogue_rows(settings: Settings) -> list[Row]:
    """One row per indicator, in the order of the catalogue.

    `coverage` counts the live units of the published release by level, status and reason; it is
    empty where nothing is published yet, and for indicators that cannot be computed.
    """
    covered = _published(settings)
    return [_row(each, covered.get(each.id, [])) for each in load_indicators().values()]


def _row(indicator: Indicator, coverage: Sequence[Row]) -> Row:
    absent = indicator.not_computable
    return {
        "label": indicator.label,
        "id": indicator.id,
        "name_de": indicator.name.de,
        "name_en": indicator.name.en,
        "formula": indicator.formula,
        "definition_version": indicator.definition_version,
        "levels": list(indicator.levels),
        "core": indicator.core,
        "counts_as_available": indicator.counts_as_available,
        "context": indicator.context,
        "goal": filed_under(indicator),
        "computable": absent is None,
        "absence_status": absent.obs_status if absent else None,
        "absence_reason": absent.reason.en if absent else None,
        "standards": [each.line().en for each in indicator.standards],
        "units_with_value": {
            level: sum(row["units"] for row in coverage if row["level"] == level and row["has_value"])
            for level in dict.fromkeys(row["level"] for row in coverage)
        },
        "coverage": list(coverage),
    }


def _published(settings: Settings) -> Mapping[str, list[Row]]:
    """Rows of table `coverage` of the current release by indicator; none where there is no release."""
    path = settings.current / DATABASE
    if not path.exists():
        return {}
    with duckdb.connect(str(path), read_only=True) as connection:
        known = connection.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'coverage'"
        ).fetchone()
        if known is None or not known[0]:
            return {}
        rows = connection.execute(COVERAGE).fetchall()
    found: dict[str, list[Row]] = defaultdict(list)
    for indicator_id, level, has_value, obs_status, reason, text, units in rows:
        found[indicator_id].append(
            {
                "level": level,
                "has_value": has_value,
                "obs_status": obs_status,
                "reason": reason,
                "text": text,
                "units": units,
            }
        )
    return found


def print_catalogue(rows: Sequence[Row]) -> None:
    """The catalogue for a person: what each indicator is, then how far data reach."""
    console = Console()
    what = Table(title="Catalogue", title_justify="left")
    for column in ("no.", "id", "core", "formula", "in Anlehnung an"):
        what.add_column(column, overflow="fold", no_wrap=column in {"no.", "id"})
    for row in rows:
        formula = row["formula"] or f"{row['absence_status']}: {row['absence_reason']}"
        what.add_row(row["label"], row["id"], _role(row), formula, "\n".join(map(_short, row["standards"])))
    console.print(what, markup=False)
    reach = Table(title="Live units with a value, and why the others have none", title_justify="left")
    for column in ("no.", "id", "municipalities", "districts", "status and reason: units"):
        reach.add_column(column, overflow="fold", no_wrap=column in {"no.", "id"})
    for row in rows:
        if row["coverage"]:
            counts = row["units_with_value"]
            shown = [
                f"{counts[level]:,}" if level in counts else "-" for level in ("municipality", "district")
            ]
            reach.add_row(row["label"], row["id"], *shown, _why(row["coverage"]))
    if any(row["coverage"] for row in rows):
        console.print(reach, markup=False)


def _role(row: Row) -> str:
    if row["context"]:
        filed = f"SDG {row['goal']}" if row["goal"] else "no SDG"
        return f"core, context ({filed})" if row["core"] else f"context ({filed})"
    return "core" if row["core"] else ""


def _short(standard: str) -> str:
    return standard.removeprefix("modelled on ")


def _why(coverage: Sequence[Row]) -> str:
    reasons: dict[tuple[str, str], int] = defaultdict(int)
    for row in coverage:
        if not row["has_value"]:
            reasons[row["obs_status"], row["reason"] or ""] += row["units"]
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(f"{status} {reason}: {units:,}" for (status, reason), units in ordered)
