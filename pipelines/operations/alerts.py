"""Messages to the people who keep the installation running: what is new, what is well again.

Belongs here: which findings are told, once, in which words, and the memory of it. Does not belong here:
finding them (`health.py`), addresses (`operator_secrets.py`).

A cause is told once; findings of one kind share a message. A finding that forbids new releases is told
again after a week. A message nobody took is sent at the next look. The memory is `alerts.json` in the home.
"""

from __future__ import annotations

import logging
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from pipelines.files import write_atomically
from pipelines.operations.finding import Finding
from pipelines.operations.operator_secrets import OperatorSecrets
from pipelines.settings import Settings

LOG = logging.getLogger("sdg17.alerts")
MEMORY = "alerts.json"
REMINDED_AFTER = timedelta(days=7)
NAME = "SDG 17 Kommunalmonitor"
SHOWN = 10
"""Findings of one kind written out in a message; of the rest only their number."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message, and the memory once it has been taken."""

    title: str
    body: str
    keys: tuple[str, ...]


Send = Callable[[Message], bool]


def due(
    findings: Iterable[Finding], told: Mapping[str, Any], now: datetime, place: str
) -> tuple[list[Message], list[Message]]:
    """Messages on what is new or still stops releases after a week, and on what is well again.

    Args:
        findings: what is not well now.
        told: the memory, by key of the finding.
        now: the clock.
        place: which installation this is.
    """
    found = list(findings)
    fresh: dict[str, list[Finding]] = {}
    for each in found:
        before = told.get(each.key)
        again = each.severity == "stop" and before is not None
        if before is None or (again and now - datetime.fromisoformat(before["at"]) >= REMINDED_AFTER):
            fresh.setdefault(each.check, []).append(each)
    gone = [key for key in told if key not in {each.key for each in found}]
    over = [_over(gone, told, place)] if gone else []
    return [_new(kind, fresh[kind], place) for kind in fresh], over


def _new(kind: str, findings: Sequence[Finding], place: str) -> Message:
    shown, more = findings[:SHOWN], len(findings) - SHOWN
    german = [each.german for each in shown] + ([f"… und {more} weitere."] if more > 0 else [])
    english = [each.english for each in shown] + ([f"… and {more} more."] if more > 0 else [])
    text = [
        *german, "", "Nächster Schritt:", f"  {findings[0].command}", "", "---", *english,
        f"Next step: {findings[0].command}", "", f"({kind}, {place})",
    ]  # fmt: skip
    return Message(
        title=f"{NAME}: {findings[0].german.split(': ')[0].split('. ')[0]}"[:120],
        body="\n".join(text),
        keys=tuple(each.key for each in findings),
    )


def _over(keys: Sequence[str], told: Mapping[str, Any], place: str) -> Message:
    lines = [f"- {told[key]['german']}" for key in keys[:SHOWN]]
    lines += [f"… und {len(keys) - SHOWN} weitere / and more"] if len(keys) > SHOWN else []
    text = ["Erledigt, nichts mehr zu tun:", *lines, "", "---", "Over, nothing left to do:", *keys, "", place]
    return Message(title=f"{NAME}: wieder in Ordnung", body="\n".join(text), keys=tuple(keys))


def tell_new(settings: Settings, findings: Sequence[Finding], send: Send) -> int:
    """Send what is new and what is well again; return how many messages were taken."""
    file = settings.home / MEMORY
    told: dict[str, Any] = _memory(file.read_bytes()) if file.exists() else {}
    place = f"{platform.node()}, {settings.home}"
    new, over = due(findings, told, settings.clock(), place)
    by_key = {each.key: each for each in findings}
    taken = 0
    for message in (*new, *over):
        if not send(message):
            LOG.warning("no address took the message", extra={"facts": {"keys": list(message.keys)}})
            continue
        taken += 1
        for key in message.keys:
            told.pop(key, None)
            if key in by_key:
                told[key] = {"at": settings.clock().isoformat(), "german": by_key[key].german}
    if taken:
        write_atomically(file, orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
    return taken


def _memory(content: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def sender(secrets: OperatorSecrets) -> Send:
    """Send to every address; a message is taken where one of them took it. Addresses are never logged."""

    def send(message: Message) -> bool:
        import apprise  # noqa: PLC0415 - only where something is sent

        logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it would quote addresses
        taken = []
        for number, address in enumerate(secrets.alerts, 1):
            notifier = apprise.Apprise()
            taken.append(
                bool(notifier.add(address)) and bool(notifier.notify(title=message.title, body=message.body))
            )
            if not taken[-1]:
                LOG.warning("alert address %s of %s took nothing", number, len(secrets.alerts))
        return any(taken)

    return send


def test_message(settings: Settings) -> Message:
    """A message that says that messages arrive."""
    text = "Probe: Nachrichten kommen an. Nichts ist zu tun.\n---\nA test: messages arrive. Nothing is to be done."
    return Message(title=f"{NAME}: Probe", body=f"{text}\n\n({platform.node()}, {settings.home})", keys=())
