"""The files of one list, read one after the other into the tables of the list.

Belongs here: the order of the steps. Does not belong here: any step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.list_import.countries import german_names
from sources.list_import.description import ListDescription
from sources.list_import.engagements import engagements
from sources.list_import.partnerships import relationships
from sources.list_import.rows import dated_rows, quarantined
from sources.list_import.table import cut
from sources.list_import.units import Register
from sources.source import Raw, Reading, SourceChanged

TABLES: Mapping[str, tuple[str, ...]] = {
    "engagement": ("engagement",),
    "partnership_claim": ("partnership_claim", "partnership_review"),
}
"""Tables a list fills, by the table its rows are meant for."""


def read_list(
    description: ListDescription, raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]
) -> Reading:
    """Every file of a list. Each row ends in a table, on the review list or in quarantine; none is lost.

    Raises:
        SourceChanged: a file is no list of the form described, or lies there as CSV and as XLSX.
    """
    _only_once(raws)
    register = Register(needs)
    found: dict[str, list[pl.DataFrame]] = {
        name: [CONTRACTS[name].empty()] for name in TABLES[description.table]
    }
    rejected = [no_rejects()]
    for raw in raws:
        form = description.form_of(raw.name)
        records = cut(raw, form)
        rows, problems = dated_rows(records, form, register)
        if description.table == "engagement":
            table, more = engagements(description, form, raw, rows)
            found["engagement"].append(table)
        else:
            names = german_names(needs["country"])
            claims, reviews, more = relationships(description, form, raw, rows, names)
            found["partnership_claim"].append(claims)
            found["partnership_review"].append(reviews)
        rejected.append(quarantined(description, raw, [*records.problems, *problems, *more]))
    return Reading(
        tables={name: pl.concat(frames) for name, frames in found.items()}, rejected=pl.concat(rejected)
    )


def _only_once(raws: Sequence[Raw]) -> None:
    stems: dict[str, str] = {}
    for raw in raws:
        stem = str(PurePosixPath(raw.name).with_suffix(""))
        if stem in stems:
            raise SourceChanged(f"{stems[stem]} and {raw.name} are the same list twice. Keep one of them.")
        stems[stem] = raw.name
