"""The council report: exactly two tagged pages from the published release, whatever a name contains."""

import io
import re
from datetime import datetime

import html5lib
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from pipelines.charts.palette import COLOURS
from pipelines.charts.plate import Caption, plated
from pipelines.charts.standalone import as_png
from pipelines.cli import main
from pipelines.council.contents import ROOMS, contents
from pipelines.council.page import rendered
from pipelines.council.pdf import as_pdf
from pipelines.council.reading import CannotReport, read
from pipelines.settings import Settings
from pipelines.site.language import ENGLISH, GERMAN

RICH, CITY, DISTRICT = "05334002", "05314000", "05170"
HOSTILE = 'Bad #panic() [x] *y* _z_ @ref $1$ <script>alert(1)</script> \\ ` // "q"'


@pytest.fixture(scope="module")
def painter():
    from pipelines.charts.painter import Painter

    return Painter()


def cells(report):
    return {row[0]: row[1:] for row in report["values"]["rows"]}


@pytest.fixture(scope="module")
def readings(archive_release):
    """Reports are asked for by key and language; a village is one of which nothing is known."""
    with archive_release.database() as connection:
        (village,) = connection.execute(
            "SELECT ags FROM municipality m WHERE level = 'municipality' AND valid_to IS NULL "
            "AND NOT is_unincorporated AND ags NOT IN (SELECT ags FROM partnership) "
            "AND ags NOT IN (SELECT ags FROM engagement) AND ags NOT IN (SELECT ags FROM observation "
            "WHERE value IS NOT NULL AND indicator_id <> 'daten_verf') ORDER BY ags LIMIT 1"
        ).fetchone()
    keys = {"rich": RICH, "city": CITY, "district": DISTRICT, "village": village}
    made = {name: read(archive_release.settings, key, GERMAN) for name, key in keys.items()}
    return {**made, "english": read(archive_release.settings, RICH, ENGLISH)}


def set_in_type(reading, painter, change=lambda report: report):
    built_at = datetime.fromisoformat(reading.release["built_at"])
    return as_pdf(lambda room: change(contents(reading, room)), built_at, painter)


