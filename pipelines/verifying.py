"""Whether a published release is still what its manifest says, byte for byte and row for row.

Belongs here: comparing files and tables with the hashes of the manifest. Does not belong here: writing
manifests (`pipelines/release.py`) or judging content (the audit).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.deciding import lost_files
from pipelines.file_hashes import file_hash, tree_hash
from pipelines.release import DATABASE, EXCHANGE, MANIFEST, folder_of, manifest_of
from pipelines.selecting import selected
from pipelines.settings import Settings
from pipelines.signing import signature_problem
from pipelines.store import content_hash
from quality.contracts import CONTRACTS


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One comparison. `found` is null where everything is as it should be."""

    what: str
    found: str | None


class NoRelease(ValueError):
    """There is no such release."""


def verified(settings: Settings, release_id: str | None) -> tuple[str, list[Checked]]:
    """Compare a release with its manifest.

    Args:
        settings: those of the home folder.
        release_id: a release that is kept whole; default the current one.

    Returns:
        Its identifier, and one result per file, table and set of originals.

    Raises:
        NoRelease: it is not kept, or nothing is published.
    """
    folder = folder_of(settings, release_id)
    manifest = None if folder is None else manifest_of(settings, folder.name)
    if folder is None or manifest is None:
        named = f"Release {release_id} is not kept" if release_id else "Nothing is published"
        raise NoRelease(f"{named} in {settings.home}.")
    return folder.name, [
        *_signature(folder, settings.signers),
        *verified_files(folder, manifest),
        *_tables(folder, manifest),
        *_originals(settings, manifest),
    ]


def _signature(folder: Path, signers: Path | None) -> Iterator[Checked]:
    """The signature of the manifest, where signers are named; the manifest vouches for everything else."""
    if signers is not None:
        yield Checked(what="signature", found=signature_problem(folder / MANIFEST, signers))


def verified_files(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Checked]:
    """The database file, the pages and the downloads of a release, beside its manifest."""
    if not (folder / DATABASE).exists():
        yield Checked(what=f"file {DATABASE}", found="is not there")
        return
    yield _same(f"file {DATABASE}", manifest["database"]["sha256"], file_hash(folder / DATABASE))
    if "site" in manifest:
        yield _same("pages", manifest["site"], tree_hash(folder / "site"))
    if EXCHANGE in manifest:
        yield _same("downloads", manifest[EXCHANGE], tree_hash(folder / EXCHANGE))


def _tables(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Checked]:
    """Every table of the database, by its content."""
    declared = {**manifest["tables"], **manifest.get("recorded", {})}
    try:
        connection = duckdb.connect(str(folder / DATABASE), read_only=True)
    except duckdb.Error as error:
        yield Checked(what="database", found=f"cannot be opened: {error}")
        return
    with connection:
        yield from verified_tables(connection, declared, "{}")


def verified_tables(
    connection: duckdb.DuckDBPyConnection, declared: Mapping[str, Any], place: str
) -> Iterator[Checked]:
    """Tables by their content.

    Args:
        connection: where they can be asked.
        declared: table to the hash its manifest declares.
        place: how a table is asked there; {} stands for its name.
    """
    for name, table in declared.items():
        contract = CONTRACTS.get(name)
        if contract is None:
            yield Checked(what=f"table {name}", found="this program does not know the table")
            continue
        columns = ", ".join(contract.columns)
        try:
            frame = selected(connection, f"SELECT {columns} FROM {place.format(name)}")  # noqa: S608 - our own names
        except duckdb.BinderException:
            continue  # columns of another version of the program; the file as a whole is compared
        except duckdb.Error as error:
            yield Checked(what=f"table {name}", found=str(error))
            continue
        yield _same(f"table {name}", table["sha256"], content_hash(frame, contract))


def _originals(settings: Settings, manifest: Mapping[str, Any]) -> Iterator[Checked]:
    """The files it was made from."""
    if "decided_by" in manifest:
        lost = lost_files(manifest["decided_by"], settings.snapshots)
        yield Checked(what="original files", found="; ".join(lost) or None)


def _same(what: str, declared: object, now: object) -> Checked:
    return Checked(what=what, found=None if declared == now else f"declared {declared}, found {now}")
