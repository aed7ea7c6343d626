"""Regionaldatenbank Deutschland (GENESIS, REST 2020): what is asked, and which table fills what.

Belongs here: the tables wanted and the dialogue. Does not belong here: what the files mean
(`genesis_reading.py`) and their form (`genesis_ffcsv.py`).

A table is asked for by POST with a form; credentials go in headers. The answer is a ZIP, or JSON
with a status: 0 good, 22 parameters adjusted, 50 nothing newer, 90 and 104 no such table, 98 too
large for a direct answer, 99 a job was started. Without start and end year only the latest period
comes back, so both are always sent, and a file with one period where more were asked is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from dataclasses import dataclass

from sources.genesis_ffcsv import records
from sources.genesis_protocol import (
    ABSENT,
    ADJUSTED,
    AS_FILE,
    AS_JSON,
    JOB_STARTED,
    NOTHING_NEWER,
    OK,
    POLL_SECONDS,
    TOO_LARGE,
    Asking,
    Getting,
    job_named,
    post,
    refused,
    updated,
    years_offered,
)
from sources.genesis_reading import SOURCE_ID, read, status_of
from sources.json_answers import licence_said, parsed
from sources.live import Answer, Delivery, Dialogue, Occasion, Pause, Request
from sources.source import Raw, Source, SourceChanged, SourceUnavailable

POLLS = 90


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table wanted, and the first year it is wanted for."""

    code: str
    first_year: int


TABLES = (
    Table(code="12411-01-01-5", first_year=2011),  # population 31 December, municipalities
    Table(code="12411-06-01-5", first_year=2011),  # population 30 June, municipalities
    Table(code="12411-01-01-4", first_year=2011),  # population 31 December, districts
    Table(code="71231-01-03-5", first_year=2016),  # tax revenue capacity
    Table(code="71327-01-05-4", first_year=2010),  # debt of core budgets
    Table(code="11111-01-01-5", first_year=2011),  # area
)
"""Population before the census of 2011 rests on older counts and is not asked for."""


def dialogue(occasion: Occasion) -> Dialogue:
    """Metadata of each table, and the table itself where it was updated since the last reading.

    Raises:
        SourceUnavailable: a job does not end in time.
        SourceChanged: an answer has another form than described.
    """
    files: list[Delivery] = []
    for table in TABLES:
        files.extend((yield from _table(occasion, table)))
    return files


def _table(occasion: Occasion, table: Table) -> Getting:
    """The files of one table; a table the provider no longer has is reported and costs only itself."""
    answer = yield from _post(occasion, "metadata/table", {"name": table.code, "area": "all"})
    name = f"genesis/{table.code}_metadata.json"
    described = status_of(name, answer.content)
    if described in ABSENT:
        return [Delivery(name=f"genesis/{table.code}_answer.json", content=answer.content, url=answer.url)]
    if described not in (OK, ADJUSTED):
        raise refused(table.code, answer.content)
    metadata = Delivery(name=name, content=answer.content, url=answer.url)
    zip_name = f"genesis/{table.code}_tablefile_ffcsv_de.zip"
    known, kept = occasion.previous.get(name), occasion.previous.get(zip_name)
    if known and kept and updated(known) == updated(metadata):
        return [known, kept]
    first, last = years_offered(metadata, table.first_year)
    stand = updated(known)[:10] if known and kept else ""
    answer = yield from _tablefile(occasion, table.code, first, last, stand)
    if answer.content.startswith(b"PK"):
        delivery = Delivery(name=zip_name, content=answer.content, url=answer.url)
        _check_periods(delivery, first, last)
        return [metadata, delivery]
    status = status_of(table.code, answer.content)
    if status == NOTHING_NEWER and known and kept:
        return [known, kept]
    if status in ABSENT:
        return [Delivery(name=f"genesis/{table.code}_answer.json", content=answer.content, url=answer.url)]
    raise refused(table.code, answer.content)


def _tablefile(occasion: Occasion, code: str, first: int, last: int, stand: str) -> Asking:
    """The table as a direct answer, or as the result of a job where it is too large for one."""
    form = {
        "name": code,
        "area": "all",
        "format": "ffcsv",
        "compress": "false",
        "quality": "off",
        "regionalvariable": "",
        "regionalkey": "",
        "startyear": str(first),
        "endyear": str(last),
        "timeslices": "",
        "stand": stand,
        "job": "false",
    }
    answer = yield from _post(occasion, "data/tablefile", form)
    if answer.content.startswith(b"PK") or status_of(code, answer.content) != TOO_LARGE:
        return answer
    started = yield from _post(occasion, "data/tablefile", {**form, "job": "true"}, repeatable=False)
    if status_of(code, started.content) not in (OK, JOB_STARTED):
        raise refused(code, started.content)
    job = job_named(code, started.content)
    yield from _wait_for(occasion, job)
    result = {"name": job, "area": "all", "format": "ffcsv", "compress": "false"}
    return (yield from _post(occasion, "data/resultfile", result))


def _wait_for(occasion: Occasion, job: str) -> Generator[Request | Pause, Answer | None, None]:
    """Ask for the list of results until the job is among them."""
    for _ in range(POLLS):
        yield Pause(seconds=POLL_SECONDS)
        form = {"selection": job, "area": "all", "pagelength": "100"}
        answer = yield from _post(occasion, "catalogue/results", form)
        entries = parsed(job, answer.content).get("List") or []
        if any(isinstance(entry, dict) and entry.get("Code") == job for entry in entries):
            return
    raise SourceUnavailable(
        f"GENESIS has not finished the job {job}",
        cause=f"Asked {POLLS} times in {POLLS * POLL_SECONDS / 60:.0f} minutes",
        remedy="Nothing needs to be done unless it stays so for days",
    )


def _post(occasion: Occasion, path: str, form: Mapping[str, str], *, repeatable: bool = True) -> Asking:
    expect = AS_FILE if path.startswith("data/") else AS_JSON
    return post(occasion, path, form, credentials="genesis", expect=expect, repeatable=repeatable)


def _check_periods(delivery: Delivery, first: int, last: int) -> None:
    """Refuse a file that holds the latest period only, as the provider sends when years are lost."""
    raw = Raw(
        name=delivery.name,
        content=delivery.content,
        snapshot_id=hashlib.sha256(delivery.content).hexdigest(),
    )
    _, table, _ = records(raw)
    periods = table["time"].n_unique()
    if first < last and periods == 1:
        raise SourceChanged(
            f"{delivery.name} holds one period, asked for were {first} to {last}",
            cause="The provider sends the latest period only where start and end year are lost",
            remedy="Ask again; if it stays so, compare the names of the parameters",
        )


SOURCE = Source(
    id=SOURCE_ID,
    title="Regionaldatenbank Deutschland",
    publisher="Statistische Ämter des Bundes und der Länder",
    licence="dl-de/by-2-0",
    attribution="© Statistische Ämter des Bundes und der Länder, Regionaldatenbank Deutschland, dl-de/by-2-0",
    homepage="https://www.regionalstatistik.de/",
    tables=("population", "official_series"),
    read=read,
    needs=("municipality",),
    archive=(
        "municipal_finance/genesis_recorded/*_tablefile_ffcsv_de.zip",
        "municipal_finance/genesis_recorded/*_metadata.json",
    ),
    live=dialogue,
    live_base="https://www.regionalstatistik.de/genesisws/rest/2020",
    licence_in=licence_said,
    rhythm_days=365,
    group="register",
)
