"""The log of a run: one file of JSON lines, without any secret.

Belongs here: the form of a line, and where the file lies. Does not belong here: what is said (each step
says it), removing old files (`retention.py`), lines on the terminal (`pipelines/night_run.py`).

A line: `timestamp`, `level`, `logger`, `event`, `run_id`, `seconds` (since the line before of the same
logger: how long a step took), and where they are known `step`, `source` and counts (`rows`, `quarantined` …).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import orjson
import structlog
from structlog.stdlib import ProcessorFormatter

from pipelines.settings import Settings

ROOT = logging.getLogger("sdg17")
Line = MutableMapping[str, Any]


@contextmanager
def night_log(settings: Settings, run_id: str, scrub: Callable[[str], str]) -> Iterator[str]:
    """Write down what any part of the program says during a run; yields the file, seen from the home folder."""
    name = f"night-{settings.clock():%Y%m%dT%H%M%SZ}-{run_id[:8]}.jsonl"
    settings.logs.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(settings.logs / name, encoding="utf-8")
    handler.setFormatter(_formatter(run_id, scrub))
    before = ROOT.level
    ROOT.setLevel(logging.INFO)
    ROOT.addHandler(handler)
    try:
        yield f"logs/{name}"
    finally:
        ROOT.removeHandler(handler)
        ROOT.setLevel(before)
        handler.close()


def _formatter(run_id: str, scrub: Callable[[str], str]) -> ProcessorFormatter:
    last: dict[str, float] = {}

    def facts(_logger: Any, _method: str, line: Line) -> Line:
        record: logging.LogRecord = line["_record"]
        now = time.monotonic()
        line["run_id"] = run_id
        line["seconds"] = round(now - last.get(record.name, now), 3)
        last[record.name] = now
        if step := getattr(record, "step", ""):
            line["step"] = step
        return {**line, **getattr(record, "facts", {})}

    def scrubbed(_logger: Any, _method: str, line: Line) -> Line:
        return {name: _without(value, scrub) for name, value in line.items()}

    return ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            facts,
        ],
        processors=[
            ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            scrubbed,
            structlog.processors.JSONRenderer(serializer=_json),
        ],
    )


def _without(value: Any, scrub: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {key: _without(each, scrub) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without(each, scrub) for each in value]
    return value


def _json(line: Any, **_: Any) -> str:
    return orjson.dumps(line, default=str).decode()
