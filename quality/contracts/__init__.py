"""The contracts of the house, one file per table, found by their file name.

A file `<table>.py` defines `CONTRACT`. Nothing has to be registered: `CONTRACTS` holds them all.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from quality.contract import Contract


def _load() -> Mapping[str, Contract]:
    found: dict[str, Contract] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda info: info.name):
        contract: Contract = importlib.import_module(f"{__name__}.{module.name}").CONTRACT
        if contract.table != module.name:
            raise ImportError(f"quality/contracts/{module.name}.py declares table {contract.table}")
        found[contract.table] = contract
    return found


CONTRACTS: Mapping[str, Contract] = _load()
"""Table name to contract."""
