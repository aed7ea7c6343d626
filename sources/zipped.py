"""The one file a provider means when it sends a ZIP, taken out without trusting it.

Belongs here: choosing and unpacking a member in memory. Does not belong here: what it says (the
reader), XLSX workbooks, which are ZIPs that stay whole (`sources/workbook.py`).

Nothing is ever written to disk, so a path in a member's name leads nowhere; such a name is refused
all the same, since no provider sends one.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from sources.source import SIZE_LIMIT, Raw, SourceChanged

AGAIN = "Fetch it again; a shorter file is a broken transfer"
ZIP_START = b"PK\x03\x04"
WORKBOOK_MEMBER = "[Content_Types].xml"


def unwrapped(raw: Raw, wanted: str) -> bytes:
    """The bytes of the file itself, whether it comes plain, gzipped or inside a ZIP.

    Args:
        raw: the file as received.
        wanted: pattern of the member's name; other members (a description in PDF) are left alone.

    Raises:
        SourceChanged: a damaged or encrypted ZIP, no or several members wanted, a path in the
            name, or more than `SIZE_LIMIT` bytes.
    """
    content = raw.unpacked()
    if not content.startswith(ZIP_START):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if WORKBOOK_MEMBER in archive.namelist():
                return content
            member = _chosen(raw, archive, wanted)
            with archive.open(member) as stream:
                inside = stream.read(SIZE_LIMIT + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise SourceChanged(f"{raw.name} is not a complete ZIP", cause=str(error), remedy=AGAIN) from error
    if len(inside) > SIZE_LIMIT:
        raise _too_large(raw)
    return inside


def _chosen(raw: Raw, archive: zipfile.ZipFile, wanted: str) -> zipfile.ZipInfo:
    members = archive.infolist()
    outside = [
        one.filename for one in members if ".." in one.filename or one.filename.startswith(("/", "\\"))
    ]
    if outside:
        raise SourceChanged(f"{raw.name} holds a file with a path that leads outside: {outside[0][:80]!r}")
    fitting = [one for one in members if re.fullmatch(wanted, one.filename.rpartition("/")[2])]
    if len(fitting) != 1:
        there = ", ".join(one.filename[:80] for one in members[:5]) or "nothing"
        raise SourceChanged(f"{raw.name}: expected one file named {wanted}, found {there}")
    if fitting[0].file_size > SIZE_LIMIT:
        raise _too_large(raw)
    return fitting[0]


def _too_large(raw: Raw) -> SourceChanged:
    return SourceChanged(f"{raw.name} unpacks to more than {SIZE_LIMIT:,} bytes and is refused.")
