"""Names of German places are recognised, and never guessed. The small register here is made up."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from sources.place_candidates import comparable_units
from sources.place_matching import match_places
from sources.place_names import core, distance_km, district_core, fold, normalised, short_name
from sources.place_parts import ALIASES

SEPTEMBER_2020 = date(2020, 9, 1)
REGISTER = [
    # key, name, level, type, latitude, longitude, valid_from, valid_to, independent
    ("05334002", "Aachen, Stadt", "municipality", "63", 50.78, 6.08, None, None, False),
    ("09162", "München, Landeshauptstadt", "district", "41", None, None, None, None, True),
    ("09162000", "München, Landeshauptstadt", "municipality", "61", 48.14, 11.58, None, None, True),
    ("09178143", "Moosburg a.d.Isar, St", "municipality", "63", 48.47, 11.94, None, None, False),
    ("06412000", "Frankfurt am Main, Stadt", "municipality", "61", 50.11, 8.68, None, None, True),
    ("12053000", "Frankfurt (Oder), Stadt", "municipality", "61", 52.34, 14.55, None, None, True),
    ("01000001", "Neukirchen", "municipality", "64", 54.00, 9.00, None, None, False),
    ("01000002", "Neukirchen", "municipality", "64", 54.03, 9.02, None, None, False),
    ("01000003", "Neukirchen", "municipality", "64", 49.00, 12.00, None, None, False),
    ("05915000", "Hamm, Stadt", "municipality", "61", 51.68, 7.82, None, None, False),
    ("07232046", "Hamm", "municipality", "64", 50.02, 6.42, None, None, False),
    ("12072002", "Calau/Kalawa, Stadt", "municipality", "63", 51.74, 13.95, None, None, False),
    ("16061115", "Leinefelde-Worbis, Stadt", "municipality", "63", 51.39, 10.33, None, None, False),
    ("08236", "Enzkreis", "district", "44", None, None, None, None, False),
    ("08236001", "Pforzheimer Land", "municipality", "64", 48.92, 8.77, None, None, False),
    (
        "16056000",
        "Eisenach, Stadt",
        "municipality",
        "61",
        50.97,
        10.32,
        date(2019, 12, 31),
        date(2021, 6, 30),
        False,
    ),
    ("16063105", "Eisenach, Stadt", "municipality", "63", 50.97, 10.32, date(2021, 6, 30), None, False),
    ("99999999", "Wald, gemfr. Gebiet", "municipality", "66", 50.00, 9.00, None, None, False),
]


@pytest.fixture
def register() -> pl.DataFrame:
    """A synthetic register in the form the matcher reads."""
    columns = ["ags", "name", "level", "type_code", "latitude", "longitude", "valid_from", "valid_to"]
    frame = pl.DataFrame(
        REGISTER,
        schema=dict.fromkeys(["ags", "name", "level", "type_code"], pl.String)
        | {"latitude": pl.Float64, "longitude": pl.Float64, "valid_from": pl.Date, "valid_to": pl.Date}
        | {"is_independent_city": pl.Boolean},
        orient="row",
    )
    return frame.select(*columns, "is_independent_city").with_columns(
        pl.col("valid_from").fill_null(date(2019, 12, 31)),
        is_unincorporated=pl.col("type_code") == "66",
        district=pl.col("ags").str.slice(0, 5),
        association=pl.lit(None, pl.String),
    )


@pytest.fixture
def population() -> pl.DataFrame:
    """Synthetic inhabitants: the two neighbouring Neukirchen differ tenfold."""
    return pl.DataFrame(
        {
            "ags": ["01000001", "01000002", "06412000", "12053000", "05915000", "07232046"],
            "reference_date": [date(2019, 12, 31)] * 6,
            "inhabitants": [900, 11_000, 760_000, 58_000, 180_000, 17],
        }
    )


def decide(
    register: pl.DataFrame,
    population: pl.DataFrame,
    name: str,
    place: tuple[float, float] | tuple[None, None],
    *,
    inhabitants: float | None = None,
    day: date = SEPTEMBER_2020,
    looked_up: bool = False,
) -> dict[str, object]:
    """The one decision about one place."""
    places = pl.DataFrame(
        {"place_id": [0], "name": [name], "lat": [place[0]], "lon": [place[1]], "inhabitants": [inhabitants]},
        schema={
            "place_id": pl.UInt32,
            "name": pl.String,
            "lat": pl.Float64,
            "lon": pl.Float64,
            "inhabitants": pl.Float64,
        },
    )
    decisions = match_places(places, register, population, day, looked_up_by_name=looked_up)
    assert decisions.height == 1
    return decisions.row(0, named=True)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Roßleben-Wiehe", "rossleben wiehe"),
        ("Zülpich", "zuelpich"),
        ("Łódź", "lodz"),
        ("  Sankt  Ingbert ", "sankt ingbert"),
    ],
)
def test_fold(name: str, expected: str) -> None:
    assert pl.select(fold(pl.lit(name))).item() == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moosburg a.d.Isar", "Moosburg an der Isar"),
        ("Prien a.Chiemsee", "Prien am Chiemsee"),
        ("Neustadt b.Coburg", "Neustadt bei Coburg"),
        ("St. Ingbert", "Sankt Ingbert"),
        ("Weiden i.d.OPf.", "Weiden in der OPf"),
    ],
)
def test_abbreviations_of_the_register_are_written_out(one: str, other: str) -> None:
    assert pl.select(normalised(pl.lit(one))).item() == pl.select(normalised(pl.lit(other))).item()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Frankfurt (Oder)", "frankfurt"),
        ("Frankfurt am Main", "frankfurt"),
        ("Ostseebad Insel Poel", "poel"),
        ("Calau/Kalawa", "calau"),
        ("Bad Homburg v.d.Höhe", "bad homburg"),
        ("Markt", "markt"),
        ("Am Ettersberg", "am ettersberg"),
    ],
)
def test_core_of_a_name(name: str, expected: str) -> None:
    assert pl.select(core(pl.lit(name))).item() == expected


@pytest.mark.parametrize("name", ["Enzkreis", "Enz (district)", "Landkreis Enz"])
def test_core_of_a_district(name: str) -> None:
    assert pl.select(district_core(pl.lit(name))).item() == "enz"


def test_short_name_ends_at_the_comma() -> None:
    assert pl.select(short_name(pl.lit("München, Landeshauptstadt"))).item() == "München"


def test_distance_of_aachen_and_munich() -> None:
    km = pl.select(distance_km(pl.lit(50.7763), pl.lit(6.0836), pl.lit(48.1374), pl.lit(11.5755))).item()
    assert km == pytest.approx(493.4, abs=1)


def test_exact_name_at_its_place_is_certain(register: pl.DataFrame, population: pl.DataFrame) -> None:
    found = decide(register, population, "Aachen", (50.78, 6.08))
    assert (found["ags"], found["match_method"], found["match_score"]) == ("05334002", "exact", 1.0)


def test_independent_city_gets_its_eight_digit_key(register: pl.DataFrame, population: pl.DataFrame) -> None:
    found = decide(register, population, "Munich", (48.14, 11.58))
    assert (found["ags"], found["match_method"], found["match_score"]) == ("09162000", "normalised", 0.95)


@pytest.mark.parametrize(
    "case",
    [
        ("Moosburg an der Isar", (48.47, 11.94), "09178143", "normalised"),
        ("Calau", (51.74, 13.95), "12072002", "normalised"),
        ("Frankfurt an der Oder", (52.34, 14.55), "12053000", "normalised"),
        ("Frankfurt", (50.11, 8.68), "06412000", "normalised"),
        ("Moosburg", (48.47, 11.94), "09178143", "supported"),
        ("Mosburg", (48.47, 11.94), "09178143", "supported"),
        ("Enz (district)", (48.92, 8.77), "08236", "supported"),
    ],
)
def test_other_spellings(
    register: pl.DataFrame, population: pl.DataFrame, case: tuple[str, tuple[float, float], str, str]
) -> None:
    name, place, key, method = case
    found = decide(register, population, name, place)
    assert (found["outcome"], found["ags"], found["match_method"]) == ("matched", key, method)


def test_a_unique_exact_name_elsewhere_is_not_taken(register: pl.DataFrame, population: pl.DataFrame) -> None:
    found = decide(register, population, "Aachen", (51.78, 6.08))
    assert found["ags"] is None
    assert found["outcome"] == "ambiguous"
    assert "111 km" in str(found["explanation"])


def test_neighbours_of_one_name_are_not_guessed(register: pl.DataFrame, population: pl.DataFrame) -> None:
    found = decide(register, population, "Neukirchen", (54.015, 9.01))
    assert found["ags"] is None
    assert found["outcome"] == "ambiguous"
    assert "01000001" in str(found["candidates"])
    assert "01000002" in str(found["candidates"])


def test_population_separates_neighbours_of_one_name(
    register: pl.DataFrame, population: pl.DataFrame
) -> None:
    assert (
        decide(register, population, "Neukirchen", (54.015, 9.01), inhabitants=10_500.0)["ags"] == "01000002"
    )


def test_without_coordinates_only_a_unique_name_counts(
    register: pl.DataFrame, population: pl.DataFrame
) -> None:
    assert decide(register, population, "Aachen", (None, None))["match_score"] == 0.8
    assert decide(register, population, "Neukirchen", (None, None))["outcome"] == "ambiguous"
    assert decide(register, population, "Moosburg", (None, None))["outcome"] == "ambiguous"


IN_THE_VILLAGE, IN_THE_CITY = (50.02, 6.42), (51.68, 7.82)


@pytest.mark.parametrize("place", [IN_THE_VILLAGE, IN_THE_CITY, (None, None)])
def test_looked_up_coordinates_tell_nothing_about_a_name_several_units_bear(
    register: pl.DataFrame, population: pl.DataFrame, place: tuple[float, float] | tuple[None, None]
) -> None:
    assert decide(register, population, "Hamm", IN_THE_VILLAGE)["ags"] == "07232046"
    assert decide(register, population, "Hamm", IN_THE_VILLAGE)["namesakes"] is None
    found = decide(register, population, "Hamm", place, looked_up=True)
    assert {"05915000", "07232046"} <= set(found["namesakes"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("name", "place", "key"),
    [
        ("Frankfurt an der Oder", (52.34, 14.55), "12053000"),
        ("Moosburg", (48.47, 11.94), "09178143"),
    ],
)
def test_a_name_that_says_which_one_or_is_borne_once_needs_no_size(
    register: pl.DataFrame, population: pl.DataFrame, name: str, place: tuple[float, float], key: str
) -> None:
    found = decide(register, population, name, place, looked_up=True)
    assert (found["ags"], found["namesakes"]) == (key, None)


@pytest.mark.parametrize("name", ["Mitte (München)", "München – Pasing", "München-Pasing"])
def test_parts_of_a_city_are_not_the_city(
    register: pl.DataFrame, population: pl.DataFrame, name: str
) -> None:
    found = decide(register, population, name, (48.14, 11.46))
    assert found["outcome"] == "not_a_municipality"
    assert "09162000" in str(found["candidates"])


def test_a_name_inside_a_hyphenated_unit_is_historical(
    register: pl.DataFrame, population: pl.DataFrame
) -> None:
    assert decide(register, population, "Worbis", (51.42, 10.36))["outcome"] == "historical_unit"


def test_the_key_is_the_one_of_the_day(register: pl.DataFrame, population: pl.DataFrame) -> None:
    assert decide(register, population, "Eisenach", (50.97, 10.32))["ags"] == "16056000"
    later = decide(register, population, "Eisenach", (50.97, 10.32), day=date(2024, 1, 1))
    assert later["ags"] == "16063105"


def test_unincorporated_areas_are_no_candidates(register: pl.DataFrame, population: pl.DataFrame) -> None:
    assert decide(register, population, "Wald", (50.0, 9.0))["outcome"] == "not_found"


@pytest.mark.parametrize("name", ["", "???", "t430222130", "北京", "a" * 500])
def test_museum_of_bad_labels(register: pl.DataFrame, population: pl.DataFrame, name: str) -> None:
    assert decide(register, population, name, (50.0, 9.0))["ags"] is None


def test_units_have_the_middle_of_their_members(register: pl.DataFrame, population: pl.DataFrame) -> None:
    units = comparable_units(register, population, SEPTEMBER_2020)
    assert units.filter(pl.col("ags") == "08236")["unit_lat"].item() == pytest.approx(48.92)
    assert units.filter(pl.col("ags") == "09162").is_empty()


def test_alias_file_says_everything_once() -> None:
    assert ALIASES["name"].is_unique().all()
    assert set(ALIASES["kind"]) == {"exonym", "city_part", "former", "land", "abroad"}
    assert ALIASES.null_count().sum_horizontal().item() == 0
