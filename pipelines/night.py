"""The last hour of a night: assemble, audit, render, publish, each step resumable by the next.

Belongs here: the order of the steps and what one step leaves for the next (`night.json`). Does not
belong here: Dagster, or the work of any single step; the audit stands in `night_audit.py`.

Nothing is built when neither tables nor the program that shows them have changed: the published
release is confirmed instead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from pipelines import database, published_database, quarantine_history, release, vintages
from pipelines.deciding import deciding
from pipelines.exchange.operator import operator_of
from pipelines.file_hashes import Remembered
from pipelines.files import write_atomically
from pipelines.operations.sizes import bytes_below
from pipelines.program import computation_hash, program_hash
from pipelines.settings import Settings
from pipelines.store import Store, Tables, content_hash
from quality.contracts import CONTRACTS

SITE_FILES = "site_files.json"
"""Hashes of the pages of the last release, among the tables."""
AUDITED = ("quality_result", "quality_finding")
"""Tables that the audit of the finished file fills."""


@dataclass(frozen=True, kw_only=True)
class Night:
    """What has been done so far."""

    release_id: str
    content_hash: str
    program_hash: str
    unchanged: bool
    tables: Mapping[str, Any]
    damaged: bool = False
    """Whether the published database is no longer what its manifest says; then nothing of it is confirmed."""
    checks: Mapping[str, int] = field(default_factory=dict)
    audited_by: str = ""
    """The program and libraries that carried out the audit, as one hash."""
    pages: Mapping[str, int] = field(default_factory=dict)
    exchange: Mapping[str, Any] = field(default_factory=dict)
    """What was written for other programs: parts, files, bytes, hash of the folder."""
    decided_by: Mapping[str, Any] = field(default_factory=dict)
    """What the release is made from, for its manifest."""
    recorded: Mapping[str, Any] = field(default_factory=dict)
    """Rows and hashes of the tables that depend on earlier releases."""

    @property
    def summary(self) -> str:
        """One line on the tables."""
        rows = sum(table["rows"] for table in self.tables.values())
        if self.unchanged:
            return f"nothing has changed: release {self.release_id} is confirmed"
        why = "; the published one is damaged (sdg17 verify)" if self.damaged else ""
        return f"database: {len(self.tables)} tables, {rows:,} rows{why}"

    def audit_summary(self, failed: pl.DataFrame) -> str:
        """One line on the audit."""
        if self.unchanged:
            return "audit: unchanged since the published release"
        if failed.is_empty():
            return f"audit: passed ({failed.height} checks forbid a release)"
        return f"audit: {failed.height} checks forbid a release: {', '.join(failed['check_id'].head(5))}"

    def save(self, settings: Settings) -> None:
        """Leave it for the next step."""
        write_atomically(settings.tables / "night.json", orjson.dumps(asdict(self)))

    @classmethod
    def load(cls, settings: Settings) -> Night:
        """What the step before left."""
        return cls(**orjson.loads((settings.tables / "night.json").read_bytes()))


def published_by(settings: Settings) -> str:
    """Who publishes, as part of what decides a release; empty where nothing is set."""
    said = asdict(operator_of(settings))
    return "" if not any(said.values()) else "." + hashlib.sha256(orjson.dumps(said)).hexdigest()[:12]


def assemble(
    settings: Settings, files: Mapping[str, Path], tables: Mapping[str, Any], sources: Iterable[str] = ()
) -> Night:
    """Build the database aside if tables or program differ from the published ones, or those are damaged.

    Args:
        settings: those of the run.
        files: table to its Parquet file.
        tables: table to its number of rows and the hash of its content.
        sources: ids of the sources read.
    """
    total = hashlib.sha256(orjson.dumps(tables, option=orjson.OPT_SORT_KEYS)).hexdigest()
    program = program_hash() + published_by(settings)
    current = release.read_manifest(settings) or {}
    damaged = published_database.is_damaged(settings)
    same = (current.get("content_hash"), current.get("program_hash")) == (total, program)
    unchanged = same and not damaged
    if unchanged:
        night = Night(
            release_id=current["release_id"], content_hash=total, program_hash=program, unchanged=True,
            tables=tables, checks=current.get("checks", {}), pages=current.get("pages", {}),
            exchange=current.get(release.EXCHANGE, {}),
        )  # fmt: skip
    else:
        building = release.begin(settings)
        database.build(building.database, files, CONTRACTS)
        night = Night(
            release_id=building.release_id, content_hash=total, program_hash=program, unchanged=False,
            tables=tables, damaged=damaged,
            decided_by=deciding(settings, Store(folder=settings.tables), sources, _program(program)),
        )  # fmt: skip
    night.save(settings)
    return night


def _program(shown: str) -> dict[str, str]:
    return {
        "software_version": metadata.version("sdg17"),
        "computation_hash": computation_hash(),
        "program_hash": shown,
    }


def recorded(settings: Settings, night: Night, store: Store) -> str:
    """Add to the database what became of the last release's numbers; one line on it."""
    if night.unchanged:
        return "history: unchanged"
    building = being_built(settings)
    row = {
        "release_id": night.release_id,
        "recorded_at": release.stamp(settings.clock()),
        "origin": settings.origin_kind,
        "reference_year": settings.clock().year - 1,
        "content_hash": night.content_hash,
        "computation_hash": night.decided_by["program"]["computation_hash"],
        "software_version": metadata.version("sdg17"),
        "fewer_rows_accepted": settings.fewer_rows,
    }
    published = settings.current / release.DATABASE
    if night.damaged:
        published = published_database.stand_in(settings)
    tables = vintages.recorded(
        vintages.past(published),
        row,
        {name: store.read("house", name) for name in vintages.COMPARED},
        store.scan("house", "measure_input"),
    )
    tables["quarantine_history"] = quarantine_history.recorded(published, store, night.release_id)
    database.add_vintages(building.database, tables, CONTRACTS)
    hashes: dict[str, Any] = {}
    for name, frame in tables.items():
        store.write("house", name, frame)
        hashes[name] = {"rows": frame.height, "sha256": content_hash(frame, CONTRACTS[name])}
    Night(**{**asdict(night), "recorded": hashes}).save(settings)
    new = tables["revision"].filter(pl.col("release_id") == night.release_id).height
    return (
        f"history: release {tables['release_history'].height}, {new:,} values revised, "
        f"{tables['observation_history'].height:,} rows"
    )


