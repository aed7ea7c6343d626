"""One attempt at a source: limited in time, and whatever breaks in it is the source's own problem.

Belongs here: turning a reader that hangs or breaks as none should, or a file cut in half, into a problem like
any other. Does
not belong here: what stands in for it (`pipelines/intake.py`).

A full disk or scarce memory is no problem of a source: every source after it would meet the same. Such an
error goes on and ends the night, which is then tried again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pipelines.deadline import OutOfTime, within
from pipelines.operations.passing import is_passing
from sources.source import Source, SourceChanged, SourceProblem, SourceUnavailable

LOG = logging.getLogger("sdg17.intake")
T = TypeVar("T")


LEAST_KEPT = 0.5
"""Share of the rows of the last good reading below which a file is taken for a cut one."""
LEAST_COUNTED = 10
"""Rows from which on a share says anything."""


class SourceBroken(SourceChanged):
    """The reader itself broke: a mistake in this program, which the file brought to light."""


class SourceHalved(SourceChanged):
    """The files have lost half their rows: cut off on their way, or emptied by mistake."""


def require_rows(source: Source, rows: int, before: int | None) -> None:
    """Refuse a reading that has lost more than half the rows of the last good one.

    Offices add and revise; none takes back half of what it published without saying so. A file that is
    half as long was cut off or exported with a filter, and what is lacking would be withdrawn from every
    figure made of it. So the last good files stand in until a person says that fewer rows are right. A
    smaller loss is told (`source.like_last_published`), not refused.

    Args:
        source: the source.
        rows: rows that kept their contract now.
        before: the same at the last good reading; null where there was none.

    Raises:
        SourceHalved: too many are gone.
    """
    if before is not None and before >= LEAST_COUNTED and rows < LEAST_KEPT * before:
        raise SourceHalved(
            f"{source.title}: {rows:,} rows, {before:,} at the last good reading",
            cause="More than half of them are gone: the file is cut off, or exported with a filter",
            remedy="Compare it with the provider's; if it is right, run once with SDG17_FEWER_ROWS=true",
        )


@dataclass(kw_only=True)
class Attempt:
    """The time one source has, and what happens when it is over."""

    source: Source
    longest_seconds: float
    _began: float = field(default_factory=time.monotonic)

    def at(self, work: Callable[[], T]) -> T:
        """Do a part of the work within the time that is left.

        Raises:
            SourceUnavailable: the time is over, or a file may not be read.
            SourceBroken: the work broke in a way nobody foresaw.
        """
        left = self.longest_seconds - (time.monotonic() - self._began)
        try:
            with within(max(left, 1.0)):
                return work()
        except OutOfTime:
            raise SourceUnavailable(
                f"{self.source.title}: takes too long altogether",
                cause=f"It was interrupted after {self.longest_seconds:,.0f} seconds (SDG17_SOURCE_SECONDS)",
                remedy="Nothing needs to be done unless it stays so for days",
            ) from None
        except SourceProblem:
            raise
        except BaseException as error:
            panic = type(error).__name__ == "PanicException"  # Polars', which is no Exception
            if is_passing(error) or not (isinstance(error, Exception) or panic):
                raise
            if isinstance(error, OSError):
                raise SourceUnavailable(
                    f"{self.source.title}: {Path(str(error.filename or 'a file')).name} cannot be read",
                    cause=error.strerror or type(error).__name__,
                    remedy="Give the account the nights run under the right to read it, and look whether it is a file",
                ) from error
            LOG.error("reader broke", extra={"facts": {"source": self.source.id}}, exc_info=error)
            raise SourceBroken(
                f"{self.source.title}: its reader broke",
                cause=f"{type(error).__name__}: {str(error)[:300]}",
                remedy="This is a mistake in the program: report it with the log of this night (sdg17 status)",
            ) from error
