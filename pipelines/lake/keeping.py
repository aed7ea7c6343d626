"""Looking after the lake: what it holds and takes, whether time travel gives the releases, forgetting old ones.

Belongs here: questions to a lake that is there. Does not belong here: writing releases (`writing.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.lake.opening import ALIAS, opened
from pipelines.lake.writing import Snapshot, snapshots
from pipelines.release import manifest_of
from pipelines.settings import Settings
from pipelines.verifying import verified_tables

CATALOGUE = f"__ducklake_metadata_{ALIAS}"
_SIZES = "SELECT begin_snapshot, sum(file_size_bytes) FROM ducklake_data_file GROUP BY ALL"
GRACE = "INTERVAL 1 DAY"
"""Files nobody refers to any more stay so long: a query that began before may still read them."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """One snapshot of the lake and what it added."""

    snapshot: Snapshot
    bytes: int
    """Of the files written for it that are still kept."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One release in the lake against its manifest."""

    release_id: str
    tables: int
    different: tuple[str, ...]


def held(settings: Settings) -> list[Held]:
    """Every release in the lake, oldest snapshot first.

    Raises:
        LakeUnavailable: it cannot be asked.
    """
    with opened(settings) as connection:
        connection.execute(f"USE {CATALOGUE}")
        sizes = dict(connection.execute(_SIZES).fetchall())
        return [Held(snapshot=each, bytes=int(sizes.get(each.number, 0))) for each in snapshots(connection)]


def compared(settings: Settings) -> Iterator[Compared]:
    """Every release of the lake whose manifest is kept: each table at its snapshot against its declared hash.

    Raises:
        LakeUnavailable: it cannot be asked.
    """
    with opened(settings) as connection:
        for each in snapshots(connection):
            manifest = manifest_of(settings, each.release_id)
            if manifest is not None:
                declared = {**manifest["tables"], **manifest.get("recorded", {})}
                place = f"{ALIAS}.{{}} AT (VERSION => {each.number})"
                results = list(verified_tables(connection, declared, place))
                yield Compared(
                    release_id=each.release_id,
                    tables=len(results),
                    different=tuple(result.what for result in results if result.found is not None),
                )


def forget(settings: Settings, keep: int) -> list[Snapshot]:
    """Forget all but the newest snapshots; files only they needed go after a day, by a later call.

    Raises:
        LakeUnavailable: it cannot be written.
    """
    with opened(settings, write=True) as connection:
        old = snapshots(connection)[:-keep]
        if old:
            numbers = ", ".join(str(each.number) for each in old)
            connection.execute(f"CALL ducklake_expire_snapshots('{ALIAS}', versions => [{numbers}])")
        for function in ("ducklake_cleanup_old_files", "ducklake_delete_orphaned_files"):
            connection.execute(f"CALL {function}('{ALIAS}', older_than => now() - {GRACE})")
        return old
