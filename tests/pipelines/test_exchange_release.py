"""The exchange folder of a whole night: what pages link exists, documents keep their schemas, nothing leaks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import orjson
import polars as pl
import pytest
from frictionless import Package
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook

from pipelines.exchange.addresses import files_of, indicator_files, whole_files
from pipelines.exchange.documents import SCHEMAS
from pipelines.exchange.rows import has_content
from pipelines.serving import make_server
from tests.home import Home

pytestmark = pytest.mark.xdist_group("night")


@pytest.fixture(scope="module")
def exchange(home: Home) -> Path:
    return home.folder / "current" / "exchange"


def test_every_file_that_pages_may_link_is_there_and_no_other(home: Home, exchange: Path) -> None:
    with home.database() as connection:
        observation = connection.sql("SELECT * FROM observation").pl()
        indicator = connection.sql("SELECT * FROM indicator").pl()
        levels = dict(connection.sql("SELECT ags, level FROM municipality").fetchall())
    content = has_content(observation, indicator)
    observed = set(observation["ags"]) | {ags[:2] for ags in observation["ags"]}
    linked = {
        file.path
        for key in observed
        for file in files_of(key, levels[key], observed=True, content=key in content)
    }
    linked |= {file.path for name in observation["indicator_id"].unique() for file in indicator_files(name)}
    linked |= {file.path for file in whole_files()}
    folders = ("gemeinde", "kreis", "land", "verband", "indikator", "gesamt", "sdmx")
    there = {
        str(path.relative_to(exchange))
        for folder in folders
        for path in (exchange / folder).rglob("*")
        if path.is_file()
    }
    assert there == linked


def test_a_download_says_the_same_as_the_database(home: Home, exchange: Path) -> None:
    with home.database() as connection:
        expected = connection.sql(
            "SELECT indicator_id, year, value, obs_status, reason FROM observation WHERE ags = '05334002' "
            "ORDER BY ALL"
        ).pl()
    columns = list(expected.columns)
    folder = exchange / "gemeinde" / "05334002"
    plain = pl.read_csv(
        folder / "05334002_plain.csv", schema_overrides={"year": pl.Int64, "value": pl.Float64}
    )
    typed = pl.read_parquet(folder / "05334002.parquet")
    document = orjson.loads((folder / "05334002.json").read_bytes())
    told = [
        {"indicator_id": name, **{column: row[column] for column in columns[1:]}}
        for name, series in document["indicators"].items()
        for row in series["observations"]
    ]
    for found in (plain, typed, pl.DataFrame(told, schema=expected.schema)):
        assert found.select(columns).sort(columns).equals(expected)


@pytest.fixture(scope="module")
def validators(exchange: Path) -> dict[str, Draft202012Validator]:
    schemas = {name: orjson.loads((exchange / f"api/v1/schema/{name}.json").read_bytes()) for name in SCHEMAS}
    for each in schemas.values():
        Draft202012Validator.check_schema(each)
    return {
        name: Draft202012Validator(each, format_checker=Draft202012Validator.FORMAT_CHECKER)
        for name, each in schemas.items()
    }


def test_an_indicator_says_the_same_in_every_form_and_describes_its_files(exchange: Path) -> None:
    folder = exchange / "indikator" / "pt_gs_n"
    typed = pl.read_parquet(folder / "pt_gs_n.parquet")
    head, *lines = CalamineWorkbook.from_path(str(folder / "pt_gs_n.xlsx")).get_sheet_by_index(0).to_python()
    assert head == typed.columns
    told = [["" if cell is None else cell for cell in row] for row in typed.iter_rows()]
    assert lines == told
    assert pl.read_csv(folder / "pt_gs_n_plain.csv", schema=typed.schema).equals(typed)
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])[:5]
    named = {task.place for task in report.tasks} | {"datapackage.json", "LIESMICH.txt"}
    assert named == {path.name for path in folder.iterdir()}
    assert {task.stats["rows"] for task in report.tasks if task.type == "table"} == {typed.height}
    assert "Quellenvermerk".upper() in (folder / "LIESMICH.txt").read_text("utf-8-sig")


def test_every_document_keeps_its_schema(exchange: Path, validators: dict[str, Draft202012Validator]) -> None:
    api = exchange / "api" / "v1"
    documents = {
        "index": [api / "index.json"],
        "units": [api / "units.json"],
        "files": [api / "files.json"],
        "unit": [*(api / "gemeinde").glob("*.json"), *(api / "kreis").glob("*.json")],
        "indicator": [*(api / "indikator").glob("*.json")],
    }
    assert all(documents.values())
    for name, paths in documents.items():
        for path in paths:
            wrong = [
                error.message[:200] for error in validators[name].iter_errors(orjson.loads(path.read_bytes()))
            ]
            assert not wrong, f"{path.name}: {wrong[:3]}"


def test_a_schema_refuses_a_missing_value_with_a_status_that_has_one(
    exchange: Path, validators: dict[str, Draft202012Validator]
) -> None:
    document = orjson.loads((exchange / "api/v1/gemeinde/05334002.json").read_bytes())
    series = next(iter(document["indicators"].values()))
    series["observations"][0].update(value=None, obs_status="A")
    assert not validators["unit"].is_valid(document)


def test_the_interface_leads_to_every_indicator_and_unit(exchange: Path) -> None:
    api = exchange / "api" / "v1"
    index = orjson.loads((api / "index.json").read_bytes())
    for name, entry in index["indicators"].items():
        document = orjson.loads((api / entry["address"]).read_bytes())
        assert (document["indicator"]["id"], len(document["rows"])) == (name, entry["observations"])
        assert {file["format"] for file in entry["files"]} >= {
            "csv",
            "csv-office",
            "json",
            "xlsx",
            "parquet",
            "readme",
        }
    for file in [
        *index["files"],
        *(file for entry in index["indicators"].values() for file in entry["files"]),
    ]:
        assert (api / file["address"]).is_file(), file
    units = orjson.loads((api / "units.json").read_bytes())["rows"]
    for key, _, level, *_ in units:
        assert (api / index["addresses"]["unit"][level].format(key=key)).is_file()


def test_every_number_of_a_download_leads_to_its_bytes_by_one_join(home: Home, exchange: Path) -> None:
    files = pl.read_csv(exchange / "gesamt/dateien.csv", schema_overrides={"sha256": pl.String})
    assert files["file"].is_unique().all()
    table = orjson.loads((exchange / "api/v1/files.json").read_bytes())
    assert table["columns"] == files.columns and [row[:2] for row in table["rows"]] == [
        list(row) for row in files.select("file", "sha256").iter_rows()
    ]
    rows = pl.read_csv(exchange / "gemeinde/05334002/05334002_plain.csv", infer_schema=False)
    named = rows.with_columns(file=pl.col("source_files").str.split(" ")).explode("file").drop_nulls("file")
    joined = named.join(files, on="file", how="left")
    assert joined.height == named.height > 0 and joined["sha256"].null_count() == 0
    with home.database() as connection:
        expected = connection.sql(
            "SELECT indicator_id, year, unnest(snapshot_ids) AS sha256 FROM observation WHERE ags = '05334002'"
        ).pl()
    assert set(joined.select("indicator_id", pl.col("year").cast(int), "sha256").iter_rows()) == set(
        expected.select("indicator_id", pl.col("year").cast(int), "sha256").iter_rows()
    )
    for digest in files["sha256"]:
        assert (home.folder / "snapshots" / digest[:2] / digest).is_file(), "and the bytes are kept"


def test_verify_notices_a_changed_download(home: Home, exchange: Path) -> None:
    place = exchange / "gemeinde/05334002/05334002.csv"
    before = place.read_bytes()
    try:
        place.write_bytes(before.replace(b"2024", b"2042", 1))
        done = home.sdg17("verify")
        assert done.returncode == 1
        assert "downloads" in done.stdout
    finally:
        place.write_bytes(before)
    assert home.sdg17("verify").returncode == 0


@pytest.fixture
def address(home: Home) -> Iterator[str]:
    server = make_server(home.folder / "current" / "site", 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_downloads_are_served_below_the_site_and_nothing_outside_the_release(
    home: Home, exchange: Path, address: str
) -> None:
    found = httpx.get(f"{address}/daten/gemeinde/05334002/05334002.csv")
    assert found.content == (exchange / "gemeinde/05334002/05334002.csv").read_bytes()
    assert httpx.head(f"{address}/daten/gesamt/sdg17.duckdb").status_code == 200
    outside = home.folder / "current" / "site" / "out"
    outside.symlink_to(home.folder)
    try:
        for path in ("/out/status.json", "/daten/%2e%2e/%2e%2e/%2e%2e/status.json"):
            assert httpx.get(f"{address}{path}").status_code == 404
    finally:
        outside.unlink()
