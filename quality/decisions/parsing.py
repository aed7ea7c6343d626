"""From TOML to decisions; whatever is wrong with an entry is said at once.

Belongs here: reading and checking entries against the contracts. Does not belong here: looking at data,
or at the disk.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from quality.contracts import CONTRACTS
from quality.corrections.entry import Problem
from quality.corrections.parsing import ID, LEAST_REASON, misfit
from quality.decisions.entry import ACTIONS, Decision, Decisions

NEEDED = ("id", "source", "table", "row", "locator", "rules", "action", "reason", "date", "author")
ALLOWED = (*NEEDED, "set")
NEVER_SET = ("snapshot_id", "locator", "raw_text")
FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def parse(text: str, file: str) -> Decisions:
    """The entries of one file: tables `[[decision]]`.

    A file or an entry that cannot be understood becomes a `Problem`, never an exception: it must stop the
    release with a message and not break the night.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Decisions(problems=(Problem(id="?", file=file, text=f"the file is not TOML: {error}"),))
    rows = content.pop("decision", [])
    problems = [
        Problem(id="?", file=file, text=f"{name} is not known; expected [[decision]]") for name in content
    ]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return Decisions(problems=(Problem(id="?", file=file, text="write each entry under [[decision]]"),))
    good = []
    for number, row in enumerate(rows, start=1):
        if wrong := _wrong(row):
            shown = str(row.get("id", f"entry {number}"))
            problems.append(Problem(id=shown, file=file, text="; ".join(wrong)))
        else:
            good.append(_decision(row, file))
    return Decisions(good=tuple(good), problems=tuple(problems))


def _wrong(row: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with an entry."""
    missing = [name for name in NEEDED if name not in row]
    unknown = [name for name in row if name not in ALLOWED]
    wrong = [*(f"{name} is missing" for name in missing), *(f"{name} is not known" for name in unknown)]
    return wrong if missing else [*wrong, *_wrong_words(row), *_wrong_values(row)]


def _wrong_words(row: Mapping[str, Any]) -> list[str]:
    rules = row["rules"]
    checks = {
        "id has other signs than a-z, 0-9 and _": ID.fullmatch(str(row["id"])) is not None,
        f"action is none of {', '.join(ACTIONS)}": row["action"] in ACTIONS,
        "date is no day": isinstance(row["date"], date),
        "author is empty": bool(str(row["author"]).strip()),
        f"reason is shorter than {LEAST_REASON} letters": len(str(row["reason"]).strip()) >= LEAST_REASON,
        "row is no fingerprint of 64 signs (sdg17 quarantine show)": FINGERPRINT.fullmatch(str(row["row"]))
        is not None,
        "rules is no list of names": isinstance(rules, list)
        and bool(rules)
        and all(isinstance(rule, str) for rule in rules),
        "action reject changes no column": row["action"] != "reject" or not row.get("set"),
    }
    return [text for text, holds in checks.items() if not holds]


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
        reason=" ".join(str(row["reason"]).split()),
        date=row["date"],
        author=str(row["author"]),
        values=row.get("set", {}),
    )
