"""A count over years: bars with whole steps at the axis. Rows: `pipelines.charts.series.rows`."""

from __future__ import annotations

from typing import Any

from pipelines.charts.bars import bars
from pipelines.charts.framework import framed
from pipelines.charts.words import Words


def chart(alt: Any, words: Words) -> Any:
    """Bars from zero; nothing between two whole numbers is written."""
    return framed(alt, bars(alt, words, counts=True), words)
