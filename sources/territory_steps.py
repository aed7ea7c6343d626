"""What became of every unit that ceased, changed its key or gave a part away.

Belongs here: putting together what lists of changes, the keys of the BBSR and the register editions
say, in this order, into table `territory_step`. Does not belong here: each of these witnesses
(`territory_witnesses.py`, `territory_balance.py`), districts (`territory_districts.py`), or carrying
figures along the steps (`territory_path.py`).

Between two editions a list of changes is believed first, then a key of the BBSR; units neither speaks
of are told from the figures of the editions alone, and only where they balance in one way.
"""

from __future__ import annotations

import itertools
from datetime import date

import polars as pl

from quality.contracts import CONTRACTS
from sources.territory_balance import Group, Outcome, Shift, balance
from sources.territory_districts import district_steps, narrowed_by_counts
from sources.territory_witnesses import from_bbsr, from_changes

TABLE = CONTRACTS["territory_step"]

REMEASURED = 15
"""Hectares by which the area of a unit may change between editions of different years without any land
having changed hands: nine in ten units do not change at all, surveys move most others by less."""

ROUNDED = 1
"""The same for editions that count one day: only rounding differs."""


def territory_steps(
    register_unit: pl.DataFrame,
    population: pl.DataFrame,
    territory_weight: pl.DataFrame,
    territory_change: pl.DataFrame,
) -> pl.DataFrame:
    """Rows of `territory_step` for municipalities and districts.

    Args:
        register_unit: every register edition read.
        population: inhabitants by unit, with the territory they refer to.
        territory_weight: keys of the BBSR.
        territory_change: lists of changes.
    """
    if register_unit.is_empty():
        return TABLE.empty()
    editions = register_unit["territory_date"].unique().sort().to_list()
    listed = from_changes(territory_change, since=editions[0])
    keyed = from_bbsr(territory_weight, since=editions[0])
    keyed = keyed.join(listed, on=["key_from"], how="anti")
    known = pl.concat([listed, keyed])
    units = _units(register_unit, population)
    found = [known]
    for earlier, later in itertools.pairwise(editions):
        found.append(_between(units, earlier, later, known, _last_listed(territory_weight, later)))
    municipal = _with_uninhabited(pl.concat(found), units)
    steps = pl.concat([municipal, district_steps(units, municipal, editions)])
    narrowed = narrowed_by_counts(steps, units, editions)
    return narrowed.select(list(TABLE.columns)).sort(list(TABLE.sort), nulls_last=True)


