"""A real Spark cluster on this machine: a standalone master, one worker, a Spark Connect server.

Belongs here: starting the three from the package `pyspark` on free ports of loopback, and ending them. Does not
belong here: what is computed there (`tests/spark/measured_there.py`). Runs in `.venv-spark` only.

Every process is told by the kernel to end with the one that started it, so that nothing stays behind even where
this process is killed. Memory is bounded: 256 MB each for master and worker, 768 MB each for driver and executor.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

LOOPBACK = "127.0.0.1"
START_SECONDS = 240
SMALL_JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""One compiler and one collector: a JVM that lives for half a minute starts twice as fast."""


@contextmanager
def cluster() -> Iterator[str]:
    """Address of a Spark Connect server for the time of a test."""
    spark = Path(next(iter(find_spec("pyspark").submodule_search_locations)))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sdg17-spark-")))
        master, connect = _free_port(), _free_port()
        environment = {
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "SPARK_HOME": str(spark),
            "SPARK_LOCAL_IP": LOOPBACK,
            "SPARK_LOCAL_DIRS": str(folder),
            **({"JAVA_HOME": os.environ["JAVA_HOME"]} if "JAVA_HOME" in os.environ else {}),
        }
        daemon = {"SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": SMALL_JVM}

        def started(name: str, *words: str, port: int | None = None, **more: str) -> None:
            log = stack.enter_context((folder / f"{name}.log").open("w"))
            process = subprocess.Popen(
                [*_dies_with_us(), *words], env={**environment, **more}, cwd=folder, stdout=log, stderr=log
            )
            stack.callback(_ended, process)
            if port is not None:
                _wait_for(port, process, Path(log.name))

        run, address = str(spark / "bin" / "spark-class"), f"spark://{LOOPBACK}:{master}"
        deploy = "org.apache.spark.deploy"
        started(
            "master", run, f"{deploy}.master.Master",
            "--host", LOOPBACK, "--port", str(master), "--webui-port", "0", port=master, **daemon,
        )  # fmt: skip
        started(
            "worker", run, f"{deploy}.worker.Worker", "--host", LOOPBACK, "--webui-port", "0",
            "--cores", "2", "--memory", "1g", "--work-dir", str(folder), address, **daemon,
        )  # fmt: skip
        settings = {
            "spark.connect.grpc.binding.address": LOOPBACK,
            "spark.connect.grpc.binding.port": str(connect),
            "spark.driver.host": LOOPBACK,
            "spark.driver.bindAddress": LOOPBACK,
            "spark.driver.memory": "768m",
            "spark.driver.extraJavaOptions": SMALL_JVM,
            "spark.executor.memory": "768m",
            "spark.executor.extraJavaOptions": SMALL_JVM,
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.adaptive.enabled": "false",  # it plans each stage anew, which pays with large stages only
            "spark.sql.codegen.wholeStage": "false",  # tens of thousands of rows: compiling costs more than it saves
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.sql.warehouse.dir": str(folder),
            "spark.ui.enabled": "false",
        }
        started(
            "connect", str(spark / "bin" / "spark-submit"), "--master", address,
            "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
            *(word for name, value in settings.items() for word in ("--conf", f"{name}={value}")),
            "spark-internal", port=connect,
        )  # fmt: skip
        yield f"sc://{LOOPBACK}:{connect}"


def _dies_with_us() -> Sequence[str]:
    return ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()


def _free_port() -> int:
    with closing(socket.create_server((LOOPBACK, 0))) as free:
        port: int = free.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{log.stem} does not answer on port {port}:\n{log.read_text()[-3000:]}")


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
