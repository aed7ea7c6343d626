"""What the operator keeps secret beside credentials of providers: where alerts and signs of life go.

Belongs here: finding the addresses, and keeping them out of every text. Does not belong here: sending
(`alerts.py`, `sign_of_life.py`), credentials of providers (`pipelines/secrets.py`, whose file this reads).

Environment: `SDG17_ALERTS` (addresses in Apprise's form, separated by blanks), `SDG17_SIGN_OF_LIFE`. File
(setting `secrets`, readable by its owner only), where the environment does not say:

    [alerts]
    addresses = ["mailtos://user:password@mail.example.org?to=statistik@example.org"]

    [sign_of_life]
    address = "https://watch.example.org/ping/0815"
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from pipelines.secrets import Secrets, load_secrets, secret_tables
from pipelines.settings import Settings
from sources.source import SourceUnavailable


@dataclass(frozen=True, kw_only=True)
class OperatorSecrets:
    """Addresses, and every secret text of this installation. Never printed: `repr` hides them."""

    alerts: tuple[str, ...] = field(default=(), repr=False)
    sign_of_life: str | None = field(default=None, repr=False)
    providers: Secrets = field(default_factory=Secrets, repr=False)
    problem: str | None = None
    """Why the secrets file could not be used."""

    def scrub(self, text: str) -> str:
        """The text without any address, part of one, or credential."""
        text = self.providers.scrub(text)
        for secret in sorted(self._texts(), key=len, reverse=True):
            text = text.replace(secret, "***")
        return text

    def _texts(self) -> set[str]:
        found: set[str] = set()
        for address in (*self.alerts, *filter(None, (self.sign_of_life,))):
            parts = urlsplit(address)
            pieces = {address, parts.username or "", parts.password or "", parts.path.strip("/"), parts.query}
            found |= {each for piece in pieces for each in (piece, unquote(piece))}
        return {each for each in found if len(each) >= 4}  # noqa: PLR2004 - see SHORTEST_SCRUBBED


def load_operator_secrets(settings: Settings) -> OperatorSecrets:
    """Everything environment and file hold; a file that cannot be used is told, never raised."""
    problem = None
    try:
        tables = secret_tables(settings.secrets) if settings.secrets else {}
    except SourceUnavailable as error:
        tables, problem = {}, str(error)
    told = tables.get("alerts", {}).get("addresses", [])
    addresses = os.environ.get("SDG17_ALERTS", "").split() or [str(each) for each in told]
    address = os.environ.get("SDG17_SIGN_OF_LIFE") or tables.get("sign_of_life", {}).get("address")
    return OperatorSecrets(
        alerts=tuple(addresses),
        sign_of_life=str(address) if address else None,
        providers=load_secrets(settings.secrets),
        problem=problem,
    )