def _with_uninhabited(steps: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Units an edition counted nobody in had no inhabitants, whatever witness speaks of them."""
    empty = units.group_by(key_from="ags").agg(empty=(pl.col("inhabitants").first() == 0))
    return (
        steps.join(empty, on="key_from", how="left")
        .with_columns(is_uninhabited=pl.col("is_uninhabited") | pl.col("empty").fill_null(False))
        .drop("empty")
    )


def _units(register_unit: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    """Municipalities by edition, with the inhabitants that edition states and the day they were counted."""
    counted = population.group_by("ags", "territory_date").agg(
        pl.col("inhabitants").sort_by("reference_date").last(), pl.col("reference_date").max()
    )
    return (
        register_unit.filter(pl.col("level") == "municipality")
        .select("ags", "name", "land", "district", "area_hectare", "territory_date", "snapshot_id")
        .join(counted, on=["ags", "territory_date"], how="left")
        .sort("territory_date", "ags")
    )


def _last_listed(territory_weight: pl.DataFrame, before: date) -> pl.DataFrame:
    """The last territory before a day on which the BBSR lists a key; it narrows the time of a change."""
    return (
        territory_weight.filter(pl.col("territory_to") < before)
        .group_by(key_from="key_to")
        .agg(listed_on=pl.col("territory_to").max())
    )


def _between(
    units: pl.DataFrame, earlier: date, later: date, known: pl.DataFrame, listed: pl.DataFrame
) -> pl.DataFrame:
    """Steps between two editions that no list speaks of."""
    window = known.filter(pl.col("effective_on") > earlier, pl.col("known_until") < later)
    settled = pl.concat([window["key_from"], window["key_to"]]).drop_nulls().unique().to_list()
    old, new = (units.filter(pl.col("territory_date") == day) for day in (earlier, later))
    same_day = _day_counted(old) is not None and _day_counted(old) == _day_counted(new)
    both = old.join(new, on="ags", how="full", coalesce=True, suffix="_after").filter(
        ~pl.col("ags").is_in(settled)
    )
    files = sorted({*old["snapshot_id"], *new["snapshot_id"]})
    rows: list[dict[str, object]] = []
    names = {row["ags"]: (row["name"], row["name_after"]) for row in both.to_dicts()}
    for land, part in sorted(both.group_by(pl.coalesce("land", "land_after"))):
        losers, gainers = _shifts(part, same_day=same_day)
        outcome = balance(losers, gainers)
        editions = f"Editions {earlier} and {later}, Land {land[0]}"
        rows += [row for group in outcome.groups for row in _steps(group, names, editions, same_day=same_day)]
        rows += _refused(outcome, editions)
    frame = pl.DataFrame(
        [{"snapshot_ids": files, "effective_on": later, **row} for row in rows],
        schema={name: dtype for name, dtype in TABLE.schema.items() if name != "known_until"},
    )
    return (
        frame.join(listed, on="key_from", how="left")
        .with_columns(known_until=pl.max_horizontal(pl.lit(earlier), "listed_on"))
        .select(list(TABLE.columns))
    )


def _day_counted(edition: pl.DataFrame) -> date | None:
    """The one day an edition counts inhabitants at; null where it has several or none."""
    days = edition["reference_date"].drop_nulls().unique().to_list()
    return days[0] if len(days) == 1 else None


def _shifts(units: pl.DataFrame, *, same_day: bool) -> tuple[list[Shift], list[Shift]]:
    """Units of a Land that lost or gained more than surveys and rounding explain."""
    area, area_after = pl.col("area_hectare"), pl.col("area_hectare_after")
    is_whole = pl.col("territory_date").is_null() | pl.col("territory_date_after").is_null()
    changed = units.with_columns(
        is_whole=is_whole,
        hectare=area_after.fill_null(0) - area.fill_null(0),
        people=pl.col("inhabitants_after").fill_null(0) - pl.col("inhabitants").fill_null(0),
    ).filter(
        pl.col("is_whole")
        | (pl.col("hectare").abs() > (ROUNDED if same_day else REMEASURED))
        | (pl.lit(same_day) & (pl.col("people") != 0))
    )
    losers: list[Shift] = []
    gainers: list[Shift] = []
    for row in changed.sort("ags").to_dicts():
        direction = row["people"] if same_day and row["people"] else row["hectare"]
        loses = row["territory_date_after"] is None or (not row["is_whole"] and direction < 0)
        if loses and not row["is_whole"] and not same_day:
            continue  # between different years nobody can tell a small cession from a new survey
        (losers if loses else gainers).append(
            Shift(
                key=row["ags"],
                hectare=abs(row["hectare"]),
                area_before=row["area_hectare"] or 0,
                inhabitants=abs(row["people"]) if same_day else None,
                before=row["inhabitants"],
                after=row["inhabitants_after"],
                is_whole=row["is_whole"],
            )
        )
    return losers, gainers


def _steps(
    group: Group, names: dict[str, tuple[str, str]], editions: str, *, same_day: bool
) -> list[dict[str, object]]:
    """Rows of one group that balances."""
    method = "population_balance" if same_day else "area_balance"
    lost = " and ".join(_figures(each, "loses") for each in group.losers)
    gained = " and ".join(_figures(each, "gains") for each in group.gainers)
    evidence = f"{editions}: {lost}; {gained}; no other way to balance"
    is_renamed = len(group.losers) == len(group.gainers) == 1 and group.gainers[0].is_whole
    rows: list[dict[str, object]] = []
    for loser in group.losers:
        kind = "key_change" if is_renamed else "dissolution" if loser.is_whole else "separation"
        said = {"method": method, "evidence": evidence}
        parts = [(gainer.key, _share(loser, gainer, group)) for gainer in group.gainers]
        rows += [_row(loser, key, shares, kind=kind, **said) for key, shares in parts]
        if not loser.is_whole:
            people, area = (1 - sum(shares[place] for _, shares in parts) for place in (0, 1))
            rows.append(_row(loser, loser.key, (people, area), kind="remainder", **said))
    if rows[0]["kind"] == "key_change":
        before, after = names[group.losers[0].key][0], names[group.gainers[0].key][1]
        rows[0]["evidence"] = f"{evidence}; name {before}, now {after}"
    return rows


def _share(loser: Shift, gainer: Shift, group: Group) -> tuple[float, float]:
    """Share of a loser's inhabitants and area that went to a gainer of its group.

    A unit that vanished went whole: its gainers share what they gained together, so that rounding of
    areas loses nothing. Of a unit that goes on, shares are taken of what it had.
    """
    if loser.is_whole and len(group.gainers) == 1:
        return 1.0, 1.0
    gained = sum(each.hectare for each in group.gainers)
    area = gainer.hectare / (gained if loser.is_whole else loser.area_before)
    return ((gainer.inhabitants or 0) / loser.before if loser.before else area), area


def _row(
    loser: Shift, key_to: str | None, shares: tuple[float, float] | None, **said: str
) -> dict[str, object]:
    """One row of `territory_step`; `said` holds kind, method and evidence."""
    people, area = shares or (None, None)
    return {
        "key_from": loser.key,
        "key_to": key_to,
        "level": "municipality",
        "is_exact_day": False,
        "population_weight": people,
        "area_weight": area,
        "is_uninhabited": loser.before == 0,
        **said,
    }


def _figures(shift: Shift, verb: str) -> str:
    people = "" if shift.inhabitants is None else f" and {shift.inhabitants} inhabitants"
    return f"{shift.key} {verb} {shift.hectare} ha{people}"


def _refused(outcome: Outcome, editions: str) -> list[dict[str, object]]:
    """A row per vanished unit and possible receiver, without weights."""
    gone = [each for each in outcome.open_losers if each.is_whole]
    if not gone:
        return []
    together = sum(each.hectare for each in gone), sum(each.hectare for each in outcome.open_gainers)
    rows: list[dict[str, object]] = []
    for loser in gone:
        evidence = (
            f"{editions}: {_figures(loser, 'loses')}; no single way to balance. Open together: "
            f"{len(gone)} vanished units with {together[0]} ha, {len(outcome.open_gainers)} units that gained "
            f"{together[1]} ha"
        )
        receivers: list[str | None] = [each.key for each in outcome.open_gainers]
        rows += [
            _row(loser, key, None, kind="dissolution", method="none", evidence=evidence)
            for key in receivers or [None]
        ]
    return rows
