"""The engine for large tables: which one is set, what goes there, and that a switch computes anew."""

from __future__ import annotations

import socket
import sys
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest

from indicators import load_measure_groups
from pipelines.engine import EngineUnavailable, goes_to_engine, opened
from pipelines.house import House
from pipelines.measuring import compute
from pipelines.settings import WrongSetting, load_settings
from quality.contracts import CONTRACTS
from sources.self_report_form import ITEMS

GROUPS = load_measure_groups()
TOKEN = "made-up-token"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SDG17_ENGINE", "SDG17_CONFIG", "SDG17_SECRETS", "SDG17_SECRET_SPARK_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "engine",
    [
        "polars",
        "duckdb",
        "sc://localhost",
        "sc://127.0.0.1:15002",
        "sc://spark.example.org:443/;use_ssl=true",
    ],
)
def test_an_engine_is_taken(engine: str) -> None:
    assert load_settings(engine=engine).engine == engine


@pytest.mark.parametrize(
    ("engine", "message"),
    [
        ("spark", "it is none of polars"),
        ("sc://spark.example.org:15002", "encrypted only: add /;use_ssl=true"),
        (f"sc://localhost/;token={TOKEN}", "set SDG17_SECRET_SPARK_PASSWORD instead"),
        (f"sc://user:{TOKEN}@localhost", "set SDG17_SECRET_SPARK_PASSWORD instead"),
    ],
)
def test_a_wrong_engine_is_refused_without_repeating_it(engine: str, message: str) -> None:
    with pytest.raises(WrongSetting, match=message) as caught:
        load_settings(engine=engine)
    assert TOKEN not in str(caught.value)


def test_the_token_comes_from_the_secrets_and_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDG17_ENGINE", "sc://localhost")
    before = House().keeper.decided_by
    monkeypatch.setenv("SDG17_SECRET_SPARK_PASSWORD", TOKEN)
    assert House().engine == ("sc://localhost", TOKEN)
    assert House().keeper.decided_by == before


def test_another_engine_is_a_fresh_computation(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for engine in ("polars", "duckdb"):
        monkeypatch.setenv("SDG17_ENGINE", engine)
        found.append(House().keeper.decided_by)
    assert found[0] != found[1]


def test_only_groups_with_large_tables_go_there() -> None:
    assert {name for name, group in GROUPS.items() if goes_to_engine(group)} == {
        "municipal_accounts",
        "spending",
    }


def test_nothing_confidential_goes_there() -> None:
    """Sealed values are joined only for groups that count persons, and those stay in the house."""
    sealed = {item.item for item in ITEMS if item.suppress_below}
    counting = {name for name, group in GROUPS.items() if any(each.person_related for each in group.measures)}
    assert sealed <= {each.id for name in counting for each in GROUPS[name].measures if each.person_related}
    assert not any(goes_to_engine(GROUPS[name]) for name in counting)


@pytest.mark.parametrize("name", ["municipal_accounts", "spending"])
def test_nothing_at_all_is_nothing_on_duckdb(name: str) -> None:
    tables = {each: CONTRACTS[each].empty().lazy() for each in GROUPS[name].tables}
    with opened("duckdb") as engine:
        assert [frame.height for frame in compute(GROUPS[name], tables, engine)] == [0, 0]


def test_a_missing_client_and_a_silent_server_are_named_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql.connect.session", None)
    with pytest.raises(EngineUnavailable, match="Install the extra"), opened("sc://localhost", TOKEN):
        pass
    monkeypatch.setattr("pipelines.engine._builder", lambda: pl)
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    with (
        pytest.raises(EngineUnavailable, match=f"127.0.0.1:{port}") as caught,
        opened(f"sc://127.0.0.1:{port}", TOKEN),
    ):
        pass
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("address", ["polars", "duckdb"])
def test_a_decision_reaches_the_measures_of_every_engine(address: str) -> None:
    group = GROUPS["municipal_accounts"]
    row = {"ags": "05334002", "level": "municipality", "year": 2020, "product_group": "999", "account": "601"}
    row |= {"amount_cents": 5, "obs_status": "A", "is_total": False, "snapshot_id": "s", "locator": "l"}
    contract = CONTRACTS["municipal_finance"]
    accounts = pl.DataFrame([dict.fromkeys(contract.columns) | row], schema=contract.schema)
    with opened(address) as engine:
        inputs, measure = compute(
            group,
            {"municipal_finance": accounts.lazy()},
            engine,
            lambda rows: rows.with_columns(obs_status=pl.lit("U")),
        )
    assert set(inputs["obs_status"]) == set(measure["obs_status"]) == {"U"}
    assert set(measure["value"]) == {5}
