"""Twin-town lists become statements or review rows; statements of many sources become relationships."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources import (
    countries,
    gv100ad,
    partnership_merge,
    register_extract,
    wikidata_partnerships,
    wikipedia_partnerships,
)
from sources.partnership_merge import assign_partnership_ids, merge
from sources.place_names import short_name
from sources.place_parts import ALIASES as PLACE_ALIASES
from sources.register_history import municipalities
from sources.source import Raw, Reading, SourceChanged

HEADER = "\t".join(wikidata_partnerships.FORM.columns)
Make = Callable[[str, bytes], Raw]


@pytest.fixture
def needs() -> Mapping[str, pl.DataFrame]:
    """A synthetic register of three municipalities, one of them no longer alive in 2026."""
    units = pl.DataFrame(
        {
            "ags": ["05334002", "09564000", "06633021"],
            "name": ["Aachen, Stadt", "Nürnberg", "Oberweser"],
            "latitude": [50.78, 49.45, 51.57],
            "longitude": [6.08, 11.08, 9.55],
            "valid_to": [None, None, date(2020, 12, 31)],
        },
        schema_overrides={"valid_to": pl.Date},
    ).with_columns(
        level=pl.lit("municipality"),
        type_code=pl.lit("63"),
        district=pl.col("ags").str.slice(0, 5),
        association=pl.lit(None, pl.String),
        is_unincorporated=pl.lit(False),
        is_independent_city=pl.lit(False),
        valid_from=pl.lit(date(2019, 12, 31)),
    )
    people = pl.DataFrame(
        {"ags": ["05334002"], "reference_date": [date(2019, 12, 31)], "inhabitants": [250_000]}
    )
    return {
        "municipality": units,
        "population": people,
        "country": countries.countries(),
        wikipedia_partnerships.OTHER: CONTRACTS["partnership_claim"].empty(),
    }


def line(
    german: str = "Aachen",
    partner: str = "Cape Town",
    country: str = "South Africa",
    *,
    place: tuple[str, str] = ("50.78", "6.08"),
    partner_place: tuple[str, str] = ("-33.92", "18.42"),
) -> str:
    """A synthetic line in the form of the Wikidata extract."""
    return "\t".join([german, "Germany", *place, "", partner, *partner_place, "", country, "9000", "Non-EU"])


def read(make: Make, needs: Mapping[str, pl.DataFrame], *lines: str) -> Reading:
    content = "\n".join([HEADER, *lines]).encode() + b"\n"
    return wikidata_partnerships.read([make("partnerships/made_up.tsv", content)], needs)


def outcomes(reading: Reading) -> dict[str, int]:
    review = reading.tables["partnership_review"].group_by("outcome").len().rows()
    return {
        "matched": reading.tables["partnership_claim"].height,
        "rejected": reading.rejected["locator"].n_unique(),
        **dict(review),
    }


def test_every_synthetic_record_has_one_fate(synthetic_raw: Make, needs: Mapping[str, pl.DataFrame]) -> None:
    reading = read(
        synthetic_raw,
        needs,
        line(),
        line(),
        line(partner="Nuremberg", country="Germany"),
        line(country="t430222130"),
        line(country=""),
        line(german="Atlantis"),
        line(german="Aachen", place=("53.0", "9.0")),
        line().replace("Germany", "France"),
        "Aachen\tGermany",
        line(place=("fifty", "6.08")),
        line(place=("500", "6.08")),
        line(german=""),
    )
    assert outcomes(reading) == {
        "matched": 1,
        "repeated": 1,
        "inside_germany": 1,
        "no_country": 2,
        "not_found": 1,
        "ambiguous": 1,
        "abroad_both_ends": 1,
        "rejected": 4,
    }
    for table, frame in reading.tables.items():
        assert enforce(frame, CONTRACTS[table], source_id="test").rejected.is_empty()


def test_rejected_lines_keep_what_was_written(synthetic_raw: Make, needs: Mapping[str, pl.DataFrame]) -> None:
    rejected = read(synthetic_raw, needs, "Aachen\tGermany").rejected
    assert rejected.select("locator", "raw_text", "rule").row(0) == (
        "line 2",
        "Aachen\tGermany",
        "cell_count",
    )


def test_a_partner_in_two_countries_has_none(synthetic_raw: Make, needs: Mapping[str, pl.DataFrame]) -> None:
    reading = read(synthetic_raw, needs, line(country="South Africa"), line(country="Namibia"))
    assert outcomes(reading) == {"matched": 0, "no_country": 2, "rejected": 0}


def test_a_reviewed_alias_settles_the_country(synthetic_raw: Make, needs: Mapping[str, pl.DataFrame]) -> None:
    there = ("44.5", "34.17")
    reading = read(
        synthetic_raw,
        needs,
        line(partner="Yalta", country="Ukraine", partner_place=there),
        line(partner="Yalta", country="Russia", partner_place=there),
    )
    assert outcomes(reading) == {"matched": 1, "repeated": 1, "rejected": 0}
    assert reading.tables["partnership_claim"]["partner_country"].item() == "UKR"


@pytest.mark.parametrize(
    "content", [b"", b"a\tb\n", b"\xff\xfe\x00", HEADER.replace("\t", ";").encode(), b"<html>404</html>"]
)
def test_museum_of_files_of_another_form(
    synthetic_raw: Make, needs: Mapping[str, pl.DataFrame], content: bytes
) -> None:
    with pytest.raises(SourceChanged):
        wikidata_partnerships.read([synthetic_raw("x.tsv", content)], needs)


def test_header_alone_and_no_file_are_empty(synthetic_raw: Make, needs: Mapping[str, pl.DataFrame]) -> None:
    assert outcomes(read(synthetic_raw, needs)) == {"matched": 0, "rejected": 0}
    nothing = wikipedia_partnerships.read([], needs)
    assert nothing.tables["partnership_claim"].is_empty()


def test_both_directions_are_two_statements_on_one_relationship(
    synthetic_raw: Make, needs: Mapping[str, pl.DataFrame]
) -> None:
    content = (
        b"city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
        b"Aachen,Germany,50.78,6.08,Reims,France,49.26,4.03\n"
        b"Reims,France,49.26,4.03,Aachen,Germany,50.78,6.08\n"
        b"Oberweser,Germany,51.57,9.55,Reims,France,49.26,4.03\n"
        b'"Reims, Marne",France,49.26,4.03,Rome,Italy,41.9,12.5\n'
        b"Reims,France,49.26,4.03,Aachen,,50.78,6.08\n"
    )
    reading = wikipedia_partnerships.read([synthetic_raw("x.csv", content)], needs)
    assert outcomes(reading) == {
        "matched": 2,
        "historical_unit": 1,
        "abroad_both_ends": 1,
        "no_country": 1,
        "rejected": 0,
    }
    merged = merge(reading.tables["partnership_claim"])
    assert merged.select("partnership_id", "statements").rows() == [("05334002-FRA-reims", 2)]


HALLE = ("Halle (Saale), Stadt", "15002000", 51.48, 11.97), ("Halle (Westf.), Stadt", "05754012", 52.06, 8.36)


@pytest.fixture
def two_of_a_name(needs: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Two towns of one name, and a source that knows a partner of each and one of both."""
    template = needs["municipality"].head(1)
    units = pl.concat(
        template.with_columns(
            name=pl.lit(name), ags=pl.lit(ags), district=pl.lit(ags[:5]), latitude=lat, longitude=lon
        )
        for name, ags, lat, lon in HALLE
    )
    known = [
        claim(1, "Ronchin", "FRA", ags="05754012", match_score=0.9),
        claim(2, "Oulu", "FIN", ags="15002000", match_score=1.0),
        claim(3, "Linz", "AUT", ags="05754012"),
        claim(4, "Linz", "AUT", ags="15002000"),
    ]
    return {
        **needs,
        "municipality": pl.concat([needs["municipality"], units]),
        wikipedia_partnerships.OTHER: pl.DataFrame(known, schema=CONTRACTS["partnership_claim"].schema),
    }


