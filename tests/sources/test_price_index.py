"""GENESIS-Online: the dialogue for one table and its reading. Files are made up in the documented form."""

from __future__ import annotations

import orjson
import pytest

from sources.live import Answer, Delivery, Occasion, Request
from sources.price_index import SOURCE, dialogue, read
from sources.source import SourceChanged
from tests.sources.test_genesis import packed, raw_of

NAME = "genesis_online/61111-0001_tablefile_ffcsv_de.zip"
HEADER = (
    "statistics_code;statistics_label;time_code;time_label;time;"
    "1_variable_code;1_variable_label;1_variable_attribute_code;1_variable_attribute_label;"
    "value;value_unit;value_variable_code;value_variable_label"
)


def line(year: int, value: str, unit: str = "2020=100") -> str:
    return f"61111;Made up;JAHR;Jahr;{year};DINSG;Deutschland insgesamt;DG;Deutschland;{value};{unit};PREIS1;Index"


def table(*lines: str) -> bytes:
    return packed("\n".join([HEADER, *lines]) + "\n", "61111-0001_1_de_flat.csv")


def metadata(updated: str = "10.01.2026 08:00:00h") -> bytes:
    return orjson.dumps(
        {
            "Status": {"Code": 0, "Content": "erfolgreich"},
            "Object": {"Updated": updated, "Time": {"From": "1991", "To": "2025"}},
        }
    )


def answer(content: bytes) -> Answer:
    return Answer(status=200, headers={}, content=content, url="https://example.org/x")


def asked(previous: dict[str, Delivery], *answers: bytes) -> tuple[list[Request], list[Delivery]]:
    """Play the provider by hand: what was asked, and the files that came of it."""
    talk = dialogue(Occasion(reference_year=2025, base="https://example.org", previous=previous))
    requests, reply = [], None
    for content in (*answers, b""):
        try:
            wanted = talk.send(reply)
        except StopIteration as end:
            return requests, list(end.value)
        assert isinstance(wanted, Request)
        requests.append(wanted)
        reply = answer(content)
    raise AssertionError("asked more often than answered")


def test_the_table_is_asked_for_with_years_and_its_own_credentials() -> None:
    requests, files = asked({}, metadata(), table(line(2023, "116,7")))
    assert [request.url.rsplit("/", 2)[-2:] for request in requests] == [
        ["metadata", "table"],
        ["data", "tablefile"],
    ]
    assert {request.credentials for request in requests} == {"genesis_online"}
    assert requests[1].form is not None
    assert (requests[1].form["startyear"], requests[1].form["endyear"]) == ("1991", "2025")
    assert [file.name for file in files][1] == NAME


def test_an_unchanged_table_is_not_asked_for_again() -> None:
    _, files = asked({}, metadata(), table(line(2023, "116,7")))
    requests, again = asked({file.name: file for file in files}, metadata())
    assert len(requests) == 1 and again == files
    requests, _ = asked(
        {file.name: file for file in files}, metadata("11.01.2026 08:00:00h"), table(line(2024, "119,3"))
    )
    assert len(requests) == 2


def test_a_refusal_is_no_table() -> None:
    with pytest.raises(SourceChanged):
        asked({}, metadata(), orjson.dumps({"Status": {"Code": 90, "Content": "nicht gefunden"}}))


def test_the_index_is_read_with_its_base_and_changes_are_left_out() -> None:
    content = table(line(2022, "110,2"), line(2023, "116,7"), line(2023, "5,9", "Prozent"), line(2025, "..."))
    found = read([raw_of(content, NAME)], {}).tables["price_index"]
    assert found.select("base_year", "year", "value", "is_transcribed").rows() == [
        (2020, 2022, 110.2, False),
        (2020, 2023, 116.7, False),
    ]


def test_a_table_without_base_year_is_refused() -> None:
    with pytest.raises(SourceChanged, match="no price index"):
        read([raw_of(table(line(2023, "5,9", "Prozent")), NAME)], {})


def test_the_source_is_live_only() -> None:
    assert SOURCE.live is not None and not SOURCE.archive and not SOURCE.embedded
