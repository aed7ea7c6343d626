"""Carrying out decisions on the rows of one source and table that wait.

Belongs here: finding a decided row, completing it, holding it to its contract again, the rows of table
`decision`. Does not belong here: the status that follows a released row into every figure (`following.py`),
or where rows come from. Pure.

A released row goes through the door like any other: it is completed with the values of the decision, and
where it still breaks a rule it stays where it is and the decision is `refused`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from quality.contract import PROVENANCE, Contract, enforce
from quality.contracts import CONTRACTS
from quality.decisions.entry import Decision, Decisions
from quality.decisions.following import best_status, no_better
from quality.quarantine.rows import hashes

TRACE = CONTRACTS["decision"]


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What became of the rows of one table that waited."""

    released: pl.DataFrame
    """Rows that keep their contract now."""
    waiting: pl.DataFrame
    """Rows of quarantine that stay, with `decision_id` where a person rejected them."""
    trace: pl.DataFrame
    """Rows of table `decision`."""


def decide(
    waiting: pl.DataFrame, frame: pl.DataFrame, contract: Contract, decisions: Sequence[Decision]
) -> Decided:
    """Carry out every decision about one table of one source.

    Args:
        waiting: rows of quarantine meant for this table, in `QUARANTINE_SCHEMA`.
        frame: the rows of the table before its contract was held; a row that never became one is built
            from the values of its decision alone.
        contract: the contract of the table.
        decisions: those about this source and table (`Decisions.of`).
    """
    named = waiting.with_columns(decision_id=pl.lit(None, pl.String), row_hash=hashes(waiting["raw_text"]))
    released, traces = [contract.empty()], [TRACE.empty()]
    for decision in decisions:
        mine = pl.col("row_hash") == decision.row_hash
        rows = named.filter(mine)
        trace, good = _carried_out(decision, rows, frame, contract)
        traces.append(trace)
        if trace["state"][0] != "applied":
            continue
        if decision.action == "release":
            released.append(good)
            named = named.filter(~mine)
        else:
            marked = pl.when(mine).then(pl.lit(decision.id)).otherwise("decision_id")
            named = named.with_columns(decision_id=marked)
    return Decided(released=pl.concat(released), waiting=named.drop("row_hash"), trace=pl.concat(traces))


@dataclass(frozen=True, kw_only=True)
class Passed:
    """A table after its door and the decisions about what waited there."""

    good: pl.DataFrame
    waiting: pl.DataFrame
    trace: pl.DataFrame


def let_pass(
    good: pl.DataFrame,
    waiting: pl.DataFrame,
    frame: pl.DataFrame,
    contract: Contract,
    decisions: Decisions | None,
    *,
    source_id: str,
) -> Passed:
    """Add the rows persons released to those that kept their contract; keys are held unique once more.

    Args:
        good: rows that kept the contract.
        waiting: rows that did not, in `QUARANTINE_SCHEMA`.
        frame: all rows before the contract was held.
        contract: the contract of the table.
        decisions: those in force.
        source_id: the source, or `house`.
    """
    mine = decisions.of(source_id, contract.table) if decisions else ()
    if not mine:
        return Passed(good=good, waiting=waiting, trace=TRACE.empty())
    decided = decide(waiting, frame, contract, mine)
    if decided.released.is_empty():
        return Passed(good=good, waiting=decided.waiting, trace=decided.trace)
    both = enforce(pl.concat([good, decided.released]), contract, source_id=source_id)
    still = pl.concat([decided.waiting, both.rejected], how="diagonal")
    return Passed(good=both.good, waiting=still, trace=decided.trace)


