"""Landesdatenbank NRW, table 71517-01i: the protocol played on loopback, the form written by the test.

No file of the provider is at hand: every table here is made up in the form the documents describe.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
import pytest

from pipelines.http import run_dialogue
from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources import nrw_payments
from sources.live import Delivery, Occasion
from sources.nrw_payments import SOURCE, dialogue, read
from sources.source import Raw, Reading, SourceChanged, SourceUnavailable
from tests.loopback import Asked, Provider, Reply, down, html_error_page, in_turn, json_reply, quick_client
from tests.sources.test_genesis import metadata, register, status

UNITS = register(
    ("05111000", "2007-12-31", None, "2024-12-31"), ("05154004", "2007-12-31", None, "2024-12-31")
)
TITLE = "Tabelle: 71517-01i\nFinanzen (GFK) der Gemeinden und Gemeindeverbände\nAuszahlungen nach Arten\n"
HEADINGS = ";;;Auszahlungen;;Einzahlungen\n;;;laufend;investiv;laufend\n;;;Tsd. EUR;Tsd. EUR;Tsd. EUR\n"
FOOT = "__________\n(C)opyright IT.NRW, 2026\nStand: 22.11.2026 / 20:00:00\n"


def rows(year: int) -> str:
    return f"{year};05111000;Düsseldorf, Stadt;1200;-3;45,5\n{year};05154;Kleve, Kreis;.;-;0\n"


def table(year: int = 2024, body: str | None = None, *, headings: str = HEADINGS, foot: str = FOOT) -> str:
    return TITLE + headings + (rows(year) if body is None else body) + foot


def reading(text: str | bytes) -> Reading:
    content = text.encode() if isinstance(text, str) else text
    raw = Raw(
        name="landesdatenbank_nrw/71517-01i_2024.csv",
        content=content,
        snapshot_id=hashlib.sha256(content).hexdigest(),
    )
    return read([raw], {"municipality": UNITS})


def test_every_cell_becomes_a_figure_under_its_heading() -> None:
    found = reading(table())
    series = found.tables["official_series"]
    assert found.rejected.is_empty()
    assert enforce(series, CONTRACTS["official_series"], source_id=SOURCE.id).rejected.is_empty()
    town = series.filter(pl.col("ags") == "05111000").select("label", "unit", "value", "obs_status").rows()
    assert town == [
        ("Auszahlungen – laufend", "Tsd. EUR", 1200.0, "A"),
        ("Auszahlungen – investiv", "Tsd. EUR", -3.0, "A"),
        ("Einzahlungen – laufend", "Tsd. EUR", 45.5, "A"),
    ]
    first = series.row(0, named=True)
    assert (first["time"], str(first["reference_date"])) == ("2024", "2024-12-31")
    assert (first["locator"], first["raw_text"]) == (
        "line 7, column 4",
        "2024;05111000;Düsseldorf, Stadt;1200",
    )


def test_signs_are_kept() -> None:
    district = reading(table()).tables["official_series"].filter(pl.col("ags") == "05154")
    assert district.select("symbol", "value", "obs_status").rows() == [
        (".", None, "Q"),
        ("-", None, "M"),
        ("0", 0.0, "N"),
    ], "a dash of a unit the register never listed is no zero"


def test_key_may_stand_before_time_and_names_that_are_unique_stand_alone() -> None:
    text = TITLE + ";;;Personal;Zinsen\n;;;EUR;EUR\n05111000;2024;Düsseldorf;5;6\n" + FOOT
    series = reading(text).tables["official_series"]
    assert series.select("ags", "time", "label", "value").rows() == [
        ("05111000", "2024", "Personal", 5.0),
        ("05111000", "2024", "Zinsen", 6.0),
    ]


def test_larger_areas_and_broken_rows_are_set_aside_with_their_reason() -> None:
    body = (
        "2024;05;Nordrhein-Westfalen;1;1;1\n2024;051;Düsseldorf, Reg.-Bez.;1;1;1\n2024;09162000;München;1;1;1\n"
        "2024;05111000;Düsseldorf;1.200;1;?\n2024;05154004;Emmerich;1\n"
    )
    rejected = reading(table(body=body)).rejected
    counts = dict(rejected.group_by("rule").len().iter_rows())
    assert counts == {
        "area_above_districts": 6,
        "key_form": 3,
        "number_form": 1,
        "symbol_known": 1,
        "cell_count": 1,
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "does not end with the line of underscores"),
        ("<html>Wartung</html>", "does not end with the line of underscores"),
        (table(foot=""), "does not end with the line of underscores"),
        (table(body=""), "No line begins with a year"),
        (table().replace("71517-01i", "71517-02i"), "It is about 71517-02i, not 71517-01i"),
        (table(headings=""), "does not name a unit for every column"),
        (table().replace(";;;Tsd. EUR;Tsd. EUR;Tsd. EUR", ";;;Tsd. EUR;;Tsd. EUR"), "does not name a unit"),
        (table().replace("laufend;investiv", "laufend;laufend"), "the same heading"),
        (table().encode("utf-16"), "not UTF-8"),
        (table().encode("cp1252"), "not UTF-8"),
        (table(body='2024;05111000;"Düsseldorf;1;2;3\n'), "does not end with"),
        (table(body="2024;05111000;x" + ";1" * 400 + "\n"), "The first row has"),
    ],
    ids=["empty", "page", "cut off", "no row", "another table", "no headings", "no unit", "same heading",
         "utf-16", "cp1252", "open quotation", "too wide"],
)  # fmt: skip
def test_the_museum_of_broken_files(text: str | bytes, message: str) -> None:
    with pytest.raises(SourceChanged, match=message):
        reading(text)


# --- the protocol ---

JOB = "71517-01i_149084252"
STARTED = status(99, f"Der Bearbeitungsauftrag wurde erstellt: {JOB}")
Route = Callable[[Asked], Reply]


def content(text: str) -> Reply:
    return status(0, "erfolgreich", Object={"Content": text})


def asked_of(provider: Provider, previous: Sequence[Delivery] = (), **manners: Any) -> list[Delivery]:
    occasion = Occasion(
        reference_year=2025, base=provider.base, previous={each.name: each for each in previous}
    )
    client = quick_client(secrets={"landesdatenbank_nrw": ("token", "planted")}, **manners)
    return list(run_dialogue(dialogue(occasion), client))


def routes(result: Route, start: Route = lambda _: STARTED) -> dict[str, Route]:
    return {"/metadata/table": lambda _: metadata(), "/data/table": start, "/data/result": result}


def by_year() -> Route:
    return in_turn(content(table(2022)), content(table(2023)))


def test_each_year_is_asked_for_as_a_job_and_its_result_awaited() -> None:
    unfinished = status(104, "noch nicht fertig")
    answers = in_turn(unfinished, content(table(2022)), status(98), content(table(2023)))
    with Provider(routes(answers)) as provider:
        files = asked_of(provider)
        asked = [one for one in provider.asked if one.path == "/data/table"]
    assert [file.name.rpartition("/")[2] for file in files] == [
        "71517-01i_metadata.json",
        "71517-01i_2022.csv",
        "71517-01i_2023.csv",
    ]
    assert [(one.form["startyear"], one.form["endyear"]) for one in asked] == [("2022",) * 2, ("2023",) * 2]
    assert (asked[0].form["format"], asked[0].form["job"]) == ("datencsv", "true")
    assert asked[0].headers["password"] == "planted" and b"planted" not in asked[0].body
    assert [one.form["name"] for one in provider.asked if one.path == "/data/result"] == [JOB] * 4
    raws = [Raw(name=file.name, content=file.content, snapshot_id="0" * 64) for file in files]
    assert read(raws, {"municipality": UNITS}).tables["official_series"]["time"].unique().len() == 2


def test_a_direct_answer_needs_no_job() -> None:
    direct = in_turn(content(table(2022)), content(table(2023)))
    with Provider(routes(down, direct)) as provider:
        assert len(asked_of(provider)) == 3


def test_what_was_not_updated_is_not_asked_for_again() -> None:
    with Provider(routes(by_year())) as provider:
        first = asked_of(provider)
        before = len(provider.asked)
        assert asked_of(provider, previous=first) == first
        assert provider.paths()[before:] == ["/metadata/table"]


def test_a_year_that_is_missing_among_the_files_kept_is_asked_for() -> None:
    with Provider(routes(by_year())) as provider:
        first = asked_of(provider)
        provider.routes["/data/result"] = by_year()
        assert asked_of(provider, previous=first[:2]) == first


@pytest.mark.parametrize(
    ("route", "error", "message"),
    [
        (down, SourceUnavailable, "answered 503"),
        (lambda _: Reply(delay_seconds=0.4), SourceUnavailable, "did not answer in time"),
        (
            lambda _: Reply(content=b'{"Status"', content_type="application/json", declared_size=500),
            SourceUnavailable,
            "could not be read",
        ),
        (lambda _: content(table(2024)), SourceChanged, "sent another year of 71517-01i than 2022"),
        (
            lambda _: status(22, "Auftrag nicht gefunden", Object=None),
            SourceChanged,
            "Object should be a dict",
        ),
        (lambda _: status(7, "Parameter fehlerhaft"), SourceChanged, "Status 7: Parameter fehlerhaft"),
        (lambda _: json_reply({"weird": 1}), SourceChanged, "Status"),
        (html_error_page, SourceChanged, "sent text/html"),
        (
            lambda _: Reply(content=b"{", content_type="application/json", declared_size=2 * 1024**3),
            SourceChanged,
            "sends more than accepted",
        ),
    ],
    ids=["down", "slow", "partial", "latest year only", "expired", "refused", "other JSON", "page", "huge"],
)
def test_what_providers_do(route: Route, error: type[Exception], message: str) -> None:
    with Provider(routes(route)) as provider, pytest.raises(error, match=message):
        asked_of(provider, read_seconds=0.1, attempts=2)


def test_a_job_without_name_and_one_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nrw_payments, "POLLS", 3)
    with Provider(routes(lambda _: status(104))) as provider:
        with pytest.raises(SourceUnavailable, match=f"has not finished the job {JOB}"):
            asked_of(provider)
        provider.routes["/data/table"] = lambda _: status(99, "gestartet")
        with pytest.raises(SourceChanged, match="without naming it"):
            asked_of(provider)


def test_a_table_that_is_gone_is_a_change() -> None:
    gone = {"/metadata/table": lambda _: status(104, "kein Objekt")}
    with (
        Provider(gone) as provider,
        pytest.raises(SourceChanged, match="Status 104: kein Objekt"),
    ):
        asked_of(provider)
