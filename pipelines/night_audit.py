"""The audit as a step of the night: ask what is new, keep what is known, hold a bad release back.

Belongs here: which results of the published release still stand, adding the results to the file, the
report of a failed audit. Does not belong here: the checks (`quality/`) and carrying them out on a file
(`audit.py`).

Asking Great Expectations about a table whose rows are the same as in the published release, by the same
program and the same library, can only give the same answer: it is taken over and says from which release.
Rules across tables are asked every night.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import duckdb
import orjson
import polars as pl

from pipelines import database, release, vintages
from pipelines.audit import audit, concerned, stopping
from pipelines.night import Night, being_built
from pipelines.selecting import selected
from pipelines.settings import Settings
from pipelines.withdrawal import holding
from quality.contracts import CONTRACTS

RESULTS, FINDINGS = "quality_result", "quality_finding"
SHOWN = (
    "check_id", "severity", "owner", "table_name", "unexpected", "observed", "expected", "expected_de",
    "examples", "remedy", "remedy_de",
)  # fmt: skip
"""What status and report say of a failed check."""
_CARRIED_OUT_BY = ("great-expectations", "pandas", "polars", "pyarrow", "numpy")
"""Libraries an outcome depends on."""


def audited(settings: Settings, night: Night, files: Mapping[str, Path]) -> pl.DataFrame:
    """Check the finished file; add the results to it. Returns the checks that forbid a release.

    Args:
        settings: those of the run.
        night: the release being built.
        files: table to its Parquet file.
    """
    if night.unchanged:
        return CONTRACTS[RESULTS].empty()
    building = being_built(settings)
    by = _carried_out_by(night)
    results = audit(building.database, files, [*vintages.RECORDED], _known(settings, night, by))
    complete(settings, night, results, pl.read_parquet(files["municipality"]))
    failed = pl.concat([stopping(results), holding(settings)])  # a release taken back holds the nights
    passed = int(results["passed"].sum())
    checks = {
        "run": results.height,
        "passed": passed,
        "failed": results.height - passed,
        "stopping": failed.height,
    }
    Night(**{**asdict(night), "checks": checks, "audited_by": by}).save(settings)
    if failed.height:
        place = release.set_aside(building, settings)
        _report_failure(settings, night, failed, checks, place)
    return failed


@dataclass(frozen=True, kw_only=True)
class TableChecks:
    """What the checks of one table came to, as Dagster shows it beside the audit."""

    table: str
    checks: int
    rows: int
    """Most rows any of them looked at."""
    unexpected: int
    stops: bool
    failed: list[dict[str, Any]]
    """Each failed check with severity, owner, counts, sample rows and remedy."""


def known_results(settings: Settings) -> pl.DataFrame:
    """Rows of `quality_result` of the last audit; none before the first."""
    file = settings.tables / f"{RESULTS}.parquet"
    return pl.read_parquet(file) if file.exists() else CONTRACTS[RESULTS].empty()


def by_table(results: pl.DataFrame, tables: Iterable[str]) -> list[TableChecks]:
    """Results of an audit, one entry for each of the tables named."""
    parts = {str(name): part for (name,), part in results.group_by("table_name")}
    return [_of_table(name, parts.get(name, results.clear())) for name in tables]


def _of_table(table: str, results: pl.DataFrame) -> TableChecks:
    failed = results.filter(~pl.col("passed"))
    return TableChecks(
        table=table,
        checks=results.height,
        rows=int(results["checked"].max() or 0),  # type: ignore[arg-type]
        unexpected=int(failed["unexpected"].sum()),
        stops=not stopping(failed).is_empty(),
        failed=failed.select(SHOWN).to_dicts(),
    )


def complete(settings: Settings, night: Night, results: pl.DataFrame, municipality: pl.DataFrame) -> None:
    """Add to the file what is known last: the results of its audit, and its own row in `release`."""
    path = being_built(settings).database
    for name, frame in ((RESULTS, results), (FINDINGS, concerned(path, results))):
        file = settings.tables / f"{name}.parquet"
        frame.write_parquet(file.with_suffix(".part"))
        file.with_suffix(".part").replace(file)
        database.add_rows(path, CONTRACTS[name], frame)
    database.add_rows(path, CONTRACTS["release"], _release_row(settings, night, municipality))


def unchanged_tables(current: Mapping[str, Any], night: Night, by: str) -> list[str]:
    """Tables with the rows they have in the published release, if the same program audited that one.

    Args:
        current: manifest of the published release.
        night: the release being built.
        by: hash of the program that would audit it.
    """
    if current.get("audited_by") != by:
        return []
    before = {**current.get("tables", {}), **current.get("recorded", {})}
    now = {**night.tables, **night.recorded}
    return sorted(name for name, content in now.items() if before.get(name) == content)


def _known(settings: Settings, night: Night, by: str) -> pl.DataFrame:
    """Outcomes of the published release that still stand."""
    same = unchanged_tables(release.read_manifest(settings) or {}, night, by)
    contract = CONTRACTS[RESULTS]
    if night.damaged or not same:
        return contract.empty()
    with duckdb.connect(str(settings.current / release.DATABASE), read_only=True) as connection:
        found = selected(connection, f"SELECT *, (SELECT release_id FROM release) AS found_in FROM {RESULTS}")  # noqa: S608 - our own name
    kept = found.filter(pl.col("kind") == "expectation", pl.col("table_name").is_in(same))
    marked = kept.with_columns(audited_in=pl.coalesce("audited_in", "found_in"))
    return marked.select(pl.col(name).cast(dtype) for name, dtype in contract.schema.items())


def _carried_out_by(night: Night) -> str:
    said = {
        "program": night.decided_by["program"]["computation_hash"],
        **{name: metadata.version(name) for name in _CARRIED_OUT_BY},
    }
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _report_failure(
    settings: Settings, night: Night, failed: pl.DataFrame, checks: Mapping[str, int], place: Path
) -> None:
    before = release.read_status(settings)
    release.write_status(
        settings,
        {
            **before,
            "state": "audit failed",
            "finished_at": release.stamp(settings.clock()),
            "failed_release": night.release_id,
            "failed_checks": dict(checks),
            "failed_build": str(place),
            "findings": failed.select(SHOWN).to_dicts(),
        },
    )


def _release_row(settings: Settings, night: Night, municipality: pl.DataFrame) -> pl.DataFrame:
    row = {
        "release_id": night.release_id,
        "built_at": release.stamp(settings.clock()),
        "origin": settings.origin_kind,
        "territory_date": municipality["territory_date"].max(),
        "reference_year": settings.clock().year - 1,
        "content_hash": night.content_hash,
        "software_version": metadata.version("sdg17"),
    }
    return pl.DataFrame([row], schema=CONTRACTS["release"].schema)
