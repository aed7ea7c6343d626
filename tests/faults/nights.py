"""A home folder whose nights are carried out inside this process, on files a fault has changed.

Belongs here: starting a night cheaply and saying how it ended. Does not belong here: the faults
(`tests/faults/declared.py`).

The facts that ship with the program are the lean world: every kind of source, few rows. A night reads again
what the fault touches and everything made from it; the other tables are those of the night before, which
reading them again could only repeat. Bytes are changed where the origin hands them out; the keeping,
reading, computing, auditing and publishing that follow are the program's own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import orjson
import polars as pl
import pytest
from click.testing import CliRunner, Result

from pipelines import origins
from pipelines.assets.source_tables import SOURCES, key_of
from pipelines.cli import main
from pipelines.definitions import defs
from pipelines.settings import Settings
from pipelines.verifying import verified
from tests.home import Home

Change = Callable[[bytes], bytes]
NOT_LINKED = {".lock", "status.json"}


def linked(home: Home, folder: Path) -> Home:
    """A copy of a home folder by hard links; whatever the program replaces there is replaced for the copy only."""

    def link(source: str, target: str) -> None:
        own = Path(source).name in NOT_LINKED or "dagster" in Path(source).parts
        shutil.copyfile(source, target) if own else os.link(source, target)

    shutil.copytree(home.folder, folder, symlinks=True, copy_function=link)
    current = folder / "current"
    name = current.resolve().name
    current.unlink()
    current.symlink_to(folder / "releases" / name)
    return Home(folder=folder)


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a night ended, as a user, a program and the next night see it."""

    home: Home
    before: str
    exit_code: int
    printed: str
    status: Mapping[str, Any]

    @property
    def release(self) -> str:
        """What is published now, beside what was before."""
        now = self.home.release_id()
        return "last good release stays" if now == self.before else "published with findings"

    @property
    def untouched(self) -> list[str]:
        """What `sdg17 verify` finds wrong with the release that is published; nothing where all is well."""
        _, results = verified(Settings(home=self.home.folder, origin="embedded"), None)
        return [f"{each.what}: {each.found}" for each in results if each.found]

    def results(self) -> pl.DataFrame:
        """Failed checks of this night, whether its release was published or not."""
        found = pl.read_parquet(self.home.folder / "tables" / "quality_result.parquet")
        return found.filter(~pl.col("passed"))

    def quarantine(self) -> pl.DataFrame:
        """Rows that wait after this night."""
        return pl.read_parquet(self.home.folder / "tables" / "house" / "quarantine.parquet")

    def ask(self, sql: str) -> pl.DataFrame:
        """One question to the published release."""
        with self.home.database() as connection:
            return connection.sql(sql).pl()


def night(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    changes: Mapping[str, Change],
    *,
    now: str,
    sources: tuple[str, ...] = (),
    remade: tuple[tuple[str, str], ...] = (),
) -> Ended:
    """One night: `sdg17 run --json` on the facts that ship, changed as said.

    Args:
        home: the home folder.
        monkeypatch: undoes what is changed here.
        changes: name of a file in sources/embedded to what becomes of its bytes.
        now: what the clock says.
        sources: sources to read again although their files are as they were.
        remade: other steps to carry out again, whatever they are made from.
    """
    packaged = origins._packaged

    def changed(name: str) -> origins.Found:
        found = packaged(name)
        change = changes.get(name)
        return (
            found
            if change is None
            else origins.Found(name=found.name, origin=found.origin, content=change(found.content))
        )

    touched = {*sources, *(id_ for id_, each in SOURCES.items() if set(each.embedded) & set(changes))}
    keys = [key_of(SOURCES[id_], table) for id_ in touched for table in SOURCES[id_].tables]
    graph = defs.resolve_asset_graph()
    for stage, name in remade:
        (home.folder / "tables" / "traces" / stage / f"{name}.json").unlink()
    touching = dg.AssetSelection.assets(*keys).downstream()
    others = dg.AssetSelection.assets(*(dg.AssetKey(list(key)) for key in remade))
    again = sorted((touching | others if remade else touching).resolve(graph))
    carry_out = dg.JobDefinition.execute_in_process

    def selected(self: dg.JobDefinition, **given: Any) -> Any:
        return carry_out(self, **{**given, "asset_selection": again})

    before = home.release_id()
    with monkeypatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("SDG17_")]:
            patch.delenv(name)
        patch.setenv("SDG17_HOME", str(home.folder))
        patch.setenv("SDG17_NOW", now)
        patch.setattr(origins, "_packaged", changed)
        patch.setattr(dg.JobDefinition, "execute_in_process", selected)
        patch.setattr(dg.DagsterInstance, "get", dg.DagsterInstance.ephemeral)
        for name in ("DAGSTER_HOME", "SDG17_ORIGIN", "SDG17_AGAIN"):
            patch.setenv(name, "" if name == "DAGSTER_HOME" else {"SDG17_ORIGIN": "embedded"}.get(name, "[]"))
        ended: Result = CliRunner().invoke(main, ["run", "--json"])
    status = home.folder / "status.json"
    return Ended(
        home=home,
        before=before,
        exit_code=ended.exit_code,
        printed=ended.output + (ended.stderr if ended.stderr_bytes else ""),
        status=orjson.loads(status.read_bytes()),
    )


def replaced(old: str, new: str, times: int = -1) -> Change:
    """Bytes with one text in place of another, which must be there."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content, old
        return content.replace(old.encode(), new.encode(), times)

    return change


def lines(change: Callable[[list[str]], list[str]]) -> Change:
    """Bytes with other lines."""
    return lambda content: "\n".join(change(content.decode().split("\n"))).encode()


def both(*changes: Change) -> Change:
    """Several changes of one file."""

    def change(content: bytes) -> bytes:
        for each in changes:
            content = each(content)
        return content

    return change
