"""Pages that are taken over without being made: never one that would have been different.

A release of what ships with the program, with made-up rows where it has none of a kind, is changed in
one thing at a time. Built upon the site before it must be, file by file, what it is when every page is
made; and what the model of a unit asks of the tables must be what its hash was asked for.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest

from pipelines.charts import renderer
from pipelines.charts.forms import choropleth
from pipelines.charts.painter import Painter, written
from pipelines.site import build, units
from pipelines.site.build import build_site
from pipelines.site.dossier import Archive
from pipelines.site.frames import Library, library
from pipelines.site.inputs import Inputs, shared
from pipelines.site.language import GERMAN, LANGUAGES
from pipelines.site.model import Places, has_page
from pipelines.site.previous import DRAWN, HASHES
from quality.contracts import CONTRACTS
from tests.quality.world import row

Tables = dict[str, pl.DataFrame]

AACHEN, BONN, BREMEN = "05334002", "05314000", "04011000"
RATE, GROUP, FILE = "ez_ausg_ew", "made.up", "ab" * 32
PROGRAM, MODEL = cache(build._program_hash), cache(build._model_hash)
SETTINGS = {"contact": "mailto:a@example.org", "public_address": "https://sdg17.example.org"}


def _added() -> Iterator[tuple[str, dict[str, object]]]:
    """Rows of kinds the release that ships has none of."""
    placed = {"year": 2015, "group_id": GROUP, "percentile": 50.0, "band": "within", "reason": None}
    band = {"lower_quartile": 0.1, "median": 0.2, "upper_quartile": 0.3, "minimum": 0.0, "maximum": 0.4}
    yield "peer_group", row("peer_group", group_id=GROUP, name_de="Alle", population_date=date(2022, 12, 31))
    yield "peer_statistic", row("peer_statistic", indicator_id=RATE, year=2015, group_id=GROUP, **band)
    for key in (BREMEN, "11000000"):
        yield "peer_member", row("peer_member", group_id=GROUP, ags=key)
        yield "peer_position", row("peer_position", indicator_id=RATE, ags=key, **placed)
    yield (
        "territory_step",
        row("territory_step", key_from=AACHEN, key_to=BONN, kind="separation", method="bbsr"),
    )
    yield "country_outline", row("country_outline", country="ZAF", geometry=_square(20), points=5)
    for at, key in enumerate((AACHEN, BREMEN)):
        yield "boundary", row("boundary", ags=key, level="municipality", geometry=_square(7 + at, 50))
    revised = {"indicator_id": RATE, "ags": BREMEN, "year": 2015, "causes": "source"}
    yield "revision", row("revision", release_id="20261101T010203Z", **revised)
    told = {"severity": "warn", "passed": False, "owner": "operator"}
    yield "quality_result", row("quality_result", check_id="a.check", **told)
    yield "quality_finding", row("quality_finding", check_id="a.check", ags=AACHEN)
    carried = {"indicator_id": RATE, "ags": BREMEN, "year": 2014, "snapshot_ids": [FILE]}
    yield "observation_current_territory", row("observation_current_territory", **carried)


def _square(at: int, up: int = 0) -> str:
    ring = [[at, up], [at + 1, up], [at + 1, up + 1], [at, up + 1], [at, up]]
    return orjson.dumps({"type": "Polygon", "coordinates": [ring]}).decode()


@pytest.fixture(scope="module", autouse=True)
def one_engine():
    """All sites of these tests are drawn by one engine; starting one takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(renderer, "renderer", cache(renderer.renderer))
        yield


@pytest.fixture(scope="module")
def tables(shipped) -> Tables:
    return with_made_up_rows(shipped.folder / "tables")


def with_made_up_rows(folder: Path) -> Tables:
    """The tables of a home folder and the rows made up beside them."""
    files = [*(folder / "house").glob("*.parquet"), *folder.glob("quality_*.parquet")]
    tables = {path.stem: pl.read_parquet(path) for path in files if path.stem in CONTRACTS}
    for name, made in _added():
        schema = CONTRACTS[name].schema
        given = tables.get(name, pl.DataFrame(schema=schema)).select(list(schema))
        tables[name] = pl.concat([given, pl.DataFrame([made], schema=schema)])
    return tables


