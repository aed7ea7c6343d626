"""The made-up night is one the program would publish, and what changes in it is what is written."""

from __future__ import annotations

from pathlib import Path

import duckdb
import orjson
import polars as pl
import pytest

from bench import archive_night, changed, made_up, night, night_tables
from bench.endurance.nights import Altered, Ended, Place
from bench.measuring import Side
from bench.night_steps import COMPUTED, carried_out
from pipelines.exchange.addresses import api_unit
from quality.contract import enforce
from quality.contracts import CONTRACTS

UNITS, EVERY = 32, 16


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a night of few units: as many as there are Länder, twice."""
    folder = tmp_path_factory.mktemp("given")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made_up, "SIZES", {"germany": UNITS})
        made_up.keys.cache_clear()
        night_tables.write("germany", folder)
    made_up.keys.cache_clear()
    return folder


@pytest.fixture(scope="module")
def before(given: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    carried_out(given, folder)
    return folder


@pytest.mark.parametrize("name", night_tables.NAMES)
def test_every_made_up_table_keeps_its_contract(given: Path, name: str) -> None:
    frame = pl.read_parquet(given / f"{name}.parquet")
    found = enforce(frame, CONTRACTS[name], source_id="made_up")
    assert found.rejected.is_empty(), found.rejected.select("rule", "value").head(3)
    assert found.good.height == frame.height > 0


def test_keys_of_germany_are_spread_over_all_lands_and_differ() -> None:
    keys = made_up.keys("germany")
    assert keys.n_unique() == len(keys) == made_up.SIZES["germany"]
    assert keys.is_sorted()
    assert keys.str.slice(0, 2).n_unique() == made_up.LANDS
    assert made_up.keys("land").str.slice(0, 2).n_unique() == 1


def test_a_night_leaves_every_table_every_unit_and_says_how_much(given: Path, tmp_path: Path) -> None:
    done = carried_out(given, tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert done.files == len(files) - 1  # the hashes are no product
    with duckdb.connect(str(tmp_path / "sdg17.duckdb"), read_only=True) as connection:
        tables = {name for (name,) in connection.sql("SELECT table_name FROM duckdb_tables()").fetchall()}
        rows = connection.sql("SELECT count(*) FROM observation").fetchall()
    assert tables == {*night_tables.NAMES, *COMPUTED}
    assert rows == [(UNITS * len(made_up.INDICATORS) * len(made_up.YEARS),)]
    keys = pl.read_parquet(given / "municipality.parquet")["ags"]
    for key in (keys[0], keys[-1]):
        document = orjson.loads((tmp_path / "pages" / api_unit(key, "municipality")).read_bytes())
        assert set(document["indicators"]) == set(made_up.INDICATORS)


def test_equal_input_has_equal_hashes_and_writes_nothing(given: Path, before: Path, tmp_path: Path) -> None:
    assert carried_out(given, tmp_path / "alone").files > UNITS
    same = [(folder / "hashes.json").read_bytes() for folder in (before, tmp_path / "alone")]
    assert same[0] == same[1]
    again = carried_out(given, tmp_path / "again", before)
    assert (again.files, again.bytes) == (0, 0)


def test_only_the_page_data_of_changed_units_are_written(given: Path, before: Path, tmp_path: Path) -> None:
    now = changed._given(given, tmp_path / "now", lambda frame: changed.altered(frame, EVERY))
    done = carried_out(now, tmp_path / "night", before)
    after, old = ({path.relative_to(at): path.stat().st_ino for path in at.rglob("*.*")} for at in
                  (tmp_path / "night" / "pages", before / "pages"))  # fmt: skip
    new = {path.stem.removesuffix("_plain") for path, inode in after.items() if inode != old[path]}
    keys = pl.read_parquet(given / "municipality.parquet")["ags"].gather_every(EVERY)
    assert set(keys) == new - {".parts"}
    others = len(list((tmp_path / "night" / "tables").rglob("*.parquet"))) + 1
    assert done.files - others == 2 * len(keys)


def test_limits_write_as_many_bytes_and_the_plain_aggregation_finds_the_same_extremes(
    given: Path, before: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(night, "finished", lambda size: (given, before))
    monkeypatch.setattr(night, "written_apart", lambda size, folder: given)
    side = night.BENCHMARK.sides["write"]
    assert isinstance(side, Side)
    done = side.prepare()(1)
    pages = [path for path in (before / "pages").rglob("*") if path.is_file()]
    tables = 1 + len(COMPUTED)
    assert done.files == len(pages) + tables + 1
    plain = night._aggregated(*night._to_aggregate(given)).sort(night.STATISTIC)
    ours = pl.read_parquet(before / "tables" / "house" / "peer_statistic.parquet")
    both = plain.join(ours.filter(pl.col("minimum").is_not_null()), on=night.STATISTIC, how="inner")
    assert both.height > 0
    for found, published in (
        ("len", "reporting"),
        ("minimum", "minimum_right"),
        ("maximum", "maximum_right"),
    ):
        assert both[found].to_list() == both[published].to_list()


def test_the_archive_s_one_per_cent_are_that_many_municipalities() -> None:
    keys = [f"05{number:06}" for number in range(396)]
    made = pl.DataFrame({"ags": keys}).join(pl.DataFrame({"year": [2010, 2011]}), how="cross")
    finance = made.with_columns(level=pl.lit("gemeinden"), amount_eur=pl.lit(500, pl.Int64))
    after = archive_night.changed(finance)
    other = after.filter(pl.col("amount_eur") == 505)
    assert other["ags"].n_unique() == archive_night.MUNICIPALITIES
    assert other["year"].unique().to_list() == [archive_night.NEWEST]


def test_a_page_is_weighed_with_what_it_loads(tmp_path: Path) -> None:
    for name in archive_night.LOADED:
        (tmp_path / name).write_bytes(b"12345")
    for key, page in (("a", b"<p><svg>..</svg>"), ("b", b"<p>")):
        (tmp_path / "gemeinde" / key).mkdir(parents=True)
        (tmp_path / "gemeinde" / key / "index.html").write_bytes(page)
    loaded = 5 * len(archive_night.LOADED)
    assert [each["reached"] for each in archive_night.weights(tmp_path)] == [loaded + 16, loaded + 3]


def test_files_of_a_night_are_those_the_release_before_does_not_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nights by a stand-in that links what it keeps, as releases do."""
    archive, home = tmp_path / "originals", tmp_path / "work" / "home"
    altered = Altered.parse(archive_night.FIGURE)
    for name, content in ((altered.file, b"a 6.052,80 b"), (archive_night.FINANCE, b"accounts")):
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / name).write_bytes(content)
    place = Place(folder=tmp_path / "work", originals=archive, altered=altered)
    place.prepare()
    monkeypatch.setattr(archive_night, "_change", lambda path: path.with_name("changed").write_bytes(b"x"))
    turn = iter(range(4))

    def run(self: Place, *command: str) -> Ended:
        release = home / "releases" / str(number := next(turn))
        before = home / "current"
        if number == 3:  # nothing new: the release is confirmed
            return Ended(code=0, wall_seconds=1, cpu_seconds=1, peak_megabytes=1, said="")
        release.mkdir(parents=True)
        (release / "new").write_bytes(b"12345")
        for name in ("one", "two"):
            if number:
                (release / name).hardlink_to(before.resolve() / name)
            else:
                (release / name).write_bytes(b"123")
        before.unlink(missing_ok=True)
        before.symlink_to(release)
        return Ended(code=0, wall_seconds=1, cpu_seconds=9, peak_megabytes=1, said="")

    monkeypatch.setattr(Place, "run", run)
    sides = archive_night.nights(place)
    told = {key: (side["files"], side["bytes"], side["of_files"]) for key, side in sides.items()}
    assert told == {"first": (3, 11, 3), "figure": (1, 5, 3), "percent": (1, 5, 3), "same": (0, 0, 3)}
    assert b"6.952,80" in (place.archive / altered.file).read_bytes()
    assert b"6.052,80" in (archive / altered.file).read_bytes()


def test_without_originals_the_archive_is_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["archive_night", "--originals", str(tmp_path)])
    assert archive_night.main() == 0
    assert "Not measured: there are no original files" in capsys.readouterr().out
