"""From TOML to decisions; whatever is wrong with an entry is said at once.

Belongs here: checking entries against the contracts. Does not belong here: what all entries have in common
(`quality/corrections/reading.py`), looking at data, or at the disk.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from quality.contracts import CONTRACTS
from quality.corrections.reading import broken, entries, fields, in_a_line, misfit, signed
from quality.decisions.entry import ACTIONS, Decision, Decisions

NEEDED = ("id", "source", "table", "row", "locator", "rules", "action", "reason", "date", "author")
ALLOWED = (*NEEDED, "set")
NEVER_SET = ("snapshot_id", "locator", "raw_text")
FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def parse(text: str, file: str) -> Decisions:
    """The entries of one file: tables `[[decision]]`; what cannot be understood is a `Problem`."""
    rows, problems = entries(text, file, "decision", _wrong)
    return Decisions(good=tuple(_decision(row, file) for row in rows), problems=tuple(problems))


def _wrong(row: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with an entry."""
    missing, unknown = fields(row, NEEDED, ALLOWED)
    if missing:
        return [*missing, *unknown]
    return [*unknown, *_wrong_words(row), *_wrong_values(row)]


def _wrong_words(row: Mapping[str, Any]) -> list[str]:
    rules = row["rules"]
    checks = {
        **signed(row, ACTIONS),
        "row is no fingerprint of 64 signs (sdg17 quarantine show)": FINGERPRINT.fullmatch(str(row["row"]))
        is not None,
        "rules is no list of names": isinstance(rules, list)
        and bool(rules)
        and all(isinstance(rule, str) for rule in rules),
        "action reject changes no column": row["action"] != "reject" or not row.get("set"),
    }
    return broken(checks)


def _wrong_values(row: Mapping[str, Any]) -> list[str]:
    contract = CONTRACTS.get(str(row["table"]))
    if contract is None or contract.confidential:
        return [f"there is no table {row['table']}"]
    values = row.get("set", {})
    if not isinstance(values, dict):
        return ["set is no table of columns"]
    kept = [f"{name} leads to the file and is never changed" for name in values if name in NEVER_SET]
    found = (misfit(name, value, contract.columns.get(name)) for name, value in values.items())
    return [*kept, *(text for text in found if text)]


def _decision(row: Mapping[str, Any], file: str) -> Decision:
    return Decision(
        id=row["id"],
        file=file,
        source=str(row["source"]),
        table=str(row["table"]),
        row_hash=str(row["row"]),
        locator=str(row["locator"]),
        rules=tuple(row["rules"]),
        action=row["action"],
        reason=in_a_line(row["reason"]),
        date=row["date"],
        author=str(row["author"]),
        values=row.get("set", {}),
    )
