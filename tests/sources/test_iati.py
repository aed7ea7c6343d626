"""IATI files of both generations; a mention of a municipality is a candidate and never more."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources import iati, register_extract
from sources.iati_activity import activities
from sources.list_import.units import Register
from sources.register_history import municipalities
from sources.source import Raw, Reading, SourceChanged

Make = Callable[[str, bytes], Raw]
Needs = Mapping[str, pl.DataFrame]
REAL = "oda/iati/bmz-20160121_bangladesh.xml"


@pytest.fixture(scope="module")
def needs() -> Needs:
    """A synthetic register: one city, two places of one name."""
    units = pl.DataFrame(
        {"ags": ["05315000", "09563000", "06431007"], "name": ["Köln, Stadt", "Fürth", "Fürth"]}
    ).with_columns(
        level=pl.lit("municipality"),
        latitude=pl.lit(None, pl.Float64),
        longitude=pl.lit(None, pl.Float64),
        type_code=pl.lit("63"),
        district=pl.col("ags").str.slice(0, 5),
        association=pl.lit(None, pl.String),
        is_unincorporated=pl.lit(False),
        is_independent_city=pl.lit(False),
        valid_from=pl.lit(date(2019, 12, 31)),
        valid_to=pl.lit(None, pl.Date),
    )
    people = units.select("ags", reference_date=pl.lit(date(2023, 12, 31)), inhabitants=pl.lit(1_000))
    return {"municipality": units, "population": people}


def transaction(
    kind: str, value: str, about: str = "", day: str = "2020-05-01", currency: str = "EUR"
) -> str:
    return (
        f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="{day}"/>'
        f'<value currency="{currency}">{value}</value>'
        f"<description><narrative>{about}</narrative></description></transaction>"
    )


def activity(
    identifier: str = "DE-1-1",
    title: str = "Wasser für Kigali",
    organisation: str = "Stadt Köln",
    kind: str = "11",
    extra: str = "",
) -> str:
    """A synthetic activity in the form of version 2.03."""
    return (
        f"<iati-activity><iati-identifier>{identifier}</iati-identifier>"
        f'<title><narrative xml:lang="en">Water</narrative><narrative xml:lang="de">{title}</narrative></title>'
        f'<participating-org role="4" type="{kind}"><narrative>{organisation}</narrative></participating-org>'
        f'<activity-date iso-date="2020-03-01" type="1"/><activity-date iso-date="2021-04-01" type="2"/>'
        f'<recipient-country code="RW"/>{extra}</iati-activity>'
    )


def read(make: Make, needs: Needs, *parts: str) -> Reading:
    content = f'<iati-activities version="2.03">{"".join(parts)}</iati-activities>'.encode()
    reading = iati.read([make("oda/iati/made_up.xml", content)], needs)
    table = CONTRACTS["iati_candidate"]
    assert enforce(reading.tables["iati_candidate"], table, source_id="iati").rejected.is_empty()
    return reading


def test_an_activity_of_version_2(synthetic_raw: Make, needs: Needs) -> None:
    money = transaction("2", "1000.50") + transaction("3", "200") + transaction("12", "7")
    table = read(synthetic_raw, needs, activity(extra=money)).tables["iati_candidate"]
    assert table.drop("snapshot_id", "raw_text", "source_id").rows(named=True) == [
        {
            "candidate_id": "DE-1-1 organisation Stadt Köln",
            "activity_id": "DE-1-1",
            "title": "Wasser für Kigali",
            "participating_organisations": "Stadt Köln",
            "recipient_countries": "RW",
            "year": 2021,
            "commitments_cents": 100_050,
            "disbursements_cents": 20_000,
            "currency": "EUR",
            "found_in": "organisation",
            "matched_name": "Stadt Köln",
            "candidates": "05315000",
            "score": 0.8,
            "locator": "activity 1",
        }
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Kooperation der Stadt Köln mit Kigali", "GIZ", "10"), [("title", "05315000", 0.5)]),
        (
            ("Kooperation der Stadt Fürth", "GIZ", "10"),
            [("title", "06431007 (Fürth), 09563000 (Fürth)", 0.25)],
        ),
        (("Dezentralisierung in Gemeinden", "Köln", "11"), [("organisation", "05315000", 0.6)]),
        (("Dezentralisierung in Gemeinden", "Köln", "10"), []),
        (("Stärkung der Gemeinde Santa Cruz", "Stadt Sylhet", "11"), []),
        (("Kommunale Entwicklung im Kreis Gitarama", "Universität Köln", "80"), []),
    ],
)
def test_only_a_named_body_is_a_candidate(
    synthetic_raw: Make, needs: Needs, texts: tuple[str, str, str], expected: list[tuple[str, str, float]]
) -> None:
    table = read(synthetic_raw, needs, activity("DE-1-1", *texts)).tables["iati_candidate"]
    assert table.select("found_in", "candidates", "score").rows() == expected


def test_nothing_but_candidates_comes_from_here() -> None:
    assert iati.SOURCE.tables == ("iati_candidate",)
    assert not CONTRACTS["iati_candidate"].published


def test_totals_beside_their_parts_count_once_and_currencies_are_not_mixed(synthetic_raw: Make) -> None:
    parts = [("Total amount", "60"), ("Personnel costs", "40"), ("Other costs", "20")]
    money = "".join(transaction("3", value, about) for about, value in parts)
    later = transaction("3", "5", "Other costs", day="2021-05-01")
    mixed = transaction("3", "1") + transaction("3", "1", currency="USD")
    content = f"<a>{activity(extra=money + later)}{activity('DE-1-2', extra=mixed)}</a>".encode()
    first, second = activities(synthetic_raw("x.xml", content))
    assert (first.disbursements_cents, first.transactions) == (6_500, 4)
    assert (second.disbursements_cents, second.currency) == (None, None)


def test_what_cannot_be_used_is_reported(synthetic_raw: Make, needs: Needs) -> None:
    reading = read(
        synthetic_raw,
        needs,
        activity(extra=transaction("3", "1.234,56") + transaction("3", "2") + transaction("3", "NaN")),
        activity(),
        activity(identifier=" "),
    )
    assert sorted(reading.rejected["rule"]) == [
        "identifier_present",
        "repeated",
        "value_readable",
        "value_readable",
    ]
    assert reading.tables["iati_candidate"]["disbursements_cents"].to_list() == [200]


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    "<iati-activities><iati-activity><iati-identifier>&c;</iati-identifier></iati-activity></iati-activities>"
)
EXTERNAL = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><iati-activities>&a;</iati-activities>'
MUSEUM: Mapping[str, bytes] = {
    "empty": b"",
    "truncated": activity().encode()[:-20],
    "error page": b"<!DOCTYPE html><html><body>Wartung</body></html>",
    "html without type": b"<html><body>Wartung</body></html>",
    "other xml": b"<iati-organisations/>",
    "renamed element": activity().replace("iati-activity>", "activity>").encode(),
    "wrong encoding": '<?xml version="1.0" encoding="utf-8"?><a>Köln</a>'.encode("latin-1"),
    "entities": BOMB.encode(),
    "external entity": EXTERNAL.encode(),
    "external document type": b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><iati-activities/>',
}


@pytest.mark.parametrize("name", MUSEUM)
def test_museum_of_broken_files(synthetic_raw: Make, needs: Needs, name: str) -> None:
    with pytest.raises(SourceChanged):
        iati.read([synthetic_raw("oda/iati/made_up.xml", MUSEUM[name])], needs)


def test_the_recorded_file_of_version_1(raw_file: Callable[[str], Raw]) -> None:
    found = list(activities(raw_file(REAL)))
    assert len(found) == 54
    assert sum(each.transactions for each in found) == 201
    assert {each.countries for each in found} == {("BD",)}
    assert {each.currency for each in found} == {"EUR"}
    first = found[0]
    assert (first.identifier, first.year, first.commitments_cents) == ("DE-1-201121672", 2011, 1_050_000_000)
    # 5,842,999 in total, which the file states a second time as staff, material and other costs.
    assert first.disbursements_cents == 584_299_900


def test_projects_with_municipal_words_abroad_are_no_candidates(
    raw_file: Callable[[str], Raw], shared_data: Path
) -> None:
    """The recorded activities and 1,200 project titles, against a real register edition."""
    names = [path for pattern in register_extract.SOURCE.archive for path in shared_data.glob(pattern)]
    reading = register_extract.read([raw_file(str(max(names).relative_to(shared_data)))], {})
    needs = {
        "municipality": municipalities(reading.tables["register_unit"]),
        "population": reading.tables["population"],
    }
    assert iati.read([raw_file(REAL)], needs).tables["iati_candidate"].is_empty()
    workbook = CalamineWorkbook.from_path(str(shared_data / "oda/iati/giz_running_projects.xlsx"))
    rows = workbook.get_sheet_by_index(0).to_python()
    titles = [str(row[1]) for row in rows[1:]]
    assert len(titles) == 1_200
    assert sum(bool(re.search("(?i)gemeinde|kommunal", title)) for title in titles) >= 43
    assert list(iati.mentions([("title", title) for title in titles], Register(needs))) == []
