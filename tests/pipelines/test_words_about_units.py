"""Successors, lower bounds, districts in sentences, remarks of lists, reasons of rows set aside.

All data are made up: the facts that ship hold no unit that ceased, and no list of prizes.
"""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipelines.site.figure import message
from pipelines.site.frames import library
from pipelines.site.language import ENGLISH, GERMAN
from pipelines.site.ledger import ledger
from pipelines.site.model import Places
from pipelines.site.naming import named
from pipelines.site.quality_page import quality, unit_quality_pages
from pipelines.site.remarks_of_lists import remark
from pipelines.site.succession import predecessors, successors
from pipelines.site.wording import reservation
from quality.contracts import CONTRACTS
from quality.quarantine.rows import published
from tests.quality.world import row

OLD, NEW, OTHER = "99001001", "99001002", "99001003"
UNTIL, FROM = date(2020, 12, 31), date(2023, 11, 30)


def _unit(ags: str, name: str, valid_to: date | None = None) -> dict[str, object]:
    flags = {"is_unincorporated": False, "is_independent_city": False}
    return row(
        "municipality", ags=ags, level="municipality", name=name, land="99", valid_to=valid_to, **flags
    )


def _step(key_to: str, **values: object) -> dict[str, object]:
    own = {"kind": "dissolution", "known_until": UNTIL, "effective_on": FROM, "is_exact_day": False,
           "population_weight": 1.0, "area_weight": 1.0, "is_uninhabited": False, "method": "bbsr"}  # fmt: skip
    return row("territory_step", key_from=OLD, key_to=key_to, level="municipality", **{**own, **values})


def _places(*steps: dict[str, object], language=GERMAN) -> Places:
    rows = {
        "municipality": [_unit(OLD, "Altdorf", FROM), _unit(NEW, "Neustadt"), _unit(OTHER, "Nebenan")],
        "territory_step": list(steps),
        "quarantine": [
            row("quarantine", source_id="a_list", table_name="engagement", rule="ambiguous_unit",
                reason="Altdorf: several units bear this name", remedy="Write the key.", raw_text=OLD),
            row("quarantine", source_id="a_list", table_name="engagement", rule="unheard_of",
                reason="the row is upside down", remedy="Turn it.", raw_text=OLD),
        ],
    }  # fmt: skip
    tables = {name: pl.DataFrame(given, schema=CONTRACTS[name].schema) for name, given in rows.items()}
    tables["quarantine"] = published(tables["quarantine"])
    return Places(library(tables), language)


def test_a_unit_that_ceased_names_its_successor_and_the_successor_names_it():
    places = _places(_step(NEW))
    (line,) = successors(places, places.library.units[OLD])
    assert (line["what"], line["units"]) == (
        "Aufgegangen in", [{"name": "Neustadt", "address": f"gemeinde/{NEW}", "share": ""}],
    )  # fmt: skip
    assert "31.12.2020" in line["when"] and "30.11.2023" in line["when"]
    (back,) = predecessors(places, places.library.units[NEW])
    assert (back["what"], back["units"][0]["name"]) == ("Hierin aufgegangen", "Altdorf")
    assert successors(places, places.library.units[NEW]) == []


def test_shares_and_exact_days_are_told_where_they_are_known():
    places = _places(
        _step(NEW, population_weight=0.25, is_exact_day=True),
        _step(OTHER, population_weight=0.75, is_exact_day=True),
    )
    (line,) = successors(places, places.library.units[OLD])
    assert line["when"] == "am 30.11.2023"
    assert [unit["share"] for unit in line["units"]] == ["25,0 % der Einwohner", "75,0 % der Einwohner"]


def test_a_doubtful_successor_is_never_told_as_a_fact():
    places = _places(
        _step(NEW, method="none", population_weight=None), _step(OTHER, method="none", population_weight=None)
    )
    (line,) = successors(places, places.library.units[OLD])
    assert "nicht eindeutig" in line["what"] and len(line["units"]) == 2
    (back,) = predecessors(places, places.library.units[NEW])
    assert back["what"].startswith("Vielleicht")


@pytest.mark.parametrize(
    ("value", "beside", "title"),
    [
        (0.0, "keine genannt; das heißt nicht, dass es keine gibt", "In den ausgewerteten Quellen keine genannt (2025)"),
        (1.5, "Untergrenze: gezählt ist nur, was die Quellen nennen", "Mindestens 1,50 je 100.000 (2025)"),
    ],
)  # fmt: skip
def test_what_the_sources_happen_to_name_is_never_a_plain_fact(value, beside, title):
    indicator = {"kind": "rate", "decimals": 2, "unit_de": "je 100.000"}
    for reasons in (("lower_bound", None), ("population_of_other_date", "lower_bound, other")):
        seen = {
            "year": 2025,
            "value": value,
            "obs_status": "E",
            "reason": reasons[0],
            "further_reasons": reasons[1],
        }
        assert reservation(GERMAN, seen) == beside
        assert message(GERMAN, indicator, [seen], []) == title
    assert reservation(GERMAN, {**seen, "reason": None, "further_reasons": None}) == "geschätzter Wert"


@pytest.mark.parametrize(
    ("name", "kind", "is_city", "subject"),
    [
        ("Märkischer Kreis", "43", False, "dieser Kreis"),
        ("Städteregion Aachen", "43", False, "diese Region"),
        ("Bonn, Stadt", "41", True, "Bonn"),
    ],
)
def test_sentences_need_no_article_for_a_district(name, kind, is_city, subject):
    unit = {"level": "district", "name": name, "type_code": kind, "is_independent_city": is_city}
    assert named(GERMAN, unit).subject == subject


@pytest.mark.parametrize(
    ("note", "source", "german", "english"),
    [
        ("rank: 1; category: klein", "fair_trade_capital", ("Platz 1, Kategorie kleine Kommunen", ""), ("rank 1, category small municipalities", "")),
        ("date_basis: stated", "fairtrade_towns", ("", ""), ("", "")),
        ("prize_eur: 20000", "fair_trade_capital", ("Preisgeld 20.000 €", ""), ("prize of 20,000 €", "")),
        ("rank: over the moon", "fair_trade_capital", ("rank: over the moon", "en"), ("rank: over the moon", "")),
        ("im Aufbau", "document_facts", ("im Aufbau", ""), ("im Aufbau", "de")),
    ],
)  # fmt: skip
def test_fixed_words_of_lists_are_told_in_ours_and_quotes_say_their_language(note, source, german, english):
    fact = {"note": note, "source_id": source}
    assert (remark(GERMAN, fact), remark(ENGLISH, fact)) == (german, english)


def test_rows_set_aside_are_explained_in_german_and_quotes_are_marked():
    places = _places()
    about = ledger(places.library)
    (page,) = unit_quality_pages(places.library, about, places)
    known, unheard = (each["statement"] for each in page.model["findings"])
    assert known["ours"].startswith("der Name passt") and known["theirs"].startswith("Altdorf: several")
    assert unheard["ours"].startswith("die Zeile verletzt die Regel") and unheard["foreign"] == "en"
    (english,) = unit_quality_pages(places.library, about, Places(places.library, ENGLISH))
    assert [each["statement"]["foreign"] for each in english.model["findings"]] == ["", ""]
    gathered = quality(places.library, about, GERMAN)["quarantine"]
    assert [each["statement"]["theirs"] for each in gathered] == ["", ""]
