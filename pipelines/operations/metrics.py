"""The status in the text form that Prometheus reads.

Belongs here: names and meaning of the metrics. Does not belong here: finding the facts (`standing.py`,
`health.py`). Written after each night and at each look of the watch; ages are told as points in time, so
that the reader's clock makes them true at any moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from pipelines.files import write_atomically
from pipelines.operations.finding import Finding
from pipelines.operations.status import State
from pipelines.settings import Settings


def metrics(status: Mapping[str, Any], findings: Sequence[Finding]) -> bytes:
    """All metrics as one text.

    Args:
        status: in the form of `status.py`.
        findings: what is not well.
    """
    registry = CollectorRegistry()

    def gauge(name: str, text: str, *labels: str) -> Gauge:
        return Gauge(f"sdg17_{name}", text, labels, registry=registry)

    run = status.get("run") or {}
    for name, text, moment in (
        ("last_success_timestamp_seconds", "When a night last published or confirmed", status.get("last_success")),
        ("run_started_timestamp_seconds", "When the last run began", run.get("started_at")),
        ("run_finished_timestamp_seconds", "When the last run ended", run.get("finished_at")),
    ):  # fmt: skip
        if moment:
            gauge(name, text).set(_seconds(moment))
    state = gauge("run_state", "1 for the state of the last run", "state")
    for each in get_args(State):
        state.labels(each).set(each == status["state"])
    gauge("run_attempt", "0 for the first try of a night").set(run.get("attempt", 0))
    open_findings = gauge("open_findings", "Checks of the published release that do not hold", "severity")
    for severity in ("stop", "warn", "note"):
        open_findings.labels(severity).set(status.get("open_findings", {}).get(severity, 0))
    health = gauge("health_findings", "What sdg17 health finds", "check")
    for check in sorted({each.check for each in findings}):
        health.labels(check).set(sum(each.check == check for each in findings))
    gauge("healthy", "1 where sdg17 health finds nothing").set(not findings)
    sizes = gauge("disk_bytes", "Bytes on disk by part of the home folder", "part")
    for part, size in status.get("sizes", {}).items():
        sizes.labels(part).set(size)
    _sources(status.get("sources", ()), gauge)
    return generate_latest(registry)


def _sources(sources: Sequence[Mapping[str, Any]], gauge: Any) -> None:
    read = gauge("source_last_success_timestamp_seconds", "When a source was last read well", "source")
    newest = gauge("source_newest_file_timestamp_seconds", "When its newest bytes were first seen", "source")
    good = gauge(
        "source_read", "1 where the last run read it, 0 where it is stale, absent or failed", "source"
    )
    late = gauge("source_overdue", "1 where something new was expected earlier", "source")
    accepted = gauge("source_rows", "Rows that kept their contract", "source")
    quarantined = gauge("source_quarantined_rows", "Rows in quarantine", "source")
    for row in sources:
        name = row["source_id"]
        for metric, moment in ((read, row["last_success"]), (newest, row["newest_file"])):
            if moment:
                metric.labels(name).set(_seconds(moment))
        good.labels(name).set(row["state"] == "read")
        late.labels(name).set(row["freshness"] == "late")
        accepted.labels(name).set(row.get("accepted") or 0)
        quarantined.labels(name).set(row.get("quarantined") or 0)


def write_metrics(settings: Settings, text: bytes) -> None:
    """The same as a file, whole or not at all."""
    write_atomically(settings.metrics, text)
    settings.metrics.chmod(0o644)


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()