def elements(node, found):
    """Every element of the structure tree, by its type."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            elements(each, found)
    elif hasattr(node, "get"):
        if "/S" in node:
            found.setdefault(str(node["/S"]), []).append(node)
        if "/K" in node:
            elements(node["/K"], found)
    return found


@pytest.mark.parametrize("name", ["rich", "city", "district", "village", "english"])
def test_a_report_has_two_tagged_pages(readings, painter, name):
    reading = readings[name]
    pdf = PdfReader(io.BytesIO(set_in_type(reading, painter)))
    root = pdf.trailer["/Root"]
    report = contents(reading, ROOMS[0])
    assert len(pdf.pages) == 2
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]
    assert root["/Lang"] == reading.edition.language.code
    assert root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == report["title"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    tags = elements(root["/StructTreeRoot"], {})
    pictures = tags.get("/Figure", [])
    assert len(pictures) <= len(report["figures"]) and all(picture["/Alt"] for picture in pictures)
    assert bool(pictures) == bool(report["figures"])
    assert len(tags.get("/TH", [])) == (4 if report["values"]["rows"] else 0)
    text = "".join(page.extract_text() for page in pdf.pages)
    assert reading.release["release_id"] in text and reading.unit["ags"] in text


def test_what_a_name_contains_is_never_markup(readings, painter):
    def renamed(report):
        report["title"] = report["headline"][0] = report["values"]["rows"][0][0] = HOSTILE
        report["figures"][0]["alternative"] = report["figures"][0]["message"] = HOSTILE
        report["sources"][0] = report["lists"][0]["rows"][0] = HOSTILE
        return report

    pdf = PdfReader(io.BytesIO(set_in_type(readings["rich"], painter, renamed)))
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))
    signs = re.sub(r"\s", "", "#panic() [x] *y* _z_ @ref $1$")
    assert text.count(signs) >= 5 and "<script>" in text
    assert pdf.metadata.title == HOSTILE
    page = rendered(renamed(contents(readings["rich"], ROOMS[0])), painter).decode()
    assert "<script" not in page and "&lt;script&gt;" in page


def test_equal_releases_give_equal_files(readings, painter):
    assert set_in_type(readings["village"], painter) == set_in_type(readings["village"], painter)


def test_a_village_with_nothing_says_so_and_invents_nothing(readings):
    report = contents(readings["village"], ROOMS[0])
    assert report["figures"] == []
    assert report["headline"] == [
        GERMAN.say("nothing_known", name=readings["village"].unit["name"].split(",")[0])
    ]
    assert any("keine Erhebung" in row or "Indikatoren" in row for row in report["lists"][-1]["rows"])


def test_every_value_of_the_report_is_one_of_the_release(readings, archive_release):
    reading = readings["rich"]
    rows = {row[0]: row for row in contents(reading, ROOMS[0])["values"]["rows"]}
    with archive_release.database() as connection:
        year, value, reason = connection.execute(
            "SELECT year, value, reason FROM observation WHERE ags = ? AND indicator_id = 'pt_gs_n' "
            "AND value IS NOT NULL ORDER BY year DESC LIMIT 1",
            [RICH],
        ).fetchone()
    own = rows["Partnerschaften mit Kommunen in Entwicklungsländern"]
    assert reason == "lower_bound", "open lists name at least these"
    assert own[1:3] == [str(year), f"mindestens {value:.0f}"]


def test_sources_stand_with_licence_and_every_figure_names_its_own(readings):
    report = contents(readings["city"], ROOMS[0])
    assert all("Lizenz: " in source for source in report["sources"])
    numbers = {int(n) for figure in report["figures"] for n in re.findall(r"\[(\d+)\]", figure["source"])}
    assert numbers and max(numbers) <= len(report["sources"])


def test_tight_rooms_say_what_they_leave_out(readings):
    roomy, tight = (contents(readings["rich"], room) for room in (ROOMS[0], ROOMS[-1]))
    assert len(tight["values"]["rows"]) < len(roomy["values"]["rows"])
    left = len(roomy["values"]["rows"]) - len(tight["values"]["rows"])
    assert str(left) in tight["values"]["more"]


@pytest.mark.parametrize("name", ["rich", "english"])
def test_the_page_for_printing_is_valid_and_stands_alone(readings, painter, name):
    page = rendered(contents(readings[name], ROOMS[0]), painter)
    html5lib.HTMLParser(strict=True).parse(page.decode())
    text = page.decode()
    assert not re.findall(r"""(?:src|href)=["'](?!#)""", text)
    assert text.count('role="img"') == len(contents(readings[name], ROOMS[0])["figures"])
    assert "@page" in text and "prefers-color-scheme: dark" in text


def test_a_lower_bound_is_never_printed_as_a_plain_figure(readings):
    german, english = (cells(contents(readings[name], ROOMS[0])) for name in ("rich", "english"))
    assert german["Partnerschaften mit Kommunen in Entwicklungsländern"][1:3] == [
        "mindestens 4",
        "Untergrenze",
    ]
    assert english["Partnerships with municipalities in developing countries"][1:3] == [
        "at least 4",
        "lower bound",
    ]


def test_an_unknown_key_gets_suggestions(archive_release):
    with pytest.raises(CannotReport, match=r"Did you mean: .*05334002 Aachen"):
        read(archive_release.settings, "Aachen", GERMAN)
    with pytest.raises(CannotReport, match="05334002"):
        read(archive_release.settings, "05334003", GERMAN)
    with pytest.raises(CannotReport, match="on every page"):
        read(archive_release.settings, "'; DROP TABLE release; --", GERMAN)


