"""The drop folder of return forms: each file is taken, judged, answered and put away, one at a time.

Belongs here: which unit a file belongs to, where files and answers lie, and that one file never
stops the next. Does not belong here: the rules on rows (`sources/self_report_check.py`), the wording
of answers (`pipelines/intake_answer.py`), reading accepted files into tables
(`sources/self_report.py`).

Folders below `$SDG17_HOME/intake`: `inbox` (handed in), `accepted`, `rejected`, `answers`, and
`contacts.csv`. A file belongs to the unit its sub-folder (`inbox/05334002/…`) or the beginning of
its name (`05334002_…`) says. Accepted and rejected files keep their bytes; their names gain the time
of receipt and the beginning of their hash. Hidden and unfinished files (`.…`, `~$…`, `….part`) are
left alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from pipelines.files import write_atomically
from pipelines.fingerprints import fingerprint
from pipelines.intake_answer import Answer, as_page, as_table
from pipelines.origins import Found
from pipelines.settings import Settings
from pipelines.snapshots import keep
from sources.self_report import SOURCE
from sources.self_report_check import check
from sources.self_report_file import FILE_LIMIT
from sources.self_report_outcome import Checked, Finding

OWNER = re.compile(r"((?:0[1-9]|1[0-6])[0-9]{3}(?:[0-9]{3})?)(?:[^0-9A-Za-z]|$)")
"""A key at the beginning of a name: Land 01 to 16, so that a date is not taken for one."""
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")
NAME_LIMIT = 60


@dataclass(frozen=True, kw_only=True)
class Handled:
    """What became of one file of the inbox."""

    file_name: str
    ags: str | None
    accepted: bool
    rows: int
    problems: int
    placed: str
    """Where the file lies now, below the intake folder."""
    answer: str
    """The page with the answer, below the intake folder; its table lies beside it."""


def intake_folder(settings: Settings) -> Path:
    """Everything about return forms."""
    return settings.home / "intake"


def waiting(settings: Settings) -> list[Path]:
    """Files in the inbox that are complete, in a stable order."""
    inbox = intake_folder(settings) / "inbox"
    found = (path for path in inbox.rglob("*") if path.is_symlink() or path.is_file())
    return sorted(path for path in found if not _is_unfinished(path.relative_to(inbox)))


def _is_unfinished(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return hidden or path.name.startswith("~$") or path.name.lower().endswith(UNFINISHED)


def accept_inbox(settings: Settings) -> tuple[list[Handled], list[str]]:
    """Take every file of the inbox. Returns what became of each, and the files that could not be moved.

    The caller holds the home folder (`pipelines.release.only_run`).
    """
    handled: list[Handled] = []
    failures: list[str] = []
    known = _known_units(settings)
    for path in waiting(settings):
        try:
            handled.append(_handle(path, settings, known))
        except OSError as error:
            failures.append(f"{path.name.encode('utf-8', 'replace').decode()}: {error.strerror or error}")
    return handled, failures


def _handle(path: Path, settings: Settings, known: frozenset[str] | None) -> Handled:
    folder, now = intake_folder(settings), settings.clock()
    ags, misplaced = owner_of(path.relative_to(folder / "inbox"))
    content = b"" if path.is_symlink() else _bytes_of(path)
    digest = hashlib.sha256(content).hexdigest() if content is not None else _digest_of(path)
    name = placed_name(path.name, ags, now, _name_of(content, digest, settings))
    checked = _judged(path, content, ags, misplaced)
    if checked is None:
        checked = _already(folder, ags, _name_of(content, digest, settings)) or check(
            path.name, content or b"", ags=ags or "", received=now.date()
        )
        checked = _with_hint(checked, ags, known)
    accepted = not checked.refused
    answer = Answer(
        file_name=path.name, ags=ags, received=f"{now:%d.%m.%Y %H:%M} UTC", digest=digest, checked=checked
    )
    page = folder / "answers" / f"{name}.html"
    write_atomically(page, as_page(answer))
    write_atomically(page.with_name(f"{name}.csv"), as_table(answer))
    placed = folder / ("accepted" if accepted else "rejected") / name
    if accepted:
        found = Found(name=str(placed.relative_to(settings.home)), origin="archive", content=content or b"")
        keep(found, SOURCE, settings.snapshots, now)
    _put_away(path, placed)
    return Handled(
        file_name=path.name,
        ags=ags,
        accepted=accepted,
        rows=len(checked.reports),
        problems=len(answer.problems),
        placed=str(placed.relative_to(folder)),
        answer=str(page.relative_to(folder)),
    )


def _name_of(content: bytes | None, digest: str, settings: Settings) -> str:
    """Fingerprint of a form: its name is published, so a guess at its content must not be confirmed by it."""
    if content is None:
        return digest
    return fingerprint(content, settings.snapshots, keyed=SOURCE.keyed)


def _judged(path: Path, content: bytes | None, ags: str | None, misplaced: str | None) -> Checked | None:
    """Reasons to refuse a file without opening it."""
    if path.is_symlink():
        return _refusal(
            "Die Datei ist nur ein Verweis auf eine andere.", "Bitte die Datei selbst einreichen."
        )
    if content is None:
        return _refusal(
            f"Die Datei ist größer als {FILE_LIMIT // 1024 // 1024} MB.",
            "Bitte nur das ausgefüllte Formular einreichen.",
        )
    if ags is None:
        return _refusal(
            misplaced or "Die Datei ist keiner Gebietseinheit zugeordnet.",
            "Bitte in den Ordner mit dem amtlichen Schlüssel legen oder den Dateinamen damit beginnen, "
            "zum Beispiel 05334002_meldung.csv.",
        )
    return None


def owner_of(path: Path) -> tuple[str | None, str | None]:
    """The unit a file below the inbox belongs to, or null and why there is none."""
    named = [match[1] for part in path.parts if (match := OWNER.match(part)) is not None]
    if len(set(named)) > 1:
        return None, "Ordner und Dateiname nennen verschiedene Gebietseinheiten."
    return (named[0], None) if named else (None, None)


def placed_name(name: str, ags: str | None, now: datetime, digest: str) -> str:
    """Name under which a file is put away: unit, time of receipt, hash, its own name in plain signs."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)
    stem, dot, ending = plain.rpartition(".")
    kept = f"{stem[:NAME_LIMIT]}.{ending[:8]}" if dot else plain[:NAME_LIMIT]
    return f"{ags or 'ohne'}_{now:%Y%m%dT%H%M%SZ}_{digest[:8]}_{kept.lower()}"