def test_a_bare_name_stands_only_where_another_source_knows_the_partner(
    synthetic_raw: Make, two_of_a_name: Mapping[str, pl.DataFrame]
) -> None:
    content = (
        b"city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
        b"Halle,Germany,51.48,11.97,Ronchin,France,50.6,3.09\n"
        b"Halle,Germany,51.48,11.97,Oulu,Finland,65.01,25.47\n"
        b"Halle,Germany,51.48,11.97,Linz,Austria,48.3,14.3\n"
        b"Halle,Germany,51.48,11.97,Reims,France,49.26,4.03\n"
        b"Aachen,Germany,50.78,6.08,Reims,France,49.26,4.03\n"
    )
    reading = wikipedia_partnerships.read([synthetic_raw("x.csv", content)], two_of_a_name)
    found = reading.tables["partnership_claim"].sort("locator")
    assert found.select("ags", "partner_name", "match_method", "match_score").rows()[:2] == [
        ("05754012", "Ronchin", "corroborated", 0.9),
        ("15002000", "Oulu", "corroborated", 1.0),
    ]
    assert found["ags"].to_list()[2:] == ["05334002"]
    waiting = reading.tables["partnership_review"].sort("locator")
    assert waiting.select("partner_name", "outcome").rows() == [("Linz", "ambiguous"), ("Reims", "ambiguous")]
    assert "more than one" in waiting["explanation"][0] and "no other source" in waiting["explanation"][1]


