"""Wegweiser Kommune: a provider on loopback that speaks its protocol; all figures are made up."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson
import polars as pl
import pytest

from pipelines.http import run_dialogue
from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources import wegweiser
from sources.live import Answer, Delivery, Occasion, Request
from sources.source import Raw, Reading, SourceChanged, SourceUnavailable
from sources.wegweiser_reading import key_of, read
from sources.wegweiser_wording import definition_of
from tests.loopback import Asked, Provider, Reply, html_error_page, json_reply, quick_client

PLACES: Mapping[str, list[dict[str, Any]]] = {
    "BUNDESLAND": [{"ars": "05", "title": "Nordrhein-Westfalen"}],
    "LANDKREIS": [{"ars": "05334", "title": "Städteregion Aachen"}],
    "KREISFREIE_STADT": [{"ars": "053140000000", "title": "Bonn"}],
    "GEMEINDE": [{"ars": "053340002002", "title": "Aachen"}, {"ars": "053340004004", "title": "Alsdorf"}],
}
YEARS = [2022, 2023]
Make = Callable[[str, bytes], Raw]


def region(kind: str, place: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": 4711,
        "type": kind,
        "gkz": "05000000",
        "friendlyUrl": place["title"].lower(),
        "parent": None,
        "demographicType": 3,
        "smallRegionReplacement": False,
        **place,
        **more,
    }


def meta(indicator: str, **more: Any) -> dict[str, Any]:
    return {
        "id": 155,
        "friendlyUrl": indicator,
        "name": indicator,
        "title": f"Titel {indicator}",
        "unit": "Euro je Einwohner:in",
        "calculation": "Summe / Bevölkerung",
        "explanation": "Erklärung",
        "hint": "",
        "source": "Statistische Ämter",
        "years": [*YEARS, 2030],
        **more,
    }


def export(indicator: str, regions: Sequence[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
    values = [[100.5 + number, None] for number, _ in enumerate(regions)]
    return {
        "data": {"indicators": [{"regionYearValues": values}], "regions": list(regions), "type": "LIST"},
        "indicatorsAndTopics": [meta(indicator)],
        "years": YEARS,
        **more,
    }


class Wegweiser:
    """The provider as documented: lists of ten by default, values by Land, 404 where there are none."""

    def __init__(self) -> None:
        self.version = "2026-11-01"
        self.regions = {kind: [region(kind, place) for place in places] for kind, places in PLACES.items()}
        self.change: Callable[[str, dict[str, Any]], dict[str, Any]] = lambda _place, answer: answer
        self.heeds_max = True

    def routes(self) -> dict[str, Callable[[Asked], Reply]]:
        return {
            "/rest/statistics/version": lambda _: json_reply({"version": self.version}),
            "/rest/region/list": self._list,
            "/rest/indicator/get/*": lambda asked: json_reply(meta(asked.path.rpartition("/")[2])),
            "/rest/export/*": self._export,
        }

    def _list(self, asked: Asked) -> Reply:
        most = int(asked.query.get("max", "10")) if self.heeds_max else 10
        return json_reply(self.regions[asked.query["types"]][:most])

    def _export(self, asked: Asked) -> Reply:
        indicator, where, span, form = asked.path.rpartition("/")[2].replace("%2A", "*").split("+")
        assert (span, form) == ("2022-2023", "tabelle.json")
        if where == "bundeslaender":
            found = self.regions["BUNDESLAND"]
        else:
            prefix = where.removeprefix("kommunen-mit-ags-").removesuffix("*")
            kinds = ("GEMEINDE", "KREISFREIE_STADT", "LANDKREIS")
            found = [one for kind in kinds for one in self.regions[kind] if one["ars"].startswith(prefix)]
        return json_reply(self.change(where, export(indicator, found))) if found else Reply(status=404)


@pytest.fixture
def wegweiser_world(monkeypatch: pytest.MonkeyPatch) -> Wegweiser:
    """Two Länder instead of sixteen, of which one has no figures; it saves time."""
    monkeypatch.setattr(wegweiser, "LANDS", ("05", "16"))
    return Wegweiser()


def fetch(provider: Provider, previous: Sequence[Delivery] = (), **manners: Any) -> list[Delivery]:
    occasion = Occasion(
        reference_year=2025, base=provider.base, previous={file.name: file for file in previous}
    )
    return run_dialogue(wegweiser.dialogue(occasion), quick_client(**manners))


def raws(files: Sequence[Delivery]) -> list[Raw]:
    return [
        Raw(name=file.name, content=file.content, snapshot_id=hashlib.sha256(file.content).hexdigest())
        for file in files
    ]


def keeps_contracts(reading: Reading) -> None:
    for table, frame in reading.tables.items():
        assert enforce(frame, CONTRACTS[table], source_id="wegweiser").rejected.is_empty()


def test_happy(wegweiser_world: Wegweiser) -> None:
    with Provider(wegweiser_world.routes()) as provider:
        reading = read(raws(fetch(provider)), {})
        assert all("max" in asked.query for asked in provider.asked if asked.path.endswith("/list"))
        assert not any("155" in path or "4711" in path for path in provider.paths()), "numeric ids change"
    keeps_contracts(reading)
    assert reading.rejected.is_empty()
    series = reading.tables["context_series"].filter(pl.col("indicator") == "finanzmittelsaldo")
    assert series.select("ags", "year", "value", "obs_status").sort("ags", "year").rows()[:4] == [
        ("05", 2022, 100.5, "A"),
        ("05", 2023, None, "O"),
        ("05314000", 2022, 102.5, "A"),
        ("05314000", 2023, None, "O"),
    ]
    assert set(series["ags"]) == {"05", "05334", "05314000", "05334002", "05334004"}
    wording = reading.tables["context_definition"]
    assert wording["calculation"].to_list() == ["Summe / Bevölkerung"] * 4
    assert set(series["definition_id"]) <= set(wording["definition_id"])


def test_unchanged_version_asks_for_nothing_else(wegweiser_world: Wegweiser) -> None:
    with Provider(wegweiser_world.routes()) as provider:
        first = fetch(provider)
        provider.asked.clear()
        second = fetch(provider, previous=first)
        assert provider.paths() == ["/rest/statistics/version"]
        wegweiser_world.version = "2026-11-20"
        fetch(provider, previous=first)
        assert len(provider.asked) > 10
    assert raws(first) == raws(second)


def test_an_empty_version_proves_nothing(wegweiser_world: Wegweiser) -> None:
    reply = Reply(content=b"", content_type="text/plain")
    with Provider(wegweiser_world.routes() | {"/rest/statistics/version": lambda _: reply}) as provider:
        first = fetch(provider)
        provider.asked.clear()
        fetch(provider, previous=first)
        assert len(provider.asked) > 10


def test_a_page_is_no_version(wegweiser_world: Wegweiser) -> None:
    routes = wegweiser_world.routes() | {"/rest/statistics/version": html_error_page}
    with Provider(routes) as provider, pytest.raises(SourceChanged, match="sent text/html"):
        fetch(provider)


def test_version_that_changes_meanwhile(wegweiser_world: Wegweiser) -> None:
    def published(_place: str, answer: dict[str, Any]) -> dict[str, Any]:
        wegweiser_world.version = "later"
        return answer

    wegweiser_world.change = published
    with Provider(wegweiser_world.routes()) as provider, pytest.raises(SourceUnavailable, match="half"):
        fetch(provider)


def test_cut_off_land_is_asked_for_by_district(wegweiser_world: Wegweiser) -> None:
    def cut(place: str, answer: dict[str, Any]) -> dict[str, Any]:
        if place == "kommunen-mit-ags-05*":
            answer["data"]["regions"] = answer["data"]["regions"][:1]
            answer["remark"] = "Die Ausgabe wurde gekürzt."
        return answer

    wegweiser_world.change = cut
    with Provider(wegweiser_world.routes()) as provider:
        reading = read(raws(fetch(provider)), {})
    assert reading.rejected.is_empty()
    series = reading.tables["context_series"]
    assert series.filter(pl.col("indicator") == "liquiditaetskredite")["ags"].n_unique() == 5


def test_what_is_always_cut_off_is_refused(wegweiser_world: Wegweiser) -> None:
    wegweiser_world.change = lambda _place, answer: answer | {"remark": "gekürzt"}
    with (
        Provider(wegweiser_world.routes()) as provider,
        pytest.raises(SourceChanged, match="do not come whole"),
    ):
        fetch(provider)


def test_a_list_of_ten_is_no_list(wegweiser_world: Wegweiser) -> None:
    wegweiser_world.heeds_max = False
    wegweiser_world.regions["GEMEINDE"] *= 6
    with Provider(wegweiser_world.routes()) as provider, pytest.raises(SourceChanged, match="10 entries"):
        fetch(provider)


def test_a_full_list_is_asked_for_again_with_more() -> None:
    """By hand: the list is as long as `max`, so it may go on."""
    talk = wegweiser.dialogue(Occasion(reference_year=2025, base="http://made.up"))
    first = next(talk)
    assert isinstance(first, Request) and first.conditional
    asked = talk.send(Answer(status=200, headers={}, content=b"v1", url=first.url))
    assert isinstance(asked, Request) and asked.query == {"types": "GEMEINDE", "max": "10000"}
    again = talk.send(Answer(status=200, headers={}, content=b"[" + b"{}," * 9_999 + b"{}]", url=asked.url))
    assert isinstance(again, Request) and again.query["max"] == "20000"


@pytest.mark.parametrize("path", ["/rest/statistics/version", "/rest/export/*"])
def test_down(wegweiser_world: Wegweiser, path: str) -> None:
    routes = wegweiser_world.routes() | {path: lambda _: Reply(status=503)}
    with Provider(routes) as provider, pytest.raises(SourceUnavailable, match="503"):
        fetch(provider)


def test_connection_refused(wegweiser_world: Wegweiser) -> None:
    with Provider(wegweiser_world.routes()) as provider:
        provider.close()
        with pytest.raises(SourceUnavailable, match="could not be read"):
            fetch(provider)


def test_slow(wegweiser_world: Wegweiser) -> None:
    routes = wegweiser_world.routes() | {"/rest/region/list": lambda _: Reply(delay_seconds=0.5)}
    with Provider(routes) as provider, pytest.raises(SourceUnavailable, match="in time"):
        fetch(provider, read_seconds=0.05, attempts=2)


def test_broken_off_transfer_is_repeated(wegweiser_world: Wegweiser) -> None:
    whole = wegweiser_world.routes()["/rest/region/list"]
    cuts = [40]

    def once(asked: Asked) -> Reply:
        reply = whole(asked)
        cut = cuts.pop() if cuts else None
        return Reply(content=reply.content, content_type=reply.content_type, cut_after=cut)

    with Provider(wegweiser_world.routes() | {"/rest/region/list": once}) as provider:
        assert read(raws(fetch(provider)), {}).tables["context_series"].height > 0


def test_renamed_indicator(wegweiser_world: Wegweiser) -> None:
    routes = wegweiser_world.routes() | {"/rest/indicator/get/*": lambda _: Reply(status=404)}
    with Provider(routes) as provider, pytest.raises(SourceChanged, match="renamed or withdrawn"):
        fetch(provider)


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (html_error_page, "sent text/html"),
        (lambda _: json_reply({"years": "2022"}), "years should be a list"),
        (lambda _: json_reply({"jahre": [2022]}), "expected the field years, found jahre"),
        (lambda _: Reply(content=b"[" * 100_000, content_type="application/json"), "is not JSON"),
        (lambda _: Reply(content=b'{"years": [2022', content_type="application/json"), "is not JSON"),
        (
            lambda _: Reply(content=b"", content_type="application/json", declared_size=10**12),
            "more than accepted",
        ),
    ],
)
def test_hostile(wegweiser_world: Wegweiser, reply: Callable[[Asked], Reply], problem: str) -> None:
    routes = wegweiser_world.routes() | {"/rest/indicator/get/*": reply}
    with Provider(routes) as provider, pytest.raises(SourceChanged, match=problem):
        fetch(provider)


def files(make: Make, answer: Mapping[str, Any], wording: Mapping[str, Any] | None = None) -> list[Raw]:
    name = "finanzmittelsaldo"
    return [
        make(f"wegweiser/indicator_{name}.json", orjson.dumps(wording or meta(name))),
        make(f"wegweiser/export_{name}_05.json", orjson.dumps(answer)),
    ]


def one_export(**more: Any) -> dict[str, Any]:
    return export("finanzmittelsaldo", [region("GEMEINDE", place) for place in PLACES["GEMEINDE"]], **more)


def test_small_region_replacement_is_rejected(synthetic_raw: Make) -> None:
    answer = one_export()
    answer["data"]["regions"][1]["smallRegionReplacement"] = True
    reading = read(files(synthetic_raw, answer), {})
    assert reading.tables["context_series"]["ags"].unique().to_list() == ["05334002"]
    assert reading.rejected.select("rule", "value", "locator").rows() == [
        ("small_region_replacement", "Alsdorf", "data.regions[1]")
    ]


def test_class_midpoints_are_flagged(synthetic_raw: Make) -> None:
    classed = meta("finanzmittelsaldo", minimumClassification=10)
    reading = read(files(synthetic_raw, one_export(), classed), {})
    keeps_contracts(reading)
    flagged = (
        reading.tables["context_series"].select("obs_status", "is_class_midpoint").unique().sort("obs_status")
    )
    assert flagged.rows() == [("E", True), ("O", False)]


def test_a_new_wording_is_a_new_definition(synthetic_raw: Make) -> None:
    def stamp(**more: Any) -> str:
        raw = synthetic_raw("x.json", b"{}")
        return str(definition_of(meta("finanzmittelsaldo", **more), raw)["definition_id"])

    assert stamp() == stamp(id=9, years=[2022])
    assert stamp() != stamp(calculation="Summe / Bevölkerung am 30.06.")


def test_region_that_is_listed_but_not_delivered(synthetic_raw: Make) -> None:
    listed = [region("GEMEINDE", {"ars": "053340008008", "title": "Baesweiler"})]
    raw = synthetic_raw("wegweiser/regions_GEMEINDE.json", orjson.dumps(listed))
    rejected = read([*files(synthetic_raw, one_export()), raw], {}).rejected
    assert rejected.select("rule", "value").rows() == [
        ("region_not_delivered", "finanzmittelsaldo Baesweiler")
    ]


@pytest.mark.parametrize("value", ["1,5", True, [1]])
def test_values_that_are_no_numbers(synthetic_raw: Make, value: object) -> None:
    answer = one_export()
    answer["data"]["indicators"][0]["regionYearValues"][0][0] = value
    reading = read(files(synthetic_raw, answer), {})
    assert reading.rejected["rule"].to_list() == ["value_is_number"]
    assert reading.tables["context_series"].height == 3


@pytest.mark.parametrize(
    ("kind", "ars", "key"),
    [
        ("GEMEINDE", "053340002002", "05334002"),
        ("GEMEINDE", "53340002002", None),
        ("GEMEINDE", 53340002002, None),
        ("GEMEINDE", "05334", None),
        ("GEMEINDE", "2024-01-05", None),
        ("KREISFREIE_STADT", "05314", "05314000"),
        ("LANDKREIS", "053340000000", "05334"),
        ("VERBANDSGEMEINDE", "071375001", "071375001"),
        ("BUNDESLAND", "05", "05"),
        ("BUND", None, "DG"),
        ("PLANET", "053340002002", None),
    ],
)
def test_keys(kind: str, ars: object, key: str | None) -> None:
    assert key_of({"type": kind, "ars": ars}) == key


def _without(answer: dict[str, Any], *path: Any) -> dict[str, Any]:
    holder: Any = answer
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    return answer


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (_without(one_export(), "data"), "field data"),
        (_without(one_export(), "years"), "field years"),
        (_without(one_export(), "data", "indicators", 0, "regionYearValues"), "field regionYearValues"),
        (_without(one_export(), "data", "indicators", 0, "regionYearValues", 0), "2 regions of 2 values"),
        (_without(one_export(), "data", "indicators", 0, "regionYearValues", 0, 0), r"\[1, 2\]"),
        (one_export(remark="Es wurden nur 1000 Werte ausgegeben"), "cut off"),
        (one_export(years=["2022", "2023"]), "whole numbers"),
        (one_export(indicatorsAndTopics=[meta("geburten")]), "found geburten"),
        ([], "found list"),
    ],
)
def test_museum_of_changed_answers(synthetic_raw: Make, answer: Any, problem: str) -> None:
    with pytest.raises(SourceChanged, match=problem):
        read(files(synthetic_raw, answer), {})


def test_a_renamed_replacement_flag_is_noticed(synthetic_raw: Make) -> None:
    answer = one_export()
    for one in answer["data"]["regions"]:
        one["replaced"] = one.pop("smallRegionReplacement")
    with pytest.raises(SourceChanged, match="pass for those of a municipality"):
        read(files(synthetic_raw, answer), {})


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"a": "\xfc"}', b'{"a": NaN}', b"[" * 5000])
def test_museum_of_what_is_no_json(synthetic_raw: Make, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="is not JSON"):
        read([synthetic_raw("wegweiser/indicator_x.json", content)], {})


def test_nothing_is_empty() -> None:
    reading = read([], {})
    assert reading.tables["context_series"].is_empty() and reading.rejected.is_empty()


def test_the_recorded_map_answer_has_this_wording(raw_file: Callable[[str], Raw]) -> None:
    """Real: the description in an answer of the map interface is the one the reader understands."""
    raw = raw_file("sdg_portal/wegweiserkommune_map_api_response_geburten_2019.json.gz")
    answer = orjson.loads(gzip.decompress(raw.content))
    row = definition_of(answer["indicator"], raw, "indicator")
    assert (row["indicator"], row["unit"], row["is_classified"]) == (
        "geburten",
        "je 1.000 Einwohner:innen",
        False,
    )
    assert row["calculation"].startswith("Lebendgeburten / Bevölkerung * 1.000")
    table = pl.DataFrame([row], schema=CONTRACTS["context_definition"].schema)
    assert enforce(table, CONTRACTS["context_definition"], source_id="wegweiser").rejected.is_empty()
    places = [feature["properties"] for feature in answer["regions"]["features"]]
    assert len(places) == 116
    assert {place["type"] for place in places} == {"KREISFREIE_STADT", "LANDKREIS"}
    assert all(len(place["gkz"]) == 8 and len(place["values"]) == 1 for place in places)
