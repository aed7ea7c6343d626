"""Opening workbooks that mean no good; synthetic."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sources.source import Raw, SourceChanged
from sources.workbook import digits, sheets, text
from tests.sources.made_workbook import BROKEN, bomb, workbook

Synthetic = Callable[[str, bytes], Raw]


def test_cells_arrive_as_written(synthetic_raw: Synthetic) -> None:
    raw = synthetic_raw("a.xlsx", workbook({"eins": [["x", 1001000, None, 0.5]], "zwei": [["y"]]}))
    assert sheets(raw) == {"eins": [["x", 1001000.0, "", 0.5]], "zwei": [["y"]]}
    assert list(sheets(raw, lambda name: name == "zwei")) == ["zwei"]


@pytest.mark.parametrize(
    "name", ["empty", "error page", "truncated", "lying about its size", "leading out of the folder"]
)
def test_what_is_no_workbook_is_refused(synthetic_raw: Synthetic, name: str) -> None:
    with pytest.raises(SourceChanged):
        sheets(synthetic_raw("a.xlsx", BROKEN[name]))
    assert not Path("/tmp/escaped.xml").exists()  # noqa: S108


def test_a_bomb_is_refused_before_it_is_unpacked(synthetic_raw: Synthetic) -> None:
    with pytest.raises(SourceChanged, match="unpacks to more than"):
        sheets(synthetic_raw("a.xlsx", bomb()))


def test_an_entity_is_never_expanded(synthetic_raw: Synthetic) -> None:
    prologue = '<!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/hostname"><!ENTITY two "zwei">]>'
    content = workbook({"a": [["&secret;", "&two;"]]}, prologue)
    try:
        cells = sheets(synthetic_raw("a.xlsx", content))["a"]
    except SourceChanged:
        return
    assert Path("/etc/hostname").read_text("utf-8").strip() not in str(cells)
    assert "zwei" not in str(cells)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(1001000.0, "01001000"), ("01001000", "01001000"), ("", None), (1.5, None), (123456789.0, None)]
    + [(cell, None) for cell in ("1.1.2020", "1E+06", "-1001000", "١٠٠", "2020-01-01 00:00:00")],
)
def test_keys_get_their_zeros_back_or_are_no_keys(cell: object, expected: str | None) -> None:
    assert digits(cell, 8) == expected


def test_line_breaks_in_heads_do_not_matter() -> None:
    assert text("Kreise\n 31.12.1990") == "Kreise 31.12.1990"
    assert text("  ") is None
