"""One benchmark as Markdown: its sides, its ratios, and where the time of long work goes.

Belongs here: tables and how numbers are written in them. Does not belong here: measuring (`measuring.py`),
the page that holds all tables (`results.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bench.measuring import is_reached

_SECOND, _MILLISECOND = 1.0, 1e-3
_COMPARED_BY = {"cpu_seconds": "", "peak_mb": " (peak memory)", "files": " (files written)"}
_UNITS = {"cpu_seconds": "s", "peak_mb": "MB", "files": "files", "bytes": "bytes"}


def table(found: Mapping[str, Any]) -> str:
    """What was measured, as Markdown, under a heading of the first level."""
    sides = found["sides"]
    writes = any("files" in side for side in sides.values())
    rounds = "One round" if found["rounds"] == 1 else f"Medians of {found['rounds']} rounds"
    lines = [
        f"# {found['title']}",
        "",
        f"{found['data']} {rounds}, each side in a process of its own, all sides in one run.",
        "",
        "| side | pieces | CPU per piece | least to most | peak MB |" + (" files | MB |" if writes else ""),
        "|---|---|---|---|---|" + ("---|---|" if writes else ""),
        *(_side(side, writes) for side in sides.values()),
    ]
    asked = [cells for cells, _ in told(found)]
    if asked:
        lines += ["", "| ratio or limit | reached | to reach |", "|---|---|---|"]
        lines += [f"| {cells} |" for cells in asked]
    lines += _steps(sides)
    return "\n".join(lines) + "\n"


def told(found: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every ratio and limit of a result: its cells (what, reached, to reach), and itself."""
    for ratio in found["ratios"]:
        yield f"{_ratio(ratio, found['sides'])} | {_number(ratio['reached'])} | {_asked(ratio)}", ratio
    for limit in found.get("limits", ()):
        unit = _UNITS[limit["quantity"]]
        yield (
            f"{_limit(limit, found['sides'])} | {limit['reached']:,.0f} {unit} | {_asked(limit)} {unit}",
            limit,
        )


def missed(found: Mapping[str, Any]) -> Iterator[str]:
    """For each ratio or limit that is not reached: what it is, the measured reason, what would be needed."""
    sides = found["sides"]
    named = [(_ratio(each, sides), each) for each in found["ratios"]]
    named += [(_limit(each, sides), each) for each in found.get("limits", ())]
    for name, each in named:
        if not is_reached(each):
            yield f"{name}: {each.get('why_missed') or 'not looked into yet'}"


def _ratio(ratio: Mapping[str, Any], sides: Mapping[str, Any]) -> str:
    what = ratio.get("title") or f"{_named(ratio['slow'], sides)} : {_named(ratio['fast'], sides)}"
    return what + _COMPARED_BY[ratio.get("quantity", "cpu_seconds")]


def _limit(limit: Mapping[str, Any], sides: Mapping[str, Any]) -> str:
    return limit.get("title") or sides[limit["side"]]["title"] + _COMPARED_BY[limit["quantity"]]


def _asked(each: Mapping[str, Any]) -> str:
    least, most = each.get("at_least"), each.get("at_most")
    asked = [f"at least {_number(least)}"] if least is not None else []
    return ", ".join([*asked, *([f"at most {_number(most)}"] if most is not None else [])])


def _named(named: str | list[str], sides: Mapping[str, Any]) -> str:
    return " + ".join(sides[name]["title"] for name in ([named] if isinstance(named, str) else named))


def _side(side: Mapping[str, Any], writes: bool) -> str:
    spread = "cited" if side.get("cited") else f"{_time(side['least'])} to {_time(side['most'])}"
    peak = "" if side["peak_mb"] is None else f"{side['peak_mb']:,.0f}"
    row = f"| {side['title']} | {side['items']:,} | {_time(side['cpu_seconds'])} | {spread} | {peak} |"
    if not writes:
        return row
    return row + (f" {side['files']:,} | {side['bytes'] / 1e6:,.1f} |" if "files" in side else " | |")


def _steps(sides: Mapping[str, Any]) -> list[str]:
    """Where the processor time of sides goes that are made of steps."""
    parts = {side["title"]: side["steps"] for side in sides.values() if side.get("steps")}
    if not parts:
        return []
    names = list(dict.fromkeys(name for steps in parts.values() for name in steps))
    return [
        "",
        f"| CPU seconds by step | {' | '.join(parts)} |",
        "|---|" + "---|" * len(parts),
        *(
            f"| {name} | {' | '.join(f'{steps[name]:.2f}' if name in steps else '' for steps in parts.values())} |"
            for name in names
        ),
    ]


def _time(seconds: float) -> str:
    if seconds >= _SECOND:
        return f"{seconds:,.1f} s" if seconds >= 10 * _SECOND else f"{seconds:.2f} s"
    if seconds >= _MILLISECOND:
        return f"{seconds / _MILLISECOND:.3g} ms"
    return f"{seconds / _MILLISECOND * 1000:.3g} µs"


def _number(ratio: float) -> str:
    if ratio >= 100:
        return f"{ratio:,.0f}"
    if ratio >= 10:
        return f"{ratio:.1f}"
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.4f}" if ratio else "0"
