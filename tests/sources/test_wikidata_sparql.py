"""The query service of Wikidata on loopback: a made-up one, and the real extract of 2017 in its form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import orjson
import polars as pl
import pytest

from pipelines.http import run_dialogue
from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources import countries, gv100ad, register_extract, wikidata_partnerships, wikidata_sparql
from sources.live import Delivery, Occasion
from sources.partnership_merge import merge
from sources.register_history import municipalities
from sources.source import Raw, Reading, SourceChanged, SourceUnavailable
from sources.wikidata_statement import first_day_of, last_day_of
from tests.loopback import Asked, Provider, Reply, Route, html_error_page, quick_client

ENTITY = "http://www.wikidata.org/entity/"
RANK = "http://wikiba.se/ontology#"
FORM = "application/sparql-results+json; charset=utf-8"
TODAY = "Sun, 22 Nov 2026 02:00:00 GMT"
Binding = dict[str, dict[str, str]]
Make = Callable[[str, bytes], Raw]


def row(number: int = 1, **facts: str | None) -> Binding:
    """A made-up row: Aachen and Cape Town unless it says otherwise."""
    values: dict[str, str | None] = {
        "st": f"{ENTITY}statement/Q1017-{number}",
        "rank": f"{RANK}NormalRank",
        "g": f"{ENTITY}Q1017",
        "gLabel": "Aachen",
        "ags": "05334002",
        "p": f"{ENTITY}Q{5000 + number}",
        "pLabel": f"Kapstadt {number}",
        "country": f"{ENTITY}Q258",
        "countryLabel": "Südafrika",
        "iso": "ZA",
        "countryRank": f"{RANK}NormalRank",
        "lat": "-33.92",
        "lon": "18.42",
        "isEnded": "false",
        **facts,
    }
    return {name: {"type": "literal", "value": value} for name, value in values.items() if value is not None}


def page(rows: Sequence[Binding], **more: Any) -> bytes:
    return orjson.dumps({"head": {"vars": []}, "results": {"bindings": list(rows)}, **more})


class Service:
    """The service as documented: pages of a query by prefix, which may take too long."""

    def __init__(self, rows: Sequence[Binding]) -> None:
        self.rows = rows
        self.too_long: dict[str, Reply] = {}

    def __call__(self, asked: Asked) -> Reply:
        assert asked.query["format"] == "json" and "json" in asked.headers["accept"]
        assert asked.headers["user-agent"].startswith("sdg17/")
        query = asked.query["query"]
        found = re.search(r'STRSTARTS\(\?ags, "(\d+)"\)[\s\S]*LIMIT (\d+) OFFSET (\d+)', query)
        assert found and "ORDER BY" in query and "DeprecatedRank" in query
        prefix, limit, offset = found[1], int(found[2]), int(found[3])
        if prefix in self.too_long:
            return self.too_long[prefix]
        rows = [one for one in self.rows if one["ags"]["value"].startswith(prefix)]
        return answer(page(rows[offset : offset + limit]))


def answer(content: bytes, **more: Any) -> Reply:
    return Reply(content=content, content_type=FORM, headers={"Date": TODAY}, **more)


@pytest.fixture(autouse=True)
def two_lands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two Länder instead of sixteen; it saves time."""
    monkeypatch.setattr(wikidata_sparql, "LANDS", ("05", "09"))


def fetch(route: Route, **manners: Any) -> list[Delivery]:
    with Provider({"/sparql": route}) as provider:
        talk = wikidata_sparql.dialogue(Occasion(reference_year=2025, base=provider.base))
        return run_dialogue(talk, quick_client(**manners))


def read(files: Sequence[Delivery], needs: Mapping[str, pl.DataFrame]) -> Reading:
    raws = [
        Raw(name=file.name, content=file.content, snapshot_id=hashlib.sha256(file.content).hexdigest())
        for file in files
    ]
    reading = wikidata_partnerships.read(raws, needs)
    for table, frame in reading.tables.items():
        assert enforce(frame, CONTRACTS[table], source_id="test").rejected.is_empty()
    return reading