def test_without_a_release_the_next_step_is_named(tmp_path):
    with pytest.raises(CannotReport, match="sdg17 run"):
        read(Settings(home=tmp_path, origin="embedded"), RICH, GERMAN)


def test_the_command_line(archive_release, tmp_path):
    home = ["--home", str(archive_release.home), "--out", str(tmp_path)]
    run = CliRunner().invoke
    done = run(main, ["report", RICH, "--format", "html", "--language", "en", *home])
    assert done.exit_code == 0, done.output
    assert "global partnership" in (tmp_path / f"sdg17-report-{RICH}-en.html").read_text("utf-8")
    assert run(main, ["report", "99999999", *home]).exit_code == 2
    svg = run(main, ["chart", RICH, "pt_gs_n", *home])
    assert svg.exit_code == 0 and (tmp_path / f"sdg17-{RICH}-pt_gs_n.svg").read_text().startswith(
        "<svg xmlns"
    )
    both = run(main, ["chart", RICH, CITY, "pt_gs_n", *home])
    drawn = (tmp_path / f"sdg17-{RICH}-{CITY}-pt_gs_n.svg").read_text("utf-8")
    assert both.exit_code == 0 and ">Aachen, Stadt<" in drawn and ">Bonn, Stadt<" in drawn
    nothing = run(main, ["chart", RICH, "saldo_ew", *home])
    assert nothing.exit_code == 2 and "pt_gs_n" in nothing.output


def test_a_picture_as_a_file_has_headline_subtitle_legend_and_source(archive_release, tmp_path):
    def drawn(*words: str) -> str:
        done = CliRunner().invoke(
            main, ["chart", *words, "--home", str(archive_release.home), "--out", str(tmp_path / "a.svg")]
        )
        assert done.exit_code == 0, done.output
        return (tmp_path / "a.svg").read_text("utf-8")

    series = drawn(RICH, "pt_gs_n")
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", series)
    assert texts[0].startswith("Aachen: 4 in den ausgewerteten")
    assert any(text.startswith("Partnerschaften mit Kommunen") for text in texts)
    said = " ".join(texts)
    assert "Vorbehalt 2025: Untergrenze" in said and "Quellen: " in said and "Veröffentlichung" in said
    assert "prefers-color-scheme" in series
    dark = drawn(RICH, "pt_gs_n", "--dark")
    assert f'fill="{COLOURS["paper"].dark}"' in dark and "prefers-color-scheme" not in dark
    assert not any(f'"{colour.light}"' in dark for colour in COLOURS.values())
    world = drawn(RICH, "--world", "--language", "en")
    assert "Aachen: the sources name" in world and "Natural Earth" in world
    country = drawn("pt_gs_n", "--map")
    assert "haben einen Wert" in country and "keine Angabe" in country and "GeoBasis-DE" in country


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["pt_gs_n"], "Name units and an indicator"),
        ([RICH, "pt_gs_n", "--map"], "nothing else"),
        (["nix", "--map"], "is no indicator"),
        ([RICH, "--map", "--world"], "Choose"),
    ],
)
def test_wrong_use_of_chart_is_told(archive_release, words, told):
    done = CliRunner().invoke(main, ["chart", *words, "--home", str(archive_release.home)])
    assert (done.exit_code, told in " ".join(done.output.split())) == (2, True), done.output


def test_a_picture_as_png_stands_on_paper(painter):
    picture = {"form": "peers", "rows": [{"k": "none", "l": "n zu klein"}]}
    painter.draw([picture])
    caption = Caption(headline="a <b>", subtitle="c", source="d " * 200)
    whole = plated(painter.svg(picture, "ein Bild"), caption)
    assert "a &lt;b&gt;" in whole and whole.count("<text") > 4, "long texts are broken into lines"
    png = as_png(whole)
    width, height = (int.from_bytes(png[start : start + 4]) for start in (16, 20))
    assert png.startswith(b"\x89PNG") and width == 2 * (420 + 2 * 14) and height > 2 * 112
