"""The museum of broken files, shown to every source there is: a new source is led through it untold.

Each exhibit is handed to each reader under every name the source listens to. A reader must refuse it
(`SourceChanged`) or set it aside line by line; it must never accept a row of it, nor break otherwise.
What only one form of file can suffer (renamed columns, lost zeros) stands in the test of that source.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from collections.abc import Mapping

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources import load_sources
from sources.countries import countries
from sources.source import Raw, Reading, Source, SourceChanged

PAGE = b"<!DOCTYPE html><html><head><title>Wartung</title></head><body>Bitte sp&auml;ter</body></html>"


def archive(name: str, content: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return kept.getvalue()


def huge() -> bytes:
    """An archive that declares two gigabytes."""
    content = bytearray(archive("xl/worksheets/sheet1.xml", b"0" * 1000))
    size = content.rindex(b"PK\x01\x02") + 24
    content[size : size + 4] = (2_000_000_000).to_bytes(4, "little")
    return bytes(content)


ENTITY = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>"""
EXHIBITS: Mapping[str, bytes] = {
    "empty file": b"",
    "line breaks only": b"\n\r\n\n",
    "page with status 200": PAGE,
    "wrong encoding": "Schlüssel;Name\n09188121;Gilching\n".encode("utf-16"),
    "bytes that are no text": bytes(range(256)) * 4,
    "truncated ZIP": archive("a.csv", b"a;b\n" * 500)[:-30],
    "ZIP with a path upwards": archive("../../etc/passwd", b"x"),
    "two gigabytes declared": huge(),
    "bomb": archive("a.csv", b"0" * 30_000_000),
    "external entity": ENTITY,
    "other JSON": b'{"unexpected": [1, null, {"deep": {}}]}',
    "other columns": "Spalte eins;Spalte zwei\nHännchen;2,5\n".encode(),
}
NAMES: Mapping[str, tuple[str, ...]] = {
    "wegweiser": (
        "wegweiser/indicator_schulden.json",
        "wegweiser/export_schulden_05.json",
        "wegweiser/regions_GEMEINDE.json",
    ),
    "dac_vintages": ("oda/dac_recipients_vintages/recipients_2024-06-14_fa32c5b.csv",),
    "wikidata_partnerships": (
        "partnerships/wikidata_p190_germany_2017.tsv",
        "partnerships/wikidata_p190_2026-11-20_05.json",
    ),
    "genesis": (
        "municipal_finance/genesis_recorded/12411-01-01-4_tablefile_ffcsv_de.zip",
        "genesis/12411-01-01-4_metadata.json",
        "genesis/12411-01-01-4_answer.json",
    ),
    "price_index": (
        "genesis_online/61111-0001_metadata.json",
        "genesis_online/61111-0001_tablefile_ffcsv_de.zip",
    ),
    "self_report": (
        "intake/contacts.csv",
        "intake/accepted/09188121_2026-11-20.csv",
        "intake/accepted/09188121.xlsx",
    ),
}
"""Names of files where the patterns of a source do not tell them."""
FROM_PACKAGE = ("country",)
"""Tables whose rows come with a package of this program; a file adds names to them only."""
SOURCES = load_sources()


def names_of(source: Source) -> tuple[str, ...]:
    patterns = (*source.archive, *source.home_files)
    found = (*(pattern.replace("*", "2023-12-31") for pattern in patterns), *source.embedded)
    return NAMES.get(source.id, found)


def needs_of(source: Source) -> dict[str, pl.DataFrame]:
    empty = {name: CONTRACTS[name.rpartition("/")[2]].empty() for name in source.needs}
    return {name: countries() if name == "country" else frame for name, frame in empty.items()}


def shown(source: Source, name: str, content: bytes) -> Reading | None:
    """What the reader makes of an exhibit, or null where it refuses it."""
    packed = gzip.compress(content, 1) if name.endswith(".gz") else content
    raw = Raw(name=name, content=packed, snapshot_id=hashlib.sha256(packed).hexdigest())
    try:
        return source.read([raw], needs_of(source))
    except SourceChanged as refusal:
        assert len(str(refusal)) > 20, "a refusal says what is wrong"
        return None


@pytest.mark.parametrize("exhibit", EXHIBITS)
@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_no_source_accepts_a_row_of_a_broken_file(source: Source, exhibit: str) -> None:
    names = names_of(source)
    assert names, f"{source.id} listens to no file; name one in NAMES"
    for name in names:
        reading = shown(source, name, EXHIBITS[exhibit])
        if reading is None:
            continue
        for table, frame in reading.tables.items():
            good = enforce(frame, CONTRACTS[table], source_id=source.id).good
            assert good.is_empty() or table in FROM_PACKAGE, f"{name}: {good.height} rows of {table}"


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_page_in_place_of_a_file_is_refused_or_told(source: Source) -> None:
    for name in names_of(source):
        reading = shown(source, name, PAGE)
        assert reading is None or not reading.rejected.is_empty(), f"{name} is passed over in silence"


def test_gzip_that_breaks_off_is_refused_everywhere() -> None:
    packed = gzip.compress(PAGE * 20)[:-9]
    zipped = [
        (source, name) for source in SOURCES.values() for name in names_of(source) if name.endswith(".gz")
    ]
    assert len(zipped) >= 5
    for source, name in zipped:
        raw = Raw(name=name, content=packed, snapshot_id="0" * 64)
        with pytest.raises(SourceChanged):
            source.read([raw], needs_of(source))
