"""Faults as they happen, and where each must be caught.

Belongs here: the declarations; `docs/operations/faults.md` is made from them. Does not belong here: causing
the faults (`tests/faults/test_faults.py`, `tests/faults/test_processes.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "operations" / "faults.md"
STAYS, PUBLISHED = "last good release stays", "published with findings"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault: what is done, which check or rule names it, words of its message, and how the night ends."""

    what: str
    night: str
    """Night it belongs to; faults of one night happen together."""
    caught: str
    """`check <id>`, `quarantine <rule>`, or `command <words>`."""
    message: str
    """Words that stand in the message as printed."""
    exit_code: int
    release: str


def _door(what: str, caught: str, message: str) -> Fault:
    return Fault(what=what, night="door", caught=caught, message=message, exit_code=0, release=PUBLISHED)


def _stop(what: str, caught: str, message: str) -> Fault:
    return Fault(what=what, night="stop", caught=caught, message=message, exit_code=1, release=STAYS)


def _rest(what: str, caught: str, message: str) -> Fault:
    return Fault(what=what, night="rest", caught=caught, message=message, exit_code=0, release=PUBLISHED)


def _process(what: str, caught: str, message: str, exit_code: int) -> Fault:
    return Fault(
        what=what, night="process", caught=caught, message=message, exit_code=exit_code, release=STAYS
    )


FAULTS: dict[str, Fault] = {
    "key_without_zero": _door(
        "a key without its leading zero", "quarantine ags_form", "ags does not have the form"
    ),
    "columns_swapped": _door(
        "two columns swapped in a line", "quarantine valid_from_readable", "valid_from cannot be read"
    ),
    "many_rows_wait": _door(
        "many broken rows of one source at once",
        "check source.few_rows_in_quarantine",
        "source_id=document_facts",
    ),
    "wrong_encoding": _door(
        "a file in another encoding (UTF-16); the last good one stands in",
        "check source.not_silent",
        "register_written.csv is not UTF-8",
    ),
    "rows_twice": _door("the same lines twice in a file", "check engagement.said_once", "ags=05334002 kind="),
    "future_date": _door(
        "a date in the future",
        "check partnership_claim.not_from_the_future",
        "ags=04011000 claim_id=document_facts:line 20 attested_on=2099-12-31",
    ),
    "plan_as_actual": _door(
        "plan figures called actual",
        "check source.like_last_published",
        "defined or named anew: budget 04011000 2016 of",
    ),
    "silent_source": _door(
        "a source silent for longer than its rhythm", "check source.fresh", "source_id=symbols rhythm_days=20"
    ),
    "half_stands_in": _rest(
        "more than half of a file is gone; the last good one stands in",
        "check source.not_silent",
        "208 at the last good reading",
    ),
    "name_rebound": _rest(
        "a provider's name that leads into the own network once it was checked",
        "check source.not_silent",
        "leads to 127.0.0.1, which is not a public address",
    ),
    "silent_for_40_days": _rest(
        "a source silent for 40 days", "check source.not_silent", "last read on 2026-11-21, 40 days ago"
    ),
    "definition_changed": _rest(
        "the definition of an indicator changed",
        "check revision.new_definition_is_flagged",
        "indicator_id=ez_ausg_ew old=1.0 new=9.0",
    ),
    "units_by_thousand": _stop(
        "amounts of a file in thousands", "check revision.no_unit_slipped", "indicator_id="
    ),
    "sign_flipped": _stop("amounts with the opposite sign", "check revision.no_sign_flipped", "ags=05170048"),
    "negative_count": _stop(
        "a negative number of projects", "check engagement.possible_value", "value=-13.0 unit=n"
    ),
    "country_removed": _stop(
        "a country missing from the DAC list", "check aid_recipient.ldc_2024", "45 46 (OECD"
    ),
    "half_the_rows": _stop(
        "more than half of a file is gone, and no good one is kept",
        "check source.no_setback",
        "rows, 57 in the last published release",
    ),
    "file_unreadable": _stop(
        "a file the program itself needs may not be read",
        "check source.no_setback",
        "source_id=symbols setback=0 rows, 41 in the last published release",
    ),
    "last_years_file": _stop(
        "last year's file again",
        "check source.no_setback",
        "newest period 2024-05-07, 2025-05-07 in the last published release",
    ),
    "merged_away": _stop(
        "a municipality gone from the newest register, successor unknown",
        "check territory_step.every_vanished_unit_has_a_successor",
        "ags=05515000",
    ),
    "torn_decision": _stop(
        "a decision file that cannot be read", "check decision.can_be_read", "the file is not TOML"
    ),
    "clock_back": Fault(
        what="the clock of the machine jumped back",
        night="clock",
        caught="check release_history.clock_goes_on",
        message="recorded_at=2025-01-05",
        exit_code=1,
        release=STAYS,
    ),
    "disk_full": Fault(
        what="the disk is full",
        night="disk",
        caught="command sdg17 run",
        message="No space left on device",
        exit_code=1,
        release=STAYS,
    ),
    "two_runs": _process("a second run while one works", "command sdg17 run", "Another run is working in", 1),
    "snapshot_damaged": _process(
        "a kept original damaged on disk", "command sdg17 verify", "has been changed on disk", 1
    ),
    "page_damaged": _process("a published page changed by hand", "command sdg17 verify", "pages", 1),
    "database_damaged": _process(
        "the published database damaged on disk; the next night builds a whole new release",
        "command sdg17 verify",
        "cannot be opened",
        1,
    ),
    "home_read_only": _process(
        "a home folder that cannot be written", "command sdg17 run", "The home folder must be writable", 1
    ),
    "unreadable_setting": _process("a home that is a file", "command sdg17 run", "home must be a folder", 2),
}
"""Name of the fault to its declaration."""


def table() -> str:
    """The fault table as a page."""
    head = [
        "# Faults, and where each is caught",
        "",
        "Made from the declarations of the tests (`tests/faults/declared.py`), which cause every fault and look for",
        "its message. After each, `sdg17 verify` finds the published release as it was, but for the faults that",
        "damage it by hand. `sdg17 status` and `status.json` name the failed checks with owner and remedy.",
        "",
        "Faults of one night happen together. `territory_step.every_vanished_unit_has_a_successor` only warns: by",
        "itself it lets a release be published (why, is said beside the rule).",
        "",
        "| fault | caught by | message | exit code of the command | release |",
        "|---|---|---|---|---|",
    ]
    rows = [
        f"| {each.what} | `{each.caught.partition(' ')[2]}` ({each.caught.partition(' ')[0]}) | "
        f"{each.message} | {each.exit_code} | {each.release} |"
        for each in FAULTS.values()
    ]
    return "\n".join([*head, *rows, ""])
