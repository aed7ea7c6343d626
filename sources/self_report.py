"""Own statements of municipalities and districts: accepted return forms, all versions, and who was asked.

Belongs here: from accepted files to the tables `self_report` and `self_report_contact`. Does not
belong here: the drop folder (`pipelines/intake_folder.py`) or the rules on a row
(`self_report_check.py`), which judged the file when it came and judge it again here.

An accepted file is named `<ags>_<time of receipt, UTC>_<hash>_<its own name>`. The statement in
force is the one with the latest date of statement, then of receipt: an old form sent again late
replaces nothing. Earlier versions stay and name the one that replaced them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from quality.contract import QUARANTINE_SCHEMA, no_rejects
from quality.contracts import CONTRACTS
from sources.rejection import reject
from sources.self_report_check import check
from sources.self_report_form import BY_MERKMAL
from sources.self_report_outcome import Checked, Finding, Report
from sources.source import Raw, Reading, Source, SourceChanged
from sources.written import is_date, is_whole_number, only_readable, written_rows

ACCEPTED_NAME = re.compile(
    r"(?P<ags>[0-9]{5}|[0-9]{8})_(?P<stamp>[0-9]{8}T[0-9]{6}Z)_(?P<hash>[0-9a-f]{8})_.+"
)
CONTACTS = "contacts.csv"
CONTACT_COLUMNS = ("ags", "contacted_on", "year", "note")
WITHHELD_TEXT = "nicht veröffentlicht"
VERSION_KEY = ("ags", "year", "item", "phase")
_TABLE, _CONTACT, _SEALED = "self_report", "self_report_contact", "self_report_sealed"


def read(raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]) -> Reading:
    """All versions of all statements, and the contact list. A wrong file costs only itself."""
    forms = [raw for raw in raws if not raw.name.endswith(CONTACTS)]
    reports, rejected = [CONTRACTS[_TABLE].empty()], [no_rejects()]
    sealed = [CONTRACTS[_SEALED].empty()]
    for raw in forms:
        frame, secret, refused = _form(raw)
        reports.append(frame)
        sealed.append(secret)
        rejected.append(refused)
    known, gone = _of_living_units(pl.concat(reports, how="diagonal"), needs.get("municipality"))
    contacts, unreadable = _contacts([raw for raw in raws if raw.name.endswith(CONTACTS)])
    return Reading(
        tables={
            _TABLE: with_versions(known),
            _CONTACT: contacts,
            _SEALED: pl.concat(sealed).join(known, on="report_id", how="semi"),
        },
        rejected=pl.concat([*rejected, gone, unreadable]),
    )


def _form(raw: Raw) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Statements as they may be published, the values kept back, and what was refused."""
    name = raw.name.rpartition("/")[2]
    match = ACCEPTED_NAME.fullmatch(name)
    if match is None:
        problem = "Der Dateiname ist nicht der einer angenommenen Datei."
        finding = Finding(
            row=None, field="Datei", value=name, problem=problem, remedy="Über intake/inbox einreichen."
        )
        return CONTRACTS[_TABLE].empty(), CONTRACTS[_SEALED].empty(), _rejections(raw, [finding])
    stamp = match["stamp"]
    received = date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
    checked = check(name, raw.content, ags=match["ags"], received=received)
    errors = [finding for finding in checked.findings if not finding.is_hint]
    prefix = f"{match['ags']}_{stamp}_{match['hash']}"
    rows = _rows(raw, checked, match["ags"], received, prefix)
    return rows, _sealed(checked, prefix), _rejections(raw, errors)


def _sealed(checked: Checked, prefix: str) -> pl.DataFrame:
    """Values of statements on few persons, for sums that hide them among others."""
    rows = [
        {"report_id": f"{prefix}:{report.row}", "quantity": report.quantity}
        for report in checked.reports
        if _is_small(report)
    ]
    return pl.DataFrame(rows, schema=CONTRACTS[_SEALED].schema)


def _is_small(report: Report) -> bool:
    return report.value is not None and 0 < report.value < report.item.suppress_below


def _rows(raw: Raw, checked: Checked, ags: str, received: date, prefix: str) -> pl.DataFrame:
    rows = [
        {
            "report_id": f"{prefix}:{report.row}",
            "ags": ags,
            "received_on": received,
            "version": 1,
            "superseded_by": None,
            "superseded_on": None,
            "source_id": SOURCE.id,
            "snapshot_id": raw.snapshot_id,
            "locator": f"row {report.row}",
            **_published(report),
        }
        for report in checked.reports
    ]
    return pl.DataFrame(rows, schema=CONTRACTS[_TABLE].schema)


def _published(report: Report) -> dict[str, object]:
    """What the table shows of a statement: a small number about persons is kept back."""
    small = _is_small(report)
    return {
        "year": report.year,
        "item": report.item.item,
        "value": None if small else report.value,
        "quantity": None if small else report.quantity,
        "unit": report.item.unit,
        "status": report.status,
        "obs_status": "Q" if small else report.obs_status,
        "phase": report.phase,
        "gross_net": report.gross_net,
        "evidence_url": report.evidence_url,
        "reported_on": report.reported_on,
        "office": report.office,
        "raw_text": WITHHELD_TEXT if report.item.suppress_below else report.text,
    }


