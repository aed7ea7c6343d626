"""The same indicators computed from plan figures, kept apart from the published ones."""

from __future__ import annotations

from dataclasses import replace

from quality.contracts.observation import CONTRACT as OBSERVATION

CONTRACT = replace(
    OBSERVATION,
    table="observation_plan",
    description="Observations from plan figures, never mixed with actual ones",
)
