"""A PostgreSQL of Debian's packages on loopback, for the tests that ask for a real one.

Belongs here: starting and stopping it. Does not belong here: what is kept in it; the fixture stands in
`tests/conftest.py`, and tests that use it belong to the xdist group "postgres", so that it starts once.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

MADE_UP = "made up: 50% of {it} is @ odd"
"""A password with signs that an address would not bear."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A PostgreSQL on a free port of loopback."""

    port: int
    sockets: Path

    def database(self, name: str) -> str:
        """Make an empty database of that name; its address without the password."""
        import psycopg2

        with closing(psycopg2.connect(self.words("postgres"))) as connection:
            connection.autocommit = True
            connection.cursor().execute(f"CREATE DATABASE {name}")
        return f"postgresql://sdg17@127.0.0.1:{self.port}/{name}"

    def words(self, database: str) -> str:
        """Words of libpq for a database, the password included."""
        return f"host=127.0.0.1 port={self.port} user=sdg17 dbname={database} password='{MADE_UP}'"


PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))


@contextmanager
def started() -> Iterator[Server]:
    """The newest PostgreSQL of this machine; it refuses to run as root, so its own user carries it out."""
    folder = Path(tempfile.mkdtemp(prefix="sdg17-postgres-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    (folder / "password").write_text(MADE_UP)
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    clean = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}

    def carried_out(*words: str) -> None:
        done = subprocess.run(
            [*as_user, *words], cwd=folder, env=clean, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    data, control = str(folder / "data"), str(PROGRAMS[-1].with_name("pg_ctl"))
    try:
        carried_out(
            str(PROGRAMS[-1]), "-D", data, "-U", "sdg17", "-A", "scram-sha-256", "--no-sync",
            f"--pwfile={folder / 'password'}",
        )  # fmt: skip
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        log = str(folder / "log")
        carried_out(control, "-D", data, "-w", "-l", log, "-o", options, "start")
        try:
            yield Server(port=port, sockets=folder)
        finally:
            carried_out(control, "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
