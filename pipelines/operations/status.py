"""The form of `status.json` and of `sdg17 status --json`, version 1: fields, meaning, JSON Schema.

Belongs here: the form. Does not belong here: filling it (`night_record.py`, `standing.py`).

Within a version fields are only added. Programs ignore fields they do not know.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

VERSION: Literal[1] = 1
State = Literal[
    "none", "started", "running", "died", "published", "unchanged", "audit failed", "failed", "rolled back"
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow")


class RunError(_Part):
    """Why the last run ended without a result."""

    step: str = Field(description="Step that broke; empty where it was none of them")
    cause: str = Field(description="Class and message of the error, credentials removed")
    passing: bool = Field(
        description="Whether the cause may pass by itself, so that the night is tried again"
    )


class Run(_Part):
    """The last run that was started."""

    run_id: str = Field(description="Dagster's identifier; also the end of the name of its log file")
    trigger: Literal["schedule", "command", "dagster"] = Field(description="Who started it")
    attempt: int = Field(ge=0, description="0 for the first try of a night")
    started_at: str = Field(description="When it began to work in the home folder")
    finished_at: str | None = Field(description="When it ended; null while it works, or where it was killed")
    error: RunError | None = None
    log: str | None = Field(default=None, description="Its log file below the home folder")
    state_before: str | None = Field(
        default=None, description="State when it began; what was found then still stands while it works"
    )


class SourceStanding(_Part):
    """How one source that takes part is doing."""

    source_id: str
    state: str | None = Field(description="What the last run found: read, stale, absent, failed")
    problem: str | None = Field(description="Cause and remedy where it could not be read")
    last_success: str | None = Field(description="When it was last read without a problem")
    newest_file: str | None = Field(description="When its newest bytes were first seen here")
    newest_file_days: int | None = Field(description="Age of those bytes in days")
    rhythm_days: int | None = Field(description="Days between two publications by the provider")
    expected_next: str | None = Field(description="Day by which something new is expected")
    freshness: Literal["ok", "late", "never", "none"] = Field(
        description="late: older than the rhythm and a quarter of it, at least two weeks; none: no rhythm"
    )


class NextRun(_Part):
    """What is planned."""

    planned_at: str | None = Field(description="Next time of the schedule")
    daemon: Literal["alive", "silent", "never seen", "unknown"] = Field(
        description="Whether the daemon that would start it has given a sign of life within five minutes; "
        "unknown: Dagster's records cannot be read"
    )


class Status(_Part):
    """What is published, and what the last run found."""

    version: Literal[1] = VERSION
    state: Literal[
        "none", "started", "running", "died", "published", "unchanged", "audit failed", "failed"
    ] = Field(
        description="The last run: started (in the file: it has not said yet that it ended), running or died "
        "(told by the command, which looks whether its process lives), published, unchanged (the published "
        "release is confirmed), audit failed, failed (a step broke); none: no run yet"
    )
    release_id: str | None = Field(default=None, description="Published release")
    last_success: str | None = Field(default=None, description="When a run last published or confirmed it")
    finished_at: str | None = Field(default=None, description="When a run last came to a result")
    origin: str | None = Field(default=None, description="Origin of the last good run")
    checks: dict[str, int] = Field(default_factory=dict, description="Checks of the published release")
    open_findings: dict[str, int] = Field(
        default_factory=dict, description="Checks of the published release that do not hold, by severity"
    )
    pages: dict[str, int] = Field(default_factory=dict)
    failed_release: str | None = Field(default=None, description="Release that was not published")
    failed_build: str | None = Field(default=None, description="Folder it lies in")
    failed_checks: dict[str, int] = Field(default_factory=dict)
    findings: list[dict[str, Any]] = Field(
        default_factory=list, description="Checks that forbade it: check_id, observed, expected, remedy"
    )
    run: Run | None = None
    sources: list[SourceStanding] = Field(default_factory=list)
    sizes: dict[str, int] = Field(
        default_factory=dict,
        description="Bytes on disk after the last run, by folder; free: left on the disk",
    )
    next_run: NextRun | None = Field(default=None, description="Told by the command only")


def schema() -> dict[str, Any]:
    """The JSON Schema of this version."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Status.model_json_schema()}
