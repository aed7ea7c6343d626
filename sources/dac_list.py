"""The DAC list of ODA recipients by reporting year, as intervals we wrote down from the published lists.

Belongs here: the lists and the years they hold for, and the step from stays in a group to one row
per country and year. Does not belong here: the countries themselves (`embedded/dac_list.csv`) or
code lists that carry a publication date instead of a reporting year.

A country is a recipient in a reporting year if it stands on the list that is effective for that
year. Leaving the list lowers counts of partnerships with developing countries although nothing
changed on the ground; that is why the year matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from quality.contracts import CONTRACTS
from sources.rejection import reject
from sources.source import Raw, Reading, Source
from sources.written import is_whole_number, only_readable, written_rows

COLUMNS = ("iso3", "name", "dac_group", "year_from", "year_to", "document")

LISTS: tuple[tuple[int, int, str], ...] = (
    (2011, 2013, "effective for reporting on 2011, 2012 and 2013 flows"),
    (2014, 2017, "effective for reporting on 2014, 2015, 2016 and 2017 flows"),
    (2018, 2020, "effective for reporting on 2018, 2019 and 2020 flows"),
    (2021, 2021, "effective for reporting on 2021 flows"),
    (2022, 2023, "effective for reporting on 2022 and 2023 flows"),
    (2024, 2025, "effective for reporting on 2024 and 2025 flows"),
    (2026, 2026, "effective for reporting on 2026 flows"),
)
"""First and last reporting year of each list, and its title."""

LAST_YEAR = LISTS[-1][1]
"""Last reporting year written down; an open stay ends here."""


def _documents() -> pl.DataFrame:
    """Year to the title of the list that is effective for it."""
    rows = [
        (year, f"DAC List of ODA Recipients, {title}")
        for first, last, title in LISTS
        for year in range(first, last + 1)
    ]
    return pl.DataFrame(rows, schema={"year": pl.Int64, "document": pl.String}, orient="row")


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """One row per country and reporting year in which it stands on the list.

    Two stays of one country that overlap are both left to the contract, which rejects a country
    and year with two groups. A stay that ends before it begins goes to quarantine.
    """
    table = CONTRACTS["aid_recipient"]
    frames, rejected = [table.empty()], []
    for raw in raws:
        rows, broken = written_rows(raw, COLUMNS, source_id=SOURCE.id, table=table.table)
        rows, unreadable = only_readable(
            rows,
            {
                "year_from": is_whole_number("year_from"),
                "year_to": pl.col("year_to").is_null() | is_whole_number("year_to"),
            },
            source_id=SOURCE.id,
            table=table.table,
        )
        stays = rows.with_columns(
            first=pl.col("year_from").cast(pl.Int64),
            last=pl.col("year_to").cast(pl.Int64).fill_null(LAST_YEAR),
        )
        frames.append(_by_year(stays.filter(pl.col("first") <= pl.col("last"))))
        rejected += [broken, unreadable, _backwards(stays.filter(pl.col("first") > pl.col("last")))]
    return Reading(tables={table.table: pl.concat(frames)}, rejected=pl.concat(rejected))


def _by_year(stays: pl.DataFrame) -> pl.DataFrame:
    return (
        stays.drop("document")
        .with_columns(year=pl.int_ranges("first", pl.col("last") + 1))
        .explode("year")
        .join(_documents(), on="year", how="left", maintain_order="left")
        .with_columns(country=pl.col("iso3"), is_recipient=pl.lit(True), is_ldc=pl.col("dac_group") == "LDC")
        .select(list(CONTRACTS["aid_recipient"].columns))
    )


def _backwards(stays: pl.DataFrame) -> pl.DataFrame:
    return reject(
        stays,
        source_id=SOURCE.id,
        table="aid_recipient",
        rule="years_in_order",
        column="year_to",
        value=pl.col("year_to"),
        reason="the stay ends before it begins, or begins after the last list",
        remedy="Correct year_from or year_to in sources/embedded/dac_list.csv.",
    )


SOURCE = Source(
    id="dac_list",
    title="DAC-Liste der Empfänger öffentlicher Entwicklungszusammenarbeit 2011–2026",
    publisher="OECD Development Assistance Committee; aufgeschrieben von diesem Projekt",
    licence="Tatsachen aus öffentlichen Listen der OECD, mit ihrer Fundstelle aufgeschrieben",
    attribution="OECD DAC List of ODA Recipients; Zusammenstellung: SDG 17 Kommunalmonitor",
    homepage="https://www.oecd.org/en/topics/sub-issues/oda-eligibility-and-conditions/dac-list-of-oda-recipients.html",
    tables=("aid_recipient",),
    read=read,
    embedded=("dac_list.csv",),
    always=True,
    rhythm_days=365,
    group="countries",
)
