"""The live origin: asked by dialogue, kept, unchanged, stale, absent; and credentials that appear nowhere."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest
from click.testing import CliRunner

from pipelines import database, release
from pipelines.cli import main
from pipelines.intake import Intake, take_in
from pipelines.origins import Network, applies, network_of
from pipelines.settings import load_settings
from pipelines.snapshots import last_good, read_at
from quality.contracts import CONTRACTS
from quality.quarantine.rows import published as set_aside
from sources import genesis, load_sources
from sources.genesis import Table
from sources.live import Delivery, Dialogue, Occasion, Request
from sources.source import Raw, Reading, Source, SourceChanged
from tests.loopback import (
    Asked,
    Provider,
    Reply,
    down,
    html_error_page,
    json_reply,
    quick_client,
    with_etag,
    zip_reply,
)

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 1, tzinfo=UTC)
PASSWORD = "planted-password-9f3c"
USERNAME = "planted-username-77aa"


def countries(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """A reader of made-up lines `iso3;iso2;german;english`."""
    rows = []
    for raw in raws:
        for line in raw.content.decode().splitlines():
            cells = line.split(";")
            if len(cells) != len(CONTRACTS["country"].columns):
                raise SourceChanged(f"{raw.name}: the columns are others.")
            rows.append(dict(zip(CONTRACTS["country"].columns, cells, strict=True)))
    return Reading(tables={"country": pl.DataFrame(rows, schema=CONTRACTS["country"].schema)})


def dialogue(occasion: Occasion) -> Dialogue:
    answer = yield Request(url=occasion.base + "/list", conditional=True, expect=("text/csv",))
    assert answer is not None
    return [Delivery(name="synthetic/list.csv", content=answer.content, url=answer.url)]


LIST = Source(
    id="synthetic",
    title="Synthetic list",
    publisher="a test",
    licence="none",
    attribution="none",
    tables=("country",),
    read=countries,
    archive=("lists/*.csv",),
    live=dialogue,
)


def csv(text: str) -> Reply:
    return Reply(content=text.encode(), content_type="text/csv; charset=utf-8")


def good(_asked: Asked) -> Reply:
    return csv("DEU;DE;Deutschland;Germany\n")


def taken(
    home: Path, provider: Provider, source: Source = LIST, now: datetime = NOW, **manners: Any
) -> Intake:
    client = quick_client(home / "snapshots", **manners)
    return take_in(
        source,
        kind="live",
        archive=home / "originals",
        snapshots=home / "snapshots",
        now=now,
        needs={},
        network=Network(client=client, reference_year=2025, bases={"synthetic": provider.base}),
    )


def test_a_live_source_is_read_and_kept_with_its_address(tmp_path: Path) -> None:
    with Provider({"/list": good}) as provider:
        intake = taken(tmp_path, provider)
        snapshot = intake.snapshots.row(0, named=True)
        assert intake.source["state"].to_list() == ["read"]
        assert intake.tables["country"]["country"].to_list() == ["DEU"]
        assert (snapshot["origin"], snapshot["url"]) == ("live", provider.base + "/list")
        assert read_at("synthetic", "live", tmp_path / "snapshots") == NOW


def test_unchanged_content_is_not_sent_again_and_adds_nothing(tmp_path: Path) -> None:
    with Provider({"/list": with_etag(lambda: good(None))}) as provider:  # type: ignore[arg-type]
        first = taken(tmp_path, provider)
        again = taken(tmp_path, provider, now=LATER)
        assert provider.asked[1].headers["if-none-match"] == '"v1"'
    assert again.snapshots.equals(first.snapshots)
    assert again.source["state"].to_list() == ["read"]
    assert read_at("synthetic", "live", tmp_path / "snapshots") == LATER


@pytest.mark.parametrize(
    ("route", "cause"),
    [
        (down, "answered 503"),
        (lambda _: Reply(delay_seconds=0.3), "did not answer in time"),
        (
            lambda _: Reply(content=b"DEU;DE;", content_type="text/csv", declared_size=500),
            "could not be read",
        ),
        (html_error_page, "sent text/html"),
        (lambda _: csv("DEU;Deutschland\n"), "the columns are others"),
    ],
    ids=["down", "slow", "cut off", "page", "renamed"],
)
def test_the_last_good_files_stand_in_with_cause_and_age(route: Any, cause: str, tmp_path: Path) -> None:
    with Provider({"/list": good}) as provider:
        first = taken(tmp_path, provider)
        provider.routes["/list"] = route
        intake = taken(tmp_path, provider, now=LATER, read_seconds=0.1, attempts=2)
    row = intake.source.row(0, named=True)
    assert row["state"] == "stale"
    assert cause in row["problem"] and "last read on 2026-11-20, 2 days ago" in row["problem"]
    assert intake.tables["country"].equals(first.tables["country"])
    assert intake.snapshots.equals(first.snapshots)
    assert read_at("synthetic", "live", tmp_path / "snapshots") == NOW


def test_equal_bytes_under_two_names_are_two_files(tmp_path: Path) -> None:
    def twice(occasion: Occasion) -> Dialogue:
        (delivery,) = yield from dialogue(occasion)
        return [delivery, replace(delivery, name="synthetic/copy.csv")]

    with Provider({"/list": good}) as provider:
        snapshots = taken(tmp_path, provider, replace(LIST, live=twice)).snapshots
    assert snapshots["name"].to_list() == ["synthetic/copy.csv", "synthetic/list.csv"]
    assert snapshots["snapshot_id"].n_unique() == 1


def test_without_files_kept_a_dead_provider_costs_its_source(tmp_path: Path) -> None:
    with Provider({"/list": down}) as provider:
        row = taken(tmp_path, provider).source.row(0, named=True)
    assert row["state"] == "absent" and "503" in row["problem"]


def test_a_damaged_snapshot_does_not_stand_in(tmp_path: Path) -> None:
    with Provider({"/list": good}) as provider:
        intake = taken(tmp_path, provider)
        digest = intake.snapshots["snapshot_id"][0]
        (tmp_path / "snapshots" / digest[:2] / digest).write_bytes(b"rotten")
        provider.routes["/list"] = down
        assert last_good(LIST, "live", tmp_path / "snapshots") is None
        assert taken(tmp_path, provider).source["state"].to_list() == ["absent"]


def test_an_archive_that_lost_a_file_uses_the_last_good_one(tmp_path: Path) -> None:
    (tmp_path / "archive" / "lists").mkdir(parents=True)
    file = tmp_path / "archive" / "lists" / "a.csv"
    file.write_text("DEU;DE;Deutschland;Germany\n")
    folders = {"archive": tmp_path / "archive", "snapshots": tmp_path / "snapshots"}
    take_in(LIST, kind="archive", now=NOW, needs={}, **folders)
    file.unlink()
    row = take_in(LIST, kind="archive", now=LATER, needs={}, **folders).source.row(0, named=True)
    assert row["state"] == "stale" and "no file matches" in row["problem"]


def test_a_source_without_connector_takes_what_an_operator_put_there(tmp_path: Path) -> None:
    by_hand = replace(LIST, id="by_hand", live=None)
    with Provider({}) as provider:
        row = taken(tmp_path, provider, by_hand).source.row(0, named=True)
        assert (
            row["state"] == "absent"
            and "no live connector" in row["problem"]
            and "originals" in row["problem"]
        )
        (tmp_path / "originals" / "lists").mkdir(parents=True)
        (tmp_path / "originals" / "lists" / "a.csv").write_text("DEU;DE;Deutschland;Germany\n")
        assert taken(tmp_path, provider, by_hand).source["state"].to_list() == ["read"]
        assert provider.asked == []


def test_a_source_without_connector_may_be_given_the_address_of_its_file(tmp_path: Path) -> None:
    plain = replace(LIST, live=None)
    with Provider({"/files/list.csv": good}) as provider:
        client = quick_client(tmp_path / "snapshots")
        bases = {"synthetic": f"{provider.base}/files/list.csv"}
        network = Network(client=client, reference_year=2025, bases=bases)
        intake = take_in(
            plain,
            kind="live",
            archive=None,
            snapshots=tmp_path / "snapshots",
            now=NOW,
            needs={},
            network=network,
        )
    assert intake.snapshots["name"].to_list() == ["address/list.csv"]


def test_sources_take_part_by_what_they_have() -> None:
    declared = load_sources()
    assert applies(declared["genesis"], "live")
    assert all(applies(source, "live") for source in declared.values() if source.always)
    assert not applies(declared["register_written"], "live")


def test_offline_asks_nobody(tmp_path: Path) -> None:
    with Provider({"/list": good}) as provider:
        row = taken(tmp_path, provider, offline=True).source.row(0, named=True)
        assert provider.asked == [] and "Offline mode" in row["problem"]


def test_the_network_follows_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "HOME": str(tmp_path), "CONTACT": "mailto:a@example.org", "OFFLINE": "true", "REQUEST_INTERVAL": "3",
        "BASES": '{"genesis": "https://mirror.example.org/"}', "NOW": "2026-11-22T02:00:00+01:00",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"SDG17_{name}", value)
    network = network_of(load_settings())
    manners = network.client.manners
    assert (manners.contact, manners.offline, manners.interval_seconds) == ("mailto:a@example.org", True, 3.0)
    assert (network.bases, network.reference_year) == ({"genesis": "https://mirror.example.org"}, 2025)
    assert not manners.allow_loopback


def test_an_address_for_an_unknown_source_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDG17_HOME", str(tmp_path))
    monkeypatch.setenv("SDG17_BASES", '{"genesiss": "https://mirror.example.org"}')
    found = CliRunner().invoke(main, ["run", "--origin", "live"])
    assert found.exit_code == 2 and "genesiss, which is no source" in found.output


# --- nothing that is kept or said holds a credential ---


def _table() -> bytes:
    header = (
        "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
        "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label"
    )
    rows = [
        f"12411;Made up;STAG;Stichtag;{year}-12-31;KREISE;Kreise;01001;Name;5;Anzahl;BEVSTD;Bevölkerung"
        for year in (2022, 2023)
    ]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("12411-01-01-4_1_de_flat.csv", "\n".join([header, *rows]))
    return stream.getvalue()


def _metadata(_asked: Asked) -> Reply:
    described = {"Time": {"From": "2022", "To": "2023"}, "Updated": "31.03.2025 11:18:07h"}
    return json_reply(
        {"Status": {"Code": 0}, "Object": described, "Copyright": "Namensnennung - Version 2.0"}
    )


def _tactless(asked: Asked) -> Reply:
    """An answer that repeats what it was told, in a status nobody expects."""
    return json_reply(
        {"Status": {"Code": 7, "Content": f"{asked.headers['username']} {asked.headers['password']}"}}
    )


def test_a_planted_credential_appears_in_no_log_and_no_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    for name, value in {
        "HOME": str(tmp_path), "ORIGIN": "live", "ALLOW_LOOPBACK": "true", "REQUEST_INTERVAL": "0",
        "SECRET_GENESIS_USERNAME": USERNAME, "SECRET_GENESIS_PASSWORD": PASSWORD,
    }.items():  # fmt: skip
        monkeypatch.setenv(f"SDG17_{name}", value)
    monkeypatch.setattr(genesis, "TABLES", (Table(code="12411-01-01-4", first_year=2011),))
    needs = {"municipality": CONTRACTS["municipality"].empty()}
    intakes = []
    with Provider(
        {"/metadata/table": _metadata, "/data/tablefile": lambda _: zip_reply(_table())}
    ) as provider:
        monkeypatch.setenv("SDG17_BASES", orjson.dumps({"genesis": provider.base}).decode())
        settings = load_settings()
        for route in (lambda _: zip_reply(_table()), _tactless, lambda _: Reply(status=401), html_error_page):
            provider.routes["/data/tablefile"] = route
            (settings.snapshots / "latest" / "live.genesis").unlink(missing_ok=True)
            network = network_of(settings)
            intakes.append(
                take_in(
                    genesis.SOURCE, kind="live", archive=settings.archive, snapshots=settings.snapshots,
                    now=NOW, needs=needs, network=network,
                )
            )  # fmt: skip
            logging.getLogger("test").info("%r %r %r", settings, network, network.client)
        assert provider.asked[1].headers["password"] == PASSWORD, "it was really sent"
    assert [intake.source["state"][0] for intake in intakes] == ["read", "failed", "absent", "failed"]
    said = _publish(tmp_path, settings, intakes) + caplog.text + "".join(capfd.readouterr())
    assert "metadata/table" in said, "the log does tell what was asked"
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"status.json", "sdg17.duckdb"} <= {path.name for path in files}
    for secret in (PASSWORD, USERNAME):
        assert secret not in said
        assert [path for path in files if secret.encode() in path.read_bytes()] == []


def _publish(home: Path, settings: Any, intakes: Sequence[Intake]) -> str:
    """What a night leaves of these readings: books, database, status; every cell of the books as text."""
    files = {}
    for table in ("source", "snapshot", "quarantine"):
        parts = {"source": "source", "snapshot": "snapshots", "quarantine": "rejected"}
        frame = pl.concat([getattr(intake, parts[table]) for intake in intakes]).unique()
        if table == "quarantine":
            frame = set_aside(frame)
        files[table] = home / f"{table}.parquet"
        frame.write_parquet(files[table])
    database.build(home / "sdg17.duckdb", files, CONTRACTS)
    problems = [intake.source["problem"][0] for intake in intakes]
    release.write_status(settings, {"state": "published", "origin": settings.origin, "problems": problems})
    cells = [pl.read_parquet(file).rows() for file in files.values()]
    tables = [intake.tables[name].rows() for intake in intakes for name in intake.tables]
    return str(cells) + str(tables)
