"""One published number, down to the bytes it came from.

Belongs here: asking the published database and printing the answer. Does not belong here: the
query itself, which is a macro in the database so that analysts have it too.
"""

from __future__ import annotations

from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from pipelines.release import DATABASE
from pipelines.settings import Settings

OBSERVED = (
    "SELECT o.*, r.text_de AS reason_text FROM {table} o LEFT JOIN reason r USING (reason) "
    "WHERE ags = ? AND indicator_id = ? AND year = ?"
)
NOT_PUBLISHED = "Nothing is published in {home} yet. Start with: sdg17 run"


class Unknown(ValueError):
    """No such unit, indicator or observation; the message says what there is."""


def explanation(
    settings: Settings, ags: str, indicator: str, year: int, *, plan: bool = False
) -> dict[str, Any]:
    """Observation, unit, indicator and the steps that led to the value.

    With `plan` the figure of `observation_plan` is explained, otherwise the published one.

    Raises:
        Unknown: the question names something the release does not hold.
    """
    path = settings.current / DATABASE
    if not path.exists():
        raise Unknown(NOT_PUBLISHED.format(home=settings.home))
    with duckdb.connect(str(path), read_only=True) as connection:
        unit = _one(connection, "SELECT ags, name, level FROM municipality WHERE ags = ?", [ags])
        if unit is None:
            raise Unknown(f"No unit has the key {ags}. A municipality has 8 digits, a district 5, a Land 2.")
        described = _one(connection, "SELECT * FROM indicator WHERE indicator_id = ?", [indicator])
        if described is None:
            raise Unknown(f"No indicator {indicator}. There are: {_ids(connection)}.")
        table, macro = ("observation_plan", "explain_plan") if plan else ("observation", "explain")
        observed = _one(connection, OBSERVED.format(table=table), [ags, indicator, year])
        if observed is None:
            raise Unknown(
                f"No row in {table} on {indicator} for {ags} in {year}. Years there: "
                f"{_years(connection, table, ags, indicator)}."
            )
        planned = (
            None
            if plan
            else _one(connection, OBSERVED.format(table="observation_plan"), [ags, indicator, year])
        )
        relation = connection.execute(f"SELECT * FROM {macro}(?, ?, ?)", [ags, indicator, year])  # noqa: S608
        steps = _rows(relation)
    return {
        "unit": unit,
        "indicator": described,
        "observation": observed,
        "plan": planned,
        "steps": steps,
    }


def _rows(relation: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in relation.description or []]
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


def _one(connection: duckdb.DuckDBPyConnection, sql: str, values: list[Any]) -> dict[str, Any] | None:
    rows = _rows(connection.execute(sql, values))
    return rows[0] if rows else None


def _ids(connection: duckdb.DuckDBPyConnection) -> str:
    rows = connection.execute("SELECT indicator_id FROM indicator ORDER BY number").fetchall()
    return ", ".join(row[0] for row in rows)


def _years(connection: duckdb.DuckDBPyConnection, table: str, ags: str, indicator: str) -> str:
    rows = connection.execute(
        f"SELECT year FROM {table} WHERE ags = ? AND indicator_id = ? ORDER BY year",  # noqa: S608
        [ags, indicator],
    ).fetchall()
    return ", ".join(str(row[0]) for row in rows) or "none"


def print_explanation(found: dict[str, Any], most: int) -> None:
    """Print it for a person."""
    console = Console()
    observation, indicator = found["observation"], found["indicator"]
    value = (
        "no value" if observation["value"] is None else f"{observation['value']:,.{indicator['decimals']}f}"
    )
    console.print(f"[bold]{found['unit']['name']}[/] ({found['unit']['ags']}), {observation['year']}")
    console.print(
        f"{indicator['name_de']}: [bold]{value}[/] {indicator['unit_de']}, status {observation['obs_status']}"
    )
    for line in (observation["reason_text"], observation["note"]):
        if line:
            console.print(f"  {line}", highlight=False)
    if found["plan"] is not None and found["plan"]["value"] is not None:
        shown = f"{found['plan']['value']:,.{indicator['decimals']}f}"
        console.print(f"Plan, kept apart: {shown} (sdg17 explain ... --plan)", highlight=False)
    console.print(f"Formula: {indicator['formula']}", highlight=False, markup=False, soft_wrap=True)
    _print_steps(console, found["steps"], most)


def _print_steps(console: Console, steps: list[dict[str, Any]], most: int) -> None:
    measures = [step for step in steps if step["kind"] == "measure"]
    inputs = [step for step in steps if step["kind"] == "input"]
    table = Table("measure", "value", "status", "detail")
    for step in measures:
        table.add_row(step["name"], _number(step["value"]), step["obs_status"], step["detail"])
    console.print(table)
    for step in inputs[:most]:
        console.print(
            f"\n{step['name']}  {_number(step['value'])}  {step['obs_status']}  {step['detail']}",
            highlight=False, markup=False, soft_wrap=True,
        )  # fmt: skip
        if step["file"]:
            console.print(
                f"  {step['file']}, {step['locator']}", highlight=False, markup=False, soft_wrap=True
            )
            console.print(f"  {step['text']}", highlight=False, markup=False, soft_wrap=True)
            console.print(f"  sha256 {step['snapshot_id']}", highlight=False, markup=False, soft_wrap=True)
    if len(inputs) > most:
        console.print(f"\n... and {len(inputs) - most:,} more rows (--rows {len(inputs)})")


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.0f}"
