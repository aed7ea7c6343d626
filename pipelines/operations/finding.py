"""One thing that is not well, and the facts such things are judged from.

Belongs here: their form. Does not belong here: judging (`judging.py`), looking the facts up (`health.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is not well. `key` tells it from others of its kind."""

    check: str
    key: str
    severity: Literal["stop", "warn"]
    """stop: nothing new is published, or nothing is readable; warn: something is published on old facts."""
    german: str
    english: str
    command: str
    """What to run next."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is judged."""

    status: Mapping[str, Any]
    hours_since_success: float | None
    release_problem: str | None
    free_bytes: int
    secrets_problem: str | None
    held: bool
    """Whether a release was taken back and nights wait for a person."""
    backup_problem: tuple[str, str] | None
    """What is wrong with the backups, in German and English."""
    lake_problem: tuple[str, str] | None
    """What is wrong with the lake that follows the releases, in German and English."""
    retries_left: bool
    """Whether a night that broke for a passing cause is tried again by Dagster."""

    @property
    def settled(self) -> bool:
        """Whether the last night has said its last word: none works, none is about to be tried again."""
        error = (self.status.get("run") or {}).get("error") or {}
        tried_again = self.status["state"] == "failed" and error.get("passing") and self.retries_left
        return not (self.status["state"] == "running" or tried_again)


def as_rows(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings for programs."""
    return [asdict(each) for each in findings]
