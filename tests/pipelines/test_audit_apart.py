"""Great Expectations in a process of its own answers as it does in this one, and breaks with a word."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from pipelines.audit_apart import AuditBroke, expectations
from quality.contracts import CONTRACTS
from quality.expectations import audit
from tests.quality.made_up import good_table


def _written(folder: Path, tables: dict[str, pl.DataFrame]) -> dict[str, Path]:
    files = {name: folder / f"{name}.parquet" for name in tables}
    for name, frame in tables.items():
        frame.write_parquet(files[name])
    return files


def test_a_process_of_its_own_finds_what_is_found_here(tmp_path: Path) -> None:
    broken = good_table("measure", 4).with_columns(
        ags=pl.when(pl.int_range(pl.len()) == 2).then(pl.lit("x")).otherwise("ags")
    )
    tables = {"measure": broken, "reason": good_table("reason", 4), "country": good_table("country", 4)}
    found = expectations(_written(tmp_path, tables), skip=["country"])
    assert found.equals(audit(tables, CONTRACTS, ["country"]))
    failed = found.filter(~pl.col("passed"))
    assert failed["check_id"].to_list() == ["measure.ags_form"]
    assert broken["measure_id"][2] in failed["examples"][0]
    assert set(found["table_name"]) == {"measure", "reason"}


def test_a_process_that_breaks_says_why(tmp_path: Path) -> None:
    files = _written(tmp_path, {"undeclared": pl.DataFrame({"a": [1]})})
    with pytest.raises(AuditBroke, match="No contract for undeclared"):
        expectations(files)
