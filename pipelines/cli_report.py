"""`sdg17 report` and `sdg17 chart`: paper and pictures on demand, from the published release only.

Belongs here: options, the names of files, messages. Does not belong here: what a report says
(`pipelines/council`), what a picture looks like (`pipelines/charts`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipelines.settings import WrongSetting, load_settings

_HOME = click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="Folder for everything kept. [env: SDG17_HOME, default ./data]",
)
_LANGUAGE = click.option(
    "--language", type=click.Choice(["de", "en"]), default="de", show_default=True, help="Language."
)


class _Command(click.Command):
    """Examples in `--help` keep their line breaks."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(f"\n{self.epilog}\n")


@click.command(
    cls=_Command,
    epilog="""\
Examples:
  sdg17 report 05334002                            two A4 pages on Aachen: sdg17-bericht-05334002.pdf
  sdg17 report 05334002 --language en              the same in English: sdg17-report-05334002-en.pdf
  sdg17 report 05154 --format html                 a district, as a page for reading and printing
  sdg17 report 05314000 --out /srv/reports/        into a folder, under its own name
  duckdb -readonly -list -noheader data/current/sdg17.duckdb \\
    "SELECT ags FROM municipality WHERE level = 'municipality' AND valid_to IS NULL" |
    xargs -n 500 sdg17 report --out reports/       one for every municipality""",
)
@click.argument("keys", metavar="AGS...", nargs=-1, required=True)
@_LANGUAGE
@click.option(
    "--format", "kind", type=click.Choice(["pdf", "html"]), default="pdf", show_default=True, help="Form."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="File or folder; without it a file in this folder."
)
@_HOME
def report(*, keys: tuple[str, ...], language: str, kind: str, out: Path | None, home: Path | None) -> None:
    """Two pages for the council: sentences, pictures, values with status, sources, how to cite.

    AGS is the key of a municipality (8 digits), an association (9), a district (5) or a Land (2); several
    may be given. The report is written from the published release only, so it never says anything else
    than the pages. The PDF is tagged for assistive technology (PDF/UA-1); the same release gives the same
    file.
    """
    from pipelines.charts.painter import Painter  # noqa: PLC0415
    from pipelines.council.reading import CannotReport, Shelf  # noqa: PLC0415

    if len(keys) > 1 and out is not None and out.suffix and not out.is_dir():
        raise click.UsageError(f"{len(keys)} reports do not fit into one file. Name a folder with --out.")
    try:
        shelf, painter = Shelf(_settings(home)), Painter()
        for ags in keys:
            reading = shelf.read(ags, _language(language))
            named = f"sdg17-bericht-{ags}" if language == "de" else f"sdg17-report-{ags}-{language}"
            _write(out, f"{named}.{kind}", _made(reading, kind, painter))
            painter.forget()
    except CannotReport as error:
        raise click.UsageError(str(error)) from error


def _language(code: str) -> Any:
    from pipelines.site.language import LANGUAGES  # noqa: PLC0415

    return next(each for each in LANGUAGES if each.code == code)


def _made(reading: Any, kind: str, painter: Any) -> bytes:
    from datetime import datetime  # noqa: PLC0415

    from pipelines.council.contents import ROOMS, contents  # noqa: PLC0415

    if kind == "html":
        from pipelines.council.page import rendered  # noqa: PLC0415

        return rendered(contents(reading, ROOMS[0]), painter)
    from pipelines.council.pdf import as_pdf  # noqa: PLC0415

    built_at = datetime.fromisoformat(reading.release["built_at"])
    return as_pdf(lambda room: contents(reading, room), built_at, painter)


