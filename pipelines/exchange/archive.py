"""Several files as one ZIP whose bytes depend on their contents only.

Belongs here: packing, and putting together what was packed before. Does not belong here: what is packed.

What stands in many archives (the frame of a workbook) or in two (the rows of a Land, alone and among all)
is packed once. Each piece ends at a whole byte, so pieces may follow each other inside one file.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from io import BytesIO
from zipfile import ZipFile

_LEVEL = 1
"""Rows repeat themselves: the lowest level packs them to a sixteenth, and every higher one costs seconds."""

_LAST_BLOCK = b"\x03\x00"
"""An empty block that says nothing follows."""

_DEFLATED, _UNIX, _NEEDED = 8, 3 << 8, 20
_MODE = 0o644 << 16
_DAY = (1 << 5) | 1
"""1 January 1980, the first day a ZIP can name."""

_UTF8 = 0x800
_LENGTHS_AT = 26
"""Where a local header says how long name and extra field are."""
_MOST = 0xFFFFFFFF
_ZEROS = bytes(1 << 20)


@dataclass(frozen=True, kw_only=True)
class Packed:
    """Bytes packed once: to stand in any archive, alone or one after another."""

    deflated: bytes
    """Raw deflate, ended at a whole byte and without a last block."""
    size: int
    crc: int

    def __add__(self, other: Packed) -> Packed:
        """Both, one after the other."""
        return Packed(
            deflated=self.deflated + other.deflated,
            size=self.size + other.size,
            crc=_after(self.crc, other.size) ^ _after(0, other.size) ^ other.crc,
        )


def packed(data: bytes, level: int = _LEVEL) -> Packed:
    """Bytes, packed."""
    return packed_slices([data], level)


def packed_slices(slices: Iterable[bytes], level: int = _LEVEL) -> Packed:
    """Bytes that come in slices, packed as all of them at once would be, each let go of when it is packed."""
    press = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated: list[bytes] = []
    size = crc = 0
    for data in slices:
        deflated.append(press.compress(data))
        size += len(data)
        crc = zlib.crc32(data, crc)
    return Packed(deflated=b"".join([*deflated, press.flush(zlib.Z_FULL_FLUSH)]), size=size, crc=crc)


def together(*pieces: Packed) -> Packed:
    """Pieces, one after the other."""
    return reduce(Packed.__add__, pieces)


def zipped(files: Mapping[str, bytes | Packed]) -> bytes:
    """A ZIP of files by name.

    Raises:
        ValueError: it would be larger than 4 GB, which this simple form cannot say.
    """
    parts: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for name, content in files.items():
        piece = content if isinstance(content, Packed) else packed(content)
        named, length = name.encode(), len(piece.deflated) + len(_LAST_BLOCK)
        flag = 0 if name.isascii() else _UTF8
        told = struct.pack(
            "<3H2H3L2H", _NEEDED, flag, _DEFLATED, 0, _DAY, piece.crc, length, piece.size, len(named), 0
        )
        listed.append(
            b"PK\x01\x02" + struct.pack("<H", _UNIX | _NEEDED) + told + struct.pack("<3H2L", 0, 0, 0, _MODE, at) + named
        )  # fmt: skip
        parts += [b"PK\x03\x04", told, named, piece.deflated, _LAST_BLOCK]
        at += 4 + len(told) + len(named) + length
    directory = b"".join(listed)
    if at + len(directory) > _MOST:
        raise ValueError(f"{at:,} bytes do not fit into a ZIP of the simple form.")
    end = struct.pack("<4H2LH", 0, 0, len(listed), len(listed), len(directory), at, 0)
    return b"".join([*parts, directory, b"PK\x05\x06", end])


def piece_of(archive: bytes, name: str) -> Packed:
    """What a ZIP made by `zipped` holds under a name, as it was packed.

    Raises:
        KeyError: there is no such name.
    """
    with ZipFile(BytesIO(archive)) as opened:
        entry = opened.getinfo(name)
    named, extra = struct.unpack_from("<2H", archive, entry.header_offset + _LENGTHS_AT)
    start = entry.header_offset + _LENGTHS_AT + 4 + named + extra
    deflated = archive[start : start + entry.compress_size - len(_LAST_BLOCK)]
    return Packed(deflated=deflated, size=entry.file_size, crc=entry.CRC)


def rest_of(both: Packed, first: Packed) -> Packed:
    """What follows the first of two pieces that were put together.

    Raises:
        ValueError: the two do not begin with it.
    """
    if not both.deflated.startswith(first.deflated):
        raise ValueError("The packed pieces do not begin with this one.")
    size = both.size - first.size
    crc = both.crc ^ _after(first.crc, size) ^ _after(0, size)
    return Packed(deflated=both.deflated[len(first.deflated) :], size=size, crc=crc)


def _after(crc: int, zeros: int) -> int:
    """A checksum continued over so many zero bytes: checksums of pieces are put together with it."""
    while zeros > len(_ZEROS):
        crc, zeros = zlib.crc32(_ZEROS, crc), zeros - len(_ZEROS)
    return zlib.crc32(memoryview(_ZEROS)[:zeros], crc)
