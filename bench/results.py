"""All that was measured on one page: `RESULTS.md`, and how cost grows with size as a picture.

Belongs here: putting results together, each from the JSON file its program left. Does not belong here:
measuring (`measuring.py`), one benchmark's own table (`tables.py`).
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from bench.made_up import SIZES, TITLES
from bench.measuring import is_reached
from bench.tables import missed, table, told

PAGE, PICTURE = "RESULTS.md", "growth.svg"
_LIBRARIES = (
    "polars",
    "duckdb",
    "dagster",
    "altair",
    "great-expectations",
    "pandas",
    "pandera",
    "matplotlib",
)


def machine() -> dict[str, str]:
    """What was measured on, so that figures are only compared with figures of the same machine."""
    names = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":", 1)[1].strip() for line in names if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "processor": model or platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: found for name in _LIBRARIES if (found := _version(name))},
    }


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def page(found: Sequence[Mapping[str, Any]], facts: Mapping[str, str], picture: bool) -> str:
    """The page.

    Args:
        found: results, as their programs left them.
        facts: what `machine` says.
        picture: whether there is a picture of growth.
    """
    lines = [
        "# What was measured",
        "",
        "Written by `make bench`. CPU seconds are user and system together; all sides of one table were measured",
        "in turn in one run, so compare within a table and never across machines.",
        "",
        "| machine | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in facts.items()),
        "",
        "| ratio or limit | reached | to reach | |",
        "|---|---|---|---|",
    ]
    for result in found:
        for cells, asked in told(result):
            good = "yes" if is_reached(asked) else "**no**"
            lines.append(f"| {result['title']}: {cells} | {good} |")
    reasons = [f"- {result['title']}: {line}" for result in found for line in missed(result)]
    if reasons:
        lines += ["", "What is not reached, why, and what would be needed:", "", *reasons]
    if picture:
        lines += ["", f"![CPU seconds and memory by size]({PICTURE})"]
    for result in found:
        lines += ["", f"#{table(result).rstrip()}"]
    return "\n".join(lines) + "\n"


def growth(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the picture: benchmark, size, municipalities, CPU seconds and peak of memory."""
    return [
        {
            "work": result["title"],
            "size": TITLES[size],
            "municipalities": SIZES[size],
            "cpu_seconds": result["sides"][side]["cpu_seconds"],
            "peak_mb": result["sides"][side]["peak_mb"],
        }
        for result in found
        for size, side in zip(SIZES, result.get("growth", ()), strict=False)
    ]


def draw(rows: list[dict[str, Any]]) -> str:
    """Both quantities over the number of municipalities, as SVG; straight lines mean cost in proportion."""
    import altair as alt  # noqa: PLC0415 - costs a second
    import vl_convert  # noqa: PLC0415

    def panel(field: str, title: str) -> Any:
        across = alt.X("municipalities:Q", title="municipalities", axis=alt.Axis(values=list(SIZES.values())))
        base = alt.Chart().encode(across, alt.Y(f"{field}:Q", title=title), alt.Color("work:N", title=None))
        return (base.mark_line() + base.mark_point(filled=True, size=60)).properties(width=320, height=240)

    whole = alt.hconcat(
        panel("cpu_seconds", "CPU seconds"), panel("peak_mb", "peak memory, MB"), data=alt.Data(values=rows)
    ).properties(title="One Land, Germany, twice Germany")
    return vl_convert.vegalite_to_svg(whole.to_dict())


def write(folder: Path) -> None:
    """Write the page and the picture from every result (`<name>.json`) that stands in the folder."""
    results = [json.loads(file.read_bytes()) for file in sorted(folder.glob("*.json"))]
    rows = growth(results)
    if rows:
        (folder / PICTURE).write_text(draw(rows), "utf-8")
    (folder / PAGE).write_text(page(results, machine(), picture=bool(rows)), "utf-8")