def _bytes_of(path: Path) -> bytes | None:
    """The content, or null where the file is too large to be opened."""
    with path.open("rb") as stream:
        content = stream.read(FILE_LIMIT + 1)
    return content if len(content) <= FILE_LIMIT else None


def _digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _already(folder: Path, ags: str | None, digest: str) -> Checked | None:
    """The refusal of bytes that were accepted before."""
    if not any((folder / "accepted").glob(f"{ags}_*_{digest[:8]}_*")):
        return None
    return _refusal("Genau diese Datei wurde schon angenommen.", "Nichts zu tun; die Angaben gelten.")


def _with_hint(checked: Checked, ags: str | None, known: frozenset[str] | None) -> Checked:
    """A hint where the register last read does not know the unit: its rows wait in quarantine."""
    if checked.refused or known is None or ags in known:
        return checked
    hint = Finding(
        row=None,
        field="ags",
        value=ags or "",
        problem="Der Schlüssel steht nicht im zuletzt gelesenen Gemeindeverzeichnis.",
        remedy="Bitte den Schlüssel prüfen; veröffentlicht wird erst, wenn er dort steht.",
        is_hint=True,
    )
    return Checked(reports=checked.reports, findings=(*checked.findings, hint), untouched=checked.untouched)


def _known_units(settings: Settings) -> frozenset[str] | None:
    register = settings.tables / "house" / "municipality.parquet"
    if not register.is_file():
        return None
    return frozenset(pl.read_parquet(register, columns=["ags"])["ags"].to_list())


def _put_away(path: Path, placed: Path) -> None:
    placed.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        path.unlink()
    else:
        path.replace(placed)


def _refusal(problem: str, remedy: str) -> Checked:
    finding = Finding(row=None, field="Datei", value="", problem=problem, remedy=remedy)
    return Checked(reports=(), findings=(finding,))


def put_away(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Accepted and rejected files, oldest first: the word and the file."""
    for state in ("accepted", "rejected"):
        folder = intake_folder(settings) / state
        yield from ((state, path) for path in sorted(folder.glob("*")) if path.is_file())
