"""Faults in what sources deliver, carried through whole nights; each is found where it was declared.

Faults of one night happen together, in rows that have nothing to do with each other.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import orjson
import polars as pl
import pytest

from pipelines.assets.indicators import INDICATORS
from pipelines.assets.source_tables import SOURCES
from pipelines.http_address import PROXY_VARIABLES
from pipelines.store import Store
from sources.live import Request
from tests.faults.declared import DOCUMENT, FAULTS, Fault, table
from tests.faults.nights import Ended, both, lines, linked, night, replaced
from tests.home import Home
from tests.loopback import Provider, Reply, quick_client

pytestmark = pytest.mark.xdist_group("faults")
DOCUMENTS, BUDGETS, REGISTER = "document_facts.csv", "budget_written.csv", "register_written.csv"
SILENT, RHYTHM = "symbols", 20
REDEFINED = "ez_ausg_ew"
LATER = "2026-12-31T23:00:00+01:00"


def _of(night_name: str) -> list[str]:
    return [name for name, fault in FAULTS.items() if fault.night == night_name]


@pytest.fixture(scope="module")
def patched() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def _lines_of(start: str, change: Callable[[str], str]) -> Callable[[bytes], bytes]:
    return lines(lambda every: [change(each) if each.startswith(start) else each for each in every])


def _decided(home: Home) -> str:
    """Somebody found out which Düren the document means."""
    rows = pl.read_parquet(home.folder / "tables" / "house" / "quarantine.parquet")
    (row,) = rows.filter(pl.col("rule") == "ambiguous_unit")["row_hash"]
    return f"""
        [[decision]]
        id = "dueren_is_the_city"
        source = "document_facts"
        table = "engagement"
        row = "{row}"
        locator = "line 16"
        rules = ["ambiguous_unit"]
        action = "release"
        reason = "Made up by a test: the author said on the telephone that the city is meant."
        date = 2026-11-22
        author = "a test"
        set = {{ engagement_id = "decided", ags = "05358008", kind = "development_policy_concept", value = 1.0, unit = "0/1", valid_from = 2021-01-01, valid_from_text = "2021", attested_on = 2025-05-07, document = "made up" }}
        """


@pytest.fixture(scope="module")
def door(shipped: Home, tmp_path_factory: pytest.TempPathFactory, patched: pytest.MonkeyPatch) -> Ended:
    """Broken lines, a broken file, and rows that should not be as they are: the night publishes."""
    home = linked(shipped, tmp_path_factory.mktemp("door") / "home")
    (home.folder / "decisions").mkdir()
    (home.folder / "decisions" / "dueren.toml").write_text(_decided(home), "utf-8")
    source = SOURCES[SILENT]
    rhythm = source.rhythm_days
    object.__setattr__(source, "rhythm_days", RHYTHM)
    try:
        return night(
            home,
            patched,
            {
                DOCUMENTS: both(
                    replaced("08311000;Freiburg", "8311000;Freiburg"),
                    replaced(
                        "09564000;Nürnberg;development_policy_concept;1;0/1;2019",
                        "09564000;Nürnberg;development_policy_concept;2019;1;0/1",
                    ),
                    replaced("Durban;ZAF;;2022;", "Durban;ZAF;;2099;"),
                    lines(lambda every: every + [each for each in every if each.startswith("05334002")]),
                ),
                REGISTER: lambda content: content.decode().encode("utf-16"),
                BUDGETS: _lines_of("04011000", lambda line: line.replace(";2016;plan;", ";2016;actual;")),
            },
            now=LATER,
            sources=(SILENT,),
        )
    finally:
        object.__setattr__(source, "rhythm_days", rhythm)


def _unreadable(_content: bytes) -> bytes:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/originals/symbols.csv")


def _leading_inside(_content: bytes) -> bytes:
    """The provider is asked by the program's own client, under a name that leads elsewhere once checked."""
    answers = iter(["93.184.216.34", "127.0.0.1"])

    def resolve(_host: str, port: int, *_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (next(answers), port))]

    with pytest.MonkeyPatch.context() as patch, Provider({"/x": lambda _: Reply(content=b"")}) as provider:
        for name in PROXY_VARIABLES:
            patch.delenv(name, raising=False)
        patch.setattr(socket, "getaddrinfo", resolve)
        address = f"http://budgets.example:{urlsplit(provider.base).port}/x"
        try:
            return quick_client(allow_loopback=False).answer(Request(url=address)).content
        finally:
            assert provider.asked == [], "nothing was sent"


def _last_read(home: Home, source: str, day: str) -> None:
    """Let the last good reading of a source have been on another day."""
    note = home.folder / "snapshots" / "latest" / f"embedded.{source}"
    said = orjson.loads(note.read_bytes())
    note.unlink()
    note.write_bytes(orjson.dumps({**said, "read_at": day}))


