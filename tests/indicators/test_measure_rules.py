"""The rules under which one formula gives the same rows on every engine, read from the source of the formulas.

Which operations engines carry out differently, and what to write instead, is in docs/engines.md.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

INDICATORS = Path(__file__).resolve().parents[2] / "indicators"
ENGINES = {"polars", "duckdb", "pyspark", "pandas", "pyarrow", "dask", "ibis", "sqlglot", "numpy"}
FORBIDDEN = {
    "round": "engines round halves differently; round where a figure is shown",
    "join_asof": "Spark has none; join on the key, filter, take the largest per group",
    "first": "Spark has no order to speak of; use min, max or rank('ordinal') == 1",
    "last": "Spark has no order to speak of; use min, max or rank('ordinal') == 1",
    "replace_strict": "Spark Connect has none; join a table or use when/then",
    "ewm_mean": "DuckDB and Spark have none",
    "unpivot": "fails on a DuckDB connection of one's own; concat the columns",
    "top_k": "fails on a DuckDB connection of one's own; use rank",
    "offset_by": "gives a date here and a time there; reckon with whole years",
    "to_native": "leaves the engine-neutral functions",
    "collect": "whoever calls decides when and where rows are computed",
    "map_batches": "carries out Python on one engine only",
}
COUNTS = {"count", "len", "n_unique"}
MONEY = "amount_cents"


def is_formula(source: str) -> bool:
    return "narwhals" in source


FORMULAS = sorted(
    path
    for path in INDICATORS.rglob("*.py")
    if is_formula(path.read_text("utf-8")) or path.parent.name == "measures"
)


def broken_rules(source: str) -> list[str]:
    """What a formula may not contain, one line each: number of the line, and what to do instead."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                said = [f"imports {each.name}" for each in names if each.name.split(".")[0] in ENGINES]
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in ENGINES:
                said = [f"imports {module}"]
            case ast.Call(func=ast.Attribute(attr=name)):
                said = _of_call(node, name, parents)
            case ast.Call(func=ast.Name(id="round")):
                said = [f"round: {FORBIDDEN['round']}"]
            case _:
                said = []
        found += [f"{getattr(node, 'lineno', 0)}: {each}" for each in said]
    return found


def _of_call(call: ast.Call, name: str, parents: dict[ast.AST, ast.AST]) -> list[str]:
    if name in FORBIDDEN:
        return [f"{name}: {FORBIDDEN[name]}"]
    if name in {"sum", "cum_sum"} and not _casts(call.func, "Int64"):
        return [f"{name}: cast to Int64 first, or Polars overflows without a word"]
    if name in COUNTS and not _is_cast_next(call, parents):
        return [f"{name}: cast to Int64, engines count in different types"]
    if name == "quantile" and not _is_linear(call):
        return ["quantile: only the linear one is the same everywhere"]
    if name == "cast" and MONEY in ast.unparse(call) and "Float64" in ast.unparse(call):
        parent = parents[call]
        if not (isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Div)):
            return ["cast: money stays in whole cents until the one division at the end"]
    return []


def _casts(function: ast.expr, to: str) -> bool:
    before = function.value if isinstance(function, ast.Attribute) else None
    match before:
        case ast.Call(func=ast.Attribute(attr="cast"), args=[ast.Attribute(attr=dtype)]):
            return dtype == to
    return False


def _is_cast_next(call: ast.Call, parents: dict[ast.AST, ast.AST]) -> bool:
    after = parents.get(call)
    return isinstance(after, ast.Attribute) and after.attr == "cast"


def _is_linear(call: ast.Call) -> bool:
    return any(
        isinstance(each.value, ast.Constant) and each.value.value == "linear"
        for each in call.keywords
        if each.arg == "interpolation"
    )


def test_the_formulas_are_found() -> None:
    names = {path.relative_to(INDICATORS).as_posix() for path in FORMULAS}
    assert {"measure.py", "spending_knowledge.py", "population_roles.py", "measures/spending.py"} <= names
    assert {f"measures/{path.name}" for path in (INDICATORS / "measures").glob("*.py")} <= names


@pytest.mark.parametrize("path", FORMULAS, ids=lambda path: path.stem)
def test_a_formula_keeps_the_rules(path: Path) -> None:
    broken = broken_rules(path.read_text("utf-8"))
    assert not broken, "\n".join(f"{path.name}:{each}" for each in broken)


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("import polars as pl", "imports polars"),
        ("from pyspark.sql import functions", "imports pyspark.sql"),
        ("def f():\n    import duckdb", "imports duckdb"),
        ("nw.col('value').round(2)", "round"),
        ("round(0.5)", "round"),
        ("rows.join_asof(other, on='day')", "join_asof"),
        ("nw.col('day').first()", "first"),
        ("rows.group_by('ags').agg(nw.col('day').last())", "last"),
        ("nw.col('kind').replace_strict({'a': 1})", "replace_strict"),
        ("nw.col('value').quantile(0.5, interpolation='nearest')", "quantile"),
        ("nw.col('value').quantile(0.5)", "quantile"),
        ("nw.col('amount_cents').sum()", "sum"),
        ("nw.col('flag').cast(nw.Int32).sum()", "sum"),
        ("nw.col('phase').count()", "count"),
        ("nw.len()", "len"),
        ("nw.col('amount_cents').cast(nw.Float64) * 2", "cast"),
    ],
)
def test_a_planted_fault_is_found(planted: str, said: str) -> None:
    (only,) = broken_rules(planted)
    assert said in only


@pytest.mark.parametrize(
    "allowed",
    [
        "nw.col('value').quantile(0.5, interpolation='linear')",
        "nw.col('amount_cents').cast(nw.Int64).sum()",
        "nw.col('phase').count().cast(nw.Int64)",
        "nw.col('amount_cents').cast(nw.Float64) / nw.col('inhabitants').cast(nw.Float64)",
        "import narwhals.stable.v2 as nw",
    ],
)
def test_what_is_the_same_everywhere_is_allowed(allowed: str) -> None:
    assert broken_rules(allowed) == []
