"""The graph: what Dagster loads, how it hangs together, and that loading it is cheap.

After a change on purpose, write the picture of the graph anew:
    SDG17_UPDATE_GRAPH=1 .venv/bin/python -m pytest tests/pipelines/test_definitions.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import dagster as dg

from pipelines.definitions import defs, every_night
from pipelines.night import AUDITED
from pipelines.vintages import RECORDED
from quality.contracts import CONTRACTS

GRAPH = Path(__file__).with_name("graph.txt")


def picture() -> str:
    graph = defs.resolve_asset_graph()
    lines = []
    for key in sorted(graph.get_all_asset_keys(), key=lambda each: each.path):
        parents = sorted("/".join(parent.path) for parent in graph.get(key).parent_keys)
        lines.append("/".join(key.path) + (" <- " + ", ".join(parents) if parents else ""))
    return "\n".join(lines) + "\n"


def test_the_graph_is_the_one_that_was_meant() -> None:
    if os.environ.get("SDG17_UPDATE_GRAPH"):
        GRAPH.write_text(picture(), "utf-8")
    assert picture() == GRAPH.read_text("utf-8"), "the asset graph changed; see this file's first lines"


def test_everything_leads_to_the_one_release() -> None:
    graph = defs.resolve_asset_graph()
    upstream = dg.AssetSelection.assets(dg.AssetKey(["release", "published"])).upstream().resolve(graph)
    assert upstream == graph.get_all_asset_keys()


def test_every_published_table_has_an_asset() -> None:
    keys = {"/".join(key.path) for key in defs.resolve_asset_graph().get_all_asset_keys()}
    made_with_another = {"indicator_measure", "trend_method", *AUDITED, "release", *RECORDED}
    published = {name for name, contract in CONTRACTS.items() if contract.published}
    assert {f"house/{name}" for name in published - made_with_another} <= keys


def test_one_job_one_schedule_at_two_in_berlin() -> None:
    assert [job.name for job in defs.jobs or []] == ["nightly"]
    assert every_night.cron_schedule == "0 2 * * *"
    assert every_night.execution_timezone == "Europe/Berlin"
    assert len(list(defs.schedules or [])) == 1


def test_loading_the_graph_imports_nothing_slow() -> None:
    code = (
        "import sys, pipelines.definitions\n"
        "slow = {'great_expectations', 'altair', 'vl_convert', 'py_mini_racer', 'pandas', 'scipy'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
