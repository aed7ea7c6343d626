"""Checked access to a TOML table, collecting every problem instead of stopping at the first.

Belongs here: reading a key as the type it must have, and naming keys nobody asked for. Does not
belong here: what the keys mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class TomlTable:
    """A table of a TOML file with the path to it, for messages like `file[0].amounts[1].column`."""

    def __init__(self, content: Mapping[str, Any], path: str, problems: list[str]) -> None:
        self.content = content
        self.path = path
        self.problems = problems
        self.asked: set[str] = set()

    def where(self, key: str) -> str:
        """The key with the path to it."""
        return f"{self.path}.{key}" if self.path else key

    def complain(self, key: str, problem: str) -> None:
        """Note a problem; it is reported with all others."""
        self.problems.append(f"{self.where(key)} {problem}")

    def _get(self, key: str, kind: type[Any], kind_name: str) -> Any:
        self.asked.add(key)
        value = self.content.get(key)
        if value is not None and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            self.complain(key, f"is {value!r}, not {kind_name}")
            return None
        return value

    def optional(self, key: str) -> str | None:
        """A text, or null where the key is absent."""
        value: str | None = self._get(key, str, "a text in quotation marks")
        return value

    def text(self, key: str, example: str, default: str | None = None) -> str:
        """A text that must be there unless a default is given."""
        value = self.optional(key)
        if value is None:
            value = default
        if value is None:
            self.complain(key, f"is missing; write for example: {key} = {example!r}")
        return value or ""

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """A text that must be one of the choices."""
        value = self.text(key, choices[0], default)
        if value and value not in choices:
            self.complain(key, f"is {value!r}; valid are {', '.join(choices)}")
        return value

    def integer(self, key: str, default: int | None = None) -> int | None:
        """A whole number, or the default."""
        value: int | None = self._get(key, int, "a whole number")
        return default if value is None else value

    def flag(self, key: str) -> bool:
        """True or false; absent is false."""
        return bool(self._get(key, bool, "true or false"))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent is empty."""
        values = self._get(key, list, "a list of texts") or []
        if not all(isinstance(value, str) for value in values):
            self.complain(key, "must hold texts only")
            return ()
        return tuple(values)

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; absent is empty."""
        values = self._get(key, list, "a list of whole numbers") or []
        if not all(isinstance(value, int) for value in values):
            self.complain(key, "must hold whole numbers only")
            return ()
        return tuple(values)

    def mapping(self, key: str) -> Mapping[str, str]:
        """A table of texts; absent is empty."""
        values = self._get(key, dict, "a table") or {}
        if not all(isinstance(value, str) for value in values.values()):
            self.complain(key, "must hold texts only")
            return {}
        return dict(values)

    def table(self, key: str) -> TomlTable:
        """A table within this one; absent is an empty table."""
        return TomlTable(self._get(key, dict, "a table") or {}, self.where(key), self.problems)

    def tables(self, key: str) -> Iterator[TomlTable]:
        """A list of tables (`[[key]]`); a single table counts as a list of one."""
        self.asked.add(key)
        value = self.content.get(key, [])
        for place, entry in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(entry, dict):
                yield TomlTable(entry, f"{self.where(key)}[{place}]", self.problems)
            else:
                self.complain(key, f"holds {entry!r}, not a table")

    def finish(self) -> None:
        """Complain about keys nobody asked for: a misspelt key must not be ignored."""
        for key in self.content.keys() - self.asked:
            self.complain(key, f"is not known here; known are {', '.join(sorted(self.asked))}")
