"""Archives opened without trusting them: the one place where ZIP members are unpacked.

Belongs here: the limits, refusing what no provider sends, choosing and unpacking a member in
memory. Does not belong here: what a member says (its reader).

Nothing is ever written to disk, so a path in a member's name leads nowhere; such a name is refused
all the same, since no provider sends one. Everything an archive says about itself is looked at
before the first byte is unpacked, and what comes out is measured again, since a size may be a lie.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sources.source import SIZE_LIMIT, Raw, SourceChanged

AGAIN = "Fetch it again; a shorter file is a broken transfer"
ZIP_START = b"PK\x03\x04"
WORKBOOK_MEMBER = "[Content_Types].xml"
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing every provider and every spreadsheet uses; others are refused unopened."""
ENCRYPTED, PATCHED, STRONGLY_ENCRYPTED = 0x1, 0x20, 0x40
"""Bits of a member's flags."""
LARGEST_RATIO = 1000
"""Deflate shrinks nothing honest this far: texts some twentyfold, sheets of blanks a hundredfold."""
ALWAYS_ALLOWED = 1_000_000
"""Bytes any archive may unpack to, however small it is."""
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError, struct.error)

Why: TypeAlias = Literal["damaged", "too_large", "too_many", "path", "encrypted", "method"]


class UnsafeArchive(Exception):
    """An archive that is not opened, or not to its end: `why` for the reader, the message for a person."""

    def __init__(self, why: Why, message: str) -> None:
        super().__init__(message)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What an archive may hold: members, bytes unpacked in all, and how far it may have shrunk."""

    members: int = 10_000
    unpacked: int = SIZE_LIMIT
    ratio: int = LARGEST_RATIO

    def largest(self, packed: int) -> int:
        """Bytes an archive of this size may unpack to."""
        return min(self.unpacked, max(ALWAYS_ALLOWED, self.ratio * packed))


def everything(_name: str) -> bool:
    """Every member is wanted."""
    return True


def member_names(content: bytes, limits: Limits) -> list[str]:
    """The names of all members, folders included, of an archive that may be opened.

    Raises:
        UnsafeArchive: it may not.
    """
    with _opened(content, limits) as archive:
        return archive.namelist()


def members(
    content: bytes, limits: Limits, wanted: Callable[[str], bool] = everything
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each member wanted, one after the other.

    Raises:
        UnsafeArchive: damaged, encrypted, packed in an unknown way, a path in a name, or beyond the
            limits in what it declares or in what it holds.
    """
    with _opened(content, limits) as archive:
        left = limits.largest(len(content))
        for member in archive.infolist():
            if not wanted(member.filename):
                continue
            try:
                with archive.open(member) as stream:
                    inside = stream.read(left + 1)
            except UNREADABLE as error:
                raise UnsafeArchive("damaged", str(error)) from error
            left -= len(inside)
            if left < 0:
                raise _too_large(limits.largest(len(content)))
            yield member.filename, inside


def _opened(content: bytes, limits: Limits) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except UNREADABLE as error:
        raise UnsafeArchive("damaged", str(error)) from error
    _examine(archive.infolist(), limits, len(content))
    return archive


def _examine(entries: list[zipfile.ZipInfo], limits: Limits, packed: int) -> None:
    """Refuse an archive for what it says about itself.

    Raises:
        UnsafeArchive: with the first reason found.
    """
    if len(entries) > limits.members:
        raise UnsafeArchive("too_many", f"holds {len(entries):,} files; {limits.members:,} are accepted")
    for entry in entries:
        name = entry.filename
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name[:2]:
            raise UnsafeArchive("path", f"holds a file with a path that leads outside: {name[:80]!r}")
        if entry.flag_bits & (ENCRYPTED | STRONGLY_ENCRYPTED):
            raise UnsafeArchive("encrypted", f"{name[:80]!r} is encrypted")
        if entry.compress_type not in METHODS or entry.flag_bits & PATCHED:
            raise UnsafeArchive(
                "method", f"{name[:80]!r} is packed with a method nobody uses ({entry.compress_type})"
            )
    if sum(entry.file_size for entry in entries) > limits.largest(packed):
        raise _too_large(limits.largest(packed))


def _too_large(largest: int) -> UnsafeArchive:
    return UnsafeArchive("too_large", f"unpacks to more than {largest:,} bytes and is refused")


def as_changed(raw: Raw, error: UnsafeArchive, kind: str = "ZIP") -> SourceChanged:
    """The problem of a source whose archive is not opened."""
    if error.why in ("path", "too_large", "too_many"):
        return SourceChanged(f"{raw.name} {error}.")
    return SourceChanged(f"{raw.name} is not a complete {kind}", cause=str(error), remedy=AGAIN)


def unwrapped(raw: Raw, wanted: str) -> bytes:
    """The bytes of the file itself, whether it comes plain, gzipped or inside a ZIP.

    Args:
        raw: the file as received.
        wanted: pattern of the member's name; other members (a description in PDF) are left alone.

    Raises:
        SourceChanged: an archive that is not opened, or no or several members wanted.
    """
    content, limits = raw.unpacked(), Limits(unpacked=SIZE_LIMIT)
    if not content.startswith(ZIP_START):
        return content
    try:
        names = member_names(content, limits)
        if WORKBOOK_MEMBER in names:
            return content
        chosen = _chosen(raw, names, wanted)
        return dict(members(content, limits, lambda name: name == chosen))[chosen]
    except UnsafeArchive as error:
        raise as_changed(raw, error) from error


def _chosen(raw: Raw, names: list[str], wanted: str) -> str:
    fitting = [name for name in names if re.fullmatch(wanted, name.rpartition("/")[2])]
    if len(fitting) != 1:
        there = ", ".join(name[:80] for name in names[:5]) or "nothing"
        raise SourceChanged(f"{raw.name}: expected one file named {wanted}, found {there}")
    return fitting[0]
