"""SDMX, data package, catalogue and Open SDG, each read back by the reference reader of its standard."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import polars as pl
import pyshacl
import pytest
from frictionless import Package
from pysdmx.io import read_sdmx
from pysdmx.io.csv.sdmx20.writer import write as write_csv
from pysdmx.io.pd import PandasDataset
from pysdmx.io.xml.doc_validation import validate_doc
from rdflib import Graph, Namespace
from rdflib.namespace import DCTERMS

from pipelines import cli_export, exporting
from pipelines.exchange.open_data_catalogue import CATALOGUE, Sizes, catalogue
from pipelines.exchange.operator import Operator
from pipelines.exchange.parts import Exchange
from pipelines.exchange.rows import TABLES, Published
from pipelines.exchange.sdmx_data import observations, sdmx_ml
from pipelines.exchange.sdmx_structure import COMPONENTS, code_lists, schema
from quality.status import OBS_STATUS
from tests.home import Home

pytestmark = [
    pytest.mark.xdist_group("night"),
    pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning"),  # pyshacl calls rdflib the old way
]

SHAPES = Path(__file__).with_name("dcat_ap_de.ttl")
OFFICE = Operator(
    name="Prüfamt", contact="mailto:pruefamt@example.org", contributor="pruefamt",
    address="https://sdg17.example.org",
)  # fmt: skip
"""A publisher that exists in this test only."""


@pytest.fixture(scope="module")
def exchange(home: Home) -> Path:
    return home.folder / "current" / "exchange"


@pytest.fixture(scope="module")
def published(home: Home) -> Published:
    with home.database() as connection:
        return Published.of({name: connection.sql(f"FROM {name}").pl() for name in TABLES})


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Every cell as text, a missing one as no text, in the order of the keys; values as numbers."""
    plain = frame.select(pl.col(name).cast(pl.String).fill_null("") for name in COMPONENTS)
    value = pl.col("OBS_VALUE").replace("", None).cast(pl.Float64)
    return plain.with_columns(value).sort("INDICATOR", "REF_AREA", "PHASE", "TIME_PERIOD")


def test_the_structure_is_valid_and_reads_back_with_every_code(exchange: Path, published: Published) -> None:
    text = (exchange / "sdmx/struktur.xml").read_text("utf-8")
    validate_doc(text)
    message = read_sdmx(text)
    found = {each.id: {code.id for code in each.items} for each in message.get_codelists()}
    assert found == {name: set(codes) for name, codes in code_lists(published).items()}
    assert found["CL_OBS_STATUS"] == set(OBS_STATUS)
    structure = message.get_data_structure_definitions()[0]
    assert [each.id for each in structure.components] == list(COMPONENTS)
    assert message.get_dataflows()[0].short_urn == "Dataflow=KOMM:SDG17_KOMMUNEN(1.0)"


def test_sdmx_csv_is_what_the_library_writes_and_reads_back_equal(
    home: Home, exchange: Path, published: Published
) -> None:
    rows = observations(published, home.release_id())
    text = (exchange / "sdmx/daten.csv").read_text("utf-8")
    assert text == write_csv([PandasDataset(structure=schema(), data=rows.to_pandas())])
    found = pl.read_csv(io.StringIO(text), infer_schema=False)
    assert as_text(found).equals(as_text(rows))
    # The library's reader takes keys for numbers; apart from the leading zeros it finds the same.
    read = pl.from_pandas(read_sdmx(text).data[0].data)
    without_zeros = rows.with_columns(pl.col("REF_AREA").str.strip_chars_start("0"))
    assert as_text(read).equals(as_text(without_zeros))
    assert rows.filter(pl.col("PHASE") == "PLAN").height == published.observation_plan.height > 0


def test_sdmx_ml_is_valid_and_reads_back_equal(home: Home, exchange: Path, published: Published) -> None:
    rows = observations(published, home.release_id())
    nightly = (exchange / "sdmx/daten.xml").read_text("utf-8")
    for text, expected in (
        (nightly, rows.filter(pl.col("OBS_VALUE").is_not_null())),
        (sdmx_ml(rows, home.release_id()).decode(), rows),
    ):
        validate_doc(text)
        read = pl.from_pandas(read_sdmx(text).data[0].data)
        assert as_text(read).equals(as_text(expected))


def test_a_quotation_mark_in_a_comment_does_not_break_the_message(home: Home, published: Published) -> None:
    rows = observations(published, home.release_id()).head(1)
    nasty = rows.with_columns(COMMENT_OBS=pl.lit("'a\"b\" <c> & \\ d\n\u00a0e'"))
    text = sdmx_ml(nasty, home.release_id()).decode()
    validate_doc(text)
    assert read_sdmx(text).data[0].data["COMMENT_OBS"].tolist() == ["'a\"b\" <c> & \\ d\n\u00a0e'"]


