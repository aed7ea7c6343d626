"""Where Dagster keeps its records: in files of the home folder, or in PostgreSQL where that is set.

Belongs here: the part of `dagster.yaml` that says so, and the environment its programs need. Does not belong
here: the rest of the instance settings (`pipelines/dagster.yaml`, `pipelines/night_run.py`), nor any table
of this system: those are files.

The password never stands in a file this program writes: `dagster.yaml` names the environment variable that
holds it. Without one, PostgreSQL is asked as its own rules allow (peer on a socket, or a password file).
The scheme names the driver: SQLAlchemy would otherwise take one that Dagster does not use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson

from pipelines.secrets import PREFIX, load_secrets
from pipelines.settings import Settings

PASSWORD = f"{PREFIX}POSTGRES_PASSWORD"
SECRET = "postgres"  # noqa: S105 - the name of a table in the secrets file
SCHEME = "postgresql+psycopg2"
PORT = 5432


def storage(settings: Settings) -> str:
    """The part of `dagster.yaml` on storage, as text.

    A release that is built again leaves its records aside, in files.
    """
    if settings.postgres is None or settings.replay is not None:
        return f"event_log_storage: {orjson.dumps(_files(settings)).decode()}\n"
    return f"storage: {orjson.dumps({'postgres': {'postgres_db': _database(settings)}}).decode()}\n"


def _files(settings: Settings) -> dict[str, Any]:
    """Events where Dagster keeps them by itself, through connections that stay open."""
    runs = settings.dagster_home.resolve() / "history" / "runs"
    return {
        "module": "pipelines.event_storage",
        "class": "EventStorage",
        "config": {"base_dir": str(runs)},
    }


def _database(settings: Settings) -> dict[str, Any]:
    address = urlsplit(settings.postgres or "")
    found: dict[str, Any] = {
        "scheme": SCHEME,
        "username": unquote(address.username or ""),
        "hostname": address.hostname or "",
        "port": address.port or PORT,
        "db_name": unquote(address.path.removeprefix("/")),
        "params": dict(parse_qsl(address.query)),
    }
    return {**found, "password": {"env": PASSWORD}} if _password(settings) else found


def instance_environment(settings: Settings) -> Mapping[str, str]:
    """What Dagster's programs find in their environment, the password included where there is one."""
    found = {"DAGSTER_HOME": str(settings.dagster_home), "DAGSTER_DISABLE_TELEMETRY": "yes"}
    password = _password(settings) if settings.postgres else ""
    return {**found, PASSWORD: password} if password else found


def _password(settings: Settings) -> str:
    return load_secrets(settings.secrets).sets.get(SECRET, ("", ""))[1]
