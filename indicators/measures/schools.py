"""Schools in an area, and those among them with the Fairtrade School title.

Belongs here: counts a list of titles or a school statistic states. Does not belong here: titles of
municipalities (`indicators/measures/engagement.py`).

No source is connected today; a list described for operators may bring the two counts as engagements
of kind `fairtrade_schools` and `schools`. A count holds for the year its school year begins in: the
stated start, or else the year of the document. Several documents on one year are not added up: the
newest counts.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators.measure import Lazy, Measure, MeasureGroup
from indicators.stated_quantities import quantities

KINDS = {"fairtrade_schools": "fairtrade_schools", "schools": "schools"}
"""Kind of engagement to the measure made from it."""


def inputs(tables: Mapping[str, Lazy]) -> Lazy:
    """One row per unit, year and count."""
    return quantities(tables["engagement"], KINDS, status=nw.lit("A"), reason=nw.lit(None, nw.String))


GROUP = MeasureGroup(
    id="schools",
    tables=("engagement",),
    measures=(
        Measure(
            id="fairtrade_schools",
            unit="count",
            name_de="Schulen mit dem Titel Fairtrade-School",
            name_en="Schools with the Fairtrade School title",
            description="Schools whose title is valid in the school year that begins in the year.",
            carries_note=True,
        ),
        Measure(
            id="schools",
            unit="count",
            name_de="Schulen",
            name_en="Schools",
            description="All schools in the area in the school year that begins in the year.",
            carries_note=True,
        ),
    ),
    inputs=inputs,
)
