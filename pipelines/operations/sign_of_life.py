"""A sign of life after each good night, to an address that raises an alarm when none comes.

Belongs here: sending it. Does not belong here: when (`aftermath.py`). A machine that is silent cannot
send an alert; whoever waits for this sign can. A sign that does not arrive never fails a night.
"""

from __future__ import annotations

from pipelines.http import Manners, PoliteClient
from pipelines.operations.operator_secrets import OperatorSecrets
from pipelines.settings import Settings
from sources.live import Request

ATTEMPTS = 3


def give_sign(settings: Settings, secrets: OperatorSecrets) -> bool:
    """Ask the address once, by the rules every request keeps; false where none is set.

    Raises:
        SourceUnavailable, SourceChanged: it did not take the sign.
    """
    if secrets.sign_of_life is None:
        return False
    manners = Manners(
        contact=settings.contact,
        offline=settings.offline,
        allow_loopback=settings.allow_loopback,
        read_seconds=10.0,
        total_seconds=30.0,
        attempts=ATTEMPTS,
        first_wait_seconds=1.0,
        longest_retry_after_seconds=10.0,
    )
    tolerated = tuple(range(201, 300))
    PoliteClient(manners=manners).answer(Request(url=secrets.sign_of_life, tolerated=tolerated))
    return True