@pytest.fixture
def needs() -> Mapping[str, pl.DataFrame]:
    """A made-up register: a municipality, an independent city with its district row, a dissolved one."""
    units = pl.DataFrame(
        {
            "ags": ["05334002", "09564000", "09564", "06633021", "05334"],
            "level": ["municipality", "municipality", "district", "municipality", "district"],
            "is_independent_city": [False, True, True, False, False],
            "valid_to": [None, None, None, date(2020, 12, 31), None],
        },
        schema_overrides={"valid_to": pl.Date},
    )
    return {"municipality": units, "population": pl.DataFrame(), "country": countries.countries()}


def claims(needs: Mapping[str, pl.DataFrame], *rows: Binding) -> list[dict[str, Any]]:
    name = "partnerships/wikidata_p190_2026-11-22_05_1.json"
    file = Delivery(name=name, content=page(rows), url="x")
    return read([file], needs).tables["partnership_claim"].to_dicts()


def reviews(needs: Mapping[str, pl.DataFrame], *rows: Binding) -> list[tuple[str, str]]:
    name = "partnerships/wikidata_p190_2026-11-22_05_1.json"
    file = Delivery(name=name, content=page(rows), url="x")
    return read([file], needs).tables["partnership_review"].select("outcome", "explanation").rows()


def test_happy(needs: Mapping[str, pl.DataFrame]) -> None:
    files = fetch(Service([row(1), row(2, ags="09564", start="1987-01-01T00:00:00Z", startPrecision="9")]))
    assert [file.name for file in files] == [
        "partnerships/wikidata_p190_2026-11-22_05_1.json",
        "partnerships/wikidata_p190_2026-11-22_09_1.json",
    ]
    claim, other = read(files, needs).tables["partnership_claim"].sort("claim_id").to_dicts()
    assert (claim["ags"], claim["match_method"], claim["partner_country"]) == ("05334002", "key", "ZAF")
    assert claim["attested_on"] == date(2026, 11, 22)
    assert claim["locator"] == "statement Q1017-1 (Q1017 to Q5001)"
    assert '"p":"http://www.wikidata.org/entity/Q5001"' in claim["raw_text"]
    assert (other["ags"], other["valid_from"]) == ("09564000", date(1987, 1, 1))


def test_pages_are_followed(monkeypatch: pytest.MonkeyPatch, needs: Mapping[str, pl.DataFrame]) -> None:
    monkeypatch.setattr(wikidata_sparql, "PAGE", 3)
    files = fetch(Service([row(number) for number in range(7)]))
    assert [file.name[-9:] for file in files] == ["05_1.json", "05_2.json", "05_3.json", "09_1.json"]
    assert read(files, needs).tables["partnership_claim"].height == 7


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500, content=b"... java.util.concurrent.TimeoutException", content_type="text/plain"),
        Reply(status=504, content=b"upstream request timeout", content_type="text/plain"),
        answer(page([row(1)])[:200] + b"\njava.util.concurrent.TimeoutException\n\tat java.base"),
    ],
)
def test_what_takes_too_long_is_asked_in_parts(reply: Reply, needs: Mapping[str, pl.DataFrame]) -> None:
    service = Service([row(1), row(2, ags="05334")])
    service.too_long = {"05": reply}
    files = fetch(service)
    assert [file.name.split("_")[-2] for file in files] == [f"05{digit}" for digit in range(10)] + ["09"]
    assert read(files, needs).tables["partnership_claim"].height == 2


def test_a_district_that_takes_too_long() -> None:
    overloaded = Reply(status=504, content=b"", content_type="text/plain")
    asked = []

    def route(request: Asked) -> Reply:
        asked.append(request)
        return overloaded

    with pytest.raises(SourceUnavailable, match="even for one district"):
        fetch(route)
    assert len(asked) == 4, "one more digit each time, then the night goes on"


