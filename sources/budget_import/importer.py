"""The importer: the files of a source, as its description says, to budget lines.

Belongs here: which file is read how, and in which order. Does not belong here: any step itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import polars as pl

from sources.budget_import.description import Description, Layout
from sources.budget_import.forms import recognise
from sources.budget_import.harmonise import harmonise, joined
from sources.budget_import.json_records import read_json
from sources.budget_import.lookups import read_lookup
from sources.budget_import.records import Records
from sources.budget_import.tabular import read_delimited, read_workbook
from sources.source import Raw, Reading, SourceChanged

READERS = {"csv": read_delimited, "xlsx": read_workbook, "json": read_json}
"""Form of a file to its reader; any of them may be packed with gzip."""


def read_budget(description: Description, raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Budget lines of one city.

    Raises:
        SourceChanged: a described file is missing or does not have the described form.
    """
    names = {
        lookup.name: read_lookup(lookup, read_records(raw, lookup.layout))
        for lookup in description.lookups
        for raw in _matching(description, lookup.pattern, raws)
    }
    return joined(
        [
            harmonise(description, file, part, read_records(part, file.layout), names)
            for declared in description.files
            for raw in _matching(description, declared.pattern, raws)
            for file, part in recognise(declared, raw, raws)
        ]
    )


def read_records(raw: Raw, layout: Layout) -> Records:
    """The records of one file."""
    return READERS[layout.format](raw, layout)


def _matching(description: Description, pattern: str, raws: Sequence[Raw]) -> list[Raw]:
    found = sorted((raw for raw in raws if PurePosixPath(raw.name).match(pattern)), key=lambda raw: raw.name)
    if not found:
        raise SourceChanged(
            f"{description.source_id}: no file matches {pattern}; received were "
            f"{', '.join(sorted(raw.name for raw in raws)) or 'none'}. "
            "Fetch it again, or correct `pattern` in the description."
        )
    return found
