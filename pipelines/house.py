"""What every asset needs at run time: the settings in force, the store, and a voice.

Belongs here: the Dagster resource and progress messages. Does not belong here: any computation.
"""

import logging
from collections.abc import Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import Any

import dagster as dg

from pipelines.engine import SPARK
from pipelines.keeping import Keeper, libraries
from pipelines.operations.around_night import around_night
from pipelines.operations.night_record import Broken
from pipelines.operator_budgets import with_operator_sources
from pipelines.operator_corrections import corrections_in_force
from pipelines.operator_decisions import decisions_in_force
from pipelines.origins import Network, network_of
from pipelines.program import computation_hash
from pipelines.replay import recorded_sources
from pipelines.secrets import load_secrets
from pipelines.settings import Settings, load_settings
from pipelines.store import Store
from quality.corrections.entry import Entries
from quality.decisions.entry import Decisions
from sources import load_sources

PROGRESS = logging.getLogger("sdg17.progress")
"""Told about each finished step; the command line listens."""


class House:
    """Settings and store of one run, loaded when first needed."""

    @cached_property
    def settings(self) -> Settings:
        """The settings in force."""
        return load_settings()

    @cached_property
    def store(self) -> Store:
        """The tables of the run."""
        return Store(folder=self.settings.tables)

    @cached_property
    def keeper(self) -> Keeper:
        """What need not be made again: nothing that decides it has changed since the last night."""
        return Keeper(
            folder=self.settings.tables,
            decided_by={
                "program": computation_hash(),
                "libraries": libraries(),
                "reference_year": self.reference_year,
                "engine": self.settings.engine,
            },
        )

    def with_store(self, store: Store) -> "House":
        """The same house for one step, with a store that notes what the step reads and writes."""
        twin = copy(self)
        vars(twin)["store"] = store
        return twin

    @cached_property
    def network(self) -> Network:
        """How providers are asked: one client per run, which knows when it asked whom last."""
        return network_of(self.settings)

    @property
    def engine(self) -> tuple[str, str]:
        """Address of the engine for large tables, and the token it knows us by (empty where none is set)."""
        return self.settings.engine, load_secrets(self.settings.secrets).sets.get(SPARK, ("", ""))[1]

    @cached_property
    def corrections(self) -> Entries:
        """Corrections in force: those of the program and the operator's own."""
        sources = with_operator_sources(load_sources(), self.settings)
        return corrections_in_force(self.settings.home, {id_: each.tables for id_, each in sources.items()})

    @cached_property
    def decisions(self) -> Decisions:
        """Decisions about rows in quarantine: those of the program and the operator's own."""
        return decisions_in_force(self.settings.home, with_operator_sources(load_sources(), self.settings))

    @cached_property
    def replay(self) -> Mapping[str, Any] | None:
        """Files and states of an earlier release that is built again; null in an ordinary night."""
        return None if self.settings.replay is None else recorded_sources(self.settings.replay)

    broken: Broken | None = None
    """The first step that broke in this run; the hook of the job notes it."""

    @property
    def reference_year(self) -> int:
        """The last complete year."""
        return self.settings.clock().year - 1


@dg.resource(description="Settings and tables of this run; configured by SDG17_HOME, SDG17_ORIGIN, SDG17_NOW")
def house_resource(context: dg.InitResourceContext) -> Iterator[House]:
    """One house per run; the home folder is held until the run ends, however it was started."""
    house = House()
    with around_night(context.instance, context.run, house):
        yield house


def tell(step: str, text: str, **facts: Any) -> None:
    """Say that a step is done, with what came of it; `facts` are counts for the log."""
    PROGRESS.info(text, extra={"step": step, "facts": facts})
