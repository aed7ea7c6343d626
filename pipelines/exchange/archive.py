"""Several files as one ZIP whose bytes depend on their contents only.

Belongs here: packing. Does not belong here: what is packed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_LEVEL = 1
"""Rows repeat themselves: the lowest level packs them to a sixteenth, and every higher one costs seconds."""


def zipped(files: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """A ZIP of files by name, each whole or in pieces that need not be held together."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, data in files.items():
            info = ZipInfo(name)  # its time is 1980, always
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w") as stream:
                for piece in (data,) if isinstance(data, bytes) else data:
                    stream.write(piece)
    return content.getvalue()
