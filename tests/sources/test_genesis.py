"""Regionaldatenbank: real answers as recorded, the protocol played by a provider on loopback, broken files.

Tables built here with `flat` are made up; those read through `raw_file` are real.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest

from pipelines.http import run_dialogue
from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources import genesis
from sources.genesis import SOURCE, Table, dialogue, read
from sources.live import Delivery, Occasion
from sources.source import Raw, Reading, SourceChanged, SourceUnavailable
from tests.loopback import (
    Asked,
    Provider,
    Reply,
    down,
    html_error_page,
    in_turn,
    json_reply,
    quick_client,
    zip_reply,
)

FOLDER = "municipal_finance/genesis_recorded/"
DISTRICTS, LAND_USE = "12411-01-01-4", "AI-N-01-2-5"
HEADER = (
    "statistics_code;statistics_label;time_code;time_label;time;"
    "1_variable_code;1_variable_label;1_variable_attribute_code;1_variable_attribute_label;"
    "2_variable_code;2_variable_label;2_variable_attribute_code;2_variable_attribute_label;"
    "value;value_unit;value_variable_code;value_variable_label"
)


def line(key: str, value: str, *, time: str = "2023-12-31", sex: str = "", level: str = "KREISE") -> str:
    return (
        f"12411;Made up;STAG;Stichtag;{time};{level};Ebene;{key};Name;GES;Geschlecht;{sex};Insgesamt;"
        f"{value};Anzahl;BEVSTD;Bevölkerungsstand"
    )


def packed(text: str | bytes, name: str = f"{DISTRICTS}_1_de_flat.csv") -> bytes:
    content = text.encode() if isinstance(text, str) else text
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def flat(*lines: str, header: str = HEADER) -> bytes:
    return packed("\n".join([header, *lines]) + "\n")


def raw_of(content: bytes, name: str = f"genesis/{DISTRICTS}_tablefile_ffcsv_de.zip") -> Raw:
    return Raw(name=name, content=content, snapshot_id=hashlib.sha256(content).hexdigest())


def register(*rows: tuple[str, str, str | None, str]) -> pl.DataFrame:
    """Units with validity: key, first edition, first edition without it, newest edition with it."""
    days = [
        [ags, *(date.fromisoformat(day) if day else None for day in (first, gone, newest))]
        for ags, first, gone, newest in rows
    ]
    names = {"ags": pl.String, "valid_from": pl.Date, "valid_to": pl.Date, "territory_date": pl.Date}
    return pl.DataFrame(days, schema=names, orient="row")


UNITS = register(
    ("01001", "2019-12-31", None, "2024-06-30"),
    ("01002", "2019-12-31", None, "2024-06-30"),
    ("01003", "2019-12-31", "2023-11-30", "2019-12-31"),
)


def reading(content: bytes, units: pl.DataFrame = UNITS) -> Reading:
    return read([raw_of(content)], {"municipality": units})


@pytest.fixture(scope="module")
def real_units(shared_data: Path) -> pl.DataFrame:
    """All units of the newest and an older edition of the real register."""
    from sources import gv100ad
    from sources.register_history import municipalities

    raws = [
        Raw(name=path.name, content=path.read_bytes(), snapshot_id="0" * 64)
        for pattern in gv100ad.SOURCE.archive
        for path in sorted(shared_data.glob(pattern))
    ]
    return municipalities(gv100ad.read(raws, {}).tables["register_unit"])


def test_the_recorded_districts_sum_to_the_population_of_germany(
    raw_file: Callable[[str], Raw], real_units: pl.DataFrame
) -> None:
    found = read([raw_file(f"{FOLDER}{DISTRICTS}_tablefile_ffcsv_de.zip")], {"municipality": real_units})
    people = found.tables["population"]
    assert (people.height, people["inhabitants"].sum()) == (400, 83_577_140)
    assert people["ags"].str.len_chars().unique().to_list() == [5]
    assert people["census_base"].unique().to_list() == ["census_2022"]
    signs = found.tables["official_series"]
    assert signs.group_by("symbol", "obs_status").len().rows() == [("-", "M", 74)]
    assert found.rejected["rule"].unique().to_list() == ["sub_unit_of_district"]
    assert found.rejected["value"].n_unique() == 15
    for name, table in found.tables.items():
        assert enforce(table, CONTRACTS[name], source_id="genesis").rejected.is_empty()


def test_the_recorded_table_of_municipalities_keeps_every_row_and_sign(
    raw_file: Callable[[str], Raw], real_units: pl.DataFrame
) -> None:
    found = read([raw_file(f"{FOLDER}{LAND_USE}_tablefile_ffcsv_de.zip")], {"municipality": real_units})
    series = found.tables["official_series"]
    assert series.height == 27_132 and found.rejected.is_empty()
    assert series.filter(pl.col("symbol") == "-").height == 5_357
    assert series.filter(pl.col("symbol") == "x", pl.col("obs_status") == "M").height == 14
    assert series.filter(pl.col("obs_status") == "M")["value"].null_count() > 5_000
    hennigsdorf = series.filter(pl.col("ags") == "12065136").sort("variable_code")
    assert hennigsdorf["value"].to_list() == [32.2, -0.3]
    assert enforce(series, CONTRACTS["official_series"], source_id="genesis").rejected.is_empty()


def test_a_dash_is_zero_only_for_a_unit_that_exists() -> None:
    found = reading(
        flat(
            line("01001", "-"),
            line("01003", "-"),
            line("01099", "-"),
            line("01002", "-", time="2015-12-31"),
            line("01002", "-", time="2025-12-31"),
        )
    )
    zero = found.tables["population"].row(0, named=True)
    assert (found.tables["population"].height, zero["ags"], zero["inhabitants"]) == (1, "01001", 0)
    signs = found.tables["official_series"].select("ags", "time", "obs_status").rows()
    assert set(signs) == {
        ("01003", "2023-12-31", "M"),
        ("01099", "2023-12-31", "M"),
        ("01002", "2015-12-31", "O"),
        ("01002", "2025-12-31", "O"),
    }, "dissolved, never listed, before the first edition, after the last"


@pytest.mark.parametrize(("sign", "status"), [(".", "Q"), ("x", "M"), ("/", "U"), ("...", "O"), ("…", "O")])
def test_signs_are_kept_and_never_become_numbers(sign: str, status: str) -> None:
    row = reading(flat(line("01001", sign))).tables["official_series"].row(0, named=True)
    assert (row["symbol"], row["obs_status"], row["value"]) == (sign, status, None)


@pytest.mark.parametrize(
    ("record", "rule"),
    [
        (line("1001", "5"), "key_form"),
        (line("01.01.2001", "5"), "key_form"),
        (line("01001", "5.5"), "number_form"),
        (line("01001", "1.234,5"), "number_form"),
        (line("01001", "?"), "symbol_known"),
        (line("01001", "5", time="31.12.2023"), "time_form"),
        (line("01001", "5").removesuffix(";Bevölkerungsstand"), "cell_count"),
        (line("01001001", "5"), "sub_unit_of_district"),
    ],
)
def test_records_that_cannot_be_read_wait_with_a_reason(record: str, rule: str) -> None:
    found = reading(flat(line("01002", "7"), record))
    assert found.tables["population"]["inhabitants"].to_list() == [7]
    assert found.rejected.select("rule", "locator").rows() == [(rule, "line 3")]
    assert found.rejected["raw_text"][0] == record and found.rejected["remedy"][0]


def test_the_same_key_twice_with_different_figures_is_used_by_nobody() -> None:
    twice = reading(flat(line("01001", "5"), line("01001", "6"), line("01002", "7"))).tables["population"]
    outcome = enforce(twice, CONTRACTS["population"], source_id="genesis")
    assert outcome.good["ags"].to_list() == ["01002"]
    assert outcome.rejected["rule"].unique().to_list() == ["key_unique"]


def test_columns_may_stand_in_another_order() -> None:
    names, cells = HEADER.split(";"), line("01001", "5").split(";")
    turned = flat(";".join(reversed(cells)), header=";".join(reversed(names)))
    assert reading(turned).tables["population"]["inhabitants"].to_list() == [5]


def bomb() -> bytes:
    return packed(b"0" * 30_000_000)


BOMB = bomb()


def two_members() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a_1_de_flat.csv", "x")
        archive.writestr("b_1_de_flat.csv", "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a complete ZIP"),
        (b"<html>Wartung</html>", "not a complete ZIP"),
        (flat(line("01001", "5"))[:-30], "not a complete ZIP"),
        (BOMB, "unpacks to more than"),
        (two_members(), "holds 2 files"),
        (packed("x", name="../../etc/12411-01-01-4_1_de_flat.csv"), "leads outside"),
        (packed("x", name="/12411_1_de_flat.csv"), "leads outside"),
        (packed(""), "columns of a flat GENESIS table"),
        (flat(header=HEADER), "holds no row"),
        (packed("\n".join([HEADER, line("01001", "5")]).encode("utf-16")), "not UTF-8"),
        (packed(HEADER.replace(";value;", ";wert;").encode()), "Missing: value; unknown: wert"),
        (packed("Statistik_Code;Statistik_Label;Zeit_Code"), "columns of a flat GENESIS table"),
        (flat(line("01001", "5", level="STLAG")), "names no regional characteristic"),
    ],
    ids=["empty", "page", "truncated", "bomb", "two", "traversal", "absolute", "empty file", "no row",
         "utf-16", "renamed", "old header", "no region"],
)  # fmt: skip
def test_the_museum_of_broken_files(content: bytes, message: str) -> None:
    with pytest.raises(SourceChanged, match=message):
        reading(content)


def test_another_licence_and_a_missing_table_are_said() -> None:
    metadata = raw_of(orjson.dumps({"Copyright": "Alle Rechte vorbehalten"}), "genesis/x_metadata.json")
    answer = raw_of(
        orjson.dumps({"Status": {"Code": 104, "Content": "kein Objekt"}}), "genesis/x_answer.json"
    )
    found = read([metadata, answer], {"municipality": UNITS})
    assert found.rejected["rule"].to_list() == ["licence_known", "table_delivered"]
    assert found.rejected["value"][1] == "104: kein Objekt"


# --- the protocol ---

LICENSED = "dl-de - Namensnennung - Version 2.0"


def metadata(
    first: str = "31.12.2022", last: str = "31.12.2023", updated: str = "31.03.2025 11:18:07h"
) -> Reply:
    described = {"Time": {"From": first, "To": last}, "Updated": updated}
    return json_reply({"Status": {"Code": 0}, "Object": described, "Copyright": LICENSED})


def status(code: int, text: str = "", **more: Any) -> Reply:
    return json_reply({"Status": {"Code": code, "Content": text, "Type": "Information"}, **more})


TWO_YEARS = flat(line("01001", "5"), line("01001", "4", time="2022-12-31"))


@pytest.fixture(autouse=True)
def one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(genesis, "TABLES", (Table(code=DISTRICTS, first_year=2011),))


def asked_of(provider: Provider, previous: list[Delivery] | None = None, **manners: Any) -> list[Delivery]:
    occasion = Occasion(
        reference_year=2025, base=provider.base, previous={each.name: each for each in previous or []}
    )
    client = quick_client(secrets={"genesis": ("token", "planted")}, **manners)
    return run_dialogue(dialogue(occasion), client)


def routes(
    tablefile: Callable[[Asked], Reply], **more: Callable[[Asked], Reply]
) -> dict[str, Callable[[Asked], Reply]]:
    return {
        "/metadata/table": lambda _: metadata(),
        "/data/tablefile": tablefile,
        **{"/" + name.replace("_", "/"): route for name, route in more.items()},
    }


def test_a_table_is_asked_for_with_years_and_credentials_in_headers() -> None:
    with Provider(routes(lambda _: zip_reply(TWO_YEARS))) as provider:
        files = asked_of(provider)
        described, table = provider.asked
        assert [file.name for file in files] == [
            "genesis/12411-01-01-4_metadata.json",
            "genesis/12411-01-01-4_tablefile_ffcsv_de.zip",
        ]
        assert described.form["name"] == DISTRICTS
        assert (table.form["startyear"], table.form["endyear"], table.form["format"]) == (
            "2022",
            "2023",
            "ffcsv",
        )
        assert (table.headers["username"], table.headers["password"]) == ("token", "planted")
        assert "planted" not in table.body.decode()
        assert table.headers["content-type"] == "application/x-www-form-urlencoded"


def test_the_recorded_answer_comes_through_the_protocol(
    raw_file: Callable[[str], Raw], real_units: pl.DataFrame
) -> None:
    recorded = raw_file(f"{FOLDER}{DISTRICTS}_tablefile_ffcsv_de.zip").content
    one_year = metadata(first="31.12.2024", last="31.12.2024")
    with Provider(
        {**routes(lambda _: zip_reply(recorded)), "/metadata/table": lambda _: one_year}
    ) as provider:
        files = asked_of(provider)
    raws = [raw_of(file.content, file.name) for file in files]
    found = read(raws, {"municipality": real_units})
    assert found.tables["population"]["inhabitants"].sum() == 83_577_140


def test_the_latest_period_alone_is_refused_where_more_were_asked(raw_file: Callable[[str], Raw]) -> None:
    recorded = raw_file(f"{FOLDER}{DISTRICTS}_tablefile_ffcsv_de.zip").content
    with (
        Provider(routes(lambda _: zip_reply(recorded))) as provider,
        pytest.raises(SourceChanged, match="holds one period, asked for were 2022 to 2023"),
    ):
        asked_of(provider)


def test_what_was_not_updated_is_not_asked_for_again() -> None:
    with Provider(routes(lambda _: zip_reply(TWO_YEARS))) as provider:
        first = asked_of(provider)
        again = asked_of(provider, previous=first)
        assert again == first
        assert provider.paths() == ["/metadata/table", "/data/tablefile", "/metadata/table"]


def test_nothing_newer_means_the_files_of_last_time() -> None:
    newer = metadata(updated="01.04.2026 08:00:00h")
    with Provider(routes(in_turn(zip_reply(TWO_YEARS), status(50, "keine neueren Daten")))) as provider:
        first = asked_of(provider)
        provider.routes["/metadata/table"] = lambda _: newer
        assert asked_of(provider, previous=first) == first
        assert provider.asked[-1].form["stand"] == "31.03.2025"


@pytest.mark.parametrize("code", [90, 104])
def test_a_table_that_is_gone_costs_only_itself(code: int) -> None:
    with Provider(routes(lambda _: status(code, "nicht gefunden"))) as provider:
        (answer,) = asked_of(provider)
        assert answer.name == "genesis/12411-01-01-4_answer.json"
        provider.routes["/metadata/table"] = lambda _: status(code)
        assert [file.name for file in asked_of(provider)] == [answer.name]


@pytest.mark.parametrize("code", [22, 15, 7])
def test_any_other_status_in_place_of_a_table_is_a_change(code: int) -> None:
    with (
        Provider(routes(lambda _: status(code, "Parameter angepasst"))) as provider,
        pytest.raises(SourceChanged, match=f"Status {code}: Parameter angepasst"),
    ):
        asked_of(provider)


def job_routes(results: Callable[[Asked], Reply]) -> dict[str, Callable[[Asked], Reply]]:
    started = status(99, f"Der Auftrag {DISTRICTS}_4711 wurde erstellt.")
    return routes(
        lambda asked: started if asked.form["job"] == "true" else status(98, "zu groß"),
        catalogue_results=results,
        data_resultfile=lambda _: zip_reply(TWO_YEARS),
    )


def test_a_large_table_is_fetched_as_the_result_of_a_job() -> None:
    done = status(0, List=[{"Code": f"{DISTRICTS}_4711"}])
    with Provider(job_routes(in_turn(status(104, List=None), status(0, List=[]), done))) as provider:
        files = asked_of(provider)
        assert files[1].content == TWO_YEARS
        assert provider.paths() == [
            "/metadata/table", "/data/tablefile", "/data/tablefile",
            "/catalogue/results", "/catalogue/results", "/catalogue/results", "/data/resultfile",
        ]  # fmt: skip
        assert provider.asked[-1].form["name"] == f"{DISTRICTS}_4711"


def test_a_job_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(genesis, "POLLS", 3)
    with (
        Provider(job_routes(lambda _: status(0, List=[]))) as provider,
        pytest.raises(SourceUnavailable, match=f"has not finished the job {DISTRICTS}_4711"),
    ):
        asked_of(provider)


@pytest.mark.parametrize(
    ("route", "error", "message"),
    [
        (down, SourceUnavailable, "answered 503"),
        (lambda _: Reply(delay_seconds=0.4), SourceUnavailable, "did not answer in time"),
        (lambda _: zip_reply(TWO_YEARS, cut_after=100), SourceUnavailable, "could not be read"),
        (lambda _: zip_reply(TWO_YEARS[:-40]), SourceChanged, "not a complete ZIP"),
        (
            lambda _: zip_reply(packed(HEADER.replace("time_code", "zeit_code"))),
            SourceChanged,
            "unknown: zeit_code",
        ),
        (html_error_page, SourceChanged, "sent text/html"),
        (lambda _: json_reply({"weird": 1}), SourceChanged, "Status"),
        (lambda _: zip_reply(BOMB), SourceChanged, "unpacks to more than"),
        (lambda _: zip_reply(b"PK", declared_size=2 * 1024**3), SourceChanged, "sends more than accepted"),
    ],
    ids=["down", "slow", "cut off", "partial", "renamed", "page", "other JSON", "bomb", "huge"],
)
def test_what_providers_do(route: Callable[[Asked], Reply], error: type[Exception], message: str) -> None:
    with Provider(routes(route)) as provider, pytest.raises(error, match=message):
        asked_of(provider, read_seconds=0.1, attempts=2)


def test_the_source_is_declared_for_archive_and_network() -> None:
    assert SOURCE.live is dialogue and SOURCE.live_base and SOURCE.live_base.startswith("https://")
    assert {table.code for table in TABLES} >= {
        "12411-01-01-5", "12411-06-01-5", "71231-01-03-5", "71327-01-05-4", "11111-01-01-5",
    }  # fmt: skip


TABLES = genesis.TABLES