@pytest.fixture(scope="module")
def before(tables, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("before") / "site"
    build_site(tables, folder, None, lambda done, total: None, **SETTINGS)
    return folder


@pytest.fixture(scope="module")
def nothing_kept(before, tmp_path_factory) -> Path:
    """The same site, which no longer knows what decided its pages: every model is made upon it."""
    folder = tmp_path_factory.mktemp("nothing_kept") / "site"
    shutil.copytree(before, folder)
    kept = orjson.loads((folder / HASHES).read_bytes())
    (folder / HASHES).write_bytes(orjson.dumps({key: {**each, "by": ""} for key, each in kept.items()}))
    return folder


def _set(table: str, column: str, value: object, **where: object) -> Callable[[Tables], Tables]:
    """One cell of the rows with certain values is something else."""

    def changed(tables: Tables) -> Tables:
        hit = pl.all_horizontal(pl.col(name) == wanted for name, wanted in where.items())
        frame = tables[table]
        assert frame.filter(hit).height, f"no row of {table} is meant by {where}"
        new = pl.lit(value, frame.schema[column])
        return {**tables, table: frame.with_columns(pl.when(hit).then(new).otherwise(column).alias(column))}

    return changed


def _add(table: str, **values: object) -> Callable[[Tables], Tables]:
    """One row more."""

    def changed(tables: Tables) -> Tables:
        made = pl.DataFrame([row(table, **values)], schema=CONTRACTS[table].schema)
        given = tables.get(table, made.clear()).select(made.columns)
        return {**tables, table: pl.concat([given, made])}

    return changed


def _same_files_other_names(tables: Tables) -> Tables:
    return {**tables, "snapshot": tables["snapshot"].with_columns(name=pl.col("name") + ".csv")}


def _without(table: str, column: str, value: str) -> Callable[[Tables], Tables]:
    return lambda tables: {**tables, table: tables[table].filter(pl.col(column) != value)}


CHANGES: Mapping[str, Callable[[Tables], Tables]] = {
    "value": _set("observation", "value", 9.25, indicator_id=RATE, ags="11000000", year=2015),
    "value_gone": _set("observation", "value", None, indicator_id=RATE, ags="11000000", year=2015),
    "reason_of_a_gap": _set("observation", "reason", "not_separable", ags=BONN, indicator_id="fairtrade_schools"),
    "note": _set("observation", "note", "anders", indicator_id=RATE, ags="11000000", year=2015),
    "plan": _set("observation_plan", "value", 7.5, year=2024),
    "carried": _set("observation_current_territory", "value", 7.5, ags=BREMEN),
    "measure": _set("measure", "value", 77_00, ags="11000000", year=2015, measure_id="development_spending"),
    "band_of_peers": _set("peer_statistic", "median", 0.21, group_id=GROUP, indicator_id=RATE),
    "side_of_the_band": _set("peer_position", "band", "above", ags=BREMEN, group_id=GROUP),
    "percentile_of_a_peer": _set("peer_position", "percentile", 51.0, ags=BREMEN, group_id=GROUP),
    "name_of_a_group": _set("peer_group", "name_de", "Sämtliche", group_id=GROUP),
    "name_in_the_register": _set("municipality", "name", "Bremen am Meer", ags=BREMEN),
    "name_of_a_district": _set("municipality", "name", "Umland", ags="05334"),
    "end_of_a_member": _set("municipality", "valid_to", date(2024, 1, 1), ags=AACHEN),
    "population_of_a_member": _set("population", "inhabitants", 5, ags=AACHEN),
    "successor": _add("territory_step", key_from=BREMEN, key_to=AACHEN, kind="dissolution", method="bbsr"),
    "share_of_a_successor": _set("territory_step", "population_weight", 0.25, key_from=AACHEN),
    "partner": _set("partnership", "partner_name", "Nirgendwo", ags=BREMEN),
    "partner_of_an_unknown": _add("partnership", partnership_id="n", ags="09162000", source_ids="document_facts"),
    "document": _set("partnership_claim", "raw_text", "a;b;Ratsvorlage 9", ags=BREMEN),
    "fact": _set("engagement", "document", "Ratsvorlage 9", ags=AACHEN),
    "first_fact": _add("engagement", ags="05314000", kind="fairtrade_town", valid_from_text=None),
    "finding": _add("quality_finding", check_id="a.check", ags=BONN),
    "finding_gone": _without("quality_finding", "ags", AACHEN),
    "quarantine": _add("quarantine", raw_text=f"{BREMEN};x", rule="ambiguous_unit"),
    "decision": _without("quarantine", "rule", "ambiguous_unit"),
    "coverage": _set("coverage", "units", 3, indicator_id=RATE),
    "sum": _set("aggregate", "value", 9.5, indicator_id=RATE),
    "correction": _set("revision", "causes", "correction", ags=BREMEN),
    "trend": _set("trend", "symbol", "sun", is_default=True),
    "sensitivity": _set("peer_sensitivity", "statement_de", "anders", ags=AACHEN),
    "text_of_a_reason": _set("reason", "text_de", "Weil.", reason="not_separable"),
    "text_of_an_indicator": _set("indicator", "name_de", "Anders", indicator_id=RATE),
    "title_of_a_source": _set("source", "title", "Anders", source_id="document_facts"),
    "rows_of_a_source": _set("source", "rows_accepted", 99, source_id="document_facts"),
    "name_of_a_file": _same_files_other_names,
    "outline": _set("country_outline", "geometry", _square(30), country="ZAF"),
    "boundary": _set("boundary", "geometry", _square(9, 51), ags=BREMEN),
    "country": _set("country", "name_de", "Kap", country="ZAF"),
    "release": _add("release_history", release_id="20261201T010203Z", number=2, recorded_at="2026-12-01T01"),
}  # fmt: skip


def _files(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def _hashes(site: Path) -> dict[str, str]:
    kept = orjson.loads((site / HASHES).read_bytes())
    return {place: digest for each in kept.values() for place, digest in each["pages"].items()}


@pytest.fixture
def undrawn(monkeypatch):
    """Pages are written as their models, which decide them: drawing forty sites takes minutes."""
    monkeypatch.setattr(build, "_program_hash", PROGRAM)
    monkeypatch.setattr(build, "_model_hash", MODEL)
    monkeypatch.setattr(Painter, "draw", lambda self, pictures: None)
    monkeypatch.setattr(build._Site, "_render", lambda self, page: orjson.dumps(page.model, default=written))


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("change", CHANGES)
def test_a_site_upon_another_is_what_it_is_when_every_page_is_made(
    tables, before, nothing_kept, tmp_path, change
):
    changed = CHANGES[change](tables)
    for folder, previous in (("kept", before), ("made", nothing_kept)):
        build_site(changed, tmp_path / folder, previous, lambda done, total: None, **SETTINGS)
    assert _files(tmp_path / "kept") == _files(tmp_path / "made")


def test_all_changes_at_once_are_what_they_are_from_nothing(tables, before, tmp_path):
    changed = tables
    for change in ("value", "plan", "name_of_a_district", "successor", "partner", "finding", "trend"):
        changed = CHANGES[change](changed)
    for folder, previous in (("kept", before), ("nothing", None)):
        build_site(changed, tmp_path / folder, previous, lambda done, total: None, **SETTINGS)
    assert _files(tmp_path / "kept") == _files(tmp_path / "nothing")
    assert _hashes(tmp_path / "kept") != _hashes(before)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("setting", SETTINGS)
def test_another_setting_reaches_every_page_that_shows_it(tables, before, nothing_kept, tmp_path, setting):
    settings = {**SETTINGS, setting: "https://anders.example.org"}
    for folder, previous in (("kept", before), ("made", nothing_kept)):
        build_site(tables, tmp_path / folder, previous, lambda done, total: None, **settings)
    assert _files(tmp_path / "kept") == _files(tmp_path / "made")
    assert _hashes(tmp_path / "kept") != _hashes(before)


@pytest.mark.usefixtures("undrawn")
def test_one_value_makes_the_pages_of_one_unit(tables, before, tmp_path, monkeypatch):
    made: list[str] = []
    page = units._page
    monkeypatch.setattr(units, "_page", lambda unit, *more: made.append(unit.row["ags"]) or page(unit, *more))
    build_site(CHANGES["value"](tables), tmp_path / "new", before, lambda done, total: None, **SETTINGS)
    assert {key for key in made if len(key) > 2} == {"11000000", "11000"}


def _pictures(site: Path) -> set[str]:
    return {path.name for path in (site / DRAWN).iterdir()}


def test_a_map_is_drawn_once_and_again_only_when_it_shows_something_else(
    tables, before, tmp_path, monkeypatch
):
    drawn: list[str] = []
    rows = choropleth.rows
    monkeypatch.setattr(choropleth, "rows", lambda *a, **b: drawn.append(b["language"]) or rows(*a, **b))
    news = CHANGES["release"](tables)
    build_site(news, tmp_path / "news", before, lambda done, total: None, **SETTINGS)
    assert drawn == [], "the start page tells of the new release and has the map of the site before"
    german = [site / "index.html" for site in (before, tmp_path / "news")]
    assert len({path.read_bytes() for path in german}) == 2
    assert len({re.search(rb"<figure.*?</figure>", path.read_bytes(), re.S)[0] for path in german}) == 1
    assert _pictures(before) == _pictures(tmp_path / "news")
    build_site(CHANGES["boundary"](news), tmp_path / "new", tmp_path / "news", lambda *_: None, **SETTINGS)
    assert drawn == ["de", "en"]
    assert _pictures(before).isdisjoint(_pictures(tmp_path / "new"))


def test_a_page_that_was_removed_is_made_again(tables, before, tmp_path):
    old = tmp_path / "old"
    shutil.copytree(before, old)
    (old / "en" / "gemeinde" / AACHEN / "index.html").unlink()
    report = build_site(tables, tmp_path / "new", old, lambda done, total: None, **SETTINGS)
    assert report.written == 1
    assert _files(tmp_path / "new") == _files(before)


class _Asked(dict[Any, Any]):
    """A look-up that notes which keys it is asked for, or that all of them are."""

    def __init__(self, name: str, given: Mapping[Any, Any], log: set[tuple[str, object]]) -> None:
        super().__init__(given)
        self._name, self._log = name, log

    def __getitem__(self, key: object) -> Any:
        return self.get(key) if key in self else super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._log.add((self._name, key))
        return super().__contains__(key)

    def get(self, key: object, default: Any = None) -> Any:
        self._log.add((self._name, key))
        found = super().get(key, default)
        watched = self._name in SHOWN and isinstance(found, dict)
        return _Asked(f"{self._name}.", found, self._log) if watched else found

    def _everything(self) -> Any:
        self._log.add((self._name, "everything"))
        return super()

    def values(self) -> Any:
        return self._everything().values()

    def items(self) -> Any:
        return self._everything().items()

    def __iter__(self) -> Any:
        return self._everything().__iter__()


SHOWN = {
    "groups": ("name_de", "name_en"),
    "sources": ("title", "attribution"),
    "snapshots": ("source_id", "name"),
}
"""Look-ups of which only some columns decide a page of a unit."""
FOR_ALL = ("countries", "reasons", "trend_methods", "measure_names", "groups", "sources")
"""Look-ups that decide the pages of all units, as a whole."""
BY_KEY = (
    "units", "population", "documents", "snapshots", "steps", "steps_into", "companions", "companion_page",
    "members", "districts", "municipalities", "valued_of", "themes_known", "land_totals",
)  # fmt: skip
MAY_BE_READ = ("indicators", "formulas", "gaps_told", "world", "inhabitants")


class _Watched(Library):
    """A library that lets nobody read what no hash covers."""

    def __getattribute__(self, name: str) -> Any:
        known = (*FOR_ALL, *BY_KEY, *MAY_BE_READ, "with_facts", "observed")
        if (
            not name.startswith("_")
            and name not in known
            and not object.__getattribute__(self, "__dict__")["open"]
        ):
            raise AssertionError(f"a page of a unit reads library.{name}, which no hash covers")
        return object.__getattribute__(self, name)


def _watched(books: Library, log: set[tuple[str, object]]) -> _Watched:
    fields = {name: getattr(books, name) for name in books.__dataclass_fields__}
    watched = object.__new__(_Watched)
    derived = {name: getattr(books, name) for name in (*BY_KEY, "world", "with_facts", "observed")}
    own = watched.__dict__
    own.update({**fields, **derived, "open": False})
    own.update({name: _Asked(name, own[name], log) for name in (*FOR_ALL, *BY_KEY)})
    own.update({name: _Asked(name, dict.fromkeys(own[name]), log) for name in ("with_facts", "observed")})
    return watched


def test_the_model_of_a_unit_asks_for_nothing_its_hash_does_not_cover(tables):
    books = library(tables)
    archive = Archive(books)
    log: set[tuple[str, object]] = set()
    watched = _watched(books, log)
    watched.__dict__["open"] = True
    inputs = Inputs(watched, archive.holdings, b"", ())
    watched.__dict__["open"] = False
    rows = [each for each in books.units.values() if has_page(books, each) and each["level"] != "land"]
    dossiers = archive.dossiers(sorted(books.units))
    seen = set()
    for unit in rows:
        log.clear()
        inputs._places.clear()
        inputs.of(unit)
        covered = set(log)
        log.clear()
        for language in LANGUAGES:
            page = units._page(units.UnitPage(Places(watched, language), unit), dossiers, False)
            units.piece(language, unit, page.model)
        columns = {(name, key) for name, key in log if name.endswith(".")}
        assert columns <= {(f"{name}.", key) for name, keys in SHOWN.items() for key in keys}
        assert {(name, key) for name, key in log - columns - covered if name not in FOR_ALL} == set(), unit
        seen |= {name for name, _ in log}
    assert {"units", "steps", "companion_page", "snapshots", "documents", "members", "groups"} <= seen


def test_what_all_pages_show_has_one_hash(tables):
    books = library(tables)
    assert shared(books, "a") == shared(library(tables), "a") != shared(books, "b")
    renamed = {key: {**group, "name_de": "anders"} for key, group in books.groups.items()}
    assert shared(replace(books, groups=renamed), "a") != shared(books, "a")
    counted = {key: {**group, "members": 99} for key, group in books.groups.items()}
    assert shared(replace(books, groups=counted), "a") == shared(books, "a")
    assert GERMAN in LANGUAGES
