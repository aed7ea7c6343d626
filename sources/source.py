"""What a source is: where bytes come from, and how they become tables that keep their contracts.

Belongs here: the declaration of a source, the raw file handed to its reader, the reading it
returns. Does not belong here: finding files on disk or network (`pipelines/origins.py`), keeping
them (`pipelines/snapshots.py`), or any one provider's format (one file each beside this one).
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from quality.contract import no_rejects
from sources.live import Dialogue, Occasion

SIZE_LIMIT = 512 * 1024 * 1024
"""Largest decompressed file accepted, in bytes: beyond it a small archive is an attack."""


class SourceProblem(Exception):
    """A source cannot be used: what is wrong, why, and what a person can do about it.

    `title` alone may hold a whole message; `cause` and `remedy` are then null.
    """

    def __init__(self, title: str, *, cause: str | None = None, remedy: str | None = None) -> None:
        more = [part for part in (cause, remedy) if part]
        super().__init__(" ".join(_sentence(part) for part in (title, *more)) if more else title)
        self.title = title
        self.cause = cause
        self.remedy = remedy


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


class SourceUnavailable(SourceProblem):
    """The provider did not answer or the file is not there; trying again later may help."""


class SourceChanged(SourceProblem):
    """The provider's format is not the one described; trying again will not help."""


@dataclass(frozen=True, kw_only=True)
class Raw:
    """One file as received, never altered.

    `name` is its path at the origin, `snapshot_id` the SHA-256 of `content` in hexadecimal.
    """

    name: str
    content: bytes
    snapshot_id: str

    def unpacked(self) -> bytes:
        """The bytes, decompressed if the name ends in `.gz`.

        Raises:
            SourceChanged: the decompressed size exceeds `SIZE_LIMIT`, or it is not gzip.
        """
        if not self.name.endswith(".gz"):
            return self.content
        try:
            with gzip.open(io.BytesIO(self.content)) as stream:
                data = stream.read(SIZE_LIMIT + 1)
        except (OSError, EOFError) as error:
            raise SourceChanged(
                f"{self.name} is not a complete gzip file ({error}). Fetch it again."
            ) from error
        if len(data) > SIZE_LIMIT:
            raise SourceChanged(f"{self.name} unpacks to more than {SIZE_LIMIT:,} bytes and is refused.")
        return data


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a reader found: tables by contract name, and records it could not turn into a row."""

    tables: Mapping[str, pl.DataFrame]
    rejected: pl.DataFrame = field(default_factory=no_rejects)
    """In the form of the `quarantine` table."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A place data come from.

    `archive` names files below an archive folder (glob patterns), `embedded` names files below
    `sources/embedded/`. A source with `always=True` is read from its embedded files under every
    origin, since what it holds was written down by us; one with `always=False` and embedded files
    is read from them only under the origin `embedded`. `tables` are the contracts `read` fills,
    `needs` the tables it must see to do so: those of the house by name (the register, to match names),
    those of another source as `source/table`.
    """

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str
    tables: tuple[str, ...]
    read: Callable[[Sequence[Raw], Mapping[str, pl.DataFrame]], Reading]
    homepage: str | None = None
    archive: tuple[str, ...] = ()
    embedded: tuple[str, ...] = ()
    always: bool = False
    live: Callable[[Occasion], Dialogue] | None = None
    """How the files are asked for at the provider; null where a source has no live connector."""
    live_base: str | None = None
    """Address of the provider; the setting `bases` may name another (a mirror, a test server)."""
    home_files: tuple[str, ...] = ()
    """Files below the home folder (glob patterns), read under every origin: what was handed in here."""
    keyed: bool = False
    """Whether its files hold values that may not be published: the names of such files are keyed hashes."""
    rhythm_days: int | None = None
    """Days between two publications by the provider, as expected; null where it has no rhythm."""
    least_share: float = 0.9
    """Share of the rows last published below which a reading is a finding."""
    licence_in: Callable[[Raw], str | None] | None = None
    """The licence a file states about itself, kept with it; null where providers do not say."""
    problem: str | None = None
    """Why the source cannot be read whatever its files hold: a description written by an operator is wrong."""
    needs: tuple[str, ...] = ()
    group: str = "sources"
    """Where the source stands in the graph (register, budgets, partnerships, engagement, countries)."""
