"""A Frictionless data package: tables of the release with types, keys and meanings.

Belongs here: the descriptor, projected from the contracts, and the tables as CSV. Does not belong here:
what is true of a table (`quality/contracts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import polars as pl

from pipelines.exchange.addresses import DESCRIPTOR
from pipelines.exchange.all_rows import by_indicator
from pipelines.exchange.licence import Terms
from pipelines.exchange.operator import Operator
from pipelines.exchange.readme import MONITOR
from pipelines.exchange.rows import Published
from quality.contract import PROVENANCE, Column, Contract
from quality.contract_checks import ascii_pattern
from quality.contracts import CONTRACTS

RESOURCES: Mapping[str, str] = {
    "unit": "municipality",
    "indicator": "indicator",
    "reason": "reason",
    "source": "source",
    "observation": "observation",
}
"""Resource to the published table it holds; a table stands before those that refer to it."""

KEYS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "observation": (
        ("ags", "unit", "ags"),
        ("indicator_id", "indicator", "indicator_id"),
        ("reason", "reason", "reason"),
    )
}
"""Resource to its foreign keys: field, resource and field referred to."""

_TYPES = {
    "String": "string",
    "Int64": "integer",
    "Float64": "number",
    "Boolean": "boolean",
    "Date": "date",
    "List(String)": "string",
}


def data_package(
    published: Published, terms: Terms, release_id: str, operator: Operator
) -> dict[str, Iterator[bytes]]:
    """The files of the package by name: descriptor and one CSV per resource, each in slices that follow each other."""
    contracts = {name: CONTRACTS[table] for name, table in RESOURCES.items()}
    descriptor = {
        **head("sdg17-kommunalmonitor", MONITOR, terms, release_id, operator),
        "profile": "tabular-data-package",
        "description": "Indikatoren zum Ziel 17 für deutsche Kommunen. Ein leerer Wert ist keine Null.",
        "sources": _sources(published),
        "resources": [_resource(name, contract) for name, contract in contracts.items()],
    }
    files = {DESCRIPTOR: iter([orjson.dumps(descriptor, option=orjson.OPT_INDENT_2)])}
    return {**files, **{f"{name}.csv": _csv(published, contract) for name, contract in contracts.items()}}


def head(name: str, title: str, terms: Terms, release_id: str, operator: Operator) -> dict[str, Any]:
    """What every descriptor begins with: name, title, version, licence, and who publishes where it is known."""
    told: dict[str, Any] = {
        "name": name,
        "title": title,
        "version": release_id,
        "licenses": [
            {
                "name": terms.licence.spdx,
                "path": terms.licence.address,
                "title": terms.licence.name.de,
            }
        ],
    }
    if operator.name:
        told["contributors"] = [{"title": operator.name, "role": "publisher"}]
    if operator.address:
        told["homepage"] = f"{operator.address}/"
    return told


def _columns(contract: Contract) -> list[str]:
    return [name for name in contract.columns if name not in PROVENANCE]


def _csv(published: Published, contract: Contract) -> Iterator[bytes]:
    """A table in its order, with a head; the observations, ordered by indicator first, one after the other."""
    frames: Iterator[pl.DataFrame] = iter([getattr(published, contract.table)])
    if contract.table == "observation":
        frames = (each.observation for each in by_indicator(published))
    order = list(contract.sort or contract.key)
    for at, frame in enumerate(frames):
        rows = frame.select(_columns(contract))
        lists = [name for name in rows.columns if rows.schema[name] == pl.List(pl.String)]
        flat = rows.with_columns(pl.col(name).list.join(" ") for name in lists)
        yield flat.sort(order).write_csv(include_header=at == 0).encode()


def _resource(name: str, contract: Contract) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, contract.columns[column]) for column in _columns(contract)],
        "primaryKey": list(contract.key),
        "missingValues": [""],
    }
    if name in KEYS:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": resource, "fields": [other]}}
            for field, resource, other in KEYS[name]
        ]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "title": contract.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _field(name: str, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    listed = str(column.dtype).startswith("List")
    if not column.nullable and not listed:
        constraints["required"] = True
    if column.pattern is not None:
        constraints["pattern"] = f"^(?:{ascii_pattern(column.pattern)})$"
    if column.allowed is not None:
        constraints["enum"] = list(column.allowed)
    for bound, limit in (("minimum", column.minimum), ("maximum", column.maximum)):
        if limit is not None:
            constraints[bound] = limit
    described = column.description + (", separated by blanks" if listed else "")
    field: dict[str, Any] = {
        "name": name, "type": _TYPES[str(column.dtype)], "description": described,
    }  # fmt: skip
    if column.unit:
        field["unit"] = column.unit
    return {**field, "constraints": constraints} if constraints else field


def _sources(published: Published) -> list[dict[str, str]]:
    used = published.snapshot["source_id"].unique()
    rows = published.source.filter(pl.col("source_id").is_in(used.implode())).sort("source_id")
    return [
        {"title": f"{attribution}: {title}", **({"path": homepage} if homepage else {})}
        for attribution, title, homepage in rows.select("attribution", "title", "homepage").iter_rows()
    ]
