"""What a hostile file may not do: nest without end, or lead out of the folder it lies in.

Beside these: archives that unpack to too much, lie about their size or name paths outside
(`test_zipped.py`, `test_workbook.py`), entities in XML (`test_workbook.py`, `test_iati.py`), broken files of
every source (`test_museum.py`), addresses inside one's own network and redirects to them
(`tests/pipelines/test_http.py`), markup in texts of pages and charts (`tests/pipelines/test_site.py`,
`test_charts.py`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.origins import fetch
from sources import load_sources
from sources.json_answers import licence_said, parsed
from sources.source import Raw, SourceChanged

DEEP = 200_000


@pytest.mark.parametrize("content", [b"[" * DEEP + b"]" * DEEP, b'{"a":' * DEEP + b"1" + b"}" * DEEP])
def test_json_nested_without_end_is_refused_and_not_followed(content: bytes) -> None:
    with pytest.raises(SourceChanged, match="not JSON that can be read"):
        parsed("answer.json", content)
    assert licence_said(Raw(name="answer.json", content=content, snapshot_id="0" * 64)) is None


def test_a_link_in_the_archive_that_leads_out_of_it_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_text("not yours", "utf-8")
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "list.csv").symlink_to(outside)
    source = replace(load_sources()["document_facts"], archive=("*.csv",), always=False)
    with pytest.raises(SourceChanged, match="leads out of the archive folder"):
        fetch(source, "archive", archive)
    (archive / "list.csv").unlink()
    (archive / "list.csv").write_text("ours", "utf-8")
    (found,) = fetch(source, "archive", archive)
    assert found.content == b"ours"
