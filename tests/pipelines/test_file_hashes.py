"""A remembered hash stands for the bytes a file had, and for no others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines import file_hashes
from pipelines.file_hashes import Remembered, tree_hash


def site(folder: Path, **pages: bytes) -> Path:
    for name, content in pages.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "index.html").write_bytes(content)
    (folder / "link").symlink_to(folder, target_is_directory=True)
    return folder


def test_a_folder_has_one_hash_however_it_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept.json"
    first = site(tmp_path / "first", a=b"1", b=b"2", c=b"3")
    (first / "a.html").write_bytes(b"beside a folder of nearly that name")
    assert Remembered.read(kept).tree(first) == tree_hash(first)
    assert tree_hash(first)["files"] == 4
    second = site(tmp_path / "second", b=b"other", c=b"3")
    (second / "a").mkdir()
    os.link(first / "a/index.html", second / "a/index.html")
    read: list[str] = []
    plain = file_hashes.file_hash
    monkeypatch.setattr(file_hashes, "file_hash", lambda path: read.append(str(path)) or plain(path))
    found = Remembered.read(kept).tree(second)
    assert {str(Path(path).parent.name) for path in read} == {"b", "c"}, "only what is not the same file"
    assert found == tree_hash(second) != tree_hash(first)


def test_a_file_written_to_is_read_again(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    folder = site(tmp_path / "site", a=b"1", b=b"2")
    Remembered.read(kept).tree(folder)
    page = folder / "a/index.html"
    page.write_bytes(b"9")
    os.utime(page, ns=(0, page.stat().st_mtime_ns + 1_000))
    assert Remembered.read(kept).tree(folder) == tree_hash(folder)


def test_what_rots_on_disk_keeps_the_hash_it_was_published_with(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    folder = site(tmp_path / "site", a=b"1")
    published = Remembered.read(kept).tree(folder)
    page = folder / "a/index.html"
    time = page.stat().st_mtime_ns
    page.write_bytes(b"0")
    os.utime(page, ns=(time, time))
    assert Remembered.read(kept).tree(folder) == published != tree_hash(folder), "verify will find it"


@pytest.mark.parametrize("content", [b"", b"[[1]]", b"{}", b'[["a",1,2,3'])
def test_a_torn_memory_is_no_memory(tmp_path: Path, content: bytes) -> None:
    kept = tmp_path / "kept.json"
    folder = site(tmp_path / "site", a=b"1")
    kept.write_bytes(content)
    assert Remembered.read(kept).tree(folder) == tree_hash(folder)
    assert Remembered.read(kept).known
