"""Writing the site: render pages that changed, link pages that did not.

Belongs here: input hashes, rendering, files. Does not belong here: what a page says (`model.py`,
`overview.py`) or how a picture is drawn (`pipelines/charts`).

The hash of a page covers its model and the program text that shows it. Where the previous site
holds a page with the same hash, its file is linked, not written. A finished file is never opened
for writing again, because other releases may share it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, resources
from itertools import chain, islice
from pathlib import Path
from typing import Any

import jinja2
import orjson
import polars as pl
from markupsafe import Markup

from pipelines.charts.painter import Later, Painter, written
from pipelines.giving_back import give_back
from pipelines.program import computation_hash, program_hash
from pipelines.site.frames import library
from pipelines.site.language import LANGUAGES
from pipelines.site.lean import lean
from pipelines.site.ledger import ledger
from pipelines.site.model import Page, Places
from pipelines.site.overview import count
from pipelines.site.overview import pages as overview_pages
from pipelines.site.peers import peer_count, peer_pages
from pipelines.site.previous import HASHES, Kept, Previous, write_file
from pipelines.site.quality_page import concerned
from pipelines.site.search import SEARCH_FILE, search_index
from pipelines.site.sheaf import Sheaf
from pipelines.site.side_by_side import side_by_side_count, side_by_side_pages
from pipelines.site.style_sheet import published
from pipelines.site.units import unit_count, unit_sheaves

_SHOWN_BY = ("pipelines.site", "pipelines.charts")
_STEP = 500
"""Pages between two reports of progress."""
_TOGETHER = 100
"""Pages whose models are in memory at one time, and whose pictures are drawn together."""


@dataclass(frozen=True, kw_only=True)
class SiteReport:
    """What was done: pages in the site, of these written and linked, and pictures on written pages."""

    pages: int
    written: int
    unchanged: int
    charts: int


def build_site(
    tables: Mapping[str, pl.DataFrame],
    destination: Path,
    previous: Path | None,
    progress: Callable[[int, int], None],
    *,
    contact: str | None = None,
    public_address: str | None = None,
) -> SiteReport:
    """Make all pages from the published tables.

    Args:
        tables: table name to frame, in the form of `quality/contracts`; an absent one counts as empty.
        destination: folder of the new site; it may exist.
        previous: folder of the last site, whose unchanged pages are reused, or null.
        progress: called with pages done and pages in all.
        contact: address readers may write to, as mailto: or https:, or null.
        public_address: where the site will stand, as in https://sdg17.example.org, or null.
    """
    books = library(tables)
    about = ledger(books)
    editions = [Places(books, language) for language in LANGUAGES]
    site = _Site(destination, previous)
    of_many = chain(
        _always("overview", (overview_pages(books, about, places, contact) for places in editions)),
        _always("peers", (peer_pages(places) for places in editions)),
        _always("side by side", (side_by_side_pages(places) for places in editions)),
    )
    sheaves = chain(
        site.given_back_after(of_many),
        unit_sheaves(books, LANGUAGES, _model_hash(), frozenset(concerned(books, about)), public_address),
    )
    others = peer_count(books) + side_by_side_count(books) + unit_count(books)
    total = len(LANGUAGES) * (count(books, about) + others)
    pages = (made for sheaf in sheaves for made in sheaf.make(site.stale(sheaf)))
    told = 0
    while batch := list(islice(pages, _TOGETHER)):
        site.add(batch)
        if site.pages - told >= _STEP:
            told = site.pages
            progress(told, total)
    progress(site.pages, total)
    return site.finish({SEARCH_FILE: search_index(books)})


def _always(subject: str, pages: Iterable[Iterable[Page]]) -> list[Sheaf]:
    """Pages that are made every time and compared."""
    made = ((subject, page) for page in chain.from_iterable(pages))
    return [Sheaf(decided_by={subject: None}, make=lambda _: made)]


class _Site:
    """A site being written."""

    def __init__(self, destination: Path, previous: Path | None) -> None:
        self.destination = destination
        self.before = Previous(previous, destination)
        self.kept: Kept = {}
        self.program = _program_hash()
        self.painter = Painter(lambda decided_by: self.before.picture(self._drawn_by(decided_by)))
        self.templates: dict[str, jinja2.Template] = {}
        self.environment = _environment(self._picture)
        self.pages = self.written = self.charts = 0

    def given_back_after(self, sheaves: Iterable[Sheaf]) -> Iterator[Sheaf]:
        """Sheaves of pages about many units: what their maps and lists took goes back before the next is made."""
        for sheaf in sheaves:
            yield sheaf
            self.painter.give_back()
            give_back()

    def stale(self, sheaf: Sheaf) -> list[str]:
        """Subjects whose pages must be made; those of the others are taken over."""
        found = []
        for subject, decided_by in sheaf.decided_by.items():
            pages = self.before.pages_of(subject, decided_by) if decided_by else None
            self.kept[subject] = {"by": decided_by, "pages": dict(pages or {})}
            self.pages += len(pages or ())
            if pages is None:
                found.append(subject)
        return found

    def add(self, made: Sequence[tuple[str, Page]]) -> None:
        """Link the unchanged pages; draw and render the others."""
        changed = [page for subject, page in made if not self._taken_over(subject, page)]
        pictures = [picture for page in changed for picture in _pictures(page)]
        self.painter.draw(pictures)
        self.charts += len(pictures)
        self._keep_pictures([page for _, page in made])
        for page in changed:
            write_file(self.destination / _place(page) / "index.html", self._render(page))
        self.written += len(changed)
        self.painter.forget()

    def finish(self, added: Mapping[str, bytes]) -> SiteReport:
        """Write the style sheets, scripts, icon, and the hashes."""
        for name, sheet in published().items():
            write_file(self.destination / name, sheet)
        for file in resources.files("pipelines.site").joinpath("static").iterdir():
            write_file(self.destination / file.name, file.read_bytes())
        for name, content in added.items():
            write_file(self.destination / name, content)
        write_file(self.destination / HASHES, orjson.dumps(self.kept, option=orjson.OPT_SORT_KEYS))
        return SiteReport(
            pages=self.pages, written=self.written, unchanged=self.pages - self.written, charts=self.charts
        )

    def _taken_over(self, subject: str, page: Page) -> bool:
        """Take the page over from the previous site if its model and what shows it are the same."""
        model = orjson.dumps(page.model, default=written, option=orjson.OPT_SORT_KEYS)
        shown = f"{page.language.code} {page.template}\0".encode()
        digest = hashlib.sha256(self.program + shown + model).hexdigest()
        place = _place(page)
        self.kept[subject]["pages"][place] = digest
        self.pages += 1
        return self.before.page(place, digest)

    def _keep_pictures(self, pages: Sequence[Page]) -> None:
        """Keep the pictures that take long, also those of pages that were taken over."""
        for picture in (picture for page in pages for picture in _pictures(page)):
            if isinstance(picture["rows"], Later):
                name = self._drawn_by(picture["rows"].decided_by)
                if self.before.picture(name) is None and (svg := self.painter.drawn(picture)):
                    self.before.keep(name, svg)

    def _drawn_by(self, decided_by: str) -> str:
        """What decides a picture: its rows and the program that draws it."""
        return hashlib.sha256(self.program + decided_by.encode()).hexdigest()

    def _render(self, page: Page) -> bytes:
        home = "../" * len(Path(page.address).parts)
        files = home + "../" * len(Path(page.language.prefix).parts)
        template = self.templates.get(page.template)
        if template is None:
            template = self.templates[page.template] = self.environment.get_template(page.template)
        made = template.render(
            p=page.model,
            t=page.language.texts,
            language=page.language,
            languages=LANGUAGES,
            address=f"{page.address}/" if page.address else "",
            root=home,
            files=files,
        )
        return lean(made).encode()

    def _picture(self, card: Mapping[str, Any]) -> Markup:
        """The picture of a card with its alternative text."""
        svg = self.painter.svg(card["picture"], card["alternative"])
        return Markup(svg)  # noqa: S704 - Vega escapes its text, the painter ours


def _place(page: Page) -> str:
    """The folder of a page below the site."""
    return f"{page.language.prefix}{page.address}".rstrip("/")


def _pictures(page: Page) -> list[dict[str, Any]]:
    cards = [card["picture"] for card in page.model.get("cards", ())]
    return [picture for picture in (*page.pictures, *cards) if picture["rows"]]


def _environment(picture: Callable[[Mapping[str, Any]], Markup]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pipelines.site"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.globals["picture"] = picture
    environment.globals["indicator_links"] = indicator_links
    return environment


def indicator_links(indicators: Sequence[Mapping[str, str]], root: str) -> Markup:
    """Links to indicators, one after the other. Most pages name the same ones, so they are kept."""
    return _indicator_links(tuple((each["id"], each["name"]) for each in indicators), root)


@lru_cache(maxsize=2000)
def _indicator_links(indicators: tuple[tuple[str, str], ...], root: str) -> Markup:
    link = Markup('<a href="{}indikator/{}/index.html">{}</a>')
    return Markup(" · ").join(link.format(root, key, name) for key, name in indicators)


def _program_hash() -> bytes:
    """Hash of everything besides the model that decides the bytes of a page."""
    digest = hashlib.sha256()
    for package in ("jinja2", "altair", "vl-convert-python"):
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    for package in _SHOWN_BY:
        root = Path(str(resources.files(package)))
        for path in sorted(root.rglob("*")):
            if path.suffix in (".py", ".html"):
                digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.digest()


def _model_hash() -> bytes:
    """Hash of everything besides tables and settings that decides what a page says: the whole program."""
    versions = [
        f"{package} {metadata.version(package)}" for package in ("babel", "numpy", "orjson", "polars")
    ]
    return "\n".join([program_hash(), computation_hash(), *versions]).encode()