@pytest.mark.parametrize(("status", "word"), [(503, "503"), (429, "429"), (500, "internal error")])
def test_down(status: int, word: str) -> None:
    with pytest.raises(SourceUnavailable, match=word):
        fetch(lambda _: Reply(status=status, content=b"down", content_type="text/plain"))


def test_connection_refused() -> None:
    with Provider({}) as provider:
        provider.close()
        talk = wikidata_sparql.dialogue(Occasion(reference_year=2025, base=provider.base))
        with pytest.raises(SourceUnavailable, match="could not be read"):
            run_dialogue(talk, quick_client())


def test_slow() -> None:
    with pytest.raises(SourceUnavailable, match="in time"):
        fetch(lambda _: answer(page([]), delay_seconds=0.5), read_seconds=0.05, attempts=2)


def test_unchanged_answers_make_equal_statements(needs: Mapping[str, pl.DataFrame]) -> None:
    """The service knows no 304; equal answers of one day give equal bytes and equal tables."""
    service = Service([row(1)])
    first, second = fetch(service), fetch(service)
    assert [file.content for file in first] == [file.content for file in second]
    assert (
        read(first, needs).tables["partnership_claim"].equals(read(second, needs).tables["partnership_claim"])
    )


def test_broken_off_transfer_is_no_answer() -> None:
    with pytest.raises(SourceUnavailable, match="could not be read"):
        fetch(lambda _: answer(page([row(1)]), cut_after=50))


@pytest.mark.parametrize(
    ("route", "problem"),
    [
        (html_error_page, "sent text/html"),
        (lambda _: answer(b"[" * 100_000), "is not JSON"),
        (lambda _: answer(b'{"results": {"bindings": ['), "is not JSON"),
        (lambda _: answer(b'{"results": {}}'), "field bindings"),
        (lambda _: answer(b'{"ergebnis": {}}'), "found ergebnis"),
        (lambda _: answer(b"", declared_size=10**12), "more than accepted"),
        (
            lambda _: Reply(content=page([]), content_type=FORM, headers={"Date": "gestern"}),
            "when it answered",
        ),
    ],
)
def test_hostile(route: Route, problem: str) -> None:
    with pytest.raises(SourceChanged, match=problem):
        fetch(route)


@pytest.mark.parametrize("missing", ["st", "g", "ags", "p"])
def test_a_renamed_variable_is_noticed(needs: Mapping[str, pl.DataFrame], missing: str) -> None:
    with pytest.raises(SourceChanged, match=f"field {missing},"):
        claims(needs, row(1, **{missing: None}))


@pytest.mark.parametrize("name", ["wikidata_p190_05.json", "wikidata_p190_gestern_05_1.json"])
def test_a_file_without_a_day_is_refused(name: str, needs: Mapping[str, pl.DataFrame]) -> None:
    with pytest.raises(SourceChanged, match="day of reading"):
        read([Delivery(name=name, content=page([row(1)]), url="x")], needs)


ZA, NA = (
    {"iso": "ZA", "country": f"{ENTITY}Q258"},
    {"iso": "NA", "country": f"{ENTITY}Q1030", "countryLabel": "Namibia"},
)


def test_several_countries_are_left_to_a_person(needs: Mapping[str, pl.DataFrame]) -> None:
    assert reviews(needs, row(1, **ZA), row(1, **NA)) == [
        ("no_country", "Wikidata names several countries of the partner: Namibia, Südafrika")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ZA, NA | {"countryEnd": "1990-03-21T00:00:00Z"}),
        (ZA | {"countryRank": f"{RANK}PreferredRank"}, NA),
        (ZA, NA | {"iso": None, "countryLabel": "Transvaal"}),
        (ZA, ZA),
    ],
)
def test_the_country_of_today_wins(
    needs: Mapping[str, pl.DataFrame], one: Mapping[str, str], other: Mapping[str, str]
) -> None:
    (claim,) = claims(needs, row(1, **other), row(1, **one))
    assert claim["partner_country"] == "ZAF"


