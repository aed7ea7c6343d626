"""Territory on the original files: control figures, steps by name, totals before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from quality.corrections import shipped
from quality.corrections.applying import apply
from quality.known_facts import DISTRICTS_AT_YEAR_END
from quality.rules.territory import TOLERANCE
from sources import bbsr_weights, gv100ad, register_extract
from sources.register_history import municipalities
from sources.source import Raw
from sources.territory_defects import judged
from sources.territory_lifetimes import keys_on
from sources.territory_path import territory_path
from sources.territory_steps import territory_steps
from sources.workbook import sheets

GV100AD = "gemeindeverzeichnis/GV100AD_301123.txt.gz"
EXTRACTS = (
    "gemeindeverzeichnis/31122019_Auszug_GV.xlsx",
    "gemeindeverzeichnis/AuszugGV2QAktuell_30062024.xlsx",
)
KEYS = (
    "crosswalk/BBSR_ref-kreise-umrech-2020-1990-2019.xlsx",
    "crosswalk/ags_xwalk_gemeinden_1990-2020_to_2020.parquet",
    "crosswalk/ags_xwalk_kreise_1990-2020_to_2020.parquet",
)
DISTRICT_AREAS = "municipal_finance/regionaldatenbank/11111-01-01-4.xlsx"
NEUTRAL = pl.col("ags").str.ends_with("999")
"""Waters and the common territory with Luxembourg, which the keys of the BBSR leave out."""

Tables = Mapping[str, pl.DataFrame]


@pytest.fixture(scope="module")
def tables(raw_file: Callable[[str], Raw]) -> Tables:
    """Register, population and keys as read, and what follows from them. No list of changes is at hand."""
    readings = [
        gv100ad.read([raw_file(GV100AD)], {}),
        register_extract.read([raw_file(name) for name in EXTRACTS], {}),
    ]
    register, population = (
        pl.concat([reading.tables[name] for reading in readings]) for name in ("register_unit", "population")
    )
    published = bbsr_weights.read([raw_file(name) for name in KEYS], {}).tables["territory_weight"]
    declared = shipped().of("bbsr_weights", "territory_weight")
    corrected = apply(published, CONTRACTS["territory_weight"], declared)
    weights = corrected.frame
    steps = territory_steps(register, population, weights, CONTRACTS["territory_change"].empty())
    units = municipalities(register)
    return {
        "register_unit": register,
        "population": population,
        "territory_weight": weights,
        "published_weight": published,
        "correction": corrected.trace,
        "municipality": units,
        "territory_step": steps,
        "territory_path": territory_path(units, weights, steps),
    }


@pytest.mark.parametrize("name", ["territory_step", "territory_path"])
def test_every_row_keeps_its_contract(tables: Tables, name: str) -> None:
    assert enforce(tables[name], CONTRACTS[name], source_id="test").rejected.is_empty()


def receivers(tables: Tables, key: str) -> dict[str, tuple[float, float]]:
    rows = tables["territory_step"].filter(pl.col("key_from") == key)
    return {
        row["key_to"]: (round(row["population_weight"], 4), round(row["area_weight"], 4))
        for row in rows.to_dicts()
    }


def test_57_of_60_vanished_municipalities_have_a_successor(tables: Tables) -> None:
    gone = tables["municipality"].filter(pl.col("level") == "municipality", pl.col("valid_to").is_not_null())
    by_edition = dict(gone.group_by("valid_to").len().iter_rows())
    assert by_edition == {date(2023, 11, 30): 36, date(2024, 6, 30): 24}
    found = gone.join(tables["territory_step"], left_on="ags", right_on="key_from", how="left")
    methods = found.group_by("method").agg(pl.col("ags").n_unique())
    assert dict(methods.iter_rows()) == {
        "area_balance": 25,
        "bbsr": 8,
        "population_balance": 24,
        "none": 3,
    }


def test_steps_by_name(tables: Tables) -> None:
    whole = (1.0, 1.0)
    assert receivers(tables, "16056000") == {"16063105": whole}, "Eisenach has a new key"
    assert receivers(tables, "03358022") == receivers(tables, "03358004") == {"03358024": whole}, "Walsrode"
    assert receivers(tables, "06635005") == {"06635001": whole}, "Bromskirchen to Allendorf (Eder)"
    assert receivers(tables, "14522450") == {"14522275": whole}, "Ostrau to Jahnatal"
    assert receivers(tables, "16061097") == {"16061119": whole}, "Uder and ten others to the new Uder"
    assert receivers(tables, "16064055") == {
        "16061118": (round(1552 / 2033, 4), round(1117 / 2668, 4)),
        "16064046": (round(481 / 2033, 4), round(1551 / 2668, 4)),
    }, "Rodeberg was divided between two districts"
    assert receivers(tables, "09672457") == {"09672145": (0.5931, 0.5931), "09672163": (0.4069, 0.4069)}
    assert receivers(tables, "07131007")["07131017"] == (round(35 / 26_669, 4), round(13 / 6_338, 4))


def test_eisenach_is_dated_by_the_number_of_districts(tables: Tables) -> None:
    row = tables["territory_step"].filter(pl.col("key_from") == "16056000").row(0, named=True)
    assert (row["kind"], row["known_until"], row["effective_on"], row["is_exact_day"]) == (
        "key_change",
        date(2020, 12, 31),
        date(2021, 12, 31),
        False,
    )
    assert "10417 ha" in row["evidence"] and "of 2021: 400" in row["evidence"]
    assert receivers(tables, "16056") == {"16063": (1.0, 1.0)}, "and so is its district"


def test_three_units_are_refused_by_name(tables: Tables) -> None:
    """Anrode was divided in 2023: no figures of one day, so nobody can tell in which shares."""
    refused = tables["territory_step"].filter(pl.col("method") == "none", pl.col("level") == "municipality")
    assert refused["key_from"].unique().sort().to_list() == ["16064014", "16064072", "16064073"]
    assert refused["key_to"].unique().sort().to_list() == ["16061118", "16064046", "16064071"]
    assert refused["population_weight"].null_count() == refused.height
    assert refused["evidence"].str.contains("no single way to balance").all()


@pytest.mark.parametrize(("year", "districts"), DISTRICTS_AT_YEAR_END.items())
def test_number_of_districts_at_each_year_end(tables: Tables, year: int, districts: int) -> None:
    """439, 429, 413, 412, 402, 401, 400: from the keys of the BBSR until 2018, then from the register."""
    assert units_on(tables, date(year, 12, 31))["district"] == districts


def units_on(tables: Tables, day: date) -> dict[str, int]:
    names = ("municipality", "territory_step", "territory_weight")
    return dict(keys_on(*(tables[name] for name in names), day).group_by("level").len().iter_rows())


@pytest.mark.parametrize(
    ("day", "municipalities_and_areas", "unincorporated"),
    [
        (date(2019, 12, 31), 11_010, 213),
        (date(2020, 12, 31), 11_004, 210),
        (date(2023, 12, 31), 10_981, 208),
        (date(2024, 6, 30), 10_959, 207),
    ],
)
def test_units_of_a_day(
    tables: Tables, day: date, municipalities_and_areas: int, unincorporated: int
) -> None:
    """Figures of the Gemeindeverzeichnis; 2020 by the key of the BBSR, which lists 11,001 and no waters."""
    assert units_on(tables, day)["municipality"] == municipalities_and_areas
    live = keys_on(tables["municipality"], tables["territory_step"], tables["territory_weight"], day)
    areas = tables["municipality"].filter("is_unincorporated")
    assert live.join(areas, on="ags", how="semi").height == unincorporated


def test_municipalities_of_2020_are_those_of_the_key(tables: Tables) -> None:
    live = keys_on(
        tables["municipality"], tables["territory_step"], tables["territory_weight"], date(2020, 12, 31)
    )
    derived = set(live.filter(pl.col("level") == "municipality", ~NEUTRAL)["ags"])
    keyed = tables["territory_weight"].filter(pl.col("year_from") == 2020, pl.col("level") == "municipality")
    assert derived == set(keyed["key_from"]) and len(derived) == 11_001


def test_the_907_defects_are_mended_by_one_declared_correction(tables: Tables) -> None:
    unit = ["year_from", "key_from"]
    trace = tables["correction"]
    assert trace["state"].unique().to_list() == ["applied"]
    assert trace.height == 5_158 and trace["provider_value"].unique().to_list() == ["1.0"]
    defective = tables["published_weight"].filter(pl.col("defect").is_not_null())
    assert defective.select(unit).n_unique() == 907
    weights = judged(tables["territory_weight"])
    mended = weights.filter("is_uninhabited")
    assert mended.select(unit).unique().sort(unit).equals(defective.select(unit).unique().sort(unit))
    assert not weights["is_refused"].any()
    assert judged(tables["published_weight"]).filter("is_refused").select(unit).n_unique() == 907
    people = tables["population"].filter(
        pl.col("ags").is_in(mended["key_from"].implode()), pl.col("territory_date") == date(2019, 12, 31)
    )
    assert people["inhabitants"].to_list() == [0, 0], "the two of them the register lists have no inhabitants"


def assert_conserved(before: pl.DataFrame, after: pl.DataFrame) -> None:
    """Columns land, figure: totals by Land agree within 0.01 %, and no Land is lost."""
    totals = [frame.group_by("land").agg(pl.col("figure").sum()).sort("land") for frame in (before, after)]
    both = totals[0].join(totals[1], on="land", how="full", suffix="_after")
    assert both.null_count().sum_horizontal().item() == 0
    off = both.filter((pl.col("figure_after") / pl.col("figure") - 1).abs() > TOLERANCE)
    assert off.is_empty(), off


def edition(tables: Tables, figure: str) -> pl.DataFrame:
    """Inhabitants or hectares of every municipality at 31.12.2019, with land."""
    people = tables["population"].select("ags", "territory_date", "inhabitants")
    units = tables["register_unit"].filter(
        pl.col("level") == "municipality", pl.col("territory_date") == date(2019, 12, 31), ~NEUTRAL
    )
    return units.join(people, on=["ags", "territory_date"]).select("ags", "land", figure=figure)


@pytest.mark.parametrize(
    ("figure", "weight", "germany"),
    [("inhabitants", "population_weight", 83_166_711), ("area_hectare", "area_weight", 35_757_252)],
)
def test_totals_of_2019_on_the_territory_of_2020(
    tables: Tables, figure: str, weight: str, germany: int
) -> None:
    before = edition(tables, figure)
    key = tables["territory_weight"].filter(pl.col("year_from") == 2019)
    after = before.join(key, left_on="ags", right_on="key_from").select(
        land=pl.col("key_to").str.slice(0, 2), figure=pl.col("figure") * pl.col(weight)
    )
    assert after.height > before.height
    assert before["figure"].sum() == germany
    assert_conserved(before, after)


@pytest.mark.parametrize(
    ("figure", "weight"), [("inhabitants", "population_weight"), ("area_hectare", "area_weight")]
)
def test_totals_of_2019_on_the_newest_territory(tables: Tables, figure: str, weight: str) -> None:
    """But for the three units nobody can follow, nothing is lost or doubled down to today."""
    path = tables["territory_path"].filter(pl.col("year") == 2019)
    path = path.filter(pl.col("level") == "municipality")
    unknown = path.filter(pl.col(weight).is_null()).select(ags="key_from").unique()
    before = edition(tables, figure).join(unknown, on="ags", how="anti")
    carried = before.join(path, left_on="ags", right_on="key_from").select(
        land=pl.col("key_to").str.slice(0, 2), figure=pl.col("figure") * pl.col(weight)
    )
    unmoved = before.join(path, left_on="ags", right_on="key_from", how="anti").select(
        "land", figure=pl.col("figure").cast(pl.Float64)
    )
    assert unknown.height == 3
    assert_conserved(before, pl.concat([carried, unmoved]))


@pytest.fixture(scope="module")
def district_areas(raw_file: Callable[[str], Raw]) -> pl.DataFrame:
    """Table 11111-01-01-4: square kilometres of every district at the end of 1995 to 2019."""
    rows, day = [], ""
    for cells in sheets(raw_file(DISTRICT_AREAS))["11111-01-01-4"]:
        key, _, area = (str(cell).strip() for cell in cells)
        day = key if key.count(".") == 2 else day
        if len(key) in (2, 5) and key.isdigit() and area not in {"-", ".", "", "x"}:
            rows.append((int(day[-4:]), key, float(area)))
    return pl.DataFrame(rows, schema=["year", "key", "figure"], orient="row")


def test_a_series_under_an_old_key_goes_on_under_the_new(tables: Tables) -> None:
    """Eisenach's figures of 2017 under 16056000 are those of 16063105; Walsrode's need Bomlitz as well."""
    path = tables["territory_path"].filter(pl.col("year") == 2017)
    parts = path.filter(pl.col("key_to").is_in(["16063105", "03358024"]))
    assert parts.select("key_to", "key_from", "population_weight", "is_derived").sort("key_from").rows() == [
        ("03358024", "03358004", 1.0, False),
        ("03358024", "03358022", 1.0, False),
        ("16063105", "16056000", 1.0, True),
    ]


LUXEMBOURG = 6.2
"""Square kilometres of common territory in the Land row of Rheinland-Pfalz (footnote of the table)."""


def test_areas_of_districts_1995_to_2019_on_the_territory_of_2020(
    tables: Tables, district_areas: pl.DataFrame
) -> None:
    """Districts carried along the keys come to the Land rows of the same file, within 0.01 %.

    Not compared are the Länder of which the file lacks a district that then existed: the city states
    (Land row only), Aachen until 2008, Hannover until 2000, Sachsen-Anhalt in 1995, Hessen in 1999.
    Thüringen in 1995 and 1996 is 104 km² short: the file shows Eisenach as a district of its own, which
    the keys know only from 1997.
    """
    weights = tables["territory_weight"].filter(pl.col("level") == "district")
    listed = district_areas.rename({"year": "year_from", "key": "key_from"})
    land = pl.col("key_from").str.slice(0, 2).alias("land")
    carried = (
        weights.join(listed, on=["year_from", "key_from"], how="left")
        .group_by("year_from", land)
        .agg(
            is_complete=pl.col("figure").is_not_null().all(),
            carried=(pl.col("figure") * pl.col("area_weight")).sum(),
        )
        .filter("is_complete", pl.col("year_from") < 2020, pl.col("year_from") >= 1995)
    )
    whole = listed.filter(pl.col("key_from").str.len_chars() == 2).select(
        "year_from",
        land="key_from",
        whole=pl.col("figure") - pl.when(pl.col("key_from") == "07").then(LUXEMBOURG).otherwise(0),
    )
    compared = carried.join(whole, on=["year_from", "land"])
    off = compared.filter((pl.col("carried") / pl.col("whole") - 1).abs() > TOLERANCE)
    assert compared.height == 328
    assert off.sort("year_from").select("year_from", "land").rows() == [(1995, "16"), (1996, "16")]
    assert compared.filter(pl.col("year_from") == 2019)["land"].n_unique() == 14