def test_coordinates_that_both_ends_share_are_those_of_neither(
    synthetic_raw: Make, needs: Mapping[str, pl.DataFrame]
) -> None:
    content = (
        b"city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
        b"Aachen,Belgium,50.78,6.08,Aachen,Germany,50.78,6.08\n"
    )
    found = wikipedia_partnerships.read([synthetic_raw("x.csv", content)], needs).tables["partnership_claim"]
    assert found.select("ags", "partner_country", "partner_latitude", "partner_longitude").rows() == [
        ("05334002", "BEL", None, None)
    ]


def test_tel_aviv_is_one_partner_under_its_names() -> None:
    names = ["Tel Aviv", "Tel Aviv-Jaffa", "Tel Aviv-Yafo"]
    rows = [claim(number, name, "ISR") for number, name in enumerate(names)]
    claims = pl.DataFrame(rows, schema=CONTRACTS["partnership_claim"].schema)
    merged = merge(assign_partnership_ids(claims))
    assert merged["partner_name"].to_list() == ["Tel Aviv-Jaffa"]


def claim(number: int, partner: str, country: str | None = "ZAF", **other: object) -> dict[str, object]:
    """A synthetic statement."""
    return {
        "claim_id": f"test line {number}",
        "partnership_id": "",
        "ags": "05334002",
        "partner_name": partner,
        "partner_country": country,
        "category": "unspecified",
        "source_id": "test",
        "attested_on": date(2020, 1, 1),
        "is_inventory": True,
        "match_method": "exact",
        "match_score": 1.0,
        "snapshot_id": "0" * 64,
        "locator": f"line {number}",
        "raw_text": partner,
        **other,
    }


def claims(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict(CONTRACTS["partnership_claim"].schema))


def at(latitude: float, longitude: float, source: str = "test") -> dict[str, object]:
    return {"partner_latitude": latitude, "partner_longitude": longitude, "source_id": source}


def test_german_and_english_names_are_one_partner() -> None:
    together = assign_partnership_ids(
        claims(
            claim(1, "Cape Town", **at(-33.92, 18.42)),
            claim(2, "Kapstadt", source_id="paper", category="partnership", valid_from=date(2000, 1, 1)),
            claim(3, "City of Cape Town"),
        )
    )
    row = merge(together).row(0, named=True)
    assert row["partnership_id"] == "05334002-ZAF-kapstadt"
    assert row["partner_name"] == "Kapstadt"
    assert (row["category"], row["valid_from"], row["statements"]) == ("partnership", date(2000, 1, 1), 3)
    assert row["source_ids"] == "paper,test"


def test_same_name_in_two_countries_is_two_partners() -> None:
    both = assign_partnership_ids(
        claims(claim(1, "Halifax", "CAN"), claim(2, "Halifax", "GBR"), claim(3, "Halifax", None))
    )
    assert both["partnership_id"].n_unique() == 3
    assert "05334002-unknown-halifax" in both["partnership_id"].to_list()


