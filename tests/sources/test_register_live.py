"""The register at its publisher, played on loopback; real editions travel through it unharmed."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.http import run_dialogue
from sources import gv100ad, register_extract, register_live
from sources.live import Delivery, Occasion
from sources.source import Raw, Source, SourceChanged, SourceUnavailable
from sources.zipped import unwrapped
from tests.loopback import Provider, Reply, Route, html_error_page, quick_client, with_etag, zip_reply
from tests.sources.made_workbook import BROKEN, Cell, workbook

Make = Callable[[str, bytes], Raw]
XLSX = register_live.WORKBOOK_TYPES[0]
MEMBER = "GV100AD_30112023.txt"


def line(record: str) -> str:
    return record.ljust(220)


REGISTER = "\n".join([line("102023113001          Musterland"), line("402023113001001       Musterkreis")])


def zipped(*members: tuple[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return kept.getvalue()


FIXED = zipped(("Datensatzbeschreibung.pdf", b"%PDF"), (MEMBER, REGISTER.encode()))


def extract(*, heads: Sequence[int] = range(20)) -> list[list[Cell]]:
    """A made-up sheet in the layout of the workbook; `heads` chooses and orders its columns."""
    top = "Satz-art,Text-kenn-zeichen,Amtlicher Regionalschlüssel (ARS),,,,,Gemeindename,Fläche km2 1),Bevölkerung2),"
    top += ",,,Postleit-zahl3),Geografische Mittelpunktkoordinaten,,Reisegebiete,,Grad der Verstädterung,"
    low = ",,Land,RB,Kreis,VB,Gem,,,insgesamt,männlich,weiblich,je km2,,Längengrad,Breitengrad,,,,"
    days = ",,Gebietsstand am 30.06.2026,,,,,,am 31.12.2025,,,,,,Zuordnungsstand,,Schlüssel,Bezeichnung,Schlüssel,"
    unit = "60;64;01;0;01;0001;001;Musterdorf;1,5;100;50;50;67;01234;9,5;54,5;;;03;gering"
    rows = [text.split(",") for text in (top, low, days + "Bezeichnung")]
    table = [["Gemeinden"], [""], *rows, [""], unit.split(";")]
    return [[row[index] for index in heads] if len(row) == 20 else list(row) for row in table]


def book(**given: Any) -> bytes:
    return workbook({"Inhalt": [["Inhalt"]], "Onlineprodukt_Gemeinden": extract(**given)})


def fetch(source: Source, route: Route, **given: Any) -> list[Delivery]:
    with Provider({"/*": route}) as provider:
        return ask(source, provider, **given)


def ask(source: Source, provider: Provider, folder: Path | None = None, **manners: Any) -> list[Delivery]:
    assert source.live is not None
    talk = source.live(Occasion(reference_year=2020, base=provider.base))
    return run_dialogue(talk, quick_client(folder, **manners))


def raws(files: Sequence[Delivery]) -> list[Raw]:
    return [
        Raw(name=file.name, content=file.content, snapshot_id=hashlib.sha256(file.content).hexdigest())
        for file in files
    ]


def only(path: str, reply: Reply) -> Route:
    return lambda asked: reply if asked.path == path else Reply(status=404)


def test_no_two_editions_have_one_date() -> None:
    """Editions of one date would describe every unit twice, and neither would stand."""
    occasion = Occasion(reference_year=2026, base="x")
    books = [edition.path for edition in register_live.workbooks(occasion)]
    fixed = [edition.path for edition in register_live.fixed_width(occasion)]
    year_ends = [path.rpartition("3112")[2][:4] for path in [*books, *fixed] if "3112" in path]
    assert year_ends == [*map(str, range(2019, 2027)), "2017", "2018"]
    assert "GVAuszugQ/AuszugGV4QAktuell.xlsx" not in books, "the fourth quarter ends on 31 December"


def test_happy_workbook() -> None:
    reply = Reply(content=book(), content_type=XLSX)
    with Provider({"/*": only("/GVAuszugQ/AuszugGV2QAktuell.xlsx", reply)}) as provider:
        files = ask(register_extract.SOURCE, provider)
        assert all(asked.query == {"__blob": "publicationFile"} for asked in provider.asked)
        assert provider.paths()[0] == "/GVAuszugJ/31122019_Auszug_GV.xlsx"
    assert [file.name for file in files] == ["gemeindeverzeichnis/AuszugGV2QAktuell.xlsx"]
    reading = register_extract.read(raws(files), {})
    unit = reading.tables["register_unit"].row(0, named=True)
    assert (unit["ags"], unit["territory_date"]) == ("01001001", date(2026, 6, 30))
    assert reading.tables["population"]["reference_date"][0] == date(2025, 12, 31)


def test_happy_fixed_width() -> None:
    files = fetch(gv100ad.SOURCE, only("/GV100ADQ/GV100AD3011.zip", zip_reply(FIXED)))
    units = gv100ad.read(raws(files), {}).tables["register_unit"]
    assert units["name"].to_list() == ["Musterland", "Musterkreis"]


def test_happy_plain_text() -> None:
    """The same edition without a ZIP around it."""
    reply = Reply(content=REGISTER.encode(), content_type="text/plain; charset=utf-8")
    units = gv100ad.read(raws(fetch(gv100ad.SOURCE, only("/GV100ADQ/GV100AD3011.zip", reply))), {})
    assert units.tables["register_unit"].height == 2


def test_unchanged(tmp_path: Path) -> None:
    route = with_etag(lambda: zip_reply(FIXED))
    with Provider({"/*": route}) as provider:
        first = ask(gv100ad.SOURCE, provider, tmp_path)
        # What was received is kept by the pipeline; the client finds it there.
        for file in first:
            digest = hashlib.sha256(file.content).hexdigest()
            place = tmp_path / digest[:2] / digest
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(file.content)
        second = ask(gv100ad.SOURCE, provider, tmp_path)
        assert [asked.headers.get("if-none-match") for asked in provider.asked] == [None] * 3 + ['"v1"'] * 3
    assert [file.content for file in first] == [file.content for file in second]


@pytest.mark.parametrize("source", [gv100ad.SOURCE, register_extract.SOURCE])
def test_down(source: Source) -> None:
    with pytest.raises(SourceUnavailable, match="503"):
        fetch(source, lambda _: Reply(status=503))
    with Provider({}) as provider:
        provider.close()
        with pytest.raises(SourceUnavailable, match="could not be read"):
            ask(source, provider)


@pytest.mark.parametrize("source", [gv100ad.SOURCE, register_extract.SOURCE])
@pytest.mark.parametrize(
    ("route", "problem"),
    [
        (html_error_page, "sent text/html"),
        (lambda _: zip_reply(b"\n <html>Wartung</html>"), "is a page, not a file"),
        (lambda _: zip_reply(b"", declared_size=10**12), "more than accepted"),
        (lambda _: Reply(status=404), "No edition of the register is where it was"),
        (lambda _: Reply(status=410), "410"),
    ],
)
def test_hostile(source: Source, route: Route, problem: str) -> None:
    with pytest.raises(SourceChanged, match=problem):
        fetch(source, route)


def test_slow_and_broken_off() -> None:
    with pytest.raises(SourceUnavailable, match="in time"):
        fetch(gv100ad.SOURCE, lambda _: zip_reply(FIXED, delay_seconds=0.5), read_seconds=0.05, attempts=2)
    with pytest.raises(SourceUnavailable, match="could not be read"):
        fetch(gv100ad.SOURCE, lambda _: zip_reply(FIXED, cut_after=100))


@pytest.mark.parametrize(
    ("heads", "problem"),
    [
        ([*range(9), *range(10, 20)], "column 10 should be headed insgesamt, found männlich"),
        ([*range(7), 8, 7, *range(9, 20)], "column 8 should be headed gemeindename, found Fläche"),
        (range(19), "column 20 should be headed bezeichnung, found nothing"),
    ],
)
def test_changed_columns_of_the_workbook(synthetic_raw: Make, heads: Sequence[int], problem: str) -> None:
    sheet = extract()
    changed = [[row[index] for index in heads] if len(row) == 20 else row for row in sheet]
    content = workbook({"Inhalt": [["Inhalt"]], "Gemeinden": changed})
    with pytest.raises(SourceChanged, match=problem):
        register_extract.read([synthetic_raw("x_Auszug_GV.xlsx", content)], {})


@pytest.mark.parametrize("name", list(BROKEN))
def test_museum_of_workbooks(synthetic_raw: Make, name: str) -> None:
    with pytest.raises(SourceChanged):
        register_extract.read([synthetic_raw("x_Auszug_GV.xlsx", BROKEN[name])], {})


def test_a_workbook_inside_a_zip(synthetic_raw: Make) -> None:
    raw = synthetic_raw("x_Auszug_GV.zip", zipped(("31122025_Auszug_GV.xlsx", book())))
    assert register_extract.read([raw], {}).tables["register_unit"]["name"].to_list() == ["Musterdorf"]


def _encrypted() -> bytes:
    content = bytearray(zipped((MEMBER, b"x")))
    for start in (content.find(b"PK\x03\x04") + 6, content.find(b"PK\x01\x02") + 8):
        content[start] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (FIXED[:-30], "not a complete ZIP"),
        (FIXED[:60], "not a complete ZIP"),
        (_encrypted(), "not a complete ZIP"),
        (zipped(("lies_mich.txt", b"x")), "expected one file named"),
        (zipped((MEMBER, b"x"), ("alt/" + MEMBER, b"y")), "expected one file named"),
        (zipped(("../../" + MEMBER, b"x")), "leads outside"),
        (zipped(("/etc/" + MEMBER, b"x")), "leads outside"),
        (zipped(), "Gebietsstand"),
    ],
    ids=["truncated", "begun", "encrypted", "other member", "two members", "upwards", "absolute", "empty"],
)
def test_museum_of_zips(synthetic_raw: Make, content: bytes, problem: str) -> None:
    with pytest.raises(SourceChanged, match=problem):
        gv100ad.read([synthetic_raw("GV100AD3011.zip", content)], {})


def test_a_bomb_is_refused_before_it_is_unpacked(
    synthetic_raw: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.zipped.SIZE_LIMIT", 1000)
    with pytest.raises(SourceChanged, match="unpacks to more than"):
        unwrapped(synthetic_raw("x.zip", zipped((MEMBER, b"0" * 5000))), gv100ad.MEMBER)


def test_real_editions_arrive_as_they_are(raw_file: Callable[[str], Raw]) -> None:
    """Real: the control figures of both forms after the way over the network, the text inside a ZIP."""
    text = raw_file("gemeindeverzeichnis/GV100AD_301123.txt.gz").unpacked()
    fixed = fetch(gv100ad.SOURCE, only("/GV100ADQ/GV100AD3011.zip", zip_reply(zipped((MEMBER, text)))))
    book_2019 = raw_file("gemeindeverzeichnis/31122019_Auszug_GV.xlsx").content
    reply = Reply(content=book_2019, content_type=XLSX)
    books = fetch(register_extract.SOURCE, only("/GVAuszugJ/31122019_Auszug_GV.xlsx", reply))
    totals = [
        source.read(raws(files), {})
        .tables["population"]
        .filter(pl.col("ags").str.len_chars() == 8)["inhabitants"]
        .sum()
        for source, files in ((gv100ad.SOURCE, fixed), (register_extract.SOURCE, books))
    ]
    assert totals == [84_358_845, 83_166_711]
