"""Pictures of series: our kept views against `chart.save` and matplotlib, page data against `to_json`.

Belongs here: the sides and their data. Does not belong here: measuring (`measuring.py`).

All sides draw the same series of amounts over sixteen years, with plan figures, written values, missing
years and a flagged one. Ours and Altair draw the same declared form; matplotlib draws the same marks.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

import orjson

from bench.measuring import Benchmark, Ratio, Side
from pipelines.charts.series import Point, Row, rows
from pipelines.charts.words import WORDS

YEARS = range(2010, 2026)
_DIFFERENT = 500


def synthetic(count: int) -> list[list[Row]]:
    """Rows of series that exist in no source, the same in every process."""
    chance = random.Random(17)  # noqa: S311 - nothing secret
    made: list[list[Row]] = []
    for _ in range(min(count, _DIFFERENT)):
        points = []
        for year in YEARS:
            value = None if chance.random() < 0.2 else round(chance.uniform(0, 9), 2)
            plan = round(chance.uniform(0, 9), 2) if chance.random() < 0.5 else None
            points.append(
                Point(
                    year=year,
                    value=value,
                    label="" if value is None else f"{value:.2f}",
                    flagged=chance.random() < 0.1,
                    plan=plan,
                    plan_label="" if plan is None else f"{plan:.2f}",
                )
            )
        made.append(list(rows(points)))
    return [made[at % len(made)] for at in range(count)]


def _reused() -> Callable[[int], object]:
    from pipelines.charts.renderer import ReusedViews  # noqa: PLC0415 - each side loads only its own

    views, sets = ReusedViews(), synthetic(_DIFFERENT)
    return lambda count: views.draw("amount", [sets[at % len(sets)] for at in range(count)])


def _chart(data: list[Row]) -> Any:
    """The same form, built as Altair is usually used: a chart with its data inside."""
    import altair as alt  # noqa: PLC0415

    from pipelines.charts.forms import amount  # noqa: PLC0415

    built = amount.chart(alt, WORDS["de"])
    built.data = alt.Data(values=data)
    return built


def _saved() -> Callable[[int], object]:
    sets = synthetic(_DIFFERENT)

    def work(count: int) -> None:
        for at in range(count):
            _chart(sets[at % len(sets)]).save(StringIO(), format="svg")

    return work


def _matplotlib() -> Callable[[int], object]:
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415

    sets = synthetic(_DIFFERENT)

    def work(count: int) -> None:
        for at in range(count):
            data = sets[at % len(sets)]
            figure, axes = pyplot.subplots(figsize=(5, 2.9))
            for place, row in enumerate(data):
                if row["p"] is not None:
                    axes.bar(place, row["p"], width=0.9, fill=False, edgecolor="#8a4b00")
                if row["v"] is None and row["p"] is None:
                    axes.text(place, 0, "k. A.", rotation=90, va="bottom", ha="center")
                elif row["v"] is not None:
                    axes.bar(place, row["v"], width=0.6, color="#14558f")
                if row["l"]:
                    axes.text(place, row["a"], row["l"], va="bottom", ha="center")
            axes.set_xticks(range(0, len(data), 3), [row["y"] for row in data[::3]])
            axes.grid(axis="y")
            figure.savefig(BytesIO(), format="svg")
            pyplot.close(figure)

    return work


def _published() -> Callable[[int], object]:
    sets = synthetic(_DIFFERENT)

    def work(count: int) -> None:
        for at in range(count):
            orjson.dumps({"form": "amount", "language": "de", "rows": sets[at % len(sets)]})

    return work


def _to_json() -> Callable[[int], object]:
    sets = synthetic(_DIFFERENT)

    def work(count: int) -> None:
        for at in range(count):
            _chart(sets[at % len(sets)]).to_json()

    return work


BENCHMARK = Benchmark(
    title="Pictures of series over years",
    data=f"Synthetic: {_DIFFERENT} made-up series of {len(YEARS)} years, taken in turn.",
    sides={
        "reused": Side(title="SVG, one kept view per form", items=3_000, prepare=_reused),
        "saved": Side(title="SVG, Altair `chart.save`", items=12, prepare=_saved),
        "matplotlib": Side(title="SVG, matplotlib", items=20, prepare=_matplotlib),
        "published": Side(title="page data, form declared once", items=100_000, prepare=_published),
        "to_json": Side(title="page data, Altair `to_json`", items=30, prepare=_to_json),
    },
    ratios=(
        Ratio(slow="saved", fast="reused", at_least=25),
        Ratio(slow="matplotlib", fast="reused", at_least=25),
        Ratio(slow="to_json", fast="published", at_least=1000),
    ),
)
