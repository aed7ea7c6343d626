"""What lies in the folder of an indicator, said in the Frictionless form: files, columns, types, keys.

Belongs here: the descriptor beside the files. Does not belong here: the data package of everything
(`data_package.py`), what the columns mean (`columns.py`).

CSV is described as a table. A reader needs further libraries for the workbook and the Parquet file, so they
are described as files, with size and checksum.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from pipelines.exchange.addresses import File
from pipelines.exchange.columns import COLUMNS
from pipelines.exchange.data_package import head
from pipelines.exchange.delimited import OFFICE, PLAIN, Form
from pipelines.exchange.operator import Operator
from pipelines.exchange.readme import Bundle
from quality.contracts import CONTRACTS
from quality.status import OBS_STATUS

_TYPES = {"text": "string", "integer": "integer", "number": "number", "date": "date"}
_TABLES: Mapping[str, Form] = {"csv": PLAIN, "csv-office": OFFICE}
_KEY = ("indicator_id", "ags", "year")


def described(name: str, bundle: Bundle, made: Mapping[str, bytes], operator: Operator) -> bytes:
    """The descriptor of an indicator's files.

    Args:
        name: identifier of the indicator.
        bundle: title, files and terms, as the LIESMICH has them.
        made: format to the content of the file; one without content is not described.
        operator: who publishes.
    """
    return orjson.dumps(
        {
            **head(name.replace("_", "-"), bundle.title, bundle.terms, bundle.release_id, operator),
            "description": bundle.terms.text,
            "resources": [_resource(file, made[file.format]) for file in bundle.files if file.format in made],
        },
        option=orjson.OPT_INDENT_2,
    )


def _resource(file: File, content: bytes) -> dict[str, Any]:
    name = file.path.rpartition("/")[2]
    told = {
        "name": name.replace("_", "-").replace(".", "-").lower(),
        "path": name,
        "title": file.label.de,
        "format": name.rpartition(".")[2],
        "mediatype": file.media_type,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    form = _TABLES.get(file.format)
    if form is None:
        return {**told, "type": "file", "profile": "data-resource"}
    return {
        **told,
        "type": "table",
        "profile": "tabular-data-resource",
        "encoding": "utf-8-sig" if form.mark else "utf-8",
        "dialect": {"delimiter": form.separator, "lineTerminator": form.end, "doubleQuote": True},
        "schema": {
            "fields": [_field(column, form) for column in COLUMNS],
            "primaryKey": list(_KEY),
            "missingValues": [""],
        },
    }


def _field(name: str, form: Form) -> dict[str, Any]:
    kind, meaning = COLUMNS[name]
    field: dict[str, Any] = {
        "name": name,
        "type": _TYPES[kind],
        "title": meaning.de,
        "description": meaning.en,
    }
    if kind == "number" and form.decimal_comma:
        field["decimalChar"] = ","
    constraints: dict[str, Any] = {"required": True} if name in _KEY else {}
    if name == "ags":
        constraints["pattern"] = f"^(?:{CONTRACTS['observation'].columns[name].pattern})$"
    if name == "obs_status":
        constraints["enum"] = list(OBS_STATUS)
    return {**field, "constraints": constraints} if constraints else field
