"""What `bench/` says of figures is what was measured, and a ratio that is missed is called missed."""

from __future__ import annotations

import pytest

from bench.measuring import Ratio, compared, is_reached
from bench.results import page
from bench.tables import table

SIDES = {
    "ours": {"title": "ours", "items": 1, "cpu_seconds": 8.0, "least": 7.5, "most": 8.5, "peak_mb": 900.0,
             "files": 12, "bytes": 3_000_000, "steps": {"read": 1.5, "write": 6.5}},
    "read": {"title": "read", "items": 1, "cpu_seconds": 1.0, "least": 1.0, "most": 1.0, "peak_mb": 90.0},
    "write": {"title": "write", "items": 1, "cpu_seconds": 3.0, "least": 3.0, "most": 3.0, "peak_mb": 50.0},
    "peer": {"title": "peer", "items": 1, "cpu_seconds": 40.0, "peak_mb": 200.0, "cited": True},
}  # fmt: skip
"""Figures made up for these tests."""


def result(*ratios: Ratio) -> dict[str, object]:
    told = compared(ratios, SIDES)
    return {"title": "Work", "data": "Made up.", "rounds": 5, "sides": SIDES, "ratios": told, "growth": ()}


@pytest.mark.parametrize(
    ("ratio", "reached", "good"),
    [
        (Ratio(slow="ours", fast=("read", "write"), at_most=2.5), 2.0, True),
        (Ratio(slow="ours", fast=("read", "write"), at_most=1.9), 2.0, False),
        (Ratio(slow="peer", fast="ours", at_least=5), 5.0, True),
        (Ratio(slow="peer", fast="ours", at_least=5.1), 5.0, False),
        (Ratio(slow="ours", fast="read", at_most=9, quantity="peak_mb"), 10.0, False),
    ],
)
def test_a_ratio_is_asked_from_its_side(ratio: Ratio, reached: float, good: bool) -> None:
    (found,) = compared((ratio,), SIDES)
    assert found["reached"] == pytest.approx(reached)
    assert is_reached(found) is good


def test_the_page_tells_the_reason_of_a_missed_ratio_and_of_no_other() -> None:
    reached = Ratio(slow="peer", fast="ours", at_least=4, why_missed="never printed")
    missed = Ratio(slow="ours", fast=("read", "write"), at_most=1.5, why_missed="Sorting takes half.")
    said = page([result(reached, missed)], {}, picture=False)
    assert "| Work: peer : ours | 5.00 | at least 4.00 | yes |" in said
    assert "| Work: ours : read + write | 2.00 | at most 1.50 | **no** |" in said
    assert "- Work: ours : read + write: Sorting takes half." in said
    assert "never printed" not in said


def test_the_table_shows_files_bytes_and_steps_only_where_they_are_known() -> None:
    said = table(result())
    assert "| ours | 1 | 8.00 s | 7.50 s to 8.50 s | 900 | 12 | 3.0 |" in said
    assert "| read | 1 | 1.00 s | 1.00 s to 1.00 s | 90 | | |" in said
    assert "| peer | 1 | 40.0 s | cited | 200 | | |" in said
    assert "| write | 6.50 |" in said
    plain = {**result(), "sides": {"read": SIDES["read"]}}
    assert "files" not in table(plain)
