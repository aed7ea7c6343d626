"""What a step has to say when it is done, and carrying it out only where something is new.

Belongs here: one form for lines, counts and findings of a step, and its way into Dagster. Does not belong
here: whether a trace holds (`pipelines/keeping.py`), or any step.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import dagster as dg
import orjson

from pipelines.house import House, tell


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An asset check that a step answered itself; it warns, and never stops a night."""

    check: str
    passed: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    listed: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Made:
    """What became of one asset of a step."""

    line: str
    counts: Mapping[str, int]
    table: str | None = None
    """Name of the house table, where a step makes several."""
    findings: tuple[Finding, ...] = ()


def carried_out(
    house: House, step: str, work: Callable[[House], list[Made]], beside: Any = None
) -> list[Made]:
    """Carry a step out, or repeat what it said where nothing it is made from has changed.

    Args:
        house: settings and store of the run.
        step: name of the step, also of its messages.
        work: reads and writes tables through the store of the house it is given, and nothing else.
        beside: what decides this step besides its tables; anything JSON can hold.
    """
    kept = house.keeper.kept(step, beside)
    if kept is not None:
        made = [_read(each) for each in kept["made"]]
    else:
        store = house.keeper.watched()
        made = work(house.with_store(store))
        written = orjson.loads(orjson.dumps([asdict(each) for each in made], default=str))
        house.keeper.carried_out(step, store, {"made": written}, beside)
    for each in made:
        line = each.line + (" (as before)" if kept is not None else "")
        tell(each.table or step, line, **each.counts, carried_out=kept is None)
    return made


def result(
    house: House, step: str, work: Callable[[House], Made], beside: Any = None
) -> dg.MaterializeResult[Any]:
    """The same for a step with one asset, as Dagster takes it."""
    (made,) = carried_out(house, step, lambda at_work: [work(at_work)], beside)
    return materialized(made)


def results(
    house: House, step: str, work: Callable[[House], list[Made]]
) -> Iterator[dg.MaterializeResult[Any]]:
    """The same for a step that makes several house tables."""
    for made in carried_out(house, step, work):
        yield materialized(made, None if made.table is None else dg.AssetKey(["house", made.table]))


def materialized(made: Made, key: dg.AssetKey | None = None) -> dg.MaterializeResult[Any]:
    """What an asset came to, as Dagster takes it: counts, and findings with the rows they name."""
    return dg.MaterializeResult(
        asset_key=key,
        metadata=dict(made.counts),
        check_results=[
            dg.AssetCheckResult(
                check_name=finding.check,
                passed=finding.passed,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={
                    **finding.counts,
                    **{name: dg.MetadataValue.json(rows) for name, rows in finding.listed.items()},
                },
            )
            for finding in made.findings
        ],
    )


def _read(said: Mapping[str, Any]) -> Made:
    return Made(**{**said, "findings": tuple(Finding(**each) for each in said["findings"])})
