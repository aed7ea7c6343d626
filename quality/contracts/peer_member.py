"""Who belongs to which peer group."""

from __future__ import annotations

from quality.contract import Contract
from quality.fields import GROUP, UNIT

CONTRACT = Contract(
    table="peer_member",
    description="Members of peer groups: one row per group and unit",
    key=("group_id", "ags"),
    columns={"group_id": GROUP, "ags": UNIT},
)
