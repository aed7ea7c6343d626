"""Opening the lake: extensions out of their wheels, the catalogue with its password, files in their folder.

Belongs here: a connection that has the lake attached as `lake`, and errors that say what to do. Does not belong
here: what is written (`writing.py`).

Nothing is installed from a network: the extensions are two Python packages of the extra `lake`, pinned to the
version of DuckDB they were built for and loaded by path; DuckDB compares their signatures.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import duckdb

from pipelines.lake.address import place
from pipelines.secrets import load_secrets
from pipelines.settings import Settings

EXTENSIONS = ("ducklake", "postgres_scanner")
LOGIN = "lake"
"""Table of the secrets file, and part of the name of the variable, that holds the password."""
ALIAS = "lake"
MEMORY = "1GB"
NO_NETWORK = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


class LakeUnavailable(RuntimeError):
    """The lake cannot be used; the message names what to do, never a password."""


@contextmanager
def opened(settings: Settings, *, write: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the lake attached; a lake that is not there yet is made where it may be written.

    Raises:
        LakeUnavailable: no lake is set, its extensions are missing, or anything DuckDB or PostgreSQL say.
    """
    if settings.lake is None:
        raise LakeUnavailable("No lake is set. Set SDG17_LAKE (docs/lake.md), or use the single file.")
    password = load_secrets(settings.secrets).sets.get(LOGIN, ("", ""))[1]
    connection = duckdb.connect(config=dict(NO_NETWORK))
    try:
        for name in EXTENSIONS:
            connection.execute(f"LOAD '{quoted(str(extension(name)))}'")
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(_attaching(connection, settings.lake, password, write=write))
        yield connection
    except duckdb.Error as error:
        text = " ".join(str(error).split()).replace(password or "\0", "***")
        raise LakeUnavailable(f"{_told(text)} (lake: {settings.lake})") from None
    finally:
        connection.close()


def _attaching(connection: duckdb.DuckDBPyConnection, address: str, password: str, *, write: bool) -> str:
    where = place(address)
    options = ["DATA_INLINING_ROW_LIMIT 0"]
    if password:
        connection.execute(f"CREATE SECRET lake_catalogue (TYPE postgres, PASSWORD '{quoted(password)}')")
        options.append("META_SECRET 'lake_catalogue'")
    if write:
        where.data.mkdir(parents=True, exist_ok=True)
        options.append(f"DATA_PATH '{quoted(str(where.data))}/'")
    else:
        options.append("READ_ONLY")
    return f"ATTACH 'ducklake:postgres:{quoted(where.catalogue)}' AS {ALIAS} ({', '.join(options)})"


def _told(text: str) -> str:
    """What PostgreSQL itself said, without the words of libpq around it."""
    if "creating a new DuckLake is explicitly disabled" in text:
        return "There is no lake yet; this makes it and writes what is published: sdg17 lake catch-up"
    _, found, said = text.rpartition("connection to server")
    return found + said if found else text


def extension(name: str) -> Path:
    """The file of an extension in its Python package.

    Raises:
        LakeUnavailable: the package is not installed, or was made for another DuckDB.
    """
    package = find_spec(f"duckdb_extension_{name}")
    folders = (package.submodule_search_locations or []) if package else []
    version = f"v{duckdb.__version__}"
    for folder in folders:
        file = Path(folder) / "extensions" / version / f"{name}.duckdb_extension"
        if file.exists():
            return file
    raise LakeUnavailable(
        f"The lake needs DuckDB's extension {name} for {version}, which is not installed here. Install the extra: "
        f".venv/bin/python -m pip install duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}. "
        "Or unset SDG17_LAKE: the single file holds the same."
    )


def quoted(text: str) -> str:
    """A text between single quotes of SQL."""
    return text.replace("'", "''")
