"""Known weaknesses of what `requirements.lock` pins, asked of a public database by pip-audit.

Belongs here: asking, and judging the answer with the reviewed exceptions (`security/exceptions.toml`). Does
not belong here: changing the lock file (`make lock`).

Run as a program by `make check`. Without an answer it says so in capital letters and passes: a machine
without network must be able to check code. pip-audit itself ends well where an index merely does not know a
package, so every package without an answer is counted here.

Exit codes: 0 no weakness is known, or nobody could be asked; 1 a weakness without a valid exception, or an
exception that is no longer needed, incomplete or past its day.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
EXCEPTIONS = ROOT / "security" / "exceptions.toml"
LONGEST = 240
"""Seconds; then the database counts as out of reach."""
FIELDS = {"id": str, "package": str, "reason": str, "reviewed": date, "review_again": date}


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What the answer comes to."""

    failures: tuple[str, ...]
    warnings: tuple[str, ...]


def asked() -> Mapping[str, Any] | None:
    """The answer about every pinned package, or null where there is none."""
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--disable-pip", "--require-hashes",
        "--vulnerability-service", "osv", "--format", "json", "--progress-spinner", "off", "--timeout", "10",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None
    return found if isinstance(found, dict) else None


def judged(answer: Mapping[str, Any] | None, exceptions: Sequence[Mapping[str, Any]], today: date) -> Judged:
    """Failures and warnings.

    Args:
        answer: what pip-audit printed; null where it got none.
        exceptions: entries of `exceptions.toml`.
        today: the day that decides whether an exception still holds.
    """
    failures = list(_wrong_entries(exceptions, today))
    if answer is None:
        return Judged(
            failures=tuple(failures),
            warnings=(
                "THE DATABASE OF WEAKNESSES COULD NOT BE ASKED: nothing is known about any dependency.",
            ),
        )
    accepted = {(entry.get("package"), entry.get("id")) for entry in exceptions}
    used = set()
    for package in answer["dependencies"]:
        for weakness in package.get("vulns", ()):
            names = {weakness["id"], *weakness.get("aliases", ())}
            excepted = {(package["name"], name) for name in names} & accepted
            used |= excepted
            if not excepted:
                mended = ", ".join(weakness.get("fix_versions", ())) or "no version yet"
                failures.append(
                    f"{package['name']} {package['version']}: {weakness['id']}, mended in {mended}"
                )
    failures += [f"exceptions.toml: {id_} of {package} is not found any more, remove it" for package, id_ in sorted(accepted - used)]  # fmt: skip
    unknown = [package["name"] for package in answer["dependencies"] if "skip_reason" in package]
    warnings = []
    if unknown:
        warnings.append(
            f"NOTHING IS KNOWN ABOUT {len(unknown)} OF {len(answer['dependencies'])} DEPENDENCIES: "
            f"{', '.join(unknown[:5])}{' …' if unknown[5:] else ''}"
        )
    return Judged(failures=tuple(failures), warnings=tuple(warnings))


def _wrong_entries(exceptions: Sequence[Mapping[str, Any]], today: date) -> list[str]:
    wrong = []
    for entry in exceptions:
        name = f"exceptions.toml: {entry.get('id', '?')}"
        missing = [
            field
            for field, kind in FIELDS.items()
            if not isinstance(entry.get(field), kind) or not entry[field]
        ]
        if missing:
            wrong.append(f"{name} lacks {', '.join(missing)}")
        elif entry["review_again"] < today:
            wrong.append(f"{name} was to be looked at again by {entry['review_again']}: {entry['reason']}")
    return wrong


def main() -> int:
    """Ask, judge, print; returns the exit code."""
    exceptions = tomllib.loads(EXCEPTIONS.read_text("utf-8")).get("exception", [])
    found = judged(asked(), exceptions, datetime.now(UTC).date())
    for text in (*found.warnings, *found.failures):
        sys.stdout.write(f"{text}\n")
    if not (found.warnings or found.failures):
        sys.stdout.write("No weakness is known of any pinned dependency.\n")
    return 1 if found.failures else 0


if __name__ == "__main__":
    sys.exit(main())
