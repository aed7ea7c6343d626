"""The data structure of the exchange in SDMX: concepts, code lists, structure, dataflow.

Belongs here: `KOMM:SDG17_KOMMUNEN(1.0)` with the concept names of the global SDG structure, whose areas
hold no municipalities. Does not belong here: the observations (`sdmx_data.py`).

Codes of OBS_STATUS are those of the house (`quality/status.py`), so a missing value keeps its status.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from pipelines.exchange.rows import Published
from quality.status import OBS_STATUS

AGENCY, FLOW, VERSION = "KOMM", "SDG17_KOMMUNEN", "1.0"
TITLE = "SDG 17 in German municipalities"
ANNUAL, TOTAL = "A", "_T"
ACTUAL, PLAN = "IST", "PLAN"

Codes = Mapping[str, Mapping[str, str]]
"""Code list to its codes and their names."""

CONFIDENTIALITY: Mapping[str, str] = {
    "F": "free for publication",
    "C": "confidential (few persons)",
    "D": "withheld so that confidential values cannot be computed",
    "N": "not for publication",
}


@dataclass(frozen=True, kw_only=True)
class Component:
    """One column: its part in the structure, its name, its code list or type."""

    role: Literal["dimension", "measure", "attribute"]
    name: str
    codes: str | None = None
    numeric: Literal["double", "integer"] | None = None
    required: bool = False
    attached: str = "O"


COMPONENTS: Mapping[str, Component] = {
    "FREQ": Component(role="dimension", name="Frequency", codes="CL_FREQ", required=True),
    "REF_AREA": Component(role="dimension", name="Reference area", codes="CL_AREA", required=True),
    "INDICATOR": Component(role="dimension", name="Indicator", codes="CL_INDICATOR", required=True),
    "COUNTERPART_GROUP": Component(
        role="dimension", name="Group of partner countries", codes="CL_COUNTERPART_GROUP", required=True
    ),
    "PHASE": Component(role="dimension", name="Phase of the budget", codes="CL_PHASE", required=True),
    "TIME_PERIOD": Component(role="dimension", name="Time period", required=True),
    "OBS_VALUE": Component(role="measure", name="Observation value", numeric="double"),
    "OBS_STATUS": Component(
        role="attribute", name="Observation status", codes="CL_OBS_STATUS", required=True
    ),
    "CONF_STATUS": Component(role="attribute", name="Confidentiality status", codes="CL_CONF_STATUS"),
    "REASON": Component(role="attribute", name="Reason of the status", codes="CL_REASON"),
    "UNIT_MEASURE": Component(role="attribute", name="Unit of measure", attached="INDICATOR"),
    "UNIT_MULT": Component(role="attribute", name="Unit multiplier", numeric="integer", attached="INDICATOR"),
    "DECIMALS": Component(role="attribute", name="Decimals", numeric="integer", attached="INDICATOR"),
    "DEFINITION_VERSION": Component(role="attribute", name="Version of the definition"),
    "DENOMINATOR": Component(role="attribute", name="Population the value is related to"),
    "TERRITORY_DATE": Component(role="attribute", name="Territorial status"),
    "VINTAGE": Component(role="attribute", name="Release"),
    "COMMENT_OBS": Component(role="attribute", name="Comment on the observation"),
}
"""Columns in the order of SDMX-CSV: dimensions, measure, attributes."""


def code_lists(published: Published) -> Codes:
    """Every code list: codes and English names (names of units are German)."""
    indicators = published.indicator.sort("number", "label")
    units = published.municipality.sort("ags")
    return {
        "CL_FREQ": {ANNUAL: "Annual"},
        "CL_AREA": _pairs(units, "ags", "name"),
        "CL_INDICATOR": _pairs(indicators, "indicator_id", "name_en"),
        "CL_COUNTERPART_GROUP": {
            TOTAL: "All partner countries",
            "DAC": "Countries on the DAC list of aid recipients",
            "LDC": "Least developed countries",
            "EUR": "Countries in Europe",
        },
        "CL_PHASE": {ACTUAL: "Actual figures", PLAN: "Plan figures"},
        "CL_OBS_STATUS": {code: text.en for code, text in OBS_STATUS.items()},
        "CL_CONF_STATUS": CONFIDENTIALITY,
        "CL_REASON": _pairs(published.reason.sort("reason"), "reason", "text_en"),
    }


def structures(named: Codes) -> list[Any]:
    """Code lists, concepts, data structure and dataflow as pysdmx knows them; `named` is what `code_lists` gives."""
    from pysdmx.model import (  # noqa: PLC0415 - nearly a second to import
        Code,
        Codelist,
        Concept,
        ConceptScheme,
        Dataflow,
        DataStructureDefinition,
    )

    lists = {
        name: Codelist(
            id=name, agency=AGENCY, version=VERSION, name=name,
            items=[Code(id=code, name=_plain(text)) for code, text in codes.items()],
        )
        for name, codes in named.items()
    }  # fmt: skip
    concepts = ConceptScheme(
        id="CS_SDG17", agency=AGENCY, version=VERSION, name="Concepts of " + TITLE,
        items=[Concept(id=name, name=each.name) for name, each in COMPONENTS.items()],
    )  # fmt: skip
    structure = DataStructureDefinition(
        id=FLOW, agency=AGENCY, version=VERSION, name=TITLE, components=_components(lists)
    )
    flow = Dataflow(id=FLOW, agency=AGENCY, version=VERSION, name=TITLE, structure=structure)
    return [*lists.values(), concepts, structure, flow]


def schema() -> Any:
    """The structure as writers of data need it, without the codes."""
    from pysdmx.model import Schema  # noqa: PLC0415 - nearly a second to import

    return Schema(
        context="dataflow", agency=AGENCY, id=FLOW, version=VERSION, name=TITLE, components=_components({})
    )


def _components(lists: Mapping[str, Any]) -> Any:
    from pysdmx.model import Component as Made  # noqa: PLC0415 - nearly a second to import
    from pysdmx.model import Components, DataType, ItemReference, Role  # noqa: PLC0415

    roles = {"dimension": Role.DIMENSION, "measure": Role.MEASURE, "attribute": Role.ATTRIBUTE}
    kinds = {"double": DataType.DOUBLE, "integer": DataType.INTEGER, None: DataType.STRING}
    made = []
    for name, each in COMPONENTS.items():
        concept = ItemReference(
            sdmx_type="Concept", agency=AGENCY, id="CS_SDG17", version=VERSION, item_id=name
        )
        made.append(
            Made(
                id=name, required=each.required, role=roles[each.role], concept=concept,
                local_dtype=DataType.PERIOD if name == "TIME_PERIOD" else kinds[each.numeric],
                local_codes=lists.get(each.codes) if each.codes else None,
                attachment_level=each.attached if each.role == "attribute" else None,
            )
        )  # fmt: skip
    return Components(made)


def structure_message(named: Codes, release_id: str) -> bytes:
    """Structure and code lists, which `code_lists` gives, as SDMX-ML 3.0."""
    from pysdmx.io.xml.sdmx30.writer.structure import write  # noqa: PLC0415

    return str(write(structures(named), header=header(release_id))).encode()


def header(release_id: str) -> Any:
    """Head of a message: the same for the same release."""
    from pysdmx.model import Organisation  # noqa: PLC0415
    from pysdmx.model.message import Header  # noqa: PLC0415

    return Header(id=f"SDG17_{release_id}", prepared=_moment(release_id), sender=Organisation(id=AGENCY))


def _moment(release_id: str) -> Any:
    """When the release was begun, which its name says."""
    from datetime import UTC, datetime  # noqa: PLC0415

    return datetime.strptime(release_id.rstrip("x"), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _pairs(frame: pl.DataFrame, key: str, text: str) -> dict[str, str]:
    return dict(frame.select(key, text).iter_rows())


def _plain(text: str) -> str:
    """Text the library's XML writer carries: it mixes up straight quotation marks."""
    return text.replace("'", "’").replace('"', "”")
