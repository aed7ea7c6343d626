"""A published release taken back by a person: what is current again, and what holds the nights until they say so.

Belongs here: the record `$SDG17_HOME/withdrawn.json`, going back to a kept release, the finding that holds
later nights. Does not belong here: publishing (`pipelines/release.py`) or comparing files with a manifest
(`pipelines/verifying.py`).

A night after a rollback reads the same sources with the same program and would come to the release that
was just taken back. Comparing contents would not help: one new row elsewhere makes another release with the
same mistake in it. So nothing is published until a person lifts the hold; the builds of those nights are
put aside where they can be looked at. A night that comes to the release that is current confirms it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from pipelines import release
from pipelines.files import point_atomically, write_atomically
from pipelines.settings import Settings
from pipelines.verifying import verified_files
from quality.contracts import CONTRACTS

CHECK = "operator.release_withdrawn"
LIFT = "sdg17 rollback --resume"


class CannotRollBack(ValueError):
    """There is no release to go back to; the message says why and what is kept."""


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """One release taken back."""

    withdrawn: str
    """The release that was current."""
    stays: str
    """The release that became current again."""
    at: str
    reason: str
    lifted_at: str | None = None
    """When nights were allowed to publish again; null while they are held."""


def withdrawals(settings: Settings) -> list[Withdrawal]:
    """Every rollback of this home, oldest first."""
    file = _record(settings)
    return [Withdrawal(**each) for each in orjson.loads(file.read_bytes())] if file.exists() else []


def in_force(settings: Settings) -> Withdrawal | None:
    """The rollback that holds the nights, or null."""
    found = withdrawals(settings)
    return found[-1] if found and found[-1].lifted_at is None else None


def kept_releases(settings: Settings) -> list[str]:
    """Releases kept whole, newest first."""
    folders = settings.releases.glob(f"[0-9]*/{release.MANIFEST}")
    return sorted((file.parent.name for file in folders), reverse=True)


def roll_back(settings: Settings, release_id: str | None, reason: str) -> Withdrawal:
    """Make an earlier release current by one rename, and hold later nights. The caller holds the home.

    Args:
        settings: those of the home folder.
        release_id: where to go; default the newest one before the current release.
        reason: why, for those who find nights held.

    Raises:
        CannotRollBack: no such release is kept, it is current, or it is no longer what its manifest says.
    """
    folder = release.folder_of(settings, None)
    if folder is None:
        raise CannotRollBack(f"Nothing is published in {settings.home}.")
    target = _target(settings, folder.name, release_id)
    _require_whole(settings, target)
    found = withdrawals(settings)
    if found and found[-1].lifted_at is None:  # going back further: one hold is enough
        found[-1] = replace(found[-1], lifted_at=release.stamp(settings.clock()))
    done = Withdrawal(withdrawn=folder.name, stays=target, at=release.stamp(settings.clock()), reason=reason)
    _write(settings, [*found, done])  # before the rename: a night that starts between the two is held
    point_atomically(settings.current, settings.releases / target)
    _tell(settings, done)
    return done


def resume(settings: Settings) -> Withdrawal | None:
    """Let nights publish again; returns the rollback that held them. The caller holds the home."""
    found = withdrawals(settings)
    if not found or found[-1].lifted_at is not None:
        return None
    lifted = replace(found[-1], lifted_at=release.stamp(settings.clock()))
    _write(settings, [*found[:-1], lifted])
    _tell_lifted(settings)
    return lifted


def holding(settings: Settings) -> pl.DataFrame:
    """The finding that forbids a release while a rollback is in force; no row where none is."""
    contract = CONTRACTS["quality_result"]
    held = in_force(settings)
    if held is None:
        return contract.empty()
    row: dict[str, Any] = {
        "check_id": CHECK,
        "kind": "rule",
        "table_name": "release",
        "severity": "stop",
        "owner": "operator",
        "passed": False,
        "observed": f"Release {held.withdrawn} was taken back on {held.at}: {held.reason}",
        "expected": f"Release {held.stays} stays until a person lets nights publish again",
        "remedy": f"Look at the build put aside. If the cause is mended: {LIFT}, then sdg17 run",
        "expected_de": f"Veröffentlichung {held.stays} bleibt, bis ein Mensch Nächte wieder veröffentlichen lässt",
        "remedy_de": f"Den beiseitegelegten Bau ansehen. Ist die Ursache behoben: {LIFT}, dann sdg17 run",
    }
    return pl.DataFrame([row], schema=contract.schema)


def _target(settings: Settings, current: str, release_id: str | None) -> str:
    kept = kept_releases(settings)
    listed = f"Kept: {', '.join(kept)}." if kept else "None is kept."
    if release_id is None:
        earlier = [each for each in kept if each < current]
        if not earlier:
            raise CannotRollBack(f"No release before {current} is kept in {settings.home}. {listed}")
        return earlier[0]
    if release_id not in kept:
        raise CannotRollBack(f"Release {release_id} is not kept in {settings.home}. {listed}")
    if release_id == current:
        raise CannotRollBack(f"Release {release_id} is the current one. {listed}")
    return release_id


def _require_whole(settings: Settings, release_id: str) -> None:
    """A release nobody looked at for days is compared with its manifest before it is shown again."""
    manifest: Mapping[str, Any] = release.manifest_of(settings, release_id) or {}
    broken = [
        each for each in verified_files(settings.releases / release_id, manifest) if each.found is not None
    ]
    if broken:
        raise CannotRollBack(
            f"Release {release_id} is no longer what its manifest says: "
            + "; ".join(f"{each.what}: {each.found}" for each in broken)
        )


def _tell(settings: Settings, done: Withdrawal) -> None:
    manifest = release.manifest_of(settings, done.stays) or {}
    release.write_status(
        settings,
        {
            **release.read_status(settings),
            "state": "rolled back",
            "release_id": done.stays,
            "checks": manifest.get("checks", {}),
            "pages": manifest.get("pages", {}),
            "rolled_back": asdict(done),
        },
    )


def _tell_lifted(settings: Settings) -> None:
    """A night that was held, and by nothing else, failed no audit: what held it is over."""
    status = release.read_status(settings)
    findings = status.get("findings", [])
    others = [each for each in findings if each["check_id"] != CHECK]
    if status.get("state") == "audit failed" and len(others) < len(findings):
        state = "audit failed" if others else "rolled back"
        release.write_status(settings, {**status, "state": state, "findings": others})


def _record(settings: Settings) -> Path:
    return settings.home / "withdrawn.json"


def _write(settings: Settings, found: list[Withdrawal]) -> None:
    content = orjson.dumps([asdict(each) for each in found], option=orjson.OPT_INDENT_2)
    write_atomically(_record(settings), content)
