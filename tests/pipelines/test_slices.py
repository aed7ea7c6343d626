"""Large tables in slices: whatever the slices, the rows are those of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bench import budget_lines, made_up
from bench.lines_in_pandas import in_pandas
from bench.lines_in_polars import in_polars
from bench.lines_steps import WRITE
from bench.measuring import Clock
from indicators.budget_coverage import coverage
from indicators.measures.spending import GROUP
from indicators.tagging import RuleConflict, tag_lines, tagged
from pipelines.assets.house_tables import HOUSE_STAGE, _in_slices
from pipelines.assets.measures import stacked_from
from pipelines.database import lies_in_order
from pipelines.engine import opened
from pipelines.growing import in_turn
from pipelines.harmonise import stack, together
from pipelines.keeping import FileHashes, WatchedStore
from pipelines.measuring import compute, in_parts
from pipelines.remembering import STAGE
from pipelines.slices import Span, cut, sliced, spans
from pipelines.store import Store, content_hash, content_of_file
from quality.contract import enforce
from quality.contracts import CONTRACTS

UNITS, LINES_A_YEAR = 7, 24
Tables = dict[str, pl.LazyFrame]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up budgets of seven units."""
    made = tmp_path_factory.mktemp("lines")
    budget_lines.write(made, UNITS, LINES_A_YEAR)
    return made


@pytest.fixture(scope="module")
def tables(folder: Path) -> Tables:
    """What the group of spending reads, with a statement of one unit and a silence of another."""
    found = {
        name: pl.scan_parquet(path)
        if (path := folder / f"{name}.parquet").exists()
        else CONTRACTS[name].empty().lazy()
        for name in GROUP.tables
    }
    statement = {
        "report_id": "made_up:1", "ags": "01000002", "year": 2010, "item": "fair_trade_spending",
        "phase": "actual", "quantity": 7, "obs_status": "A", "office": "Amt",
    }  # fmt: skip
    for name, row in (("self_report", statement), ("self_report_contact", {"ags": "01000004", "year": 2011})):
        contract = CONTRACTS[name]
        found[name] = pl.LazyFrame([dict.fromkeys(contract.columns) | row], schema=contract.schema)
    return found


@pytest.mark.parametrize("table", ["budget_line", "spending_rule", "line_tag"])
def test_made_up_lines_keep_their_contracts(folder: Path, table: str) -> None:
    frame = pl.read_parquet(folder / f"{table}.parquet")
    outcome = enforce(frame, CONTRACTS[table], source_id="made_up")
    assert outcome.rejected.is_empty(), outcome.rejected.head(3).to_dicts()
    assert outcome.good.height > 0
    assert_frame_equal(frame, outcome.good)


def test_a_slice_holds_whole_units_and_a_large_unit_is_one_by_itself() -> None:
    lines = pl.LazyFrame({"ags": ["01"] * 3 + ["02"] * 3 + ["03"] * 9 + ["04"]})
    assert spans([lines], 6) == [
        Span(first="01", last="02"),
        Span(first="03", last="03"),
        Span(first="04", last="04"),
    ]
    assert spans([lines.clear()], 6) == []


def test_tags_are_cut_through_their_rules(tables: Tables) -> None:
    span = Span(first="01000001", last="01000002")
    part = {name: table.collect() for name, table in cut(tables, span).items()}
    assert set(part["budget_line"]["ags"]) == {"01000001", "01000002"}
    held = set(part["budget_line"]["budget_line_id"])
    assert set(part["line_tag"]["budget_line_id"]) <= held
    every = tables["line_tag"].collect()
    assert part["line_tag"].height == every.filter(pl.col("budget_line_id").is_in(list(held))).height > 0


@pytest.mark.parametrize(("address", "lines", "slices"), [("polars", 1, UNITS), ("duckdb", 2_000, 2)])
def test_measures_of_slices_are_those_of_the_whole(
    tables: Tables, address: str, lines: int, slices: int
) -> None:
    whole = compute(GROUP, tables)
    with opened(address) as engine:
        parts = list(in_parts(GROUP, tables, engine, lines=lines))
    assert len(parts) == slices
    for position, table in enumerate(("measure_input", "measure")):
        assert_frame_equal(stack(table, [part[position] for part in parts]), whole[position])


