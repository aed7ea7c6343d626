"""After each night, and at each look between nights: tidy up, let the lake follow, tell, measure.

Belongs here: the order, and that nothing of it ever fails a night. Does not belong here: any of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipelines.lake.following import follow
from pipelines.operations.alerts import sender, tell_new
from pipelines.operations.dead_runs import report_dead_runs
from pipelines.operations.health import facts_of, of_facts
from pipelines.operations.metrics import metrics, write_metrics
from pipelines.operations.night_record import GOOD
from pipelines.operations.operator_secrets import OperatorSecrets, load_operator_secrets
from pipelines.operations.retention import remove_old
from pipelines.operations.sign_of_life import give_sign
from pipelines.settings import Settings

if TYPE_CHECKING:
    import dagster as dg

LOG = logging.getLogger("sdg17.aftermath")


def aftermath(settings: Settings, instance: dg.DagsterInstance, secrets: OperatorSecrets, state: str) -> None:
    """What follows a night that ended in `state`."""
    _calmly("old records", lambda: remove_old(settings, instance), secrets)
    _calmly("lake", lambda: follow(settings), secrets)
    _calmly("alerts and metrics", lambda: tell(settings, secrets), secrets)
    if state in GOOD:
        _calmly("sign of life", lambda: give_sign(settings, secrets), secrets)


def look_around(instance: dg.DagsterInstance, settings: Settings) -> str:
    """Between nights: dead runs, alerts, metrics; one line on it."""
    secrets = load_operator_secrets(settings)
    dead = report_dead_runs(instance, settings)
    _calmly("alerts and metrics", lambda: tell(settings, secrets), secrets)
    return f"{len(dead)} dead runs reported" if dead else "all looked at"


def tell(settings: Settings, secrets: OperatorSecrets) -> int:
    """Write the metrics, and send what is new; return how many messages were taken.

    Nothing is sent while a night works or is about to be tried again: its end decides what is well again.
    """
    facts = facts_of(settings)
    findings = of_facts(facts, settings)
    write_metrics(settings, metrics(facts.status, findings))
    return tell_new(settings, findings, sender(secrets)) if secrets.alerts and facts.settled else 0


def _calmly(what: str, step: Callable[[], object], secrets: OperatorSecrets) -> None:
    try:  # whatever goes wrong here, the night stands
        step()
    except Exception as error:
        LOG.warning("%s: %s", what, secrets.scrub(f"{type(error).__name__}: {error}"))
