"""The way back of `sdg17 quarantine export`: a table persons filled in, as a decision file.

Belongs here: reading the filled-in columns, forgiving what spreadsheets do to a table, entries in TOML. Does
not belong here: the columns themselves (`quarantine_list.py`), what an entry must hold
(`quality/decisions/parsing.py`), or the disk.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from pipelines.quarantine_list import RISKY, TO_FILL_IN
from quality.contracts import CONTRACTS
from quality.decisions.entry import Decisions
from quality.decisions.parsing import parse
from sources.source import Raw
from sources.workbook import sheets, text

ACTIONS = {"release": "release", "freigeben": "release", "reject": "reject", "verwerfen": "reject"}
"""What a person may write into the column `action`."""
NEEDED = ("row", "source_id", "table_name", "rule", "locator", *TO_FILL_IN)
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")

Line = Mapping[str, str]


class NoVerdicts(ValueError):
    """The table cannot become a decision file; every reason stands in the message."""


def lines_of(name: str, content: bytes) -> list[Line]:
    """The lines of a filled-in table as text, CSV (as German spreadsheets save it) or XLSX.

    Raises:
        NoVerdicts: columns of the export are missing.
        SourceChanged: an XLSX file that is none.
    """
    if name.endswith(".xlsx"):
        first = next(iter(sheets(Raw(name=name, content=content, snapshot_id="")).values()))
        rows = [[_cell(cell) for cell in row] for row in first]
    else:
        rows = list(csv.reader(io.StringIO(_decoded(content), newline=""), delimiter=";"))
    head: list[str] = rows[0] if rows else []
    body = rows[1:]
    missing = [each for each in NEEDED if each not in head]
    if missing:
        raise NoVerdicts(f"{name} has no column {', '.join(missing)}: start from sdg17 quarantine export")
    return [dict(zip(head, (_unguarded(cell) for cell in row), strict=False)) for row in body if any(row)]


def decision_file(lines: Sequence[Line], file: str, today: datetime.date) -> tuple[str, Decisions]:
    """Entries for every record somebody wrote an action for, as TOML, and as they will be read.

    A record that broke several rules has several lines; whoever decides about it decides about those lines.

    Args:
        lines: those of the table.
        file: how the decision file will be named.
        today: the day of the decisions.

    Raises:
        NoVerdicts: no action is filled in, or an entry would not be understood.
    """
    decided = [line for line in lines if line["action"].strip()]
    if not decided:
        raise NoVerdicts("no line has an action: write release or reject (freigeben, verwerfen)")
    records: dict[str, list[Line]] = {}
    for line in decided:
        records.setdefault(line["row"], []).append(line)
    wrong = [problem for each in records.values() for problem in _contradictions(each)]
    if wrong:
        raise NoVerdicts("; ".join(wrong))
    written = "\n\n".join(_entry(each, today) for each in records.values()) + "\n"
    read = parse(written, file)
    if read.problems:
        raise NoVerdicts("; ".join(f"{each.id}: {each.text}" for each in read.problems))
    return written, read


def _contradictions(lines: Sequence[Line]) -> list[str]:
    """What keeps the lines about one record from being one decision."""
    row = lines[0]["row"][:12]
    actions = {line["action"].strip().lower() for line in lines}
    unknown = sorted(each for each in actions if each not in ACTIONS)
    if unknown:
        return [f"row {row}: action {', '.join(unknown)} is none of {', '.join(ACTIONS)}"]
    if len({ACTIONS[each] for each in actions}) > 1:
        return [f"row {row} is released on one line and rejected on another"]
    return [
        f"row {row}: {part.strip()!r} in set is not written as column=value"
        for line in lines
        for part in _parts(line["set"])
        if "=" not in part
    ]


def _entry(lines: Sequence[Line], today: datetime.date) -> str:
    first = lines[0]
    given = dict(_named(part) for line in lines for part in _parts(line["set"]))
    contract = CONTRACTS.get(first["table_name"])
    types = {name: str(column.dtype) for name, column in contract.columns.items()} if contract else {}
    values = ", ".join(f"{name} = {_toml(value, types.get(name))}" for name, value in given.items())
    rules = ", ".join(json.dumps(rule) for rule in sorted({line["rule"] for line in lines}))
    fields = {
        "id": _quoted(f"{first['source_id']}_{first['row'][:8]}"),
        "source": _quoted(first["source_id"]),
        "table": _quoted(first["table_name"]),
        "row": _quoted(first["row"]),
        "locator": _quoted(first["locator"]),
        "rules": f"[{rules}]",
        "action": _quoted(ACTIONS[first["action"].strip().lower()]),
        "reason": _quoted(_said(lines, "why")),
        "date": today.isoformat(),
        "author": _quoted(_said(lines, "author")),
        **({"set": f"{{ {values} }}"} if given else {}),
    }
    return "\n".join(["[[decision]]", *(f"{name} = {value}" for name, value in fields.items())])


def _said(lines: Iterable[Line], column: str) -> str:
    """What stands in a column of one record, each different text once."""
    return "; ".join(dict.fromkeys(line[column].strip() for line in lines if line[column].strip()))


def _parts(cell: str) -> list[str]:
    return [part for part in re.split(r"[;\n]", cell) if part.strip()]


def _named(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name.strip(), value.strip()


def _toml(value: str, kind: str | None) -> str:
    """A value as TOML writes it, of the type its column has; what does not fit stays a text, which the check
    of the entry then names."""
    if kind == "Boolean" and value.lower() in {"true", "false"}:
        return value.lower()
    if kind == "Date":
        day = _GERMAN_DAY.fullmatch(value)
        written = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else value
        return written if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written) else _quoted(value)
    if kind == "Int64" and re.fullmatch(r"-?\d+", value):
        return str(int(value))
    if kind == "Float64" and re.fullmatch(r"-?\d+([.,]\d+)?", value):
        return repr(float(value.replace(",", ".")))
    return _quoted(value)


def _quoted(value: str) -> str:
    """A text in quotation marks; TOML reads the escapes of JSON."""
    return json.dumps("".join(sign if sign.isprintable() else " " for sign in value), ensure_ascii=False)


def _decoded(content: bytes) -> str:
    """Spreadsheets save CSV as UTF-8 or in the code page of Windows."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _cell(cell: object) -> str:
    if isinstance(cell, datetime.date):
        return cell.isoformat()[:10]
    return cell if isinstance(cell, str) else text(cell) or ""


def _unguarded(cell: str) -> str:
    """Without the sign an export puts before what a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in RISKY and len(cell) > 1 else cell
