"""When a request may be sent again, and how long to wait first.

Belongs here: which failures pass by themselves, Retry-After, backoff with jitter. Does not belong
here: sending (`pipelines/http.py`).
"""

from __future__ import annotations

import email.utils
from datetime import UTC, datetime

import tenacity

from sources.source import SourceUnavailable

RETRIABLE = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may pass by themselves."""


class TryAgain(SourceUnavailable):
    """A failure that may pass within this run. `after_seconds` is what the provider asked for."""

    def __init__(
        self, title: str, *, cause: str | None = None, remedy: str | None = None, after_seconds: float | None
    ) -> None:
        super().__init__(title, cause=cause, remedy=remedy)
        self.after_seconds = after_seconds


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds a Retry-After header asks to wait: a number, or a date; null where it says neither."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def waiting(first_seconds: float, longest_seconds: float) -> tenacity.wait.WaitBaseT:
    """What the provider asked for; otherwise exponential backoff with full jitter."""
    backoff = tenacity.wait_random_exponential(multiplier=first_seconds, max=longest_seconds)

    def wait(state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, TryAgain) and error.after_seconds is not None:
            return error.after_seconds
        return backoff(state)

    return wait
