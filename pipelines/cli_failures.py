"""Failures of the machine, told to a person: a folder that cannot be written, a database that cannot be read.

Belongs here: which errors are no mistakes of this program, and what to do about each. Does not belong here:
printing (`cli.py`), or errors of sources and settings, which their own modules tell.
"""

from __future__ import annotations

import errno

NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}
UNREADABLE = {"IOException", "SerializationException", "FatalException", "InternalException"}
"""Classes of DuckDB that speak of the file and not of the question."""


def told(error: Exception) -> str | None:
    """Cause and next step, or null where the error is none of these."""
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        if error.errno in NOT_WRITABLE:
            return (
                f"{where}{error.strerror}. The home folder must be writable for the account that runs the nights "
                "(owner, mount options, ReadWritePaths of the service). What is published is untouched."
            )
        if error.errno == errno.ENOSPC:
            return (
                f"{where}{error.strerror}. Free some space: sdg17 status shows what lies in the home folder."
            )
        return None
    if type(error).__module__.strip("_") == "duckdb" and type(error).__name__ in UNREADABLE:
        return (
            f"The published database cannot be read: {str(error).splitlines()[0]} "
            "Compare it: sdg17 verify. The next night builds a whole new release: sdg17 run. "
            "An earlier one is shown again by: sdg17 rollback --reason damaged"
        )
    return None
