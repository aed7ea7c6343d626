"""All measure groups on a Spark cluster; carried out in `.venv-spark` by `tests/spark/parity.py`.

    .venv-spark/bin/python -m tests.spark.measured_there TABLES RESULTS

reads every table from Parquet, starts the cluster, makes every group through the engine the product uses, and
writes rows as Parquet and times as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import polars as pl

from pipelines.engine import opened
from tests.spark.cluster import cluster
from tests.spark.made import Made, made_on

if __name__ == "__main__":
    tables, results = Path(sys.argv[1]), Path(sys.argv[2])
    began = time.perf_counter()
    with cluster() as address:
        up = time.perf_counter() - began
        with opened(
            address
        ) as engine:  # the session ends before the server, or its client asks for ten minutes
            session = time.perf_counter() - began
            made: Made = made_on(
                engine, {path.stem: pl.scan_parquet(path) for path in tables.glob("*.parquet")}
            )
    for name, frame in made.frames.items():
        frame.write_parquet(results / f"{name}.parquet")
    seconds = {**made.seconds, "cluster up": up, "session": session - up, "all": time.perf_counter() - began}
    (results / "seconds.json").write_text(json.dumps(seconds))
