"""What a peer rule is: which units of one level resemble each other, declared in parts.

Belongs here: the declaration and its loading. Does not belong here: any rule
(`indicators/peer_rules/`), or the making of groups (`indicators/comparison/groups.py`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from quality.status import Text


@dataclass(frozen=True, kw_only=True)
class Part:
    """One trait of a unit: an expression over the columns of `comparison_units` and its classes.

    A unit whose class is null, or none of `classes`, belongs to no group of the rule.
    """

    column: pl.Expr
    classes: Mapping[str, Text]


@dataclass(frozen=True, kw_only=True)
class PeerRule:
    """Units of one level that share every part are peers.

    `attributes` are typologies of table `peer_attribute` the parts use; each becomes a column of that
    name. `is_own_list` marks the rule whose groups an operator writes down: it has no parts, its
    groups stand in table `peer_list`, and it is left out of sensitivity, because nobody can say over
    how many definitions a list was chosen.
    """

    id: str
    order: int
    level: str
    name: Text
    text: Text
    parts: tuple[Part, ...] = ()
    attributes: tuple[str, ...] = ()
    is_own_list: bool = False


def load_peer_rules() -> Mapping[str, PeerRule]:
    """Every rule by id, in the order the rules declare.

    Raises:
        ImportError: a file declares a rule under another id than its name.
    """
    package = importlib.import_module("indicators.peer_rules")
    found: list[PeerRule] = []
    for info in pkgutil.iter_modules(package.__path__):
        rule: PeerRule = importlib.import_module(f"{package.__name__}.{info.name}").RULE
        if rule.id != info.name:
            raise ImportError(f"indicators/peer_rules/{info.name}.py declares {rule.id}")
        found.append(rule)
    return {rule.id: rule for rule in sorted(found, key=lambda each: (each.order, each.id))}
