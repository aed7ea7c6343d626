"""Landesdatenbank NRW: payments of municipalities by type (table 71517-01i), 2009 onwards.

Belongs here: the dialogue and which rows are taken. Does not belong here: the form of the file
(`genesis_table.py`), accounts by product group 2009 to 2011 (`nrw_finance.py`).

The only current source of total payments per municipality in a Land: the denominator of shares of
spending. Cash statistics (GFK), in thousand euro; a figure of statistics, not of one budget.

Documented: GENESIS REST 2020 (POST, credentials in headers), `format=datencsv`, tables of this size
only as jobs (`job=true`, status 99 names the job). As a public client does it: base address and
`data/table`, then `data/result` until its status is 0 (98 and 104: not finished), the table as text
in `Object.Content`; one request per year, since a range of years brings back the latest only.
Assumed: metadata as at the other providers of the family. Of an answer only the table is kept: the
envelope repeats who asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.genesis_figures import Check, rejects, settled
from sources.genesis_protocol import (
    ADJUSTED,
    JOB_STARTED,
    NO_MATCH,
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
from sources.genesis_reading import status_of
from sources.genesis_table import figures_printed
from sources.json_answers import licence_said, parsed, taken
from sources.live import Answer, Delivery, Dialogue, Occasion, Pause
from sources.source import Raw, Reading, Source, SourceChanged, SourceUnavailable

TABLE = CONTRACTS["official_series"]
TABLE_CODE, FIRST_YEAR = "71517-01i", 2009
SOURCE_ID, CREDENTIALS, PROVIDER = "nrw_payments", "landesdatenbank_nrw", "landesdatenbank_nrw"
FOLDER = "landesdatenbank_nrw"
POLLS = 90
ABOVE_DISTRICTS = r"^(DG|\d{2,3})$"
UNFINISHED = (TOO_LARGE, NO_MATCH)


def dialogue(occasion: Occasion) -> Dialogue:
    """Metadata, and one file per year where the table was updated since the last reading.

    Raises:
        SourceUnavailable: a job does not end in time.
        SourceChanged: an answer has another form than described.
    """
    answer = yield from _post(occasion, "metadata/table", {"name": TABLE_CODE, "area": "free"})
    name = f"{FOLDER}/{TABLE_CODE}_metadata.json"
    if status_of(name, answer.content) not in (OK, ADJUSTED):
        raise refused(TABLE_CODE, answer.content)
    metadata = Delivery(name=name, content=answer.content, url=answer.url)
    first, last = years_offered(metadata, FIRST_YEAR)
    names = [_name(year) for year in range(first, last + 1)]
    known = occasion.previous.get(name)
    kept = [occasion.previous[each] for each in names if each in occasion.previous]
    if known and len(kept) == len(names) and updated(known) == updated(metadata):
        return [known, *kept]
    files = [metadata]
    for year in range(first, last + 1):
        files.extend((yield from _year(occasion, year)))
    return files


def _name(year: int) -> str:
    return f"{FOLDER}/{TABLE_CODE}_{year}.csv"


def _year(occasion: Occasion, year: int) -> Getting:
    """The table of one year, as a direct answer or as the result of a job."""
    form = {
        "name": TABLE_CODE,
        "area": "free",
        "compress": "false",
        "transpose": "false",
        "format": "datencsv",
        "job": "true",
        "startyear": str(year),
        "endyear": str(year),
        "regionalvariable": "",
        "regionalkey": "",
    }
    answer = yield from _post(occasion, "data/table", form, repeatable=False)
    status = status_of(TABLE_CODE, answer.content)
    if status == JOB_STARTED:
        answer = yield from _result(occasion, job_named(TABLE_CODE, answer.content))
    elif status not in (OK, ADJUSTED):
        raise refused(f"{TABLE_CODE} for {year}", answer.content)
    content = _table_in(answer)
    if not any(line.split(";")[:2].count(str(year)) for line in content.splitlines()):
        raise SourceChanged(
            f"The Landesdatenbank NRW sent another year of {TABLE_CODE} than {year}",
            cause="The provider sends the latest period where years are lost",
            remedy="Ask again; if it stays so, compare the names of the parameters",
        )
    return [Delivery(name=_name(year), content=content.encode(), url=answer.url)]


def _result(occasion: Occasion, job: str) -> Asking:
    """Ask for the result of a job until it is there."""
    form = {"name": job, "area": "free", "compress": "false"}
    for _ in range(POLLS):
        yield Pause(seconds=POLL_SECONDS)
        answer = yield from _post(occasion, "data/result", form)
        status = status_of(job, answer.content)
        if status in (OK, ADJUSTED):
            return answer
        if status not in UNFINISHED:
            raise refused(job, answer.content)
    raise SourceUnavailable(
        f"The Landesdatenbank NRW has not finished the job {job}",
        cause=f"Asked {POLLS} times in {POLLS * POLL_SECONDS / 60:.0f} minutes",
        remedy="Nothing needs to be done unless it stays so for days",
    )


def _table_in(answer: Answer) -> str:
    held = taken(TABLE_CODE, parsed(TABLE_CODE, answer.content), "Object", dict)
    return taken(TABLE_CODE, held, "Content", str)


def _post(occasion: Occasion, path: str, form: Mapping[str, str], *, repeatable: bool = True) -> Asking:
    return post(occasion, path, form, credentials=CREDENTIALS, repeatable=repeatable)


def read(raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Payments by type of every municipality and district, signs kept; larger areas are set aside.

    Raises:
        SourceChanged: a file is not the table described.
    """
    frames, rejected = [TABLE.empty()], [no_rejects()]
    for raw in raws:
        if not raw.name.endswith(".csv"):
            continue
        printed, broken = figures_printed(raw, TABLE_CODE)
        good, bad = settled(printed, needs["municipality"], SOURCE_ID, PROVIDER, _checks())
        frames.append(good.select(list(TABLE.columns)))
        cut = rejects(broken, SOURCE_ID, "cell_count", None, "die Zeile hat eine andere Zahl von Feldern")
        rejected += [cut, bad]
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=pl.concat(rejected))


def _checks() -> list[Check]:
    known = pl.col("ags").str.contains(r"^05(\d{3}|\d{6})$")
    above = pl.col("ags").str.contains(ABOVE_DISTRICTS)
    return [
        ("area_above_districts", "ags", ~above, "Summe über Kreise; mitgezählt wäre sie doppelt"),
        ("key_form", "ags", known | above, "kein Schlüssel einer Gemeinde oder eines Kreises in NRW"),
    ]


SOURCE = Source(
    id=SOURCE_ID,
    title="Auszahlungen der Gemeinden in Nordrhein-Westfalen nach Arten",
    publisher="IT.NRW, Landesdatenbank NRW (Tabelle 71517-01i)",
    licence="dl-de/by-2-0",
    attribution="© IT.NRW, Landesdatenbank NRW, dl-de/by-2-0",
    homepage="https://www.landesdatenbank.nrw.de/",
    tables=(TABLE.table,),
    read=read,
    needs=("municipality",),
    archive=(f"municipal_finance/{FOLDER}/{TABLE_CODE}_*.csv",),
    live=dialogue,
    live_base="https://www.landesdatenbank.nrw.de/ldbnrwws/rest/2020",
    licence_in=licence_said,
    rhythm_days=365,
    group="budgets",
)