def test_the_data_package_is_valid(exchange: Path, tmp_path: Path, published: Published) -> None:
    with zipfile.ZipFile(exchange / "gesamt/datenpaket.zip") as archive:
        archive.extractall(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])[:5]
    assert {task.name: task.stats["rows"] for task in report.tasks}["observation"] == (
        published.observation.height
    )
    descriptor = json.loads((tmp_path / "datapackage.json").read_bytes())
    fields = {field["name"]: field for field in descriptor["resources"][-1]["schema"]["fields"]}
    assert fields["ags"]["type"] == "string"
    assert "pattern" in fields["ags"]["constraints"]
    broken = (tmp_path / "observation.csv").read_text("utf-8").replace(",05334002,", ",5334002,", 1)
    (tmp_path / "observation.csv").write_text(broken, "utf-8")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def sizes(folder: Path) -> Sizes:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(folder)): (
            path.stat().st_size,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in files
    }


def test_the_catalogue_keeps_the_rules_of_dcat_ap_de(
    home: Home, exchange: Path, published: Published
) -> None:
    assert not (exchange / CATALOGUE).exists(), "without a publisher there is no catalogue"
    made = Exchange(published, release_id=home.release_id(), program=b"", operator=OFFICE)
    graph = Graph().parse(data=catalogue(made, sizes(exchange)), format="turtle")
    kept, _, told = pyshacl.validate(graph, shacl_graph=str(SHAPES), shacl_graph_format="turtle")
    assert kept, told[:3000]
    counted = "SELECT (COUNT(?d) AS ?n) WHERE { ?d a <http://www.w3.org/ns/dcat#Dataset> }"
    (found,) = graph.query(counted)
    assert int(found["n"]) == published.observation["indicator_id"].n_unique() + 1
    dcatde = Namespace("http://dcat-ap.de/def/dcatde/")
    for needed in (DCTERMS.license, dcatde.contributorID, dcatde.politicalGeocodingURI):
        worse = Graph() + graph
        worse.remove((None, needed, None))
        assert not pyshacl.validate(worse, shacl_graph=str(SHAPES), shacl_graph_format="turtle")[0], needed


def test_a_catalogue_without_a_publisher_is_refused(home: Home, published: Published) -> None:
    made = Exchange(published, release_id=home.release_id(), program=b"", operator=Operator(name="Prüfamt"))
    with pytest.raises(ValueError, match="publisher_contact"):
        catalogue(made, {})


def test_export_writes_every_format(home: Home, tmp_path: Path) -> None:
    assert tuple(exporting.FORMATS) == cli_export.FORMATS
    with home.database() as connection:
        expected = connection.sql("SELECT count(*), count(value) FROM observation WHERE ags = '05334002'")
        rows, values = expected.fetchall()[0]
    settings = exporting.Settings(home=home.folder, origin="embedded")
    for name in exporting.FORMATS:
        written = exporting.export(settings, ["05334002"], None, name, tmp_path / name)
        assert all(path.stat().st_size for path in written)
        assert "Quellenvermerk".upper() in (tmp_path / name / "LIESMICH.txt").read_text("utf-8-sig")
    assert pl.read_csv(tmp_path / "csv/05334002_plain.csv").height == rows
    assert pl.read_parquet(tmp_path / "parquet/05334002.parquet").height == rows
    data = sorted((tmp_path / "open-sdg/data").glob("indicator_17-*.csv"))
    assert sum(pl.read_csv(path, infer_schema=False).height for path in data) <= values
    assert all(path.read_text("utf-8").splitlines()[0] == "Year,Units,GeoCode,Value" for path in data)
    assert all(pl.read_csv(path)["Value"].dtype.is_numeric() for path in data), "no file without a number"
    several = exporting.export(settings, ["05334002", "04011000"], "pt_gs_n", "open-sdg", tmp_path / "set")
    (file,) = [path for path in several if path.suffix == ".csv"]
    assert file.name == "indicator_17-12.csv"
    assert file.read_text("utf-8").splitlines()[0] == "Year,Units,Gebietseinheit,GeoCode,Value"


def test_an_open_sdg_site_can_read_the_metadata(home: Home, tmp_path: Path) -> None:
    settings = exporting.Settings(home=home.folder, origin="embedded")
    exporting.export(settings, ["05334002"], "pt_gs_n", "open-sdg", tmp_path)
    (file,) = (tmp_path / "meta").glob("*.md")
    _, front, _ = file.read_text("utf-8").split("---\n", 2)
    meta = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in front.splitlines())}
    assert meta["indicator_number"] == "17.12"
    assert meta["national_geographical_coverage"] == "Aachen, Stadt"
    assert {
        "graph_title",
        "graph_type",
        "reporting_status",
        "data_non_statistical",
        "computation_units",
    } <= set(meta)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["99999999", "--format", "csv"], "No unit has the key"),
        (["--indicator", "nix", "--format", "csv"], "is no indicator"),
        (["--all", "05", "--format", "csv"], "nothing else"),
        (["--format", "csv"], "Name units"),
        (["05334002", "--format", "pdf"], "is not one of"),
    ],
)
def test_wrong_use_of_export_is_told(home: Home, tmp_path: Path, words: list[str], told: str) -> None:
    from click.testing import CliRunner

    done = CliRunner().invoke(cli_export.export, [*words, "--out", str(tmp_path), "--home", str(home.folder)])
    assert (done.exit_code, told in done.output) == (2, True), done.output
