"""Signs: never a number unless the dictionary says so; a dash is zero only where a unit exists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract import enforce
from quality.contracts import CONTRACTS
from quality.status import NEVER_WITH_VALUE, OBS_STATUS, WITHOUT_VALUE
from sources.source import Raw, SourceChanged
from sources.symbols import COLUMNS, DICTIONARY, SOURCE, Entry, Interpretation, alive_on, interpret, read
from sources.symbols import without_unit as fixed

EMBEDDED = Path(__file__).resolve().parents[2] / "sources" / "embedded" / "symbols.csv"
DAY = date(2024, 12, 31)
ZEROS = {
    ("destatis_classic", "-"), ("destatis_classic", "0"), ("destatis_new", "0"), ("destatis_new", "k"),
    ("regionaldatenbank", "-"), ("regionaldatenbank", "0"),
    ("landesdatenbank_nrw", "-"), ("landesdatenbank_nrw", "0"), ("ba", "-"),
}  # fmt: skip
"""Every sign that may become a number, which is then zero."""

Synthetic = Callable[[str, bytes], Raw]


def test_the_dictionary_keeps_its_contract() -> None:
    raw = Raw(name=EMBEDDED.name, content=EMBEDDED.read_bytes(), snapshot_id="0" * 64)
    reading = read([raw], {})
    outcome = enforce(reading.tables["symbol"], CONTRACTS["symbol"], source_id=SOURCE.id)
    assert reading.rejected.is_empty()
    assert outcome.rejected.is_empty()
    assert outcome.good.height == sum(len(each) for signs in DICTIONARY.values() for each in signs.values())


def test_exactly_the_declared_signs_are_zero() -> None:
    found = {
        (provider, symbol)
        for provider, signs in DICTIONARY.items()
        for symbol in signs
        if (meaning := interpret(provider, symbol, DAY, True)) and meaning.value is not None
    }
    assert found == ZEROS


@given(
    provider=st.sampled_from(sorted(DICTIONARY)),
    symbol=st.one_of(
        st.sampled_from(sorted({sign for signs in DICTIONARY.values() for sign in signs})),
        st.text(max_size=5),
        st.from_regex(r"-?\d{1,9}([.,]\d+)?", fullmatch=True),
    ),
    on=st.dates(),
    alive=st.sampled_from([True, False, None]),
)
def test_no_sign_becomes_a_number_unless_declared(
    provider: str, symbol: str, on: date, alive: bool | None
) -> None:
    meaning = interpret(provider, symbol, on, alive)
    if symbol.strip() not in DICTIONARY[provider]:
        assert meaning is None
        return
    assert meaning is not None
    assert meaning.obs_status in OBS_STATUS
    if meaning.value is not None:
        assert meaning.value == 0
        assert (provider, symbol.strip()) in ZEROS
        assert meaning.obs_status not in NEVER_WITH_VALUE
    elif not meaning.keeps_figure:
        assert meaning.obs_status in WITHOUT_VALUE


@pytest.mark.parametrize("provider", ["destatis_classic", "regionaldatenbank", "landesdatenbank_nrw", "ba"])
def test_a_dash_needs_a_unit(provider: str) -> None:
    assert interpret(provider, "-", DAY, True) == Interpretation(value=0, obs_status="A")
    assert interpret(provider, "-", DAY, False) == Interpretation(value=None, obs_status="M")
    assert interpret(provider, "-", DAY, None) == Interpretation(value=None, obs_status="O")


@pytest.mark.parametrize(
    ("provider", "symbol", "status"),
    [
        ("destatis_classic", ".", "Q"), ("destatis_classic", "x", "M"), ("destatis_classic", "…", "O"),
        ("destatis_classic", "...", "O"), ("destatis_classic", "/", "U"), ("destatis_new", "g", "Q"),
        ("destatis_new", "t", "O"), ("destatis_new", "u", "U"), ("destatis_new", "f", "O"),
        ("ba", "*", "Q"), ("landesdatenbank_nrw", ".", "Q"), ("regionaldatenbank", "x", "M"),
    ],
)  # fmt: skip
def test_signs_without_figure(provider: str, symbol: str, status: str) -> None:
    for alive in (True, False, None):
        meaning = interpret(provider, symbol, DAY, alive)
        assert meaning == Interpretation(value=None, obs_status=status)


def test_rounded_zero_is_not_exact_zero() -> None:
    for provider, symbol in (("destatis_classic", "0"), ("destatis_new", "k")):
        meaning = interpret(provider, symbol, DAY, True)
        assert meaning == Interpretation(value=0, obs_status="N", is_rounded_zero=True)
    assert interpret("destatis_new", "0", DAY, True) == Interpretation(value=0, obs_status="A")


def test_a_sign_beside_a_figure_keeps_it() -> None:
    for symbol, status in (("p", "P"), ("s", "E"), ("r", "A"), ("e", "A")):
        meaning = interpret("destatis_new", symbol, DAY, True)
        assert meaning == Interpretation(value=None, obs_status=status, keeps_figure=True)


def test_an_entry_holds_only_in_its_period() -> None:
    entry = Entry(obs_status="Q", effect="null", needs_unit=False, valid_from=DAY, valid_to=DAY)
    assert [entry.holds(day) for day in (date(2024, 12, 30), DAY, date(2025, 1, 1))] == [False, True, False]


def test_the_territorial_calendar() -> None:
    units = pl.DataFrame(
        {"ags": ["1", "2"], "valid_from": [None, date(2020, 1, 1)], "valid_to": [date(2019, 12, 31), None]},
        schema={"ags": pl.String, "valid_from": pl.Date, "valid_to": pl.Date},
    )
    assert alive_on(units, "1", date(2019, 12, 31)) is True
    assert alive_on(units, "1", date(2020, 1, 1)) is False
    assert alive_on(units, "2", date(2019, 12, 31)) is False
    assert alive_on(units, "3", DAY) is None


def test_fixed_meanings_hold_no_sign_that_depends_on_the_unit() -> None:
    meanings = fixed("landesdatenbank_nrw")
    assert meanings["."] == "Q"
    assert not {"-", "0"} & set(meanings)


def test_broken_lines_wait_in_quarantine(synthetic_raw: Synthetic) -> None:
    """Synthetic museum: a word for yes, a date out of the calendar, a cell too few."""
    head = ";".join(COLUMNS)
    content = (
        f"{head}\nx;?;a;b;Q;null;ja;;;e\nx;!;a;b;Q;null;no;2024-02-30;;e\nx;.;a;b;Q;null;no\n"
        "x;:;a;b;Q;null;no;2024-02-28;;e\n"
    )
    reading = read([synthetic_raw("symbols.csv", content.encode())], {})
    assert reading.tables["symbol"]["symbol"].to_list() == [":"]
    assert set(reading.rejected["rule"]) == {"needs_unit_readable", "valid_from_readable", "cell_count"}


@pytest.mark.parametrize("content", [b"", b"<html></html>", "provider;Übel\n".encode("latin-1")])
def test_other_files_are_refused(synthetic_raw: Synthetic, content: bytes) -> None:
    with pytest.raises(SourceChanged):
        read([synthetic_raw("symbols.csv", content)], {})