@pytest.mark.parametrize("held", [0, 10**6])
def test_what_is_written_part_by_part_is_the_table(
    tables: Tables, tmp_path: Path, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.growing.HELD", held)
    store = WatchedStore(folder=tmp_path, hashes=FileHashes())
    with store.growing("measure_input", "spending", "measure_id") as table:
        for inputs, _ in in_parts(GROUP, tables, lines=1_000):
            table.add(inputs)
    assert_frame_equal(store.read("measure_input", "spending"), compute(GROUP, tables)[0])
    assert list(store.written_to) == ["measure_input/spending"]
    assert [path.name for path in (tmp_path / "measure_input").iterdir()] == ["spending.parquet"]


def test_hundreds_of_parts_become_one_table_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made up: units in ascending order, each with three measures, of which one has no rows in every other part."""
    monkeypatch.setattr("pipelines.growing.HELD", 0)
    parts = [
        pl.DataFrame({"measure_id": ["a", "b", "c"] if unit % 2 else ["a", "c"]}).with_columns(
            ags=pl.lit(f"{unit:08}")
        )
        for unit in range(400)
    ]
    store = Store(folder=tmp_path)
    with store.growing("stage", "table", "measure_id") as table:
        for part in parts:
            table.add(part)
    written = store.read("stage", "table")
    assert_frame_equal(written, pl.concat(parts).sort("measure_id", "ags"))
    assert table.rows == written.height == 400 * 2 + 200
    assert [path.name for path in (tmp_path / "stage").iterdir()] == ["table.parquet"]


def test_parts_that_come_in_turn_are_one_table_and_an_error_among_them_leaves_the_one_before(
    tmp_path: Path,
) -> None:
    """Made up: units in ascending order."""
    parts = [pl.DataFrame({"ags": [f"{unit:08}"], "value": [float(unit)]}) for unit in range(50)]
    store, made = Store(folder=tmp_path), list[int]()

    def told(broken_at: int | None = None) -> Iterator[pl.DataFrame]:
        for number, part in enumerate(parts):
            if number == broken_at:
                raise KeyError("the source of part 20 is gone")
            made.append(number)
            yield part

    rows = in_turn(told(), parts[0].schema)
    assert made == [], "nothing is made before it is written"
    store.sink("stage", "table", rows)
    assert made == list(range(50))
    assert_frame_equal(store.read("stage", "table"), pl.concat(parts))
    with pytest.raises(KeyError, match="part 20"):
        store.sink("stage", "table", in_turn(told(20), parts[0].schema))
    assert store.read("stage", "table").height == 50
    assert [path.name for path in (tmp_path / "stage").iterdir()] == ["table.parquet"]


def test_an_error_between_two_parts_leaves_the_table_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.growing.HELD", 0)
    store = Store(folder=tmp_path)
    before = pl.DataFrame({"ags": ["01"]})
    store.write("stage", "table", before)

    def broken() -> None:
        with store.growing("stage", "table") as table:
            for _ in range(3):
                table.add(pl.DataFrame({"ags": ["02"]}))
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        broken()
    assert_frame_equal(store.read("stage", "table"), before)
    assert [path.name for path in (tmp_path / "stage").iterdir()] == ["table.parquet"]


def test_parts_without_rows_make_an_empty_table(tmp_path: Path) -> None:
    store, empty = Store(folder=tmp_path), CONTRACTS["measure"].empty()
    with store.growing("measure", "none", "measure_id") as table:
        table.add(empty)
        table.add(empty)
    assert_frame_equal(store.read("measure", "none"), empty)
    with pytest.raises(ValueError, match="at least one part"), store.growing("measure", "other"):
        pass


def test_tags_and_coverage_of_slices_are_those_of_the_whole(tables: Tables) -> None:
    lines, rules, tags = (tables[name] for name in ("budget_line", "spending_rule", "line_tag"))
    parts = list(
        sliced({"budget_line": lines, "spending_rule": rules, "line_tag": tags}, ["budget_line"], 1_000)
    )
    assert len(parts) > 1
    assert_frame_equal(tagged(parts), tag_lines(lines, rules))
    covered = [coverage(part["budget_line"], part["line_tag"]) for part in parts]
    assert_frame_equal(stack("budget_coverage", covered), coverage(lines, tags))


def test_conflicts_of_every_slice_are_named_at_once(tables: Tables) -> None:
    rules = tables["spending_rule"]
    again = rules.filter(pl.col("function_pattern") == "100").with_columns(
        rule_id=pl.concat_str("rule_id", pl.lit(".again"))
    )
    both = {"budget_line": tables["budget_line"], "spending_rule": pl.concat([rules, again])}
    with pytest.raises(RuleConflict) as caught:
        tagged(sliced(both, ["budget_line"], 500))
    assert caught.value.conflicts["budget_line_id"].str.slice(8, 8).n_unique() == UNITS


def test_content_of_a_file_is_hashed_in_pieces(tables: Tables, tmp_path: Path) -> None:
    contract, file = CONTRACTS["measure_input"], tmp_path / "table.parquet"
    whole = compute(GROUP, tables)[0]
    known = (whole.height, content_hash(whole, contract))
    whole.write_parquet(file)
    assert content_of_file(file, contract, at_once=100) == known
    whole.reverse().write_parquet(file)
    assert content_of_file(file, contract, at_once=100) == known
    whole.with_columns(year=pl.col("year") + 1).write_parquet(file)
    assert content_of_file(file, contract, at_once=100) != known


def test_pandas_does_the_same_work(folder: Path, tmp_path: Path) -> None:
    """The benchmark compares equal results: what pandas makes, our tables hold, row for row."""
    here, there = Clock(), Clock()
    in_polars(folder, tmp_path, here)
    theirs = in_pandas(folder, there)
    assert set(here.steps) == {*there.steps, WRITE}
    for table in ("measure_input", "measure"):
        own = pl.read_parquet(tmp_path / table / "spending.parquet")
        assert own.height > 0
        assert_frame_equal(own, pl.from_pandas(theirs[table]).cast(own.schema).select(own.columns))
    observed = pl.read_parquet(tmp_path / "observation" / "spending.parquet")
    for name in ("ez_ausg_ew", "ez_ausg_anteil"):
        value = observed.filter(
            pl.col("indicator_id") == name, pl.col("value").is_not_null(), pl.col("value") >= 0
        )
        pair = value.join(
            pl.from_pandas(theirs["observation"]).select("ags", "year", other=name), on=["ags", "year"]
        )
        assert pair.height == value.height > 0
        assert (pair["value"] - pair["other"]).abs().max() < 1e-9


def test_a_table_put_together_in_slices_is_the_whole_one(tables: Tables, tmp_path: Path) -> None:
    """Rows of several sources, repeated and contradicting keys and units nobody knows among them."""
    contract, lines = CONTRACTS["budget_line"], tables["budget_line"].collect()
    other = lines.filter(pl.col("ags") == lines["ags"].max())
    changed = lines.head(1).with_columns(pl.col("amount_cents") + 1)
    parts = {
        "one": pl.concat([lines.filter(pl.col("ags") < lines["ags"].max()), changed, lines.tail(1)]),
        "two": pl.concat([other, lines.slice(5, 1)]),
        "none": contract.empty(),
    }
    units = lines.select("ags").unique().filter(pl.col("ags") != lines["ags"].min())
    store = Store(folder=tmp_path)
    store.write("house", "municipality", units)
    for source, frame in parts.items():
        store.write(STAGE, f"{source}.budget_line", frame)
    sources = [SimpleNamespace(id=source) for source in parts]
    assert len(spans([frame.lazy() for frame in parts.values()], 1_000)) > 2
    house = SimpleNamespace(store=store)
    made = _in_slices(contract, sources, True, house, 1_000)  # type: ignore[arg-type]
    whole = together(contract, parts, units)
    assert made.counts == {"rows": whole.good.height, "quarantined": whole.waiting.height}
    assert made.counts["quarantined"] > 0
    assert_frame_equal(store.read("house", "budget_line"), whole.good)
    order = ["rule", "locator", "raw_text"]
    assert_frame_equal(store.read("quarantine", "house.budget_line").sort(order), whole.waiting.sort(order))
    _in_slices(contract, sources, False, house, 1_000)  # type: ignore[arg-type]
    assert_frame_equal(store.read("house", "budget_line"), together(contract, parts, None).good)


@pytest.mark.parametrize(
    ("rows", "lies"),
    [
        ([("a", 1), ("a", 2), ("b", 1)], True),
        ([("a", 1), ("a", 1)], True),
        ([], True),
        ([("a", 2), ("a", 1)], False),
        ([("b", 1), ("a", 2)], False),
        ([(None, 1), ("a", 2)], False),
    ],
)
def test_only_rows_that_lie_in_order_are_not_sorted_for_the_database(
    tmp_path: Path, rows: list[tuple[str | None, int]], lies: bool
) -> None:
    schema = {"unit": pl.String, "year": pl.Int64}
    file = tmp_path / "rows.parquet"
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(file)
    for at_once in (1, 2, 1_000):
        assert lies_in_order(file, ["unit", "year"], at_once) == lies
    assert not lies_in_order(file, []), "no order is named"


def test_observations_of_one_indicator_after_the_other_are_the_table(tmp_path: Path) -> None:
    """Made up: indicators in no order, their rows in no order, one without rows."""
    rows = made_up.observations("land").sample(fraction=0.02, seed=1, shuffle=True)
    store = Store(folder=tmp_path)
    names = [*reversed(made_up.INDICATORS), "nothing"]
    for name in names:
        store.write("observation", name, rows.filter(pl.col("indicator_id") == name))
    house = SimpleNamespace(store=store)
    made = stacked_from("observation", "observation", names, house, 50)  # type: ignore[arg-type]
    written = store.read(HOUSE_STAGE, "observation")
    assert_frame_equal(written, stack("observation", [rows]))
    assert made.counts["rows"] == rows.height > 1_000
    assert lies_in_order(store.path(HOUSE_STAGE, "observation"), CONTRACTS["observation"].sort)
