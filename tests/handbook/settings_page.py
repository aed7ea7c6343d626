"""The page of settings, made from the settings themselves.

Belongs here: its text. Does not belong here: what a setting means (`pipelines/settings.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from pydantic.fields import FieldInfo

from pipelines.settings import Settings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations" / "settings.md"
WORDS = {"str": "text", "Path": "path", "bool": "yes or no", "int": "whole number", "float": "number",
         "datetime": "time with zone", "dict": "table", "tuple": "list"}  # fmt: skip
HEAD = """# Settings

Every setting there is, made from `pipelines/settings.py` (write it anew: `SDG17_UPDATE_HANDBOOK=1 .venv/bin/python -m pytest -n 0 tests/handbook/test_settings_page.py`). A setting comes from the environment, else from the file `sdg17.toml` in the current folder or at `SDG17_CONFIG` (the name in small letters without the prefix), else it has its default. A wrong one stops a command with exit code 2 and the valid choices; so does a name that is no setting.

Credentials are no settings. They stand in the file `SDG17_SECRETS` names (TOML, mode 0600) or in the environment: tables `[genesis]` and `[landesdatenbank_nrw]` (`SDG17_SECRET_GENESIS_USERNAME`, `…_PASSWORD` and so on), `[postgres]` (`SDG17_SECRET_POSTGRES_PASSWORD`), `[lake]` (`SDG17_SECRET_LAKE_PASSWORD`), `[alerts]` (`SDG17_ALERTS`), `[sign_of_life]` (`SDG17_SIGN_OF_LIFE`).

| environment | in sdg17.toml | kind | default | meaning |
|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_row(name, field) for name, field in sorted(Settings.model_fields.items()))


def _row(name: str, field: FieldInfo) -> str:
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `SDG17_{name.upper()}` | `{name}` | {_kind(field)} | {_default(field)} | {meaning} |\n"


def _kind(field: FieldInfo) -> str:
    kinds = [each for each in (get_args(field.annotation) or (field.annotation,)) if each is not type(None)]
    origin = getattr(field.annotation, "__origin__", None)
    name = (origin or kinds[0]).__name__
    return WORDS.get(name, WORDS.get(getattr(kinds[0], "__name__", ""), name))


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    if value is None or value in ({}, ()):
        return "not set"
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"
