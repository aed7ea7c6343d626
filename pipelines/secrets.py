"""Credentials of providers: from the environment or a secrets file, into headers, nowhere else.

Belongs here: finding credentials, and keeping them out of every text. Does not belong here: when
they are sent (`pipelines/http.py`).

Environment: `SDG17_SECRET_<NAME>_USERNAME` and `…_PASSWORD` (NAME in capitals). File (setting
`secrets`, TOML, readable by its owner only):

    [genesis]
    username = "…"
    password = "…"
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sources.source import SourceUnavailable

PREFIX = "SDG17_SECRET_"
SHORTEST_SCRUBBED = 4
"""Secrets shorter than this are not looked for in texts: every text would hold one by chance."""


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """Username and password by the name a source uses. Never printed: `repr` hides them."""

    sets: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    problem: SourceUnavailable | None = None
    """Why the secrets file could not be used; told to the first source that needs credentials."""

    def headers(self, name: str) -> dict[str, str]:
        """The headers that carry the credentials called `name`.

        Raises:
            SourceUnavailable: there are none.
        """
        if name not in self.sets:
            if self.problem:
                raise self.problem
            capital = name.upper()
            raise SourceUnavailable(
                f"No credentials for {name}",
                cause="The provider answers registered users only",
                remedy=(
                    f"Set {PREFIX}{capital}_USERNAME and {PREFIX}{capital}_PASSWORD, or name a secrets "
                    f"file with SDG17_SECRETS that has a table [{name}]"
                ),
            )
        username, password = self.sets[name]
        if not all(text.isascii() and text.isprintable() and text for text in (username, password)):
            raise SourceUnavailable(
                f"The credentials for {name} cannot be sent",
                cause="One is empty or holds a character that a header cannot carry (an umlaut, a line break)",
                remedy="Choose others at the provider, or correct them",
            )
        return {"username": username, "password": password}

    def scrub(self, text: str) -> str:
        """The text without any credential."""
        for secret in sorted(self._all(), key=len, reverse=True):
            text = text.replace(secret, "***")
        return text

    def repeated_in(self, content: bytes, name: str) -> bool:
        """Whether an answer repeats the password it was asked with; such an answer is not kept."""
        password = self.sets[name][1] if name in self.sets else ""
        return len(password) >= SHORTEST_SCRUBBED and password.encode() in content

    def _all(self) -> set[str]:
        return {text for pair in self.sets.values() for text in pair if len(text) >= SHORTEST_SCRUBBED}


def load_secrets(file: Path | None) -> Secrets:
    """Everything the environment and the file hold; the environment wins.

    A file that cannot be used costs only the sources that need it; its content is never quoted.
    """
    try:
        return Secrets(sets={**(_from_file(file) if file else {}), **_from_environment()})
    except SourceUnavailable as error:
        return Secrets(sets=_from_environment(), problem=error)


def _from_environment() -> dict[str, tuple[str, str]]:
    names = {
        name.removeprefix(PREFIX).rpartition("_")[0]
        for name in os.environ
        if name.startswith(PREFIX) and name.endswith(("_USERNAME", "_PASSWORD"))
    }
    return {
        name.lower(): (
            os.environ.get(f"{PREFIX}{name}_USERNAME", ""),
            os.environ.get(f"{PREFIX}{name}_PASSWORD", ""),
        )
        for name in names
    }


def secret_tables(file: Path) -> dict[str, dict[str, Any]]:
    """The tables of the secrets file.

    Raises:
        SourceUnavailable: it cannot be read, or others than its owner may read it.
    """
    try:
        mode = file.stat().st_mode
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SourceUnavailable(
                f"The secrets file {file} is refused",
                cause="Others than its owner may read it",
                remedy=f"Run: chmod 600 {file}",
            )
        tables = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceUnavailable(
            f"The secrets file {file} cannot be read",
            cause=type(error).__name__,
            remedy="It is a TOML file with one table per provider, each with username and password",
        ) from None
    return {name: table for name, table in tables.items() if isinstance(table, dict)}


def _from_file(file: Path) -> dict[str, tuple[str, str]]:
    return {
        name: (str(table.get("username", "")), str(table.get("password", "")))
        for name, table in secret_tables(file).items()
        if "username" in table or "password" in table
    }
