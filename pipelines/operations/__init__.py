"""Nights without people: what is recorded of a run, judged, told and tidied up around it.

Belongs here: retries, dead runs, `status.json`, health, metrics, alerts, logs, retention. Does not belong
here: what a night does (`pipelines/night.py`) or when (`pipelines/definitions.py`).
"""
