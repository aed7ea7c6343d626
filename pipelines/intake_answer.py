"""The answer an office gets to its return form: a page and a table, in German, without active content.

Belongs here: wording and layout of the answer. Does not belong here: the rules
(`sources/self_report_check.py`) or where files lie (`pipelines/intake_folder.py`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from jinja2 import Environment, StrictUndefined

from pipelines.site.numbers import number
from sources.self_report_outcome import Checked, Finding, Report
from sources.self_report_writing import FORMULA_SIGNS

NOT_PRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control signs, and signs that turn the direction of writing around."""

SAID = {
    "not_applicable": "nicht zutreffend",
    "no_answer": "keine Angabe",
    "confirmed_zero": "bestätigt: null",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Everything the answer to one file says."""

    file_name: str
    ags: str | None
    received: str
    digest: str
    checked: Checked

    @property
    def accepted(self) -> bool:
        """Whether at least one row was taken."""
        return not self.checked.refused

    @property
    def problems(self) -> list[Finding]:
        """What the office should correct."""
        return [finding for finding in self.checked.findings if not finding.is_hint]

    @property
    def hints(self) -> list[Finding]:
        """What the office should know."""
        return [finding for finding in self.checked.findings if finding.is_hint]

    @property
    def taken(self) -> list[Mapping[str, object]]:
        """The rows taken, in words."""
        return [
            {
                "row": report.row,
                "year": report.year,
                "merkmal": report.item.merkmal,
                "label": report.item.label,
                "said": _said(report),
            }
            for report in self.checked.reports
        ]

    @property
    def summary(self) -> str:
        """One sentence on the whole."""
        wrong = len({finding.row for finding in self.problems if finding.row is not None})
        rows = f"{len(self.checked.reports)} {'Zeile' if len(self.checked.reports) == 1 else 'Zeilen'}"
        if not self.accepted:
            return "Aus dieser Datei wurde nichts übernommen; frühere Meldungen gelten weiter."
        text = f"{rows} übernommen"
        if wrong:
            text += f", {wrong} nicht übernommen (siehe unten)"
        if self.checked.untouched:
            text += f", {self.checked.untouched} nicht ausgefüllt"
        return text + "."


def _said(report: Report) -> str:
    if report.status in SAID:
        return SAID[report.status]
    decimals = 2 if report.item.scale > 1 else 0
    phase = {"plan": " (Plan)", "actual": " (Ist)"}.get(report.phase, "")
    text = f"{number(report.value or 0, decimals)} {report.item.unit_name}{phase}"
    return f"{text}, wird nicht veröffentlicht" if _is_kept_back(report) else text


def _is_kept_back(report: Report) -> bool:
    return report.value is not None and 0 < report.value < report.item.suppress_below


def as_page(answer: Answer) -> bytes:
    """The answer as one self-contained page: no script, no link, nothing loaded, all text escaped."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, finalize=_shown)
    template = environment.from_string(
        resources.files("pipelines").joinpath("intake_answer.html").read_text("utf-8")
    )
    return template.render(answer=answer).encode("utf-8")


def _shown(value: object) -> object:
    return NOT_PRINTABLE.sub("\ufffd", value) if type(value) is str else value


def as_table(answer: Answer) -> bytes:
    """The answer as CSV for the office's spreadsheet; a cell that looks like a formula stays text."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(("zeile", "feld", "angabe", "ergebnis", "problem", "abhilfe"))
    lines: list[tuple[int, tuple[object, ...]]] = [
        (
            finding.row or 0,
            (
                finding.row or "Datei",
                finding.field,
                finding.value,
                "Hinweis" if finding.is_hint else "nicht übernommen",
                finding.problem,
                finding.remedy,
            ),
        )
        for finding in answer.checked.findings
    ]
    lines += [
        (report.row, (report.row, report.item.merkmal, _said(report), "übernommen", "", ""))
        for report in answer.checked.reports
    ]
    for _row, cells in sorted(lines, key=lambda each: each[0]):
        writer.writerow([inert(str(cell)) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def inert(text: str) -> str:
    """A cell no spreadsheet takes for a formula: an apostrophe goes before a formula sign."""
    plain = " ".join(NOT_PRINTABLE.sub("\ufffd", text).split())
    return f"'{plain}" if plain.startswith(FORMULA_SIGNS) else plain