@pytest.fixture(scope="module")
def rest(shipped: Home, tmp_path_factory: pytest.TempPathFactory, patched: pytest.MonkeyPatch) -> Ended:
    """Sources that bring nothing good, a damaged database, a new definition: a whole new release follows."""
    home = linked(shipped, tmp_path_factory.mktemp("rest") / "home")
    database = home.folder / "current" / "sdg17.duckdb"
    content = bytearray(database.read_bytes())
    content[4_000:5_000] = bytes(1_000)
    database.unlink()
    database.write_bytes(content)
    for source in ("budget_written", "register_written"):
        _last_read(home, source, "2026-11-21T02:00:00+01:00")
    indicator = INDICATORS[REDEFINED]
    said = {"formula": indicator.formula, "definition_version": indicator.definition_version}
    for name, value in {"formula": f"1.5 * ({indicator.formula})", "definition_version": "9.0"}.items():
        object.__setattr__(indicator, name, value)
    try:
        return night(
            home,
            patched,
            {
                BUDGETS: _leading_inside,
                REGISTER: lines(lambda every: [*every[: len(every) // 3], ""]),
            },
            now="2026-12-31T02:00:00+01:00",
            remade=(("observation", REDEFINED), ("house", "indicator")),
        )
    finally:
        for name, value in said.items():
            object.__setattr__(indicator, name, value)


def _thousandfold(line: str) -> str:
    cells = line.split(";")
    return ";".join([*cells[:13], f"{float(cells[13]) * 1000:.2f}", *cells[14:]])


def _negative(line: str) -> str:
    cells = line.split(";")
    return ";".join([*cells[:13], f"-{cells[13]}", *cells[14:]])


@pytest.fixture(scope="module")
def stop(shipped: Home, tmp_path_factory: pytest.TempPathFactory, patched: pytest.MonkeyPatch) -> Ended:
    """Slips of whole files: the audit holds the release back."""
    home = linked(shipped, tmp_path_factory.mktemp("stop") / "home")
    (home.folder / "decisions").mkdir()
    (home.folder / "decisions" / "torn.toml").write_text("[[decision]\nid = 1", "utf-8")
    return night(
        home,
        patched,
        {
            BUDGETS: both(
                _lines_of("11000000;2015;actual", _thousandfold),
                _lines_of("08311000", _thousandfold),
                _lines_of("05314000", _thousandfold),
                _lines_of("05170048", _negative),
            ),
            DOCUMENTS: both(
                replaced(";13;n;;2018;", ";-13;n;;2018;"), replaced("2025-05-07;", "2024-05-07;")
            ),
            "dac_list.csv": lines(lambda every: [each for each in every if not each.startswith("AFG;")]),
            "price_index.csv": lines(lambda every: [*every[: len(every) // 2], ""]),
            "symbols.csv": _unreadable,
            REGISTER: lines(
                lambda every: [
                    each for each in every if not (each.startswith("05515000;") and ";2023-11-30;" in each)
                ]
            ),
        },
        now="2026-11-23T02:00:00+01:00",
    )


@pytest.fixture(scope="module")
def clock(shipped: Home, tmp_path_factory: pytest.TempPathFactory, patched: pytest.MonkeyPatch) -> Ended:
    """A new remark in one file, read on a machine whose clock has lost almost two years."""
    home = linked(shipped, tmp_path_factory.mktemp("clock") / "home")
    changes = {"country_aliases_de.csv": lambda content: content + b"# read again\n"}
    return night(home, patched, changes, now="2025-01-05T02:00:00+01:00")


@pytest.fixture(scope="module")
def disk(shipped: Home, tmp_path_factory: pytest.TempPathFactory, patched: pytest.MonkeyPatch) -> Ended:
    """No room for the fifth table of a night."""
    home = linked(shipped, tmp_path_factory.mktemp("disk") / "home")
    written: list[str] = []

    def write(self: Store, stage: str, name: str, frame: pl.DataFrame) -> None:
        written.append(name)
        if len(written) > 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "write", write)
        changes = {BUDGETS: replaced("30000.00", "30001.00")}
        return night(home, patched, changes, now="2026-11-24T02:00:00+01:00")


def _found(ended: Ended, fault: Fault) -> list[str]:
    """The messages of the check, rule or command a fault must be caught by."""
    kind, _, name = fault.caught.partition(" ")
    if kind == "check":
        rows = ended.results().filter(pl.col("check_id") == name)
        return [f"{row['observed']} {row['expected']} {row['examples']}" for row in rows.to_dicts()]
    if kind == "quarantine":
        return ended.quarantine().filter(pl.col("rule") == name)["reason"].to_list()
    return [ended.printed]


def _looked_for(ended: Ended, fault: Fault) -> None:
    messages = _found(ended, fault)
    assert any(fault.message in each for each in messages), messages or ended.results()["check_id"].to_list()
    assert (ended.exit_code, ended.release) == (fault.exit_code, fault.release), ended.printed[-2000:]
    assert ended.untouched == []


@pytest.mark.parametrize("name", _of("door"))
def test_broken_lines_wait_and_the_night_publishes(name: str, door: Ended) -> None:
    _looked_for(door, FAULTS[name])


def test_findings_stand_in_the_published_release_and_name_their_units(door: Ended) -> None:
    named = door.ask("SELECT check_id, ags FROM quality_finding").rows()
    assert ("partnership_claim.not_from_the_future", "04011000") in named
    assert ("engagement.said_once", "05334002") in named
    page = door.home.page("gemeinde/05334002/qualitaet/index.html")
    assert "eine Quelle sagt dieselbe Tatsache einmal" in page


def test_a_decision_brings_a_row_in_with_its_note_and_its_place(door: Ended) -> None:
    (state,) = door.ask("SELECT state FROM decision").rows()
    assert state == ("applied",)
    (fact,) = door.ask("SELECT note, locator FROM engagement WHERE ags = '05358008'").rows()
    assert "decision dueren_is_the_city" in fact[0] and fact[1] == "line 16"


def test_a_released_row_reaches_the_published_figures_with_its_status(door: Ended) -> None:
    found = door.ask(
        "SELECT year, value, obs_status, reason, note FROM observation "
        "WHERE indicator_id = 'ep_konzept' AND ags = '05358008' ORDER BY year"
    )
    made = found.filter(pl.col("value").is_not_null())
    assert made["year"].to_list() == [2021, 2022, 2023, 2024], found
    assert set(made["obs_status"]) == {"E"} and set(made["reason"]) == {"released_by_decision"}
    assert made["note"].str.contains("decision dueren_is_the_city").all()
    explained = door.ask("SELECT * FROM explain('05358008', 'ep_konzept', 2024)")
    assert explained["locator"].drop_nulls().to_list() == ["line 16"], explained
    assert set(explained["obs_status"]) == {"E"}, explained


@pytest.mark.parametrize("name", _of("rest"))
def test_what_stands_in_and_what_is_made_anew(name: str, rest: Ended) -> None:
    _looked_for(rest, FAULTS[name])


def test_sources_that_bring_nothing_good_lose_no_rows(rest: Ended, shipped: Home) -> None:
    stale = "SELECT source_id, rows_accepted FROM source WHERE state = 'stale' ORDER BY ALL"
    with shipped.database() as connection:
        before = connection.sql(
            stale.replace("state = 'stale'", "source_id SIMILAR TO '(budget|register)_written'")
        )
        assert rest.ask(stale).rows() == before.fetchall()


def test_a_damaged_database_costs_no_history(rest: Ended) -> None:
    assert rest.ask("SELECT number FROM release_history ORDER BY 1").rows() == [(1,), (2,)]
    revised = rest.ask("SELECT DISTINCT indicator_id, causes, source_ids, evidence FROM revision").rows()
    assert revised == [(REDEFINED, "method", None, "row")], "the definition, and no source"
    old, new = rest.ask(
        "SELECT old_value, new_value FROM revision WHERE ags = '11000000' AND new_value IS NOT NULL"
    ).rows()[0]
    assert new == pytest.approx(1.5 * old)
    first = rest.ask(
        "SELECT count(*) FROM observation_history "
        "WHERE valid_from_release = (SELECT min(release_id) FROM release_history)"
    )
    assert first.item() > 1000, "what the first release said is still known"


@pytest.mark.parametrize("name", _of("stop"))
def test_slips_of_whole_files_hold_the_release_back(name: str, stop: Ended) -> None:
    _looked_for(stop, FAULTS[name])


def test_every_stop_is_told_with_owner_and_remedy(stop: Ended) -> None:
    told = {each["check_id"]: each for each in stop.status["findings"]}
    assert {"revision.no_sign_flipped", "aid_recipient.ldc_2024"} <= set(told)
    assert all(each["owner"] and each["remedy"] and each["remedy_de"] for each in told.values())


def test_a_clock_that_jumped_holds_the_release_back(clock: Ended) -> None:
    _looked_for(clock, FAULTS["clock_back"])


def test_a_full_disk_ends_the_night_and_nothing_else(disk: Ended) -> None:
    _looked_for(disk, FAULTS["disk_full"])


def test_the_fault_table_is_that_of_the_declarations() -> None:
    if os.environ.get("SDG17_UPDATE_FAULTS"):
        DOCUMENT.parent.mkdir(parents=True, exist_ok=True)
        DOCUMENT.write_text(table(), "utf-8")
    assert Path(DOCUMENT).read_text("utf-8") == table(), "write it anew: SDG17_UPDATE_FAULTS=1"