def _carried_out(
    decision: Decision, rows: pl.DataFrame, frame: pl.DataFrame, contract: Contract
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Row of `decision`, and the rows released by it."""
    nothing = contract.empty()
    if rows.is_empty():
        found = f"no row of {decision.source} with this fingerprint waits; it stood at {decision.locator}"
        return _trace(decision, "gone", found), nothing
    others = sorted(set(rows["rule"]) - set(decision.rules))
    if others:
        return _trace(decision, "refused", f"the row also breaks {', '.join(others)}", rows), nothing
    if decision.action == "reject":
        return _trace(decision, "applied", "left out", rows), nothing
    candidate = _completed(decision, rows, frame, contract)
    outcome = enforce(candidate, contract, source_id=decision.source)
    if outcome.rejected.height:
        broken = outcome.rejected.select(pl.format("{}: {}", "rule", "reason")).to_series().unique().sort()
        return _trace(decision, "refused", "; ".join(broken), rows), nothing
    return _trace(decision, "applied", "released", rows), outcome.good


def _completed(
    decision: Decision, rows: pl.DataFrame, frame: pl.DataFrame, contract: Contract
) -> pl.DataFrame:
    """The row as its reader made it, or built from where it stood, with the values of the decision."""
    first = rows.head(1)
    there = (
        frame.filter(pl.col("locator").is_in(rows["locator"].implode()))
        if "locator" in frame.columns
        else frame.clear()
    )
    if "raw_text" in there.columns:
        there = there.filter(pl.col("raw_text") == first["raw_text"][0])
    if there.is_empty():
        kept = {name: pl.lit(first[name][0], pl.String) for name in PROVENANCE if name in contract.columns}
        there = pl.DataFrame({"": [None]}).select(
            kept.get(name, pl.lit(None)).cast(column.dtype).alias(name)
            for name, column in contract.columns.items()
        )
        if "source_id" in contract.columns and decision.source != "house":
            there = there.with_columns(source_id=pl.lit(decision.source))
    values = [
        pl.lit(value).cast(contract.columns[name].dtype).alias(name)
        for name, value in decision.values.items()
    ]
    completed = there.head(1).with_columns(values)
    if "note" in contract.columns:
        note = pl.concat_str(
            pl.col("note"), pl.lit(f"decision {decision.id}"), separator="; ", ignore_nulls=True
        )
        completed = completed.with_columns(note=note)
    if "obs_status" in contract.columns:
        completed = completed.with_columns(obs_status=no_better("obs_status", pl.lit(best_status(decision))))
    return completed.select(list(contract.columns))


def unread(decisions: Decisions, taken: Iterable[str]) -> pl.DataFrame:
    """The trace of entries no source has taken up, and of those that cannot be understood."""
    seen = set(taken)
    resting = [
        _trace(each, "not_in_origin", "source not read in this run")
        for each in decisions.good
        if each.id not in seen
    ]
    rows = [
        {
            "decision_id": each.id if each.id != "?" else f"{each.file} {number}",
            "file": each.file,
            "state": "invalid",
            "found": each.text,
            "remedy": f"Correct the entry in {each.file}.",
        }
        for number, each in enumerate(decisions.problems, start=1)
    ]
    return pl.concat([TRACE.empty(), *resting, pl.DataFrame(rows, schema=TRACE.schema)])


def _trace(decision: Decision, state: str, found: str, rows: pl.DataFrame | None = None) -> pl.DataFrame:
    remedies = {
        "gone": f"Compare the row as it is now. Where it is right, remove {decision.id} from {decision.file}.",
        "refused": f"Complete the entry {decision.id} in {decision.file}, or reject the row.",
    }
    row = {
        "decision_id": decision.id,
        "file": decision.file,
        "source_id": decision.source,
        "table_name": decision.table,
        "row_hash": decision.row_hash,
        "rules": ",".join(decision.rules),
        "action": decision.action,
        "reason": decision.reason,
        "author": decision.author,
        "decided_on": decision.date,
        "state": state,
        "found": found,
        "remedy": remedies.get(state),
        "best_status": best_status(decision) if decision.action == "release" else None,
        "snapshot_id": None if rows is None else rows["snapshot_id"][0],
        "locator": decision.locator if rows is None else rows["locator"][0],
    }
    return pl.DataFrame([row], schema=TRACE.schema)
