"""The page of the handbook that shows every published table: written from the contracts, never by hand.

Belongs here: the picture and the tables of that page. Does not belong here: what is true of a table
(`quality/contracts/`, whose words these are) or comments in the database (`pipelines/database.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.database import SQL_TYPES
from quality.contract import Column, Contract
from quality.status import OBS_STATUS

HUB_FROM = 10
"""A table so many others refer to is named in words: its arrows would hide the picture."""

INTRODUCTION = """\
# Schema

<!-- Written by pipelines/schema_page.py from quality/contracts/. Do not edit: see tests/handbook/test_handbook.py. -->

Every table and column also carries its comment in the database:
`SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'observation'`.
Amounts are whole cents (`…_cents`); beside each stands the same amount in euro (`…_eur`), computed when asked for.
"""


def schema_page(contracts: Mapping[str, Contract]) -> str:
    """The page as Markdown: picture, status codes, tables in alphabetical order."""
    published = {name: each for name, each in sorted(contracts.items()) if each.published}
    parts = [
        INTRODUCTION,
        _picture(published),
        _status_codes(),
        "## Tables\n",
        *(_table(each) for each in published.values()),
    ]
    return "\n".join(parts)


def _arrows(contracts: Mapping[str, Contract]) -> set[tuple[str, str]]:
    """Pairs of a table and a table it refers to."""
    return {
        (name, column.references.split(".")[0])
        for name, contract in contracts.items()
        for column in contract.columns.values()
        if column.references
    }


def _picture(contracts: Mapping[str, Contract]) -> str:
    arrows = _arrows(contracts)
    count = {name: sum(target == name for _, target in arrows) for name in contracts}
    hubs = sorted(name for name, number in count.items() if number >= HUB_FROM)
    read = [name for name, each in contracts.items() if "snapshot_id" in each.columns and name not in hubs]
    made = [name for name in contracts if name not in read and name not in hubs]
    lines = [
        "## Picture\n",
        "An arrow leads from a table to the one its key is looked up in. Left out, because nearly every table "
        f"refers to them: {', '.join(f'`{hub}`' for hub in hubs)}.\n",
        "```mermaid",
        "flowchart LR",
        *_box("files", "every row leads to the file it came from", read),
        *_box("made", "made from other tables, and the books", made),
        *(
            f"  {one} --> {other}"
            for one, other in sorted(arrows)
            if other not in hubs and one not in hubs and one != other
        ),
        "```\n",
    ]
    return "\n".join(lines)


def _box(identifier: str, title: str, names: Iterable[str]) -> list[str]:
    return [f'  subgraph {identifier}["{title}"]', *(f"    {name}" for name in names), "  end"]


def _status_codes() -> str:
    rows = [f"| {code} | {text.en} | {text.de} |" for code, text in OBS_STATUS.items()]
    return "\n".join(
        ["## Status codes (`obs_status`)\n", "| code | meaning | German |", "|---|---|---|", *rows, ""]
    )


def _table(contract: Contract) -> str:
    key = f"Key: {', '.join(f'`{name}`' for name in contract.key)}." if contract.key else "No key."
    rows = [_row(name, column) for name, column in contract.columns.items()]
    return "\n".join(
        [
            f"### {contract.table}\n",
            f"{contract.description}. {key}\n",
            "| column | type | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _row(name: str, column: Column) -> str:
    meaning = [column.description]
    if column.unit:
        meaning.append(f"unit: {column.unit}")
    if column.allowed == tuple(OBS_STATUS):
        meaning.append("see status codes")
    elif column.allowed:
        meaning.append("one of " + ", ".join(f"`{word}`" for word in column.allowed))
    if column.references:
        meaning.append(f"see `{column.references}`")
    if column.nullable:
        meaning.append("may be null")
    text = "; ".join(meaning).replace("|", "\\|").replace("\n", " ")
    return f"| {name} | {SQL_TYPES[str(column.dtype)]} | {text} |"
