"""Peer groups: one level each, every unit once, unknown classes in no group. All units are invented."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from indicators.comparison.rule import load_peer_rules
from sources.source import Raw
from tests.indicators.made_up_country import attributes, country, grouped, population, unit

PEOPLE = population(
    ("09188001", 6_000),
    ("09188002", 7_000),
    ("09162000", 600_000),
    ("11000000", 3_500_000),
    ("09188", 13_000),
)
CODES = attributes(u09188001=("settlement_type_detailed", "40"), u09162000=("settlement_type_detailed", "11"))


def members_of(members: pl.DataFrame, group: str) -> list[str]:
    return members.filter(pl.col("group_id") == group)["ags"].to_list()


def test_levels_are_never_mixed_and_every_unit_has_one_level() -> None:
    units, groups, members = grouped(country(), PEOPLE, CODES)
    levels = members.join(units.select("ags", unit_level="level"), on="ags").join(groups, on="group_id")
    assert levels.filter(pl.col("unit_level") != pl.col("level")).is_empty()
    compared = set(units["ags"])
    assert compared == {"09", "11", "09188", "09188001", "09188002", "091885101", "09162000", "11000000"}


def test_a_city_state_is_one_municipality_and_one_land_and_no_district() -> None:
    _, groups, members = grouped(country(), PEOPLE, CODES)
    mine = members.filter(pl.col("ags").str.starts_with("11")).join(groups, on="group_id")
    assert set(mine["level"]) == {"municipality", "land"}
    assert not mine["ags"].is_in(["11000"]).any()


def test_groups_by_size_land_independence_and_type() -> None:
    _, groups, members = grouped(country(), PEOPLE, CODES)
    assert members_of(members, "size_land.5000.09") == ["09188001", "09188002"]
    assert members_of(members, "independence.independent.500000") == ["09162000", "11000000"]
    assert members_of(members, "settlement_type.40") == ["09188001"]
    small = groups.filter(pl.col("group_id") == "size_land.5000.09").row(0, named=True)
    assert (small["members"], small["population"]) == (2, 13_000)
    assert small["name_de"] == "5.000 bis unter 10.000 Einwohner, Bayern"
    assert small["name_en"] == "5,000 to under 10,000 inhabitants, Bayern"


def test_a_unit_of_unknown_class_or_size_is_in_no_group_of_that_rule() -> None:
    _, _, members = grouped(country(), population(("09188001", 6_000)), CODES)
    of_rule = members.filter(pl.col("group_id").str.starts_with("size_land."))
    assert of_rule["ags"].to_list() == ["09188001"]
    typed = members.filter(pl.col("group_id").str.starts_with("settlement_type."))["ags"].to_list()
    assert sorted(typed) == ["09162000", "09188001"]


def test_inhabitants_of_a_group_are_unknown_as_soon_as_one_member_is() -> None:
    _, groups, _ = grouped(country(), population(("09188001", 6_000)), CODES)
    dense = groups.filter(pl.col("group_id") == "urbanisation_land.01.09").row(0, named=True)
    assert (dense["members"], dense["population"]) == (3, None)


def test_an_association_has_the_inhabitants_of_its_members() -> None:
    units, _, members = grouped(country(), PEOPLE, CODES)
    assert units.filter(pl.col("ags") == "091885101")["population"].to_list() == [13_000]
    assert members_of(members, "association_size_land.10000.09") == ["091885101"]


def test_an_own_list_splits_by_level_and_stays_out_of_sensitivity() -> None:
    lists = pl.DataFrame(
        {"list_id": ["my_peers"] * 3, "list_name": ["Meine"] * 3, "ags": ["09188001", "09162000", "09188"]}
    )
    _, groups, members = grouped(country(), PEOPLE, CODES, lists)
    assert members_of(members, "own_list_municipality.my_peers") == ["09162000", "09188001"]
    assert members_of(members, "own_list_district.my_peers") == ["09188"]
    assert not groups.filter(pl.col("rule_id").str.starts_with("own_list"))["in_sensitivity"].any()


def test_four_definitions_for_municipalities_are_declared_with_words_in_both_languages() -> None:
    rules = load_peer_rules().values()
    counted = [rule.id for rule in rules if rule.level == "municipality" and not rule.is_own_list]
    assert counted == ["settlement_type", "size_land", "independence", "urbanisation_land"]
    assert all(rule.text.de and rule.text.en and rule.name.de and rule.name.en for rule in rules)
    assert "Verbands" in load_peer_rules()["settlement_type"].text.de


def test_every_part_of_a_group_name_is_a_word_of_the_vocabulary() -> None:
    many = pl.DataFrame([unit(f"05{n:06}", urbanisation=f"0{n % 3 + 1}") for n in range(30)])
    many = many.with_columns(
        pl.lit(None, pl.Date).alias("valid_to"), pl.lit(None, pl.String).alias("type_code")
    )
    sizes = population(*((f"05{n:06}", 2**n) for n in range(30)))
    _, groups, _ = grouped(many.with_columns(pl.lit(None, pl.String).alias("association")), sizes, CODES)
    assert groups["name_de"].null_count() == 0
    assert groups.filter(pl.col("rule_id") == "size_land").height == 7


@pytest.fixture
def peer_file(synthetic_raw: Callable[[str, bytes], Raw]) -> Callable[[str], Raw]:
    return lambda text: synthetic_raw("peers/mein kreis.csv", text.encode("utf-8"))


def test_an_operators_list_is_read_and_wrong_rows_say_what_to_do(peer_file: Callable[[str], Raw]) -> None:
    from sources.peer_lists import read

    text = "gruppe;ags\nÄhnliche;09188001\nÄhnliche;09188\nÄhnliche;9188002\n;09188001\nÄhnliche;11000\nÄhnliche;09188009\nÄhnliche;09188444\nÄhnliche;05999999\n"
    reading = read([peer_file(text)], {"municipality": country()})
    assert reading.tables["peer_list"].select("list_id", "list_name", "ags").rows() == [
        ("mein_kreis_aehnliche", "Ähnliche", "09188001"),
        ("mein_kreis_aehnliche", "Ähnliche", "09188"),
    ]
    assert dict(reading.rejected.select("rule", "locator").rows()) == {
        "ags_form": "line 4",
        "list_has_name": "line 5",
        "city_as_municipality": "line 6",
        "unit_is_live": "line 7",
        "unit_is_incorporated": "line 8",
        "ags_known": "line 9",
    }
    assert reading.rejected["remedy"].null_count() == 0
    assert reading.rejected["reason"].str.starts_with("peers/mein kreis.csv: ").all()


def test_a_file_with_other_columns_costs_only_itself(
    peer_file: Callable[[str], Raw], synthetic_raw: Callable[[str, bytes], Raw]
) -> None:
    from sources.peer_lists import read

    good = peer_file("gruppe;ags\nA;09188001\n")
    wrong = synthetic_raw("peers/falsch.csv", b"name,ags\nA,09188001\n")
    reading = read([wrong, good], {"municipality": country()})
    assert reading.tables["peer_list"].height == 1
    assert reading.rejected["rule"].to_list() == ["file_form"]
