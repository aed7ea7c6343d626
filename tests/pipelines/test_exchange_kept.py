"""What need not be made again in the exchange folder: the result is the same, byte for byte, as made from nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pipelines.exchange import rows
from pipelines.exchange.archive import packed, piece_of, rest_of, together, zipped
from pipelines.exchange.operator import Operator
from pipelines.exchange.parts import Exchange
from pipelines.exchange.rows import TABLES, Published
from pipelines.exchange.source_files import files_csv
from pipelines.exchange.whole import whole_parts
from pipelines.exchange.writer import INDEX, Writer
from pipelines.file_hashes import tree_hash
from tests.home import Home

pytestmark = pytest.mark.xdist_group("night")

RELEASE = "20000101T000000Z"
CHANGED, KEPT = "05334002", "09"
"""Aachen, whose figure is changed here, and a Land it does not stand in."""


@pytest.fixture(scope="module")
def published(home: Home) -> Published:
    with home.database() as connection:
        whole = Published.of({name: connection.sql(f"FROM {name}").pl() for name in TABLES})
    chosen = whole.observation.filter(
        pl.col("ags").str.starts_with("05334") | pl.col("ags").str.starts_with("0916")
    )
    assert {"05", KEPT} == set(chosen["ags"].str.slice(0, 2))
    return replace(whole, observed=chosen.lazy())


@pytest.fixture(scope="module")
def revised(published: Published) -> Published:
    """One figure more or less: made up for this test."""
    here = (pl.col("ags") == CHANGED) & pl.col("value").is_not_null()
    (first,) = published.observation.filter(here).select("indicator_id", "year").head(1).rows()
    one = here & (pl.col("indicator_id") == first[0]) & (pl.col("year") == first[1])
    changed = pl.when(one).then(pl.col("value") + 1).otherwise("value")
    return replace(published, observed=published.observed.with_columns(value=changed))


def written(folder: Path, previous: Path | None, published: Published, tables: str) -> Writer:
    made = Exchange(published, release_id=RELEASE, program=b"", operator=Operator(), tables=tables)
    writer = Writer(folder, previous)
    for group in made.lands():
        writer.add_group(group)
    writer.add_all(made.indicators())
    writer.add_all(whole_parts(made, writer.sizes, writer.content))
    writer.finish()
    return writer


def test_one_changed_figure_makes_what_a_whole_night_makes_and_turns_no_other_land_into_words(
    tmp_path: Path, published: Published, revised: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, anew, after = tmp_path / "before", tmp_path / "anew", tmp_path / "after"
    written(before, None, published, "old")
    everything = written(anew, None, revised, "new")
    turned: list[pl.DataFrame] = []
    plain = rows.worded

    def watched(published: Published, observations: pl.DataFrame) -> pl.DataFrame:
        turned.append(observations)
        return plain(published, observations)

    monkeypatch.setattr(rows, "worded", watched)
    changed = written(after, before, revised, "new")
    assert tree_hash(after) == tree_hash(anew)
    lands = [set(each["ags"].str.slice(0, 2)) for each in turned if each["indicator_id"].n_unique() > 1]
    assert lands == [{"05"}, {"05"}, {KEPT}], "the changed Land, and each Land once for the whole as Parquet"
    indicators = [each for each in turned if each["indicator_id"].n_unique() == 1]
    assert len(indicators) == 1
    assert changed.changed < everything.changed / 2
    kept = f"land/{KEPT}/{KEPT}.zip"
    assert (after / kept).samefile(before / kept)


def test_rows_turned_into_words_a_few_units_at_a_time_make_the_same_files(
    tmp_path: Path, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "at once", None, published, "same")
    monkeypatch.setattr(rows, "IN_WORDS", 40)
    held: list[int] = []
    in_words = rows.in_words

    def watched(published: Published, observations: pl.DataFrame) -> Iterator[pl.DataFrame]:
        for part in in_words(published, observations):
            held.append(part.height)
            yield part

    monkeypatch.setattr(rows, "in_words", watched)
    written(tmp_path / "in parts", None, published, "same")
    assert tree_hash(tmp_path / "in parts") == tree_hash(tmp_path / "at once")
    assert len(held) > len({"05", KEPT}), "a Land came in several parts"


def test_a_land_that_comes_in_parts_makes_the_same_files(
    tmp_path: Path, published: Published, revised: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    def files(folder: Path) -> dict[str, bytes]:
        found = [file for file in folder.rglob("*") if file.is_file() and file.name != INDEX]
        return {str(file.relative_to(folder)): file.read_bytes() for file in found}

    written(tmp_path / "at once", None, revised, "new")
    monkeypatch.setattr(rows, "AT_ONCE", 60)
    assert sum(1 for _ in rows.of_land(published.observed, CHANGED[:2])) > 1
    written(tmp_path / "before", None, published, "old")
    changed = written(tmp_path / "in parts", tmp_path / "before", revised, "new")
    assert files(tmp_path / "in parts") == files(tmp_path / "at once")
    touched = {
        path
        for path in changed.sizes()
        if not (tmp_path / "in parts" / path).samefile(tmp_path / "before" / path)
    }
    assert not [path for path in touched if path.startswith(f"land/{KEPT}")], "its archive is linked"


@pytest.mark.parametrize("loss", ["gone", "damaged"])
def test_a_kept_archive_that_is_not_what_was_written_is_not_put_together(
    tmp_path: Path, published: Published, revised: Published, loss: str
) -> None:
    before, anew, after = tmp_path / "before", tmp_path / "anew", tmp_path / "after"
    written(before, None, published, "old")
    written(anew, None, revised, "new")
    archive = before / f"land/{KEPT}/{KEPT}.zip"
    if loss == "gone":
        archive.unlink()
    else:
        archive.write_bytes(archive.read_bytes().replace(b"\x00", b"\x01", 1))
    written(after, before, revised, "new")
    for name in ("sdg17.zip", "datenpaket.zip"):
        assert (after / "gesamt" / name).read_bytes() == (anew / "gesamt" / name).read_bytes()
    if loss == "gone":
        assert tree_hash(after) == tree_hash(anew)


def test_other_words_or_terms_decide_every_land(published: Published) -> None:
    def digests(of: Published, operator: Operator | None = None) -> list[str]:
        made = Exchange(of, release_id=RELEASE, program=b"", operator=operator or Operator())
        return [group.digest for group in made.lands()]

    as_it_is = digests(published)
    title = published.source.with_columns(attribution=pl.lit("eine andere Stelle"))
    name = published.municipality.with_columns(name=pl.lit("Musterstadt"))
    family = published.indicator.with_columns(family=pl.lit("data"))
    others = [
        digests(replace(published, source=title)),
        digests(replace(published, municipality=name)),
        digests(replace(published, indicator=family)),
        digests(published, Operator(name="Prüfamt")),
    ]
    for other in others:
        assert not set(other) & set(as_it_is)
    moved = published.snapshot.with_columns(name=pl.lit("elsewhere/") + pl.col("name"))
    assert not set(digests(replace(published, snapshot=moved))) & set(as_it_is)
    another_file = published.snapshot.with_columns(retrieved_at=pl.lit("2000-01-01T00:00:00+00:00"))
    assert digests(replace(published, snapshot=another_file)) == as_it_is


def test_a_file_delivered_anew_rewrites_no_download_of_units_whose_figures_stayed(
    published: Published,
) -> None:
    """An original may hold a whole Land; its checksum stands in the table of files, not in every download."""
    held = published.observation.explode("snapshot_ids")["snapshot_ids"].drop_nulls().unique()
    digest = published.snapshot.filter(pl.col("snapshot_id").is_in(held.implode()))["snapshot_id"].first()
    anew = {digest: "f" * 64}
    named = pl.col("snapshot_ids").list.eval(pl.element().replace(anew)).list.sort()
    again = replace(
        published,
        observed=published.observed.with_columns(named),
        snapshot=published.snapshot.with_columns(pl.col("snapshot_id").replace(anew)),
    )

    def decided(of: Published) -> dict[str, str]:
        made = Exchange(of, release_id=RELEASE, program=b"", operator=Operator())
        return {part.address: part.digest for group in made.lands() for part in group.parts()}

    before = decided(published)
    assert {f"gemeinde/{CHANGED}", f"land/{KEPT}"} < set(before)
    assert decided(again) == before
    assert ("f" * 64).encode() in files_csv(again.snapshot)


def test_a_packed_piece_is_found_again_in_its_archive() -> None:
    head, body = packed(b"ags;value\r\n"), packed(b"05334002;1\r\n" * 1000)
    archive = zipped({"LIESMICH.txt": b"text", "Straße.csv": together(head, body)})
    assert rest_of(piece_of(archive, "Straße.csv"), head) == body
    with pytest.raises(ValueError, match="do not begin"):
        rest_of(piece_of(archive, "LIESMICH.txt"), head)
    with pytest.raises(KeyError):
        piece_of(archive, "missing.csv")
