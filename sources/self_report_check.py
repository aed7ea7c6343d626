"""Judging a returned form row by row: what is taken, and what the office is told about the rest.

Belongs here: every rule on a row and between rows of one file, with its German sentence and remedy.
Does not belong here: bytes and workbooks (`self_report_file.py`), the vocabulary
(`self_report_form.py`), or several files of one unit (`self_report.py`).

One file speaks for one unit. A row that names another unit refuses the whole file, so that nobody
can change what another municipality has reported; a key damaged by a spreadsheet is told as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sources.self_report_cells import Cells
from sources.self_report_file import Row, rows_of
from sources.self_report_form import STATUSES
from sources.self_report_outcome import Checked, Finding, Problem, Report
from sources.self_report_workbook import Refused
from sources.self_report_writing import looks_damaged


def check(name: str, content: bytes, *, ags: str, received: date) -> Checked:
    """Judge a returned form.

    Args:
        name: name of the file, for its ending.
        content: its bytes.
        ags: the unit the file belongs to, from its folder or name.
        received: day it was received; nothing can be reported about later days.
    """
    try:
        rows = rows_of(name, content)
        _only_own(rows, ags)
    except Refused as refused:
        return Checked(reports=(), findings=(_whole("Datei", "", refused.problem, refused.remedy),))
    filled = [row for row in rows if not _is_untouched(row)]
    reports: list[Report] = []
    findings: list[Finding] = []
    for row in filled:
        report, problems = _judge(row, ags, received)
        findings += [_finding(row, problem) for problem in problems]
        if report is not None:
            reports.append(report)
    kept, clashes = _consistent(reports)
    if not filled:
        findings.append(
            _whole(
                "Datei",
                "",
                "Das Formular ist nicht ausgefüllt.",
                "Bitte je Zeile wert und status ausfüllen; leere Zeilen gelten als nicht beantwortet.",
            )
        )
    return Checked(
        reports=tuple(kept),
        findings=tuple(sorted([*findings, *clashes], key=lambda each: (each.row or 0, each.field))),
        untouched=len(rows) - len(filled),
    )


def _only_own(rows: Sequence[Row], ags: str) -> None:
    """Raises Refused where a row speaks for another unit."""
    for row in rows:
        named = row.cells["ags"].replace(" ", "")
        if named and named != ags and not looks_damaged(named, ags):
            raise Refused(
                f"Zeile {row.number} nennt den Schlüssel {named[:20]}, die Datei gehört aber zu {ags}. "
                "Eine Datei darf nur Angaben einer einzigen Gebietseinheit enthalten; nichts wurde übernommen.",
                f"Bitte nur Zeilen mit {ags} einreichen, andere Gebietseinheiten mit eigener Datei.",
            )


def _is_untouched(row: Row) -> bool:
    """A row of the empty form nobody filled in."""
    return not any(
        row.cells[name] for name in ("wert", "status", "gemeldet_am", "melder_stelle", "beleg_url")
    )


def _judge(row: Row, ags: str, received: date) -> tuple[Report | None, list[Problem]]:
    cells = Cells(cells=row.cells, ags=ags, received=received)
    item = cells.item()
    year = cells.year(item)
    phase, gross_net = cells.phase(item), cells.gross_net(item)
    status = cells.status()
    value = cells.value(item, status)
    evidence = cells.evidence(item, value)
    reported_on, office = cells.reported_on(), cells.office()
    cells.unit(item)
    cells.check_key()
    cells.check_form()
    if cells.problems or item is None or year is None or status is None or reported_on is None or not office:
        return None, cells.problems
    return (
        Report(
            row=row.number,
            year=year,
            item=item,
            value=value,
            quantity=None if value is None else round(value * item.scale),
            status=STATUSES[status][0],
            obs_status=STATUSES[status][1],
            phase=phase,
            gross_net=gross_net,
            evidence_url=evidence,
            reported_on=reported_on,
            office=office,
            text=row.text,
        ),
        [],
    )


def _consistent(reports: Sequence[Report]) -> tuple[list[Report], list[Finding]]:
    """Rows of one file must not contradict each other; of equal rows the first stands."""
    by_key: dict[tuple[int, str, str], list[Report]] = defaultdict(list)
    for report in reports:
        by_key[report.key].append(report)
    findings: list[Finding] = []
    kept: list[Report] = []
    for same in by_key.values():
        if len({each.content for each in same}) > 1:
            rows = ", ".join(str(each.row) for each in same)
            findings += _told(
                same,
                f"Das Merkmal steht für dasselbe Jahr mehrfach mit verschiedenen Angaben (Zeilen {rows}).",
                "Bitte nur die richtige Zeile stehen lassen; bis dahin gilt keine davon.",
            )
            continue
        kept.append(same[0])
        findings += _told(same[1:], "Die Zeile wiederholt eine frühere Zeile.", "Nichts zu tun.", hint=True)
    for smaller, larger, problem, remedy in _NESTED:
        wrong = _not_nested(kept, smaller, larger)
        findings += _told(wrong, problem, remedy)
        kept = [each for each in kept if each not in wrong]
    return kept, findings


_NESTED = (
    (
        "one_world_programme_sustainable",
        "one_world_programme",
        "Ein Programm mit Schwerpunkt Nachhaltigkeit ist gemeldet, ein Programm überhaupt aber verneint.",
        "Bitte beide Angaben prüfen: Ohne Programm kann es keines mit Schwerpunkt geben.",
    ),
    (
        "fair_trade_spending",
        "eligible_procurement",
        "Die Ausgaben für faire Produkte sind höher als die gesamte Beschaffung der Warengruppen.",
        "Bitte beide Beträge prüfen: Faire Produkte sind Teil der Beschaffung.",
    ),
)
"""Items of which the first cannot exceed the second, in the same year and phase."""


def _not_nested(reports: Iterable[Report], smaller: str, larger: str) -> list[Report]:
    found: dict[tuple[int, str], dict[str, Report]] = defaultdict(dict)
    for report in reports:
        if report.item.item in {smaller, larger} and report.value is not None:
            found[report.year, report.phase][report.item.item] = report
    return [
        each
        for pair in found.values()
        if len(pair) > 1 and (pair[smaller].value or 0) > (pair[larger].value or 0)
        for each in pair.values()
    ]


def _told(reports: Iterable[Report], problem: str, remedy: str, *, hint: bool = False) -> list[Finding]:
    return [
        Finding(
            row=each.row,
            field="merkmal",
            value=each.item.merkmal,
            problem=problem,
            remedy=remedy,
            is_hint=hint,
            text=each.text,
        )
        for each in reports
    ]


def _finding(row: Row, problem: Problem) -> Finding:
    return Finding(
        row=row.number,
        field=problem.field,
        value=row.cells.get(problem.field, "")[:SHOWN],
        problem=problem.problem,
        remedy=problem.remedy,
        text=row.text,
    )


SHOWN = 80
"""Signs of a wrong cell that are repeated in the answer."""


def _whole(field: str, value: str, problem: str, remedy: str) -> Finding:
    return Finding(row=None, field=field, value=value, problem=problem, remedy=remedy)