def _rejections(raw: Raw, findings: Sequence[Finding]) -> pl.DataFrame:
    """Quarantine rows; the wording of rows on items that may be suppressed is left out."""
    rows = [
        {
            "source_id": SOURCE.id,
            "table_name": _TABLE,
            "rule": "return_form",
            "column_name": finding.field,
            "value": WITHHELD_TEXT if _is_delicate(finding.text) else finding.value,
            "reason": finding.problem,
            "remedy": finding.remedy,
            "snapshot_id": raw.snapshot_id,
            "locator": "file" if finding.row is None else f"row {finding.row}",
            "raw_text": WITHHELD_TEXT if _is_delicate(finding.text) else finding.text,
        }
        for finding in findings
    ]
    return pl.DataFrame(rows, schema=dict(QUARANTINE_SCHEMA))


def _is_delicate(text: str) -> bool:
    return any(name in text.lower() for name, item in BY_MERKMAL.items() if item.suppress_below)


def _of_living_units(
    reports: pl.DataFrame, municipality: pl.DataFrame | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Set apart statements about years in which the unit was gone, and of areas without a council."""
    if municipality is None or reports.is_empty():
        return reports, no_rejects()
    gone = pl.col("valid_to") < pl.date(pl.col("year"), 1, 1)
    units = municipality.select("ags", "valid_to", "is_unincorporated")
    joined = reports.join(units, on="ags", how="left", maintain_order="left")
    wrong = (gone | pl.col("is_unincorporated")).fill_null(False)
    return joined.filter(~wrong).select(reports.columns), reject(
        joined.filter(wrong),
        source_id=SOURCE.id,
        table=_TABLE,
        rule="unit_exists_in_year",
        column="year",
        value=pl.col("year"),
        reason="Die Gebietseinheit besteht in diesem Jahr nicht oder ist gemeindefrei.",
        remedy="Die Angabe gehört zur Nachfolgerin.",
    )


def with_versions(reports: pl.DataFrame) -> pl.DataFrame:
    """Number the statements on the same unit, year, item and phase, and link each to the next."""
    key = list(VERSION_KEY)
    ordered = reports.sort(*key, "reported_on", "received_on", "report_id")
    later = pl.max_horizontal("received_on", pl.col("received_on").shift(-1).over(key))
    return ordered.with_columns(
        version=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(key),
        superseded_by=pl.col("report_id").shift(-1).over(key),
        superseded_on=pl.when(pl.col("report_id").shift(-1).over(key).is_not_null()).then(later),
    ).select(list(CONTRACTS[_TABLE].columns))


def _contacts(raws: Sequence[Raw]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Who was asked; an empty year means the last year complete on the day of the inquiry."""
    frames, rejected = [CONTRACTS[_CONTACT].empty()], [no_rejects()]
    for raw in raws:
        try:
            rows, broken = written_rows(raw, CONTACT_COLUMNS, source_id=SOURCE.id, table=_CONTACT)
        except SourceChanged as changed:
            finding = Finding(
                row=None,
                field="contacts",
                value="",
                problem=str(changed),
                remedy=f"Restore the columns {';'.join(CONTACT_COLUMNS)}.",
            )
            rejected.append(_rejections(raw, [finding]))
            continue
        readable = {
            "contacted_on": is_date("contacted_on"),
            "year": pl.col("year").is_null() | is_whole_number("year"),
            "ags": pl.col("ags").is_not_null(),
        }
        rows, unreadable = only_readable(rows, readable, source_id=SOURCE.id, table=_CONTACT)
        rejected += [broken, unreadable]
        day = pl.col("contacted_on").str.to_date("%Y-%m-%d")
        frames.append(
            rows.with_columns(
                year=pl.coalesce(pl.col("year").cast(pl.Int64), day.dt.year().cast(pl.Int64) - 1),
                contacted_on=day,
            )
            .sort("contacted_on", maintain_order=True)
            .unique(["ags", "year"], keep="first", maintain_order=True)
            .select(list(CONTRACTS[_CONTACT].columns))
        )
    return pl.concat(frames), pl.concat(rejected)


SOURCE = Source(
    id="self_report",
    title="Eigenangaben der Kommunen (Meldebogen)",
    publisher="Meldende Stelle der Kommune oder des Kreises",
    licence="Zur Veröffentlichung gemeldet",
    attribution="Eigenangabe der Kommune; Zusammenstellung: SDG 17 Kommunalmonitor",
    tables=(_TABLE, _CONTACT, _SEALED),
    read=read,
    needs=("municipality",),
    keyed=True,
    home_files=("intake/contacts.csv", "intake/accepted/*.csv", "intake/accepted/*.xlsx"),
    rhythm_days=365,
    group="engagement",
)
