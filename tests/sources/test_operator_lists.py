"""Lists an operator gets: what a row becomes, what is set aside, and what no file can do."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources import countries, register_extract
from sources.list_import.description import parse_description
from sources.list_import.written_dates import first_date_in, last_day, written_date
from sources.operator_lists import DESCRIPTIONS, SOURCES
from sources.register_history import municipalities
from sources.source import Raw, Reading, Source, SourceChanged
from tests.sources.made_workbook import BROKEN, Cell, bomb, workbook

Make = Callable[[str, bytes], Raw]
Needs = Mapping[str, pl.DataFrame]
SOURCE: Mapping[str, Source] = {source.id: source for source in SOURCES}
TEMPLATES = Path(__file__).resolve().parents[2] / "docs" / "templates"
UNITS = (
    ("05334002", "Aachen, Stadt", "municipality", 250_000),
    ("05334", "Städteregion Aachen (einschl. Stadt Aachen)", "district", None),
    ("08111000", "Stuttgart, Landeshauptstadt", "municipality", 630_000),
    ("08135019", "Heidenheim an der Brenz, Stadt", "municipality", 49_000),
    ("08135", "Heidenheim", "district", None),
    ("09577138", "Heidenheim", "municipality", 2_500),
    ("06436007", "Hofheim am Taunus, Kreisstadt", "municipality", 39_000),
    ("09674147", "Hofheim i.UFr., St", "municipality", 5_000),
    ("09573125", "Roßtal, M", "municipality", 10_000),
    ("09471", "Bamberg", "district", None),
    ("09461000", "Bamberg", "municipality", 77_000),
    ("07143", "Westerwaldkreis", "district", None),
    ("071435008", "Wallmerod", "association", None),
    ("11000000", "Berlin, Stadt", "municipality", 3_700_000),
    ("09178143", "Moosburg a.d.Isar, St", "municipality", 19_000),
    ("08426078", "Moosburg", "municipality", 200),
    ("05170048", "Wesel, Stadt", "municipality", 60_000),
    ("01001000", "Flensburg, Stadt", "municipality", 90_000),
)
"""Some units of the register with made-up populations."""


@pytest.fixture(scope="module")
def needs() -> Needs:
    """A synthetic register."""
    schema = {"ags": pl.String, "name": pl.String, "level": pl.String, "inhabitants": pl.Int64}
    rows = pl.DataFrame(UNITS, schema=schema, orient="row")
    units = rows.drop("inhabitants").with_columns(
        latitude=pl.lit(None, pl.Float64),
        longitude=pl.lit(None, pl.Float64),
        type_code=pl.when(pl.col("level") == "association").then(pl.lit("53")).otherwise(pl.lit("63")),
        district=pl.col("ags").str.slice(0, 5),
        association=pl.lit(None, pl.String),
        is_unincorporated=pl.lit(False),
        is_independent_city=pl.lit(False),
        valid_from=pl.lit(date(2019, 12, 31)),
        valid_to=pl.lit(None, pl.Date),
    )
    lands = units.head(2).with_columns(
        ags=pl.Series(["08", "09"]), name=pl.Series(["Baden-Württemberg", "Bayern"]), level=pl.lit("land")
    )
    people = rows.select("ags", "inhabitants").with_columns(reference_date=pl.lit(date(2023, 12, 31)))
    return {
        "municipality": pl.concat([units, lands]),
        "population": people.drop_nulls(),
        "country": countries.countries(),
    }


@pytest.fixture(scope="module")
def real_needs(raw_file: Callable[[str], Raw], shared_data: Path) -> Needs:
    """One edition of the real register."""
    names = [path for pattern in register_extract.SOURCE.archive for path in shared_data.glob(pattern)]
    reading = register_extract.read([raw_file(str(max(names).relative_to(shared_data)))], {})
    return {
        "municipality": municipalities(reading.tables["register_unit"]),
        "population": reading.tables["population"],
        "country": countries.countries(),
    }


def template(identifier: str) -> list[str]:
    with (TEMPLATES / f"{identifier}.csv").open(encoding="utf-8-sig") as file:
        return next(csv.reader(file, delimiter=";"))


def filled(identifier: str, *rows: Mapping[str, str]) -> bytes:
    """A template with synthetic rows."""
    head = template(identifier)
    lines = [head, *([row.get(name, "") for name in head] for row in rows)]
    return "\n".join(";".join(line) for line in lines).encode()


def read(make: Make, needs: Needs, identifier: str, *rows: Mapping[str, str], name: str = "") -> Reading:
    raw = make(name or f"lists/operator/{identifier}.csv", filled(identifier, *rows))
    return kept(SOURCE[identifier], [raw], needs)


def kept(source: Source, raws: list[Raw], needs: Needs) -> Reading:
    """The reading, its tables held to their contracts."""
    reading = source.read(raws, needs)
    for name, table in reading.tables.items():
        assert enforce(table, CONTRACTS[name], source_id=source.id).rejected.is_empty(), name
    return reading


def rules(reading: Reading) -> list[str]:
    return sorted(reading.rejected["rule"])


def town(name: str = "Aachen", **more: str) -> dict[str, str]:
    return {"Kommune": name, "Ausgezeichnet am": "2011", "Stand": "31.10.2026", **more}


def partner(name: str = "Aachen", **more: str) -> dict[str, str]:
    return {
        "Kommune": name,
        "Partnerkommune": "Kapstadt",
        "Staat": "Südafrika",
        "Art": "P",
        "Stand": "31.10.2026",
        **more,
    }


def test_templates_hold_the_header_of_their_list_and_nothing_else() -> None:
    for description in DESCRIPTIONS:
        operator = [form for form in description.forms if form.patterns[0].startswith("lists/operator/")]
        assert operator or not (TEMPLATES / f"{description.id}.csv").exists(), description.id
        for form in operator:
            lines = (TEMPLATES / f"{description.id}.csv").read_text(encoding="utf-8-sig").splitlines()
            assert len(lines) == 1
            assert sorted(template(description.id)) == sorted(form.headers)
    explained = (TEMPLATES / "README.md").read_text(encoding="utf-8")
    names = {name for description in DESCRIPTIONS for form in description.forms[:1] for name in form.headers}
    assert {"Schlüssel", "Kommune", "Stand"} <= names
    for description in DESCRIPTIONS:
        if (TEMPLATES / f"{description.id}.csv").exists():
            assert all(f"`{name}`" in explained for name in template(description.id)), description.id


@pytest.mark.parametrize(
    ("label", "land", "expected"),
    [
        ("Aachen", "", "05334002"),
        ("Markt Roßtal", "", "09573125"),
        ("Hofheim/Taunus", "", "06436007"),
        ("Hofheim", "", "ambiguous_unit"),
        ("Heidenheim", "", "ambiguous_unit"),
        ("Heidenheim", "Baden Württemberg", "ambiguous_unit"),
        ("Heidenheim", "Bayern", "09577138"),
        ("Moosburg", "", "ambiguous_unit"),
        ("Landkreis Bamberg", "", "09471"),
        ("Bamberg", "", "09461000"),
        ("VG Wallmerod", "", "071435008"),
        ("VG Wallmerod/Westerwaldkreis", "", "ambiguous_unit"),
        ("Stuttgart-Bad Cannstatt", "", "not_a_municipality"),
        ("Berlin Friedrichshain-Kreuzberg", "", "not_a_municipality"),
        ("Atlantis", "", "not_found"),
    ],
)
def test_a_name_becomes_a_key_only_where_nothing_is_guessed(
    synthetic_raw: Make, needs: Needs, label: str, land: str, expected: str
) -> None:
    reading = read(synthetic_raw, needs, "fairtrade_towns", town(label, Land=land))
    assert [*reading.tables["engagement"]["ags"], *reading.rejected["rule"]] == [expected]


@pytest.mark.parametrize(
    ("key", "name", "expected"),
    [
        ("05334002", "Aachen", "05334002"),
        ("053340002002", "Aachen", "05334002"),
        ("5334002", "Aachen", "05334002"),
        ("5334002", "Wesel", "mangled_key"),
        ("05334002", "Wesel", "key_name_disagree"),
        ("05999999", "Aachen", "unknown_key"),
        ("05.33.4002", "Aachen", "mangled_key"),
        ("2002-04-05", "Aachen", "mangled_key"),
        ("5,334E+06", "Aachen", "mangled_key"),
        ("09471", "Landkreis Bamberg", "09471"),
        ("08111000", "Stuttgart-Vaihingen", "key_name_disagree"),
    ],
)
def test_keys_as_spreadsheets_mangle_them(
    synthetic_raw: Make, needs: Needs, key: str, name: str, expected: str
) -> None:
    reading = read(synthetic_raw, needs, "fairtrade_towns", town(name, Schlüssel=key))
    assert [*reading.tables["engagement"]["ags"], *reading.rejected["rule"]] == [expected]


def test_a_title_its_renewals_and_its_end(synthetic_raw: Make, needs: Needs) -> None:
    row = town(**{"Erneuert am": "2013, 04.06.2015", "Gültig bis": "Mai 2027"})
    table = read(synthetic_raw, needs, "fairtrade_towns", row).tables["engagement"]
    assert table.select("valid_from_text", "valid_from", "valid_to", "attested_on").rows() == [
        ("2011", date(2011, 1, 1), None, date(2026, 10, 31)),
        ("2013", date(2013, 1, 1), None, date(2026, 10, 31)),
        ("2015-06-04", date(2015, 6, 4), None, date(2026, 10, 31)),
        (None, None, date(2027, 5, 31), date(2026, 10, 31)),
    ]


def test_a_post_and_its_grant(synthetic_raw: Make, needs: Needs) -> None:
    post = {"Kommune": "Aachen", "Beginn": "10.2024", "Ende": "2026", "Stand": "2025"}
    reading = read(
        synthetic_raw,
        needs,
        "coordination_positions",
        post | {"Zuschussanteil in %": "90 %"},
        post | {"Kommune": "Wesel", "Zuschussanteil in %": "0,9"},
        post | {"Kommune": "Flensburg", "Zuschussanteil in %": "87.5"},
    )
    table = reading.tables["engagement"]
    assert table.select("kind", "value", "unit", "valid_from_text", "valid_to").rows() == [
        ("coordination_position", 1.0, "0/1", "2024-10", date(2026, 12, 31)),
        ("coordination_position_grant_share", 90.0, "percent", "2024-10", date(2026, 12, 31)),
    ]
    assert rules(reading) == ["share_readable", "share_readable"]


def test_the_export_of_partnerships_keeps_category_and_state(synthetic_raw: Make, needs: Needs) -> None:
    reading = read(
        synthetic_raw,
        needs,
        "rgre_export",
        partner(Seit="2000"),
        partner(Partnerkommune="Reims", Staat="Frankreich", Art="F"),
        partner(Partnerkommune="Ningbo", Staat="Volksrepublik China", Art="K"),
        partner(Partnerkommune="Keta", Staat="Ghana", Art="Projektpartnerschaft", Bis="2027"),
        partner("Wesel", Partnerkommune="Kostroma", Staat="Russische Föderation", Status="ruhend"),
        partner("Wesel", Partnerkommune="Ketrzyn", Staat="Polen", Status="beendet", Bis="2019"),
        partner("Wesel", Partnerkommune="Salzwedel", Staat="Deutschland"),
        partner("Wesel", Partnerkommune="Nirgendwo", Staat="Ruritanien"),
        partner(Seit="2000"),
        partner("Wesel", Status="beendet"),
        partner("Wesel", Art="Q"),
        partner("Wesel", Partnerkommune=""),
        partner("Heidenheim"),
    )
    claims = reading.tables["partnership_claim"].sort("locator")
    assert claims.select("partner_country", "category", "state", "valid_to").sort(
        "partner_country"
    ).rows() == [
        ("CHN", "contact", None, None),
        ("FRA", "friendship", None, None),
        ("GHA", "project", None, date(2027, 12, 31)),
        ("POL", "partnership", "ended", date(2019, 12, 31)),
        ("RUS", "partnership", "suspended", None),
        ("ZAF", "partnership", None, None),
    ]
    assert claims["is_inventory"].all()
    assert sorted(reading.tables["partnership_review"]["outcome"]) == [
        "ambiguous",
        "inside_germany",
        "no_country",
        "repeated",
    ]
    assert rules(reading) == ["category_known", "end_known", "partner_present"]


def test_the_date_of_a_list_may_stand_above_it_or_in_its_name(synthetic_raw: Make, needs: Needs) -> None:
    row = partner(Stand="")
    named = read(synthetic_raw, needs, "rgre_export", row, name="lists/operator/rgre_export_2026-10-31.csv")
    content = b"RGRE;Stand: 30.09.2026\n" + filled("rgre_export", row)
    above = kept(SOURCE["rgre_export"], [synthetic_raw("lists/operator/rgre_export.csv", content)], needs)
    assert named.tables["partnership_claim"]["attested_on"].to_list() == [date(2026, 10, 31)]
    assert above.tables["partnership_claim"]["attested_on"].to_list() == [date(2026, 9, 30)]
    assert rules(read(synthetic_raw, needs, "rgre_export", row)) == ["no_date"]


def test_one_project_list_says_nothing_of_units_it_does_not_name(synthetic_raw: Make, needs: Needs) -> None:
    row = {
        "Kommune": "Aachen",
        "Partnerkommune": "Kapstadt",
        "Staat": "ZAF",
        "Beginn": "2023",
        "Ende": "2025",
    }
    for identifier in ("project_partnerships", "climate_partnerships"):
        claims = read(synthetic_raw, needs, identifier, row).tables["partnership_claim"]
        assert claims.select("category", "is_inventory", "valid_from", "valid_to").rows() == [
            ("project", False, date(2023, 1, 1), date(2025, 12, 31))
        ]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"Anmerkung": "=cmd|' /C calc'!A0"}, "formula"),
        ({"Anmerkung": "@SUM(A1)"}, "formula"),
        ({"Anmerkung": "+HYPERLINK(1)"}, "formula"),
        ({"Anmerkung": "<script>alert(1)</script>"}, "markup"),
        ({"Anmerkung": "x" * 10_001}, "cell_too_long"),
        ({"Anmerkung": "#NV"}, "cell_error"),
        ({"Ausgezeichnet am": "31.02.2011"}, "date_readable"),
        ({"Ausgezeichnet am": "40634"}, "date_readable"),
        ({"Ausgezeichnet am": "2031"}, "start_before_list"),
        ({"Erneuert am": "bald"}, "date_readable"),
        ({"Gültig bis": "2009"}, "dates_in_order"),
        ({"Stand": ""}, "no_date"),
        ({"Kommune": ""}, "not_found"),
        ({"Quelle": "a;too;many"}, "cell_count"),
    ],
)
def test_a_bad_cell_costs_its_row_and_no_other(
    synthetic_raw: Make, needs: Needs, changes: dict[str, str], rule: str
) -> None:
    reading = read(synthetic_raw, needs, "fairtrade_towns", town(**changes), town("Wesel"), town("Wesel"))
    assert rules(reading) == sorted([rule, "repeated"])
    assert reading.tables["engagement"]["ags"].to_list() == ["05170048"]
    assert (reading.rejected["raw_text"].str.len_chars() <= 20_000).all()


MUSEUM: Mapping[str, bytes] = {
    "empty": b"",
    "blank": b"\n\n",
    "header only": filled("fairtrade_towns"),
    "error page": b"<!DOCTYPE html><html><body>Wartung</body></html>",
    "utf-16": filled("fairtrade_towns", town()).decode().encode("utf-16"),
    "workbook named csv": workbook({"a": [["b"]]}),
    "renamed column": filled("fairtrade_towns", town()).replace(b"Kommune", b"Gemeinde"),
    "misspelt column": filled("fairtrade_towns", town()).replace("Gültig bis".encode(), b"Gueltig"),
    "column twice": filled("fairtrade_towns", town()).replace(b"Land;", b"Kommune;"),
    "open quotation mark": filled("fairtrade_towns", town('"Aachen'), *[town()] * 30),
}


@pytest.mark.parametrize("name", MUSEUM)
def test_museum_of_files_that_are_no_list(synthetic_raw: Make, needs: Needs, name: str) -> None:
    with pytest.raises(SourceChanged) as error:
        SOURCE["fairtrade_towns"].read(
            [synthetic_raw("lists/operator/fairtrade_towns.csv", MUSEUM[name])], needs
        )
    assert len(str(error.value)) < 1_000


@pytest.mark.parametrize("name", [*BROKEN, "bomb"])
def test_museum_of_workbooks(synthetic_raw: Make, needs: Needs, name: str) -> None:
    content = bomb() if name == "bomb" else BROKEN[name]
    with pytest.raises(SourceChanged):
        SOURCE["fairtrade_towns"].read([synthetic_raw("lists/operator/fairtrade_towns.xlsx", content)], needs)


def test_order_encoding_and_kind_of_file_do_not_matter(synthetic_raw: Make, needs: Needs) -> None:
    head = ["Stand", "Kommune", "Ausgezeichnet am", "Gültig bis", "Schlüssel"]
    rows: list[list[Cell]] = [["Liste"], [*head], ["31.10.2026", "Markt Roßtal", 2011, None, 9573125]]
    text = "\n".join(";".join(str(cell or "") for cell in row) for row in rows)
    forms = {
        "lists/operator/fairtrade_towns.xlsx": workbook({"leer": [], "Liste": rows}),
        "lists/operator/fairtrade_towns.csv": text.encode("cp1252"),
        "lists/operator/fairtrade_towns_2026.csv": text.replace(";", "\t").encode("utf-8-sig"),
    }
    for name, content in forms.items():
        reading = kept(SOURCE["fairtrade_towns"], [synthetic_raw(name, content)], needs)
        assert reading.tables["engagement"].select("ags", "valid_from_text").rows() == [("09573125", "2011")]


def test_an_entity_in_a_workbook_is_no_text(synthetic_raw: Make, needs: Needs) -> None:
    rows: list[list[Cell]] = [["Kommune", "Ausgezeichnet am", "Stand"], ["&xxe;", 2011, "2026"]]
    content = workbook({"Liste": rows}, prologue='<!DOCTYPE a [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>')
    try:
        reading = SOURCE["fairtrade_towns"].read(
            [synthetic_raw("lists/operator/fairtrade_towns.xlsx", content)], needs
        )
    except SourceChanged:
        return
    assert "root" not in str(reading.rejected.rows())
    assert reading.tables["engagement"].is_empty()


def test_the_same_list_twice_is_refused(synthetic_raw: Make, needs: Needs) -> None:
    raws = [
        synthetic_raw("lists/operator/fairtrade_towns.csv", filled("fairtrade_towns", town())),
        synthetic_raw("lists/operator/fairtrade_towns.xlsx", workbook({"a": [["b"]]})),
    ]
    with pytest.raises(SourceChanged, match="twice"):
        SOURCE["fairtrade_towns"].read(raws, needs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2011", "2011"),
        ("10.2024", "2024-10"),
        ("10/2024", "2024-10"),
        ("Oktober 2024", "2024-10"),
        ("4. Juni 2011", "2011-06-04"),
        ("04.06.2011", "2011-06-04"),
        ("2011-06-04 00:00:00", "2011-06-04"),
        ("29.02.2023", None),
        ("13.2024", None),
        ("11", None),
        ("seit Mai", None),
        ("Foo 2024", None),
    ],
)
def test_dates_keep_their_precision(text: str, expected: str | None) -> None:
    assert written_date(text) == expected


def test_dates_in_longer_texts_and_their_last_days() -> None:
    assert first_date_in("Stand: 31.10.2026, Seite 1") == "2026-10-31"
    assert first_date_in("Seite 1 von 2011") is None
    assert [last_day(text) for text in ("2024", "2024-02", "2024-02-03")] == [
        date(2024, 12, 31),
        date(2024, 2, 29),
        date(2024, 2, 3),
    ]


def test_a_wrong_description_names_every_mistake() -> None:
    with pytest.raises(ValueError, match=r"made_up.*licence.*patterns is missing"):
        parse_description(
            "made_up", 'title = "x"\ntable = "engagement"\nkind = "k"\n[[form]]\ndocument = "d"'
        )


def sample(source_id: str, raw_file: Callable[[str], Raw], needs: Needs) -> Reading:
    names = [pattern for pattern in SOURCE[source_id].archive if not pattern.startswith("lists/operator/")]
    return kept(SOURCE[source_id], [raw_file(name) for name in names], needs)


@pytest.mark.parametrize(
    ("source_id", "expected"),
    [
        ("fairtrade_towns", (14, 0, 25)),
        ("agenda_2030_signatories", (2, 0, 2)),
        ("fair_trade_capital", (49, 0, 5)),
        ("climate_partnerships", (10, 1, 6)),
        ("partnership_mentions", (10, 1, 0)),
    ],
)
def test_real_samples(
    raw_file: Callable[[str], Raw], real_needs: Needs, source_id: str, expected: tuple[int, int, int]
) -> None:
    """Rows accepted, rows for review, rows set aside."""
    reading = sample(source_id, raw_file, real_needs)
    table = next(iter(reading.tables.values()))
    review = reading.tables.get("partnership_review")
    waiting = 0 if review is None else review.height
    assert (table.height, waiting, reading.rejected["locator"].n_unique()) == expected
    if "is_inventory" in table.columns:
        assert not table["is_inventory"].any()


def test_real_towns_and_the_names_that_need_a_person(
    raw_file: Callable[[str], Raw], real_needs: Needs
) -> None:
    reading = sample("fairtrade_towns", raw_file, real_needs)
    found = dict(reading.tables["engagement"].select("ags", "valid_from_text").rows())
    assert found["06436007"] == "2012-01-17"  # Hofheim/Taunus
    assert found["05170008"] == "2009"
    waiting = reading.rejected.filter(pl.col("rule") != "no_date").select("rule", "reason").rows()
    assert sorted((rule, reason.split(":")[0]) for rule, reason in waiting) == [
        ("ambiguous_unit", "Hagen"),
        ("ambiguous_unit", "Heidenheim"),
        ("ambiguous_unit", "Moosburg"),
        ("not_a_municipality", "Stuttgart-Bad Cannstatt"),
        ("not_a_municipality", "Stuttgart-Vaihingen"),
    ]


def test_a_drop_in_the_archive_folder_is_found_by_its_name(tmp_path: Path) -> None:
    from pipelines.origins import fetch

    folder = tmp_path / "lists" / "operator"
    folder.mkdir(parents=True)
    dropped = [path for path in TEMPLATES.glob("*.csv") if path.stem in SOURCE]
    for path in dropped:
        (folder / path.name).write_bytes(path.read_bytes())
    assert len(dropped) == 6
    for path in dropped:
        found = fetch(SOURCE[path.stem], "archive", tmp_path)
        assert [each.name for each in found] == [f"lists/operator/{path.name}"]