@pytest.mark.parametrize(
    ("facts", "outcome", "word"),
    [
        ({"country": None, "iso": None}, "no_country", "names no country"),
        ({"iso": None, "countryLabel": "Sowjetunion"}, "no_country", "Sowjetunion is no country of today"),
        ({"iso": "DE"}, "inside_germany", "both places lie in Germany"),
        ({"ags": "06633021"}, "historical_unit", "dissolved"),
        ({"ags": "99999999"}, "not_found", "no register edition"),
        ({"ags": "5334002"}, "not_found", "no register edition"),
    ],
)
def test_what_is_no_statement_on_a_unit(
    needs: Mapping[str, pl.DataFrame], facts: dict[str, str | None], outcome: str, word: str
) -> None:
    ((found, explanation),) = reviews(needs, row(1, **facts))
    assert found == outcome and word in explanation


def test_several_keys(needs: Mapping[str, pl.DataFrame]) -> None:
    """A former key beside the live one is no doubt; two live ones are."""
    assert claims(needs, row(1), row(1, ags="06633021"))[0]["ags"] == "05334002"
    assert claims(needs, row(1), row(1, ags="05334"))[0]["ags"] == "05334002"
    assert reviews(needs, row(1), row(1, ags="09564000"))[0][0] == "ambiguous"


def test_one_statement_per_unit_and_partner(needs: Mapping[str, pl.DataFrame]) -> None:
    same = f"{ENTITY}Q5001"
    rows = [row(1), row(2, p=same, start="1998-05-01T00:00:00Z", startPrecision="11")]
    (claim,) = claims(needs, *rows)
    assert claim["valid_from"] == date(1998, 5, 1)
    assert reviews(needs, *rows) == [
        ("repeated", "unit and partner are those of statement Q1017-2 (Q1017 to Q5001)")
    ]


def test_partners_of_one_name_are_told_apart_by_their_identity(needs: Mapping[str, pl.DataFrame]) -> None:
    found = claims(needs, row(1, pLabel="Springfield"), row(2, pLabel="Springfield"))
    assert [claim["locator"][-15:] for claim in found] == ["Q1017 to Q5001)", "Q1017 to Q5002)"]


@pytest.mark.parametrize(
    ("time", "precision", "first", "last"),
    [
        ("1987-01-01T00:00:00Z", "9", date(1987, 1, 1), date(1987, 12, 31)),
        ("1988-02-01T00:00:00Z", "10", date(1988, 2, 1), date(1988, 2, 29)),
        ("1988-02-03T00:00:00Z", "11", date(1988, 2, 3), date(1988, 2, 3)),
        ("1980-01-01T00:00:00Z", "8", None, None),
        ("1987-00-00T00:00:00Z", "9", date(1987, 1, 1), date(1987, 12, 31)),
        ("-0044-03-15T00:00:00Z", "11", None, None),
        ("http://www.wikidata.org/.well-known/genid/1", "", None, None),
    ],
)
def test_dates_are_as_exact_as_stated(
    time: str, precision: str, first: date | None, last: date | None
) -> None:
    assert (first_day_of(time, precision), last_day_of(time, precision)) == (first, last)


