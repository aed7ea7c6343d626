"""A piece of work that may take so long and no longer.

Belongs here: interrupting it, wherever it hangs: a provider that sends a byte a minute, a name that does not
resolve, a reader that goes in circles. Does not belong here: what happens then (`pipelines/intake.py`).

The alarm of the operating system interrupts the main thread, where runs work; elsewhere (some tests) work
is not interrupted, and limits of single requests (`pipelines/http.py`) are all there is.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


class OutOfTime(BaseException):
    """The time is over. No `Exception`, so that nobody on the way takes it for a problem he can mend."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Interrupt the work after so many seconds.

    Raises:
        OutOfTime: it took longer.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(_number: int, _frame: FrameType | None) -> NoReturn:
        raise OutOfTime(f"longer than {seconds:,.0f} seconds")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
