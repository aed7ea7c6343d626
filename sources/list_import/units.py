"""From a key or a German name without coordinates to one unit of the register, or a reason why not.

Belongs here: keys as spreadsheets mangle them, names that are equal or equal after normalising.
Does not belong here: names with coordinates (`sources/place_matching.py`), or any guess.

A name alone decides only where it is the register's own (spelling, abbreviations, "Markt", "VG" and
"am" aside), where no second unit bears it and no larger unit has a longer form of it. A Land narrows
the choice. Everything else waits for a person, with the candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from rapidfuzz import fuzz

from sources.list_import.labels import Label, labels, loose_form
from sources.place_candidates import comparable_units
from sources.place_parts import ALIASES

NEVER = date(9999, 12, 31)
NAME_SCORE, LAND_SIMILARITY, BIG_CITY, SHOWN = {"exact": 1.0, "normalised": 0.95}, 85.0, 100_000, 5


@dataclass(frozen=True, kw_only=True)
class Place:
    """A decision: the unit with how it was found, or the outcome with candidates and reason.

    Outcomes are those of `partnership_review` and, for keys, mangled_key, unknown_key and
    key_name_disagree.
    """

    outcome: str
    ags: str | None = None
    method: str = ""
    score: float = 0.0
    candidates: str | None = None
    explanation: str = ""


@dataclass(frozen=True, kw_only=True)
class _Unit:
    ags: str
    level: str
    short: str
    full: str
    core: str
    forms: frozenset[str]
    inhabitants: int
    live: bool


class Register:
    """The register in the form names are looked up in; built once per file, changed by nobody."""

    def __init__(self, needs: Mapping[str, pl.DataFrame]) -> None:
        municipality = needs["municipality"]
        units = comparable_units(municipality, needs["population"], NEVER)
        self.lands = dict(
            municipality.filter(pl.col("level") == "land", pl.col("valid_to").is_null())
            .select("name", "ags")
            .iter_rows()
        )
        self._known: dict[tuple[str | None, str | None, str | None], Place] = {}
        self._labels: dict[str, Label] = {}
        self.units: dict[str, _Unit] = {}
        self.by_core: dict[str, list[_Unit]] = {}
        self.by_form: dict[str, list[_Unit]] = {}
        for row in units.with_columns(loose=loose_form(pl.col("unit_form"))).iter_rows(named=True):
            unit = _Unit(
                ags=row["ags"],
                level=row["level"],
                short=row["unit_short"],
                full=row["unit_name"],
                core=row["unit_core"],
                forms=frozenset((row["unit_form"], row["unit_first_form"], row["loose"])),
                inhabitants=int(row["unit_inhabitants"] or 0),
                live=row["is_alive"],
            )
            self.units[unit.ags] = unit
            self.by_core.setdefault(unit.core, []).append(unit)
            for form in unit.forms:
                self.by_form.setdefault(form, []).append(unit)

    def locate(self, key: str | None, name: str | None, land: str | None) -> Place:
        """The unit a row is about; a key decides, and a name beside it must agree."""
        asked = (key, name, land)
        if asked not in self._known:
            self._known[asked] = self._locate(*asked)
        return self._known[asked]

    def prepare(self, names: Iterable[str | None]) -> None:
        """Look at many names at once, which is a hundred times faster than one after the other."""
        self._labels |= labels(sorted({name for name in names if name} - self._labels.keys()))

    def _label(self, name: str) -> Label:
        if name not in self._labels:
            self.prepare([name])
        return self._labels[name]

    def _locate(self, key: str | None, name: str | None, land: str | None) -> Place:
        if key:
            return self._by_key("".join(key.split()), name)
        if not name:
            return Place(outcome="not_found", explanation="the row names neither a key nor a unit")
        return self._by_name(name, land)

    def _by_key(self, key: str, name: str | None) -> Place:
        if not re.fullmatch(r"\d{4,5}|\d{7,9}|\d{11,12}", key):
            return Place(outcome="mangled_key", candidates=key, explanation=f"{key!r} is no official key")
        for repaired, text in ((False, key), (True, f"0{key}")):
            unit = self._unit(text)
            if unit is None:
                continue
            agrees = name is None or self._agrees(unit, name)
            if repaired and (name is None or not agrees):
                return Place(
                    outcome="mangled_key",
                    candidates=f"{unit.ags} ({unit.short})",
                    explanation=f"{key} has lost its leading zero, and the name does not confirm the unit",
                )
            if not agrees:
                return Place(
                    outcome="key_name_disagree",
                    candidates=f"{unit.ags} ({unit.short})",
                    explanation=f"the key {unit.ags} is that of {unit.short}, the row names {name}",
                )
            if not unit.live:
                return _unmatched("historical_unit", [unit], "the unit of this key was dissolved")
            return Place(outcome="matched", ags=unit.ags, method="key", score=0.95 if repaired else 1.0)
        return Place(outcome="unknown_key", candidates=key, explanation=f"no unit has the key {key}")

    def _unit(self, key: str) -> _Unit | None:
        """The unit of an AGS, a regional key, or the district key of an independent city."""
        if len(key) == 12:  # noqa: PLR2004 - regional key ARS
            key = key[:5] + key[9:]
        return self.units.get(key) or (self.units.get(f"{key}000") if len(key) == 5 else None)  # noqa: PLR2004

    def _agrees(self, unit: _Unit, name: str) -> bool:
        label = self._label(name)
        return unit.core in (label.core, label.district_core) or bool(label.forms & unit.forms)

    def _by_name(self, name: str, land: str | None) -> Place:
        label = self._label(name)
        found = self._candidates(label, self._land(land))
        live = [unit for unit in found if unit.live]
        if not found:
            return self._nameless(name)
        if not live:
            return _unmatched("historical_unit", found, "the unit of this name was dissolved")
        exact = [unit for unit in live if label.text in (unit.short, unit.full)]
        best = exact or [unit for unit in live if label.forms & unit.forms]
        longer = [unit for unit in live if _is_longer(unit, label)]
        if len(best) == 1 and not any(unit.inhabitants > best[0].inhabitants for unit in longer):
            method = "exact" if exact else "normalised"
            return Place(outcome="matched", ags=best[0].ags, method=method, score=NAME_SCORE[method])
        if "/" in name and not best:
            return self._nameless(name)
        why = (
            "several units bear this name"
            if len(best) > 1
            else "the name fits a smaller unit, or only a part of the official name; the row has no key"
        )
        return _unmatched("ambiguous", live, why)

    def _candidates(self, label: Label, land: str | None) -> list[_Unit]:
        """Units of the level asked for; other levels only where none of it bears the name."""
        named = {
            unit.ags: unit
            for unit in [
                *self.by_core.get(label.core, []),
                *(self.by_core.get(label.district_core, []) if label.level == "district" else []),
                *(unit for form in label.forms for unit in self.by_form.get(form, [])),
            ]
            if land is None or unit.ags.startswith(land)
        }
        fits = [unit for unit in named.values() if unit.level == label.level]
        return fits or (list(named.values()) if label.level == "municipality" else [])

    def _land(self, text: str | None) -> str | None:
        if not text:
            return None
        scored = max((fuzz.ratio(text.lower(), name.lower()), ags) for name, ags in self.lands.items())
        return scored[1] if scored[0] >= LAND_SIMILARITY else None

    def _nameless(self, name: str) -> Place:
        """No unit bears the name: two bodies, a part of a city, a former unit, or nothing known."""
        parts = [part.strip() for part in re.split(r"/| und | & |\+", name) if part.strip()]
        if len(parts) > 1:
            bodies = [
                unit for part in parts for unit in self._candidates(self._label(part), None) if unit.live
            ]
            if bodies:
                return _unmatched("ambiguous", bodies, "the row names two bodies; who leads is not said")
        head = re.split(r"[- –(]", name, maxsplit=1)[0]
        cities = [unit for unit in self.by_core.get(self._label(head).core, []) if _is_city(unit, head)]
        if cities:
            return _unmatched("not_a_municipality", cities, f"the row names a part of {cities[0].short}")
        alias = ALIASES.filter(pl.col("name") == name, pl.col("kind").is_in(["city_part", "former"]))
        if alias.height:
            outcome = "historical_unit" if alias["kind"][0] == "former" else "not_a_municipality"
            return Place(outcome=outcome, candidates=alias["target"][0], explanation=alias["reason"][0])
        return Place(outcome="not_found", explanation="no unit of the register bears this name")


def _is_longer(unit: _Unit, label: Label) -> bool:
    """Whether a unit's name is the label with an addition: "Moosburg a.d.Isar" of "Moosburg"."""
    return any(own.startswith(f"{form} ") for own in unit.forms for form in label.forms)


def _is_city(unit: _Unit, head: str) -> bool:
    return unit.live and unit.short == head and unit.inhabitants >= BIG_CITY


def _unmatched(outcome: str, units: list[_Unit], explanation: str) -> Place:
    shown = sorted(units, key=lambda unit: (-unit.inhabitants, unit.ags))[:SHOWN]
    return Place(
        outcome=outcome,
        candidates=", ".join(f"{unit.ags} ({unit.short})" for unit in shown),
        explanation=explanation,
    )
