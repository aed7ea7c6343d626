"""The command `sdg17 export`: files of the published release in every form of exchange.

Belongs here: options and printing. Does not belong here: any work.
"""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.cli_intake import HOME, JSON, _Command, _print_json, _settings

FORMATS = (
    "csv",
    "csv-office",
    "xlsx",
    "json",
    "parquet",
    "sdmx-csv",
    "sdmx-ml",
    "open-sdg",
    "datapackage",
)


@click.command(
    cls=_Command,
    epilog="""\
Formats:
  csv-office   CSV that opens in a German spreadsheet program (semicolon, decimal comma)
  csv          CSV for programs (comma, decimal point)
  xlsx         Excel workbook with typed cells and a sheet of notes
  json         one document per unit, as the interface api/v1 serves it
  parquet      typed columns, for Python, R, DuckDB
  sdmx-csv     SDMX-CSV 2.0 and the structure; actual and plan figures
  sdmx-ml      SDMX-ML 3.0 and the structure; actual and plan figures
  open-sdg     data/ and meta/ for sites built with Open SDG
  datapackage  Frictionless data package: tables, types, keys

Examples:
  sdg17 export 05334002 --format xlsx --out /tmp/aachen          one municipality
  sdg17 export 05 --format csv-office --out /tmp/nrw             a Land: all its units
  sdg17 export 05334002 04011000 --format open-sdg --out site    a set, for an Open SDG site
  sdg17 export --indicator pt_gs_n --format sdmx-ml --out sdmx   one indicator, all units
  sdg17 export --all --format datapackage --out package          everything""",
)
@click.argument("keys", nargs=-1, metavar="[AGS]...")
@click.option("--indicator", metavar="ID", help="Only this indicator; see sdg17 catalogue.")
@click.option("--all", "everything", is_flag=True, help="All units and indicators.")
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True, help="Form of exchange.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the files."
)
@HOME
@JSON
def export(
    *,
    keys: tuple[str, ...],
    indicator: str | None,
    everything: bool,
    format_: str,
    out: Path,
    home: Path | None,
    as_json: bool,
) -> None:
    """Write files of the published release: for units, for an indicator, or for everything.

    AGS is the key of a municipality (8 digits), a district (5) or a Land (2); of a Land or district all
    units in it are meant. A LIESMICH.txt with licence and sources lies beside the files.
    """
    from pipelines.exporting import CannotExport  # noqa: PLC0415 - DuckDB and Polars only when asked
    from pipelines.exporting import export as write_files  # noqa: PLC0415

    if everything == bool(keys or indicator):
        raise click.UsageError("Name units (AGS …), or --indicator ID, or both; or --all and nothing else.")
    try:
        written = write_files(_settings(home), keys, indicator, format_, out)
    except CannotExport as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        _print_json({"files": [{"path": str(path), "bytes": path.stat().st_size} for path in written]})
    else:
        size = sum(path.stat().st_size for path in written)
        click.echo(f"{len(written)} files, {size:,} bytes, in {out}")
