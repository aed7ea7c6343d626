"""An amount over years: plan as an outline, actual values filled. Rows: `pipelines.charts.series.rows`."""

from __future__ import annotations

from typing import Any

from pipelines.charts.bars import bars
from pipelines.charts.framework import framed
from pipelines.charts.words import Words


def chart(alt: Any, words: Words) -> Any:
    """Bars from zero, plan figures around them."""
    return framed(alt, bars(alt, words, counts=False), words)
