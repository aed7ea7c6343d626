"""Opening archives: every trap is found before anything is unpacked, and lies when it is measured."""

from __future__ import annotations

import io
import zipfile

import pytest

from sources.zipped import Limits, UnsafeArchive, Why, member_names, members

LIMITS = Limits(members=3, unpacked=2_000_000, ratio=50)
CENTRAL, LOCAL = b"PK\x01\x02", b"PK\x03\x04"


def packed(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return kept.getvalue()


def patched(content: bytes, place: int, value: bytes) -> bytes:
    """The archive with bytes of its first central entry replaced."""
    changed = bytearray(content)
    start = changed.find(CENTRAL) + place
    changed[start : start + len(value)] = value
    return bytes(changed)


ONE = packed(("a.csv", b"x" * 400))
FLAGS, METHOD, SIZE = 8, 10, 24


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "damaged"),
        (b"<html>", "damaged"),
        (ONE[:-10], "damaged"),
        (patched(ONE, SIZE, (1).to_bytes(4, "little")), "damaged"),
        (patched(ONE, FLAGS, b"\x01"), "encrypted"),
        (patched(ONE, FLAGS, b"\x40"), "encrypted"),
        (patched(ONE, FLAGS, b"\x20"), "method"),
        (patched(ONE, METHOD, b"\x63"), "method"),
        (packed(("a.csv", b"x"), method=zipfile.ZIP_BZIP2), "method"),
        (packed(("a.csv", b"x"), method=zipfile.ZIP_LZMA), "method"),
        (packed(*((f"{n}.csv", b"x") for n in range(4))), "too_many"),
        (packed(("../a.csv", b"x")), "path"),
        (packed(("in/../../a.csv", b"x")), "path"),
        (packed(("..\\a.csv", b"x")), "path"),
        (packed(("/etc/a.csv", b"x")), "path"),
        (packed(("C:\\a.csv", b"x")), "path"),
        (patched(ONE, SIZE, (2_000_000_000).to_bytes(4, "little")), "too_large"),
        (packed(("a.csv", b"0" * 1_500_000)), "too_large"),
        (packed(*((f"{n}.csv", b"0" * 800_000) for n in range(3))), "too_large"),
    ],
)
def test_what_is_not_opened(content: bytes, why: Why) -> None:
    with pytest.raises(UnsafeArchive) as found:
        list(members(content, LIMITS))
    assert found.value.why == why and str(found.value)


def test_only_what_is_wanted_is_unpacked() -> None:
    content = packed(("a.csv", b"1"), ("dir/b..csv", b"2"))
    assert member_names(content, LIMITS) == ["a.csv", "dir/b..csv"]
    assert list(members(content, LIMITS)) == [("a.csv", b"1"), ("dir/b..csv", b"2")]
    assert list(members(content, LIMITS, lambda name: name.endswith("b..csv"))) == [("dir/b..csv", b"2")]
