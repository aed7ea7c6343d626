"""The commands `sdg17 lake …`: the published releases in a DuckLake, for many readers on many hosts.

Belongs here: options and printing. Does not belong here: any work.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from pipelines.cli_intake import FINDING, GOOD, HOME, JSON, _Command, _Group, _print_json, _settings

MEGABYTE = 1_000_000


@click.group(
    name="lake",
    cls=_Group,
    epilog="""\
Examples:
  export SDG17_LAKE="postgresql://sdg17@db.example.org:5432/lake?data=/srv/sdg17-lake"
  export SDG17_SECRET_LAKE_PASSWORD=…      or a table [lake] in the secrets file
  sdg17 lake catch-up                      write what is published and not yet there
  sdg17 lake status                        what it holds; how a reader opens it is in docs/lake.md""",
)
def lake() -> None:
    """Published releases in a lake (DuckLake: PostgreSQL and Parquet files), beside the single file.

    For many readers on many hosts. Every night writes its release there after it is published, as one
    snapshot; what a night misses, the next one catches up. The single file needs none of this.
    """


@contextmanager
def _told() -> Iterator[None]:
    from pipelines.lake.opening import LakeUnavailable  # noqa: PLC0415 - DuckDB only when asked

    try:
        yield
    except LakeUnavailable as error:
        raise click.ClickException(str(error)) from error


@lake.command(cls=_Command, epilog="Examples:\n  sdg17 lake status\n  sdg17 lake status --json")
@HOME
@JSON
def status(home: Path | None, as_json: bool) -> None:
    """Every release in the lake with its snapshot, and what is still to be written (exit code 1)."""
    with _told():
        from pipelines.lake.following import due_now  # noqa: PLC0415 - DuckDB only when asked
        from pipelines.lake.keeping import held  # noqa: PLC0415

        settings = _settings(home)
        found = held(settings)
        waiting = due_now(settings, [each.snapshot for each in found])
    rows = [
        {
            "snapshot": each.snapshot.number,
            "release_id": each.snapshot.release_id,
            "written_at": each.snapshot.written_at,
            "parts": len(each.snapshot.parts),
            "written": list(each.snapshot.written),
            "bytes": each.bytes,
        }
        for each in found
    ]
    if as_json:
        _print_json({"lake": settings.lake, "snapshots": rows, "due": waiting})
    else:
        table = Table(box=None, pad_edge=False)
        table.add_column("snapshot", justify="right", no_wrap=True)
        table.add_column("release", no_wrap=True)
        for name in ("tables and macros", "of them written", "MB"):
            table.add_column(name, justify="right", no_wrap=True)
        for each in found:
            table.add_row(
                str(each.snapshot.number), each.snapshot.release_id, str(len(each.snapshot.parts)),
                str(len(each.snapshot.written)), f"{each.bytes / MEGABYTE:,.1f}",
            )  # fmt: skip
        Console().print(table)
        for release_id in waiting:
            click.echo(f"{release_id} is published and not there yet: sdg17 lake catch-up")
    sys.exit(FINDING if waiting else GOOD)


@lake.command(
    name="catch-up", cls=_Command, epilog="Examples:\n  sdg17 lake catch-up\n  sdg17 lake catch-up --json"
)
@HOME
@JSON
def catch_up(home: Path | None, as_json: bool) -> None:
    """Write every release that is published and not in the lake yet, oldest first.

    The same as after each night. Tables that did not change are not written again. May be repeated and
    interrupted: a snapshot is there whole or not at all.
    """
    with _told():
        from pipelines.lake.following import catch_up as write_due  # noqa: PLC0415 - DuckDB only when asked

        done = write_due(_settings(home))
    if as_json:
        _print_json([asdict(each) for each in done])
        return
    for each in done:
        click.echo(
            f"Release {each.release_id} is snapshot {each.number}: {len(each.written)} of {len(each.parts)} "
            "tables and macros written."
        )
    if not done:
        click.echo("The lake holds what is published.")


@lake.command(cls=_Command, epilog="Examples:\n  sdg17 lake verify\n  sdg17 lake verify --json")
@HOME
@JSON
def verify(home: Path | None, as_json: bool) -> None:
    """Compare every release in the lake with its manifest: each table as it was at its snapshot, row for row."""
    with _told():
        from pipelines.lake.keeping import compared  # noqa: PLC0415 - DuckDB only when asked

        found = list(compared(_settings(home)))
    if as_json:
        _print_json([asdict(each) for each in found])
    else:
        for each in found:
            wrong = f"; different: {', '.join(each.different)}" if each.different else ""
            click.echo(
                f"Release {each.release_id}: {each.tables - len(each.different)} of {each.tables} tables are equal{wrong}"
            )
        if not found:
            click.echo("The lake holds no release yet: sdg17 lake catch-up")
    sys.exit(FINDING if not found or any(each.different for each in found) else GOOD)


@lake.command(cls=_Command, epilog="Examples:\n  sdg17 lake forget --keep 30   once a month, say")
@click.option("--keep", type=click.IntRange(min=1), required=True, help="Snapshots left there afterwards.")
@HOME
@JSON
def forget(keep: int, home: Path | None, as_json: bool) -> None:
    """Forget all but the newest releases of the lake; nothing is ever forgotten without this command.

    Files that only they needed are removed by the next call at least a day later: whoever reads an old
    release at this moment reads on.
    """
    with _told():
        from pipelines.lake.keeping import forget as expire  # noqa: PLC0415 - DuckDB only when asked

        done = expire(_settings(home), keep)
    if as_json:
        _print_json([each.release_id for each in done])
    else:
        click.echo(f"Releases forgotten: {', '.join(each.release_id for each in done) or 'none'}.")
