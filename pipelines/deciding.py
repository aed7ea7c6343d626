"""What decided a release: files by hash, program, clock, operator's own files. Enough to build it again.

Belongs here: writing that down for the manifest, and keeping the operator's files. Does not belong
here: building again (`pipelines/rebuilding.py`, `pipelines/replay.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.files import write_atomically
from pipelines.operator_budgets import description_folder
from pipelines.operator_corrections import FOLDER as CORRECTIONS
from pipelines.operator_decisions import FOLDER as DECISIONS
from pipelines.release import stamp
from pipelines.settings import Settings
from pipelines.store import Store


def deciding(
    settings: Settings, store: Store, sources: Iterable[str], program: Mapping[str, str]
) -> dict[str, Any]:
    """The section `decided_by` of a manifest.

    Args:
        settings: those in force.
        store: the tables of this run.
        sources: ids of all sources of this run.
        program: version and hashes of the program.
    """
    states = {row["source_id"]: row for row in store.read("house", "source").to_dicts()}
    return {
        "clock": stamp(settings.clock()),
        "origin": settings.origin_kind,
        "program": dict(program),
        "operator_files": _kept_operator_files(settings),
        "sources": {
            source: _source(store.read("snapshot", source), states.get(source)) for source in sorted(sources)
        },
    }


def _source(snapshot: pl.DataFrame, state: Mapping[str, Any] | None) -> dict[str, Any]:
    """Files of one source in the order they were read, how the reading went, what was said of it."""
    said = {
        name: state[name] if state else None
        for name in ("state", "problem", "rows_before", "change", "setback")
    }
    return {**said, "files": snapshot.select("name", "snapshot_id").to_dicts()}


def _kept_operator_files(settings: Settings) -> list[dict[str, str]]:
    """Keep the operator's descriptions, corrections and decisions under their hashes, beside the originals."""
    folders = (description_folder(settings), settings.home / CORRECTIONS, settings.home / DECISIONS)
    kept = []
    for path in sorted(path for folder in folders for path in folder.glob("*.toml")):
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        place = settings.snapshots / digest[:2] / digest
        if not place.exists():
            write_atomically(place, content)
        kept.append({"path": str(path.relative_to(settings.home)), "sha256": digest})
    return kept


def files_of(decided_by: Mapping[str, Any]) -> dict[str, str]:
    """Every file a release was decided by: hash to name."""
    operator = {each["sha256"]: each["path"] for each in decided_by["operator_files"]}
    read = {
        file["snapshot_id"]: file["name"]
        for source in decided_by["sources"].values()
        for file in source["files"]
    }
    return {**operator, **read}


def lost_files(decided_by: Mapping[str, Any], snapshots: Path) -> list[str]:
    """Files that are no longer kept, or are no longer the bytes they were."""
    lost = []
    for digest, name in sorted(files_of(decided_by).items(), key=lambda item: item[1]):
        place = snapshots / digest[:2] / digest
        if not place.exists():
            lost.append(f"{name} ({digest[:12]}) is not kept")
        elif hashlib.sha256(place.read_bytes()).hexdigest() != digest:
            lost.append(f"{name} ({digest[:12]}) has been changed on disk")
    return lost