@pytest.mark.parametrize(
    ("one", "other", "relationships"),
    [
        (("Zaporizhia", at(47.84, 35.14)), ("Zaporizzja", at(47.85, 35.12)), 1),
        (("Évry", at(48.63, 2.44)), ("Courcouronnes", at(48.63, 2.44, "other")), 1),
        (("Barni", at(45.91, 9.27)), ("Magreglio", at(45.92, 9.26)), 2),
        (("Lund Municipality", at(55.7, 13.2)), ("Lund", at(55.7, 13.9, "other")), 1),
        (("Wuxi", at(31.5, 120.3)), ("Wuxi – Huishan", at(31.6, 120.3, "other")), 2),
        (("Bunkyō (Tokyo)", {}), ("Tokyo – Bunkyō", {}), 1),
        (("Reims", at(49.26, 4.03)), ("Rennes", at(48.1, -1.7)), 2),
    ],
)
def test_when_two_names_are_one_partner(
    one: tuple[str, dict[str, object]], other: tuple[str, dict[str, object]], relationships: int
) -> None:
    both = claims(claim(1, one[0], "XXX", **one[1]), claim(2, other[0], "XXX", **other[1]))
    assert assign_partnership_ids(both)["partnership_id"].n_unique() == relationships


def test_order_of_statements_does_not_matter() -> None:
    rows = [claim(1, "Cape Town"), claim(2, "Kapstadt"), claim(3, "Durban"), claim(4, "eThekwini")]
    forward, backward = assign_partnership_ids(claims(*rows)), assign_partnership_ids(claims(*rows[::-1]))
    assert forward.sort("claim_id").equals(backward.sort("claim_id"))
    assert merge(forward).equals(merge(backward))


def test_no_statements_make_no_relationships() -> None:
    nothing = claims()
    assert assign_partnership_ids(nothing).is_empty()
    assert merge(nothing).schema == CONTRACTS["partnership"].empty().schema


def test_countries_are_those_of_the_standard_and_kosovo() -> None:
    reading = countries.SOURCE.read([], {})
    table = reading.tables["country"]
    assert table.height == 250
    assert table.filter(pl.col("country") == "XKX").row(0) == ("XKX", "XK", "Kosovo", "Kosovo")
    assert table.filter(pl.col("country") == "DEU")["name_de"].item() == "Deutschland"
    assert enforce(table, CONTRACTS["country"], source_id="countries").rejected.is_empty()


@pytest.mark.parametrize(
    ("text", "partner", "expected"),
    [
        ("England, United Kingdom", "York", "GBR"),
        ("Republic of Macedonia", "Skopje", "MKD"),
        ("People's Republic of China", "Wuhan", "CHN"),
        ("Turkey", "Ankara", "TUR"),
        ("Türkiye", "Ankara", "TUR"),
        ("Czech Republic", "Plzeň", "CZE"),
        ("Kosovo", "Pristina", "XKX"),
        ("Congo", "Brazzaville", "COG"),
        ("Congo", "Elsewhere", None),
        ("Island", "Elsewhere", None),
        ("", "Elsewhere", None),
        (None, "Elsewhere", None),
    ],
)
def test_names_of_countries(text: str | None, partner: str, expected: str | None) -> None:
    records = pl.DataFrame(
        {"country_text": [text], "partner_name": [partner]},
        schema={"country_text": pl.String, "partner_name": pl.String},
    )
    assert countries.with_country(records, countries.countries())["partner_country"].item() == expected


def test_an_alias_of_no_country_is_rejected(synthetic_raw: Make) -> None:
    content = b"name;partner;country;reason\nNarnia;;NAR;a wardrobe\nWales;;GBR;part of the United Kingdom\n"
    rejected = countries.read([synthetic_raw("country_aliases.csv", content)], {}).rejected
    assert rejected.select("value", "locator").rows() == [("NAR", "line 2")]


def test_alias_files_point_to_known_countries() -> None:
    known = countries.countries().select("country")
    assert countries.ALIASES.join(known, on="country", how="anti").is_empty()
    assert partnership_merge.ALIASES.join(known, on="country", how="anti").is_empty()
    assert partnership_merge.ALIASES.null_count().sum_horizontal().item() == 0
    assert partnership_merge.ALIASES.select("country", "name").is_unique().all()