def rendered(
    settings: Settings, night: Night, files: Mapping[str, Path], say: Callable[[str], None]
) -> dict[str, int]:
    """Build the pages from the tables' files, reusing those of the published release that have not changed."""
    from pipelines.site.build import build_site  # noqa: PLC0415 - keeps templates out of every start

    if night.unchanged:
        return {**night.pages, "written": 0, "unchanged": night.pages.get("pages", 0)}
    building = being_built(settings)
    previous = settings.current / "site"
    report = build_site(
        Tables({**files, **{name: settings.tables / f"{name}.parquet" for name in AUDITED}}),
        building.site,
        previous if previous.exists() else None,
        lambda done, total: say(f"pages: {done:,} of {total:,}"),
        contact=settings.contact,
        public_address=settings.public_address,
    )
    pages = asdict(report)
    Night(**{**asdict(night), "pages": pages}).save(settings)
    return pages


def published(settings: Settings, night: Night) -> str:
    """Publish what was built, or confirm what is published; say so in `status.json`."""
    if not night.unchanged:
        building = being_built(settings)
        facts = {
            "content_hash": night.content_hash,
            "program_hash": night.program_hash,
            "origin": settings.origin_kind,
            "built_at": release.stamp(settings.clock()),
            "decided_by": night.decided_by,
            "recorded": night.recorded,
            "checks": night.checks,
            "audited_by": night.audited_by,
            "pages": night.pages,
            release.BYTES: bytes_below(building.folder),
            release.EXCHANGE: {name: night.exchange[name] for name in ("files", "sha256")},
        }
        site = Remembered.read(settings.tables / SITE_FILES).tree(building.site)
        manifest = release.manifest(building, tables=night.tables, facts=facts, site=site)
        release.publish(building, settings, manifest)
    release.write_status(
        settings,
        {
            "state": "published" if not night.unchanged else "unchanged",
            "release_id": night.release_id,
            "last_success": release.stamp(settings.clock()),
            "finished_at": release.stamp(settings.clock()),
            "origin": settings.origin,
            "checks": dict(night.checks),
            "pages": dict(night.pages),
        },
    )
    return night.release_id


def being_built(settings: Settings) -> release.Building:
    """The release being built.

    Raises:
        FileNotFoundError: none is.
    """
    building = release.find(settings)
    if building is None:
        raise FileNotFoundError(
            f"No release is being built in {settings.releases}. Run the whole job: sdg17 run"
        )
    return building
