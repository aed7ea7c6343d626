"""Several files as one ZIP whose bytes depend on their contents only.

Belongs here: packing. Does not belong here: what is packed.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_LEVEL = 4
"""Rows repeat themselves: higher levels take several times as long for a few percent."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of files by name."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, data in files.items():
            info = ZipInfo(name)  # its time is 1980, always
            info.external_attr = 0o644 << 16
            archive.writestr(info, data, compress_type=ZIP_DEFLATED, compresslevel=_LEVEL)
    return content.getvalue()
