"""The settings: one home folder, one origin, one clock. Everything else is derived from them.

Belongs here: what a user may set and where it may be set. Does not belong here: the form of a value
(`pipelines/settings_forms.py`), what the folders hold (each module that writes one says so).

Order of precedence: environment variables (`SDG17_HOME`, `SDG17_ORIGIN`, `SDG17_NOW` and so on),
then the file `sdg17.toml` in the current folder or at `SDG17_CONFIG`, then the defaults. Credentials
are no settings: `pipelines/secrets.py` finds them.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipelines import settings_forms as forms
from pipelines.lake.address import FORM as LAKE_FORM

OriginKind = Literal["embedded", "archive", "live"]


class WrongSetting(ValueError):
    """A setting has a value that is not among the valid choices; the message says which are."""


class Settings(BaseSettings):
    """What a user may set. Immutable."""

    model_config = SettingsConfigDict(env_prefix="SDG17_", frozen=True, extra="forbid")

    home: Annotated[Path, AfterValidator(forms.folder)] = Field(
        default=Path("data"), description="Folder that holds everything the system keeps"
    )
    origin: Annotated[str, AfterValidator(forms.known_origin)] = Field(
        default="embedded", description=f"Where sources are read from: {forms.ORIGIN_CHOICES}"
    )
    now: Annotated[datetime | None, AfterValidator(forms.with_time_zone)] = Field(
        default=None, description="Fixed clock, ISO 8601, for repeatable runs"
    )
    bases: Annotated[dict[str, str], AfterValidator(forms.addresses)] = Field(
        default_factory=dict,
        description="Addresses of providers by source id (a table in sdg17.toml, JSON in the environment)",
    )
    contact: Annotated[str | None, AfterValidator(forms.one_line)] = Field(
        default=None,
        description="Address providers may write to, sent with every request (mailto: or https:)",
    )
    publisher_name: str | None = Field(
        default=None, min_length=1, description="Who publishes, as catalogues and citations name it"
    )
    publisher_contact: Annotated[str | None, AfterValidator(forms.reachable)] = Field(
        default=None, description="Where readers reach the publisher (mailto: or https:)"
    )
    publisher_id: Annotated[str | None, AfterValidator(forms.listed_contributor)] = Field(
        default=None,
        description="The publisher's entry in the DCAT-AP.de list of contributors, its last part",
    )
    public_address: Annotated[str | None, AfterValidator(forms.public_address)] = Field(
        default=None, description="Public address of the site, as in https://sdg17.example.org"
    )
    offline: bool = Field(default=False, description="Ask no provider, whatever the origin")
    secrets: Path | None = Field(
        default=None, description="TOML file of credentials, readable by its owner only"
    )
    allow_loopback: bool = Field(default=False, description="Allow addresses on this machine in bases")
    postgres: Annotated[str | None, AfterValidator(forms.without_password)] = Field(
        default=None,
        description="PostgreSQL for Dagster's records, without password: postgresql://user@host:5432/database",
    )
    engine: Annotated[str, AfterValidator(forms.known_engine)] = Field(
        default="polars",
        description=f"Where measures of large tables are made: {forms.ENGINE_CHOICES}; see docs/engines.md",
    )
    lake: Annotated[str | None, AfterValidator(forms.known_lake)] = Field(
        default=None,
        description=f"DuckLake that follows the published releases, without password: {LAKE_FORM}; see docs/lake.md",
    )
    fewer_rows: bool = Field(
        default=False,
        description="Publish although the release or a source is much smaller or older than before, or differs by a round factor",
    )
    replay: Path | None = Field(
        default=None, description="Manifest whose files are read instead of an origin (set by sdg17 rebuild)"
    )
    request_interval: float = Field(
        default=1.0, ge=0, le=3600, description="Least seconds between two requests to one provider"
    )
    schedule: Annotated[str, AfterValidator(forms.five_fields)] = Field(
        default="0 2 * * *", description="When the daemon runs a night: cron in five fields, Berlin time"
    )
    night_seconds: int = Field(default=14_400, ge=60, description="Longest time one night may take")
    night_retries: int = Field(
        default=2, ge=0, le=10, description="How often a night that broke for a passing cause is tried again"
    )
    retry_wait_seconds: float = Field(
        default=300.0, ge=0, le=7200, description="Wait before the first new try; doubled before the next"
    )
    source_seconds: int = Field(
        default=3600, ge=1, description="Longest time one source may take, asking and reading together"
    )
    again: tuple[str, ...] = Field(
        default=(), description="Sources asked for everything anew this once (set by sdg17 run --again)"
    )
    kept_releases: int = Field(
        default=7, ge=1, description="Published releases kept on disk, the current one included"
    )
    kept_days: int = Field(
        default=30, ge=1, description="Days that logs and Dagster's records of runs are kept"
    )
    healthy_hours: float = Field(
        default=26.0, gt=0, description="Age of the last good night beyond which health is not good"
    )
    least_free_gb: float = Field(
        default=2.0, ge=0, description="Free disk space below which health is not good"
    )
    watch_seconds: int = Field(
        default=600, ge=10, description="How often the daemon looks at health and sends what is new"
    )
    signing_key: Path | None = Field(
        default=None,
        description="OpenSSH key without passphrase that signs the manifest of every new release",
    )
    signers: Path | None = Field(
        default=None, description="File of allowed signers (OpenSSH); verify then asks for a valid signature"
    )
    backups: Path | None = Field(
        default=None,
        description="Folder of backups; health is not good where the newest is older than two days",
    )
    metrics_file: Path | None = Field(
        default=None, description="Metrics for node_exporter's textfile collector; default metrics/sdg17.prom"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment before file before defaults."""
        del dotenv_settings, file_secret_settings
        file = Path(os.environ.get("SDG17_CONFIG", "sdg17.toml"))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file)

    @property
    def origin_kind(self) -> OriginKind:
        """The first word of the origin."""
        kind = self.origin.partition(":")[0]
        return "archive" if kind == "archive" else "live" if kind == "live" else "embedded"

    @property
    def archive(self) -> Path | None:
        """The folder of original files: the archive, or on a live system what an operator put there by hand."""
        if self.origin_kind == "live":
            return self.home / "originals"
        return Path(self.origin.partition(":")[2]).resolve() if self.origin_kind == "archive" else None

    @property
    def snapshots(self) -> Path:
        """Original bytes by content hash."""
        return self.home / "snapshots"

    @property
    def tables(self) -> Path:
        """Parquet tables of the latest run."""
        return self.home / "tables"

    @property
    def releases(self) -> Path:
        """Published releases, one folder each."""
        return self.home / "releases"

    @property
    def current(self) -> Path:
        """Link to the release that is published."""
        return self.home / "current"

    @property
    def status_file(self) -> Path:
        """What the last run found, for programs."""
        return self.home / "status.json"

    @property
    def logs(self) -> Path:
        """One file of JSON lines per run."""
        return self.home / "logs"

    @property
    def metrics(self) -> Path:
        """Where metrics are written after each night."""
        return self.metrics_file or self.home / "metrics" / "sdg17.prom"

    @property
    def dagster_home(self) -> Path:
        """Dagster's own records."""
        return self.home / "dagster"

    def clock(self) -> datetime:
        """The current time in UTC, or the fixed time if one is set."""
        return (self.now or datetime.now(UTC)).astimezone(UTC)


def load_settings(**given: Any) -> Settings:
    """The settings in force.

    Args:
        given: values that win over environment and file (command-line options).

    Raises:
        WrongSetting: all wrong settings at once, each with its valid choices.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        problems = [_problem(detail["loc"], detail["msg"], detail["type"]) for detail in error.errors()]
        raise WrongSetting("\n".join(problems)) from error
    except (ValueError, OSError) as error:  # the file itself cannot be read
        raise WrongSetting(f"sdg17.toml cannot be read: {error}") from error


def _problem(location: tuple[int | str, ...], message: str, kind: str) -> str:
    name = str(location[0]) if location else "settings"
    if kind == "extra_forbidden":
        return f"{name} is no setting. Valid settings: {', '.join(sorted(Settings.model_fields))}."
    return (
        f"{name} (SDG17_{name.upper()}): {message.removeprefix('Value error, ')}. "
        f"{Settings.model_fields[name].description}."
    )
