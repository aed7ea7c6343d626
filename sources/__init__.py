"""Where data come from: bytes in, tables that keep their contracts out.

Each module of this package that defines `SOURCE` or `SOURCES` is found by itself; nothing has to
be registered. No Dagster, no indicator, no disk and no network in here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from sources.source import Source


def load_sources() -> Mapping[str, Source]:
    """Every declared source by id, in the order of the ids.

    Raises:
        ImportError: two modules declare the same id.
    """
    found: dict[str, Source] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        declared = [*getattr(module, "SOURCES", ()), *([module.SOURCE] if hasattr(module, "SOURCE") else [])]
        for source in declared:
            if source.id in found:
                raise ImportError(f"sources/{info.name}.py declares {source.id}, which another module has")
            found[source.id] = source
    return dict(sorted(found.items()))