def test_ends(needs: Mapping[str, pl.DataFrame]) -> None:
    (dated,) = claims(needs, row(1, isEnded="true", end="2019-01-01T00:00:00Z", endPrecision="9"))
    assert (dated["state"], dated["valid_to"]) == ("ended", date(2019, 12, 31))
    (later,) = claims(needs, row(1, isEnded="true", end="2030-01-01T00:00:00Z", endPrecision="9"))
    assert (later["state"], later["valid_to"]) == (None, date(2030, 12, 31))


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"p": "http://www.wikidata.org/.well-known/genid/abc"}, "partner_known"),
        ({"rank": f"{RANK}DeprecatedRank"}, "rank_known"),
        ({"isEnded": "true"}, "end_dated"),
        ({"isEnded": "true", "end": "1980-01-01T00:00:00Z", "endPrecision": "8"}, "end_dated"),
        (
            {
                "start": "2001-01-01T00:00:00Z",
                "startPrecision": "9",
                "end": "1999-01-01T00:00:00Z",
                "endPrecision": "9",
            },
            "start_before_end",
        ),
    ],
)
def test_rejected_statements(needs: Mapping[str, pl.DataFrame], facts: dict[str, str], rule: str) -> None:
    file = Delivery(name="wikidata_p190_2026-11-22_05_1.json", content=page([row(1, **facts)]), url="x")
    rejected = read([file], needs).rejected
    assert rejected["rule"].to_list() == [rule] and "Q1017-1" in rejected["raw_text"][0]


@pytest.mark.parametrize("text", ["fifty", "1e999", ""])
def test_a_coordinate_off_the_earth_is_unknown(needs: Mapping[str, pl.DataFrame], text: str) -> None:
    assert claims(needs, row(1, lat=text))[0]["partner_latitude"] is None


@pytest.fixture(scope="module")
def real_needs(raw_file: Callable[[str], Raw]) -> Mapping[str, pl.DataFrame]:
    """The real register, of three editions."""
    old = gv100ad.read([raw_file("gemeindeverzeichnis/GV100AD_301123.txt.gz")], {})
    names = ("31122019_Auszug_GV.xlsx", "AuszugGV2QAktuell_30062024.xlsx")
    new = register_extract.read([raw_file(f"gemeindeverzeichnis/{name}") for name in names], {})
    both = {table: pl.concat([old.tables[table], new.tables[table]]) for table in old.tables}
    return {
        "municipality": municipalities(both["register_unit"]),
        "population": both["population"],
        "country": countries.countries(),
    }


def test_the_extract_of_2017_gives_the_same_partnerships_over_the_live_protocol(
    raw_file: Callable[[str], Raw], real_needs: Mapping[str, pl.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real rows, keys by our own matcher, identities made up from names, served page by page."""
    monkeypatch.setattr(wikidata_sparql, "LANDS", tuple(f"{land:02d}" for land in range(1, 17)))
    monkeypatch.setattr(wikidata_sparql, "PAGE", 500)
    extract = raw_file("partnerships/wikidata_p190_germany_2017.tsv")
    known = wikidata_partnerships.read([extract], real_needs).tables["partnership_claim"]
    iso2 = dict(real_needs["country"].select("country", "iso2").iter_rows())
    live_keys = set(real_needs["municipality"].filter(pl.col("valid_to").is_null())["ags"])
    rows = [
        row(
            number,
            ags=claim["ags"],
            g=f"{ENTITY}Q{1000 + number}",
            p=f"{ENTITY}Q{100_000 + number}",
            pLabel=claim["partner_name"],
            iso=iso2[claim["partner_country"]],
            country=f"{ENTITY}{claim['partner_country']}",
            lat=None if claim["partner_latitude"] is None else str(claim["partner_latitude"]),
            lon=None if claim["partner_longitude"] is None else str(claim["partner_longitude"]),
        )
        for number, claim in enumerate(known.iter_rows(named=True), start=1)
        if claim["ags"] in live_keys
    ]
    reading = read(fetch(Service(rows)), real_needs)
    assert len(rows) > 4000
    assert reading.rejected.is_empty() and reading.tables["partnership_review"].is_empty()
    same = ["partnership_id", "ags", "partner_country", "statements"]
    before = merge(known.filter(pl.col("ags").is_in(list(live_keys)))).select(same)
    assert merge(reading.tables["partnership_claim"]).select(same).equals(before)
