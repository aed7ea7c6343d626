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

from bench import file_system
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
        "to make a small file": f"{file_system.probe():.2f} ms",
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
    """Both quantities over the number of municipalities, a row for each work, as SVG.

    Every panel begins at zero and has a scale of its own, so that a straight line through the origin means
    cost in proportion, whatever the work costs; the dashed one continues what Germany takes.
    """
    import altair as alt  # noqa: PLC0415 - costs a second
    import vl_convert  # noqa: PLC0415

    across = alt.X(
        "municipalities:Q",
        title="municipalities",
        axis=alt.Axis(values=list(SIZES.values()), labelFlush=False),
    )

    def panel(work: str, field: str, title: str) -> Any:
        own = [row for row in rows if row["work"] == work]
        (at,) = (row for row in own if row["municipalities"] == SIZES["germany"])
        even = [
            {"municipalities": count, field: at[field] / SIZES["germany"] * count}
            for count in (0, SIZES["twice"])
        ]
        up = alt.Y(f"{field}:Q", title=title, axis=alt.Axis(tickCount=4))
        measured = alt.Chart(alt.Data(values=own)).encode(across, up)
        line = measured.mark_line(color="#14558f") + measured.mark_point(
            filled=True, size=50, color="#14558f"
        )
        proportion = (
            alt.Chart(alt.Data(values=even)).mark_line(strokeDash=[3, 3], color="#767676").encode(across, up)
        )
        return (proportion + line).properties(width=260, height=120, title=alt.Title(work, fontSize=12))

    works = list(dict.fromkeys(row["work"] for row in rows))
    fields = (("cpu_seconds", "CPU seconds"), ("peak_mb", "peak memory, MB"))
    whole = alt.vconcat(*(alt.hconcat(*(panel(work, *field) for field in fields)) for work in works))
    told = whole.properties(title="One Land, Germany, twice Germany; dashed: in proportion to Germany")
    return vl_convert.vegalite_to_svg(told.to_dict())


def leave(folder: Path, name: str, found: Mapping[str, Any]) -> None:
    """Leave what a program found in its file, print its table, and put the page together anew."""
    text = json.dumps(found, indent=2, ensure_ascii=False)
    (folder / f"{name}.json").write_text(text + "\n", "utf-8")
    print(table(found))
    write(folder)


def write(folder: Path) -> None:
    """Write the page and the picture from every result (`<name>.json`) that stands in the folder."""
    results = [json.loads(file.read_bytes()) for file in sorted(folder.glob("*.json"))]
    rows = growth(results)
    if rows:
        (folder / PICTURE).write_text(draw(rows), "utf-8")
    (folder / PAGE).write_text(page(results, machine(), picture=bool(rows)), "utf-8")
