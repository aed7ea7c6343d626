"""Ten times Germany's made-up lines keep their contracts and belong together."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from bench import budget_lines
from bench.two_hundred_million import TIMES, carried_out, multiplied
from quality.contract import enforce
from quality.contracts import CONTRACTS

UNITS = 3


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up lines of three units, ten times over."""
    made = tmp_path_factory.mktemp("many")
    budget_lines.write(made / "once", UNITS, 24)
    multiplied(made / "once", made / "lines")
    return made / "lines"


@pytest.mark.parametrize("table", ["budget_line", "spending_rule", "line_tag"])
def test_lines_made_many_times_keep_their_contracts(lines: Path, table: str) -> None:
    frame = pl.read_parquet(lines / f"{table}.parquet")
    outcome = enforce(frame, CONTRACTS[table], source_id="made_up")
    assert outcome.rejected.is_empty(), outcome.rejected.head(3).to_dicts()
    assert outcome.good.equals(frame)
    assert frame.height == TIMES * pl.read_parquet(lines.parent / "once" / f"{table}.parquet").height


def test_every_tag_has_its_line_and_its_rule(lines: Path) -> None:
    tables = {
        name: pl.read_parquet(lines / f"{name}.parquet")
        for name in ("budget_line", "spending_rule", "line_tag")
    }
    assert tables["budget_line"]["ags"].n_unique() == TIMES * UNITS
    assert tables["line_tag"].join(tables["budget_line"], on="budget_line_id", how="anti").is_empty()
    assert tables["line_tag"].join(tables["spending_rule"], on="rule_id", how="anti").is_empty()


def test_all_of_it_is_measured_and_nothing_is_left_behind(lines: Path) -> None:
    before = set(lines.parent.iterdir())
    done = carried_out(lines)
    assert (done.files, done.cpu_seconds > 0, done.peak_mb > 0) == (3, True, True)
    assert set(lines.parent.iterdir()) == before
