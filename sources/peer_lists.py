"""Peer groups an operator puts together: `peers/*.csv` in the home folder, columns `gruppe;ags`.

Belongs here: reading and judging these lists. Does not belong here: what becomes of a list
(`indicators/comparison/groups.py`).

A list names municipalities (8 digits) and districts (5 digits). A city that is its own district is
named as a municipality. A wrong file costs only itself, a wrong row only itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.rejection import reject
from sources.source import Raw, Reading, Source, SourceChanged
from sources.written import written_rows

COLUMNS = ("gruppe", "ags")
_TABLE = "peer_list"

_PROBLEMS: tuple[tuple[str, pl.Expr, str, str], ...] = (
    (
        "list_has_name",
        pl.col("gruppe").is_null(),
        "die Zeile nennt keine Gruppe",
        "Den Namen der Gruppe in die erste Spalte schreiben.",
    ),
    (
        "ags_form",
        ~pl.col("ags").str.contains(r"^(?:[0-9]{5}|[0-9]{8})$").fill_null(False),
        "das ist kein Schlüssel einer Gemeinde (8 Ziffern) oder eines Kreises (5 Ziffern)",
        "Die Spalte als Text führen, damit führende Nullen bleiben.",
    ),
    (
        "ags_known",
        pl.col("level").is_null(),
        "kein gelesenes Gemeindeverzeichnis kennt diesen Schlüssel",
        "Den Schlüssel berichtigen.",
    ),
    (
        "unit_is_live",
        pl.col("valid_to").is_not_null(),
        "diese Gebietseinheit besteht nicht mehr",
        "Die Nachfolgerin eintragen.",
    ),
    (
        "unit_is_incorporated",
        pl.col("is_unincorporated"),
        "das ist ein gemeindefreies Gebiet",
        "Die Zeile streichen.",
    ),
    (
        "city_as_municipality",
        (pl.col("level") == "district") & pl.col("is_independent_city"),
        "das ist der Kreisschlüssel einer kreisfreien Stadt; verglichen wird sie als Gemeinde",
        "Drei Nullen anhängen: den achtstelligen Gemeindeschlüssel eintragen.",
    ),
)
"""Rule, where it is broken, why, and what to do."""


def read(raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Lists with every unit the register knows; the first name written for a list counts."""
    parts = [_file(raw, needs["municipality"]) for raw in raws]
    rows = pl.concat([CONTRACTS[_TABLE].empty(), *(good for good, _ in parts)])
    named = rows.with_columns(list_name=pl.col("list_name").first().over("list_id"))
    return Reading(
        tables={_TABLE: named.unique(["list_id", "ags"], keep="first", maintain_order=True)},
        rejected=pl.concat([no_rejects(), *(bad for _, bad in parts)]),
    )


def _file(raw: Raw, municipality: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    try:
        rows, broken = written_rows(raw, COLUMNS, source_id=SOURCE.id, table=_TABLE)
    except SourceChanged as changed:
        return CONTRACTS[_TABLE].empty(), _whole_file(raw, str(changed))
    units = municipality.select("ags", "level", "valid_to", "is_unincorporated", "is_independent_city")
    found = rows.join(units, on="ags", how="left", maintain_order="left")
    rejected, good = [broken], found
    for rule, wrong, reason, remedy in _PROBLEMS:
        is_wrong = wrong.fill_null(False)
        rejected.append(
            reject(
                good.filter(is_wrong),
                source_id=SOURCE.id,
                table=_TABLE,
                rule=rule,
                column="ags",
                value=pl.col("ags"),
                reason=f"{raw.name}: {reason}",
                remedy=remedy,
            )
        )
        good = good.filter(~is_wrong)
    return good.select(list_id=_key(raw), list_name="gruppe", ags="ags", **_PROVENANCE), pl.concat(rejected)


_PROVENANCE = {name: pl.col(name) for name in ("snapshot_id", "locator", "raw_text")}


def _key(raw: Raw) -> pl.Expr:
    """File and name of the list, in small letters, digits and underscores."""
    text = pl.concat_str([pl.lit(PurePath(raw.name).stem), pl.col("gruppe")], separator="_")
    for letters, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.str.to_lowercase().str.replace_all(letters, plain, literal=True)
    return text.str.replace_all(r"[^a-z0-9]+", "_").str.strip_chars("_")


def _whole_file(raw: Raw, problem: str) -> pl.DataFrame:
    place = pl.DataFrame([{"snapshot_id": raw.snapshot_id, "locator": "file", "raw_text": raw.name}])
    return reject(
        place,
        source_id=SOURCE.id,
        table=_TABLE,
        rule="file_form",
        reason=problem,
        remedy=f"Die erste Zeile nennt die Spalten {';'.join(COLUMNS)}; UTF-8, Semikolon.",
    )


SOURCE = Source(
    id="peer_lists",
    title="Eigene Vergleichsgruppen",
    publisher="Betreiberin oder Betreiber dieser Installation",
    licence="Eigene Zusammenstellung",
    attribution="Eigene Zusammenstellung der Betreiberin oder des Betreibers",
    tables=(_TABLE,),
    read=read,
    needs=("municipality",),
    home_files=("peers/*.csv",),
    group="register",
)
