"""Dagster's records in files of the home folder, written through connections that stay open.

Belongs here: keeping connections. Does not belong here: what is recorded or how, which is Dagster's own
(`SqliteEventLogStorage`), or where Dagster keeps its records (`pipelines/instance_storage.py`).

Dagster opens a new engine and a new connection for each event: a night with nothing to do wrote fifteen
hundred events and spent most of its time on that. Everything else, above all making and upgrading the files,
is left to Dagster: the first connection to a file is always its own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Any

import sqlalchemy
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData

MOST_FILES = 4
"""Files kept open: the index and the runs asked about last."""
BUSY_SECONDS = 30
"""How long a writer waits for another process, as Dagster's own connections do."""


class EventStorage(SqliteEventLogStorage):
    """Events in one file per run and an index, as Dagster keeps them."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """As Dagster makes it, from `dagster.yaml`."""
        self._kept: OrderedDict[str, sqlalchemy.Engine] = OrderedDict()
        self._one_at_a_time = RLock()
        super().__init__(*arguments, **named)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> EventStorage:
        """From the section of `dagster.yaml`."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sqlalchemy.Connection]:
        """A connection within a transaction: Dagster's own the first time, then one that is kept."""
        with self._one_at_a_time:
            engine = self._kept.get(shard)
            if engine is None:
                with super()._connect(shard) as connection:
                    yield connection
                self._keep(shard)
                return
            self._kept.move_to_end(shard)
            with engine.begin() as connection:
                yield connection

    def delete_events(self, run_id: str) -> None:
        """Forget a run; its file may then be removed."""
        super().delete_events(run_id)
        self._close(run_id)

    def wipe(self) -> None:
        """Forget every run."""
        self._close(*self._kept)
        super().wipe()

    def dispose(self) -> None:
        """Close every file."""
        self._close(*self._kept)
        super().dispose()

    def _keep(self, shard: str) -> None:
        self._kept[shard] = sqlalchemy.create_engine(
            self.conn_string_for_shard(shard), connect_args={"timeout": BUSY_SECONDS}
        )
        if len(self._kept) > MOST_FILES:
            self._close(next(iter(self._kept)))

    def _close(self, *shards: str) -> None:
        with self._one_at_a_time:
            for shard in shards:
                engine = self._kept.pop(shard, None)
                if engine is not None:
                    engine.dispose()