@click.command(
    cls=_Command,
    epilog="""\
Examples:
  sdg17 chart 05334002 pt_gs_n                     a picture for a text: sdg17-05334002-pt_gs_n.svg
  sdg17 chart 05314000 pt_ausg_ew --format png     for slides; with --dark for dark ones
  sdg17 chart 05334002 05314000 04011000 pt_gs_n   up to five units on one scale, one above the other
  sdg17 chart pt_gs_n --map                        newest values of all municipalities on a map
  sdg17 chart 05334002 --world                     the partners of a unit on a map of the world
  sdg17 chart 05334002 pt_gs_n --language en --out figures/""",
)
@click.argument("words", metavar="[AGS]... [INDICATOR]", nargs=-1, required=True)
@click.option("--map", "as_map", is_flag=True, help="All municipalities on a map; INDICATOR alone.")
@click.option("--world", "as_world", is_flag=True, help="Partners in the world; one AGS alone.")
@click.option("--dark", is_flag=True, help="Colours for dark pages and slides.")
@_LANGUAGE
@click.option(
    "--format", "kind", type=click.Choice(["svg", "png"]), default="svg", show_default=True, help="Form."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="File or folder; without it a file in this folder."
)
@_HOME
def chart(
    *,
    words: tuple[str, ...],
    as_map: bool,
    as_world: bool,
    dark: bool,
    language: str,
    kind: str,
    out: Path | None,
    home: Path | None,
) -> None:
    """One published picture as a file, with headline, subtitle, legend and source.

    A series of INDICATOR for up to five units, a map of all municipalities, or the partners of one unit. An
    SVG follows the light or dark scheme of its reader, unless --dark fixes it.
    """
    from pipelines.charts.painter import Painter  # noqa: PLC0415
    from pipelines.charts.plate import plated  # noqa: PLC0415
    from pipelines.charts.standalone import as_png, as_svg  # noqa: PLC0415
    from pipelines.council.reading import CannotReport, Shelf  # noqa: PLC0415

    form = "world" if as_world else "map" if as_map else "series"
    _check(words, form, both=as_map and as_world)
    try:
        plate = _plate(Shelf(_settings(home)), words, form, _language(language))
    except (CannotReport, ValueError) as error:
        raise click.UsageError(str(error)) from error
    painter = Painter()
    painter.draw([plate.picture])
    whole = plated(painter.svg(plate.picture, ""), plate.caption)
    made = as_png(whole, dark=dark) if kind == "png" else as_svg(whole, plate.alternative, dark=dark).encode()
    endings = [*words, *([] if form == "series" else [form]), *(["dark"] if dark else [])]
    ending = "" if language == "de" else f"-{language}"
    _write(out, f"sdg17-{'-'.join(endings)}{ending}.{kind}", made)


def _check(words: tuple[str, ...], form: str, *, both: bool) -> None:
    """What each form needs named.

    Raises:
        click.UsageError: something else was named.
    """
    wanted = {
        "series": (len(words) > 1, "Name units and an indicator, as in: sdg17 chart 05334002 pt_gs_n"),
        "map": (len(words) == 1, "A map shows all municipalities: name an indicator and nothing else."),
        "world": (len(words) == 1, "A map of partners shows one unit: name its key and nothing else."),
    }
    good, told = wanted[form]
    if both or not good:
        raise click.UsageError("Choose --map or --world." if both else told)


def _plate(shelf: Any, words: tuple[str, ...], form: str, language: Any) -> Any:
    from pipelines.council import pictures  # noqa: PLC0415

    if form == "map":
        return pictures.germany(shelf, words[0], language)
    if form == "world":
        return pictures.partners(shelf.read(words[0], language, outlined=True))
    *keys, indicator = words
    return pictures.series([shelf.read(ags, language) for ags in dict.fromkeys(keys)], indicator)


def _settings(home: Path | None) -> Any:
    try:
        return load_settings(home=home, origin=None)
    except WrongSetting as error:
        raise click.UsageError(str(error)) from error


def _write(out: Path | None, name: str, content: bytes) -> None:
    """Write the file and say where; a folder named does not have to exist."""
    path = Path(name) if out is None else out / name if out.is_dir() or not out.suffix else out
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise click.ClickException(
            f"{path} cannot be written ({error.strerror}). Name another place with --out."
        ) from error
    click.echo(path)
