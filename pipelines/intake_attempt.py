"""One attempt at a source: limited in time, and whatever breaks in it is the source's own problem.

Belongs here: turning a reader that hangs, or breaks as none should, into a problem like any other. Does
not belong here: what stands in for it (`pipelines/intake.py`).

A full disk or scarce memory is no problem of a source: every source after it would meet the same. Such an
error goes on and ends the night, which is then tried again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from pipelines.deadline import OutOfTime, within
from pipelines.operations.passing import is_passing
from sources.source import Source, SourceChanged, SourceProblem, SourceUnavailable

LOG = logging.getLogger("sdg17.intake")
T = TypeVar("T")


class SourceBroken(SourceChanged):
    """The reader itself broke: a mistake in this program, which the file brought to light."""


@dataclass(kw_only=True)
class Attempt:
    """The time one source has, and what happens when it is over."""

    source: Source
    longest_seconds: float
    _began: float = field(default_factory=time.monotonic)

    def at(self, work: Callable[[], T]) -> T:
        """Do a part of the work within the time that is left.

        Raises:
            SourceUnavailable: the time is over.
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
            LOG.error("reader broke", extra={"facts": {"source": self.source.id}}, exc_info=error)
            raise SourceBroken(
                f"{self.source.title}: its reader broke",
                cause=f"{type(error).__name__}: {str(error)[:300]}",
                remedy="This is a mistake in the program: report it with the log of this night (sdg17 status)",
            ) from error