@pytest.fixture(scope="module")
def real_needs(shared_data: Path, raw_file: Callable[[str], Raw]) -> Mapping[str, pl.DataFrame]:
    """The real register, of three editions."""
    found: dict[str, list[pl.DataFrame]] = {"register_unit": [], "population": []}
    for source in (gv100ad.SOURCE, register_extract.SOURCE):
        names = sorted({path for pattern in source.archive for path in shared_data.glob(pattern)})
        reading = source.read([raw_file(str(path.relative_to(shared_data))) for path in names], {})
        for table, frames in found.items():
            frames.append(reading.tables[table])
    return {
        "municipality": municipalities(pl.concat(found["register_unit"])),
        "population": pl.concat(found["population"]),
        "country": countries.countries(),
    }


@pytest.fixture(scope="module")
def wikidata(real_needs: Mapping[str, pl.DataFrame], raw_file: Callable[[str], Raw]) -> Reading:
    return wikidata_partnerships.read([raw_file("partnerships/wikidata_p190_germany_2017.tsv")], real_needs)


def test_all_5681_wikidata_pairs_are_accounted_for(wikidata: Reading) -> None:
    found = outcomes(wikidata)
    assert sum(found.values()) == 5681
    assert found["inside_germany"] == 1356
    assert found["rejected"] == 0
    assert found["no_country"] == 1
    assert found["matched"] > 4100
    lines = pl.concat([frame.select("locator") for frame in wikidata.tables.values()])
    assert lines["locator"].n_unique() == 5681


def test_wikidata_statements_keep_the_contract_and_agree_with_their_coordinates(
    wikidata: Reading, real_needs: Mapping[str, pl.DataFrame]
) -> None:
    statements = wikidata.tables["partnership_claim"]
    assert enforce(statements, CONTRACTS["partnership_claim"], source_id="test").rejected.is_empty()
    assert statements.join(real_needs["municipality"], on="ags", how="anti").is_empty()
    assert statements["match_score"].min() >= 0.75  # type: ignore[operator]
    independent = real_needs["municipality"].filter(
        pl.col("is_independent_city"), pl.col("level") == "district"
    )
    assert statements.join(independent, on="ags", how="semi").is_empty()


def test_real_wikipedia_records_are_accounted_for(
    real_needs: Mapping[str, pl.DataFrame], raw_file: Callable[[str], Raw], wikidata: Reading
) -> None:
    raw = raw_file("partnerships/wikipedia_twin_towns_world_2026_geocoded.csv.gz")
    known = {wikipedia_partnerships.OTHER: wikidata.tables["partnership_claim"]}
    reading = wikipedia_partnerships.read([raw], {**real_needs, **known})
    found = outcomes(reading)
    assert sum(found.values()) == 25_917
    assert found["inside_germany"] == 305
    assert found["abroad_both_ends"] > 21_000
    aachen = reading.tables["partnership_claim"].filter(pl.col("ags") == "05334002")
    assert {"05334002-ZAF-kapstadt", "05334002-UKR-tschernihiw"} <= set(aachen["partnership_id"])
    claims = reading.tables["partnership_claim"]
    corroborated = claims.filter(pl.col("match_method") == "corroborated")
    pairs = set(corroborated.select("ags", "partner_name").rows())
    assert {("05754012", "Ronchin"), ("05754012", "Valmiera"), ("03453006", "Essen")} <= pairs
    assert {("06432015", "Abtenau"), ("06633018", "Komárom")} <= pairs
    wrong = {("15002000", "Ronchin"), ("05113000", "Essen"), ("05515000", "Abtenau"), ("15084355", "Komárom")}
    assert not wrong & set(claims.select("ags", "partner_name").rows())
    assert (found["ambiguous"], corroborated.height) == (146, 220), "before: 168 in review, 5 wrong pairs"


def test_targets_of_place_aliases_are_units_of_the_register(real_needs: Mapping[str, pl.DataFrame]) -> None:
    units = real_needs["municipality"].select(target=short_name(pl.col("name")))
    here = PLACE_ALIASES.filter(pl.col("kind") != "abroad")
    assert here.join(units, on="target", how="anti")["name"].to_list() == []
