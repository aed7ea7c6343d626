"""Observations as the text of documents: what a writer of JSON makes of them one by one. All rows are made up."""

from __future__ import annotations

from typing import Any

import orjson
import polars as pl
import pytest

from pipelines.exchange.cells import Texts
from pipelines.exchange.columns import COLUMNS
from pipelines.exchange.document_rows import FREE, OF_INDICATOR, UnitRows, by_unit, table

TYPES = {"text": pl.String, "integer": pl.Int64, "number": pl.Float64, "date": pl.Date}
SAID: dict[str, dict[str, Any]] = {
    "later": {"name": {"de": 'zu "spät"', "en": "late"}},
    "first": {"decimals": 1},
}
NUMBERS = (0.0, -0.5, 1e-7, 0.1 + 0.2, 1e16, 123456789012345680.0, None)


def made_up(*rows: dict[str, Any]) -> pl.DataFrame:
    plain = {**dict.fromkeys(COLUMNS), "obs_status": "A", "conf_status": FREE}
    schema = {name: TYPES[kind] for name, (kind, _) in COLUMNS.items()}
    return pl.DataFrame([{**plain, **row} for row in rows], schema=schema)


def one_by_one(rows: pl.DataFrame) -> dict[str, UnitRows]:
    """The same, observation by observation."""
    units: dict[str, tuple[dict[str, Any], set[str], set[str], dict[str, int]]] = {}
    for row in rows.to_dicts():
        series, statuses, reasons, files = units.setdefault(row["ags"], ({}, set(), set(), {}))
        entry = {name: row[name] for name in ("year", "value", "obs_status", "reason")}
        if row["conf_status"] != FREE:
            entry["conf_status"] = row["conf_status"]
        if row["further_reasons"]:
            entry["further_reasons"] = row["further_reasons"].split(", ")
        entry |= {name: row[name] for name in ("note", "denominator_id") if row[name]}
        if row["source_files"]:
            entry["files"] = [files.setdefault(file, len(files)) for file in row["source_files"].split(" ")]
        statuses.add(row["obs_status"])
        reasons.update(entry.get("further_reasons", []), [row["reason"]] if row["reason"] else [])
        indicator = row["indicator_id"]
        series.setdefault(indicator, {**SAID[indicator], "observations": []})["observations"].append(entry)
    return {
        key: UnitRows(indicators=orjson.dumps(series), files=list(files), statuses=statuses, reasons=reasons)
        for key, (series, statuses, reasons, files) in units.items()
    }


def test_units_say_what_they_say_one_by_one() -> None:
    rows = made_up(
        *(
            {"ags": unit, "indicator_id": indicator, "year": 2000 + at, "value": value}
            for unit in ("01999001", "01999002")
            for indicator in SAID
            for at, value in enumerate(NUMBERS)
        ),
        {"ags": "02999001", "indicator_id": "first", "year": 2001, "value": 1.0, "source_files": "b/2 a/1"},
        {"ags": "02999001", "indicator_id": "first", "year": 2002, "value": 2.0, "source_files": "a/1"},
        {
            "ags": "02999001", "indicator_id": "first", "year": 2003, "source_files": "a/1 c/%20",
            "obs_status": "O", "conf_status": "C", "reason": "few_persons", "further_reasons": "one, other",
            "note": 'Zeile\n"zwei" \\ Straße\x07', "denominator_id": "population:2022",
        },
        {"ags": "03999001", "indicator_id": "later", "year": 2001, "value": 3.0, "conf_status": None},
    )  # fmt: skip
    found = by_unit(Texts(rows), SAID)
    assert found == one_by_one(rows)
    assert list(found) == ["01999001", "01999002", "02999001", "03999001"]
    assert found["02999001"].files == ["b/2", "a/1", "c/%20"]
    assert orjson.loads(found["02999001"].indicators)["first"]["observations"][2]["files"] == [1, 2]


def test_the_rows_of_an_indicator_are_lists() -> None:
    rows = made_up(
        {"ags": "01999001", "indicator_id": "first", "year": 2001, "value": 0.25, "reason": "provisional"},
        {"ags": "01999002", "indicator_id": "first", "year": 2001, "note": 'sagt "nein"', "obs_status": "M"},
    )
    assert table(Texts(rows)) == orjson.dumps(rows.select(OF_INDICATOR).rows())
    assert table(Texts(rows.clear())) == b"[]"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_null(number: float) -> None:
    rows = made_up({"ags": "01999001", "indicator_id": "first", "year": 2001, "value": number})
    assert orjson.loads(table(Texts(rows)))[0][2] is None
