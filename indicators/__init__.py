"""What we say: measures and indicators as pure functions and declarations. No source, no disk.

A measure group is a module of `indicators/measures/` that defines `GROUP`; an indicator is a module
of `indicators/catalogue/` that defines `INDICATOR`. Both are found by themselves.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from indicators.indicator import Indicator
from indicators.measure import MeasureGroup


def load_indicators() -> Mapping[str, Indicator]:
    """The catalogue by indicator id, in the order of its numbers.

    Raises:
        ImportError: a file declares an indicator under another id than its name.
    """
    package = importlib.import_module("indicators.catalogue")
    found: list[Indicator] = []
    for info in pkgutil.iter_modules(package.__path__):
        indicator: Indicator = importlib.import_module(f"{package.__name__}.{info.name}").INDICATOR
        if indicator.id != info.name:
            raise ImportError(f"indicators/catalogue/{info.name}.py declares {indicator.id}")
        found.append(indicator)
    return {
        indicator.id: indicator for indicator in sorted(found, key=lambda each: (each.number, each.letter))
    }


def load_measure_groups() -> Mapping[str, MeasureGroup]:
    """Measure groups by id."""
    package = importlib.import_module("indicators.measures")
    modules = (
        importlib.import_module(f"{package.__name__}.{i.name}")
        for i in pkgutil.iter_modules(package.__path__)
    )
    groups = [module.GROUP for module in modules]
    return {group.id: group for group in sorted(groups, key=lambda each: each.id)}
