"""Which addresses may be asked at all.

Belongs here: scheme, host and redirect rules that keep a wrong or hostile address from reaching
into the operator's own network. Does not belong here: asking (`pipelines/http.py`).
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from sources.source import SourceChanged, SourceUnavailable

PORTS = {"http": 80, "https": 443}
PROXY_VARIABLES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def check_address(url: httpx.URL, *, allow_loopback: bool) -> None:
    """Refuse anything but public http and https addresses without credentials in them.

    What a name leads to may be another address a moment later: `PeerCheck` looks at the connection itself.

    Raises:
        SourceChanged: the address must not be asked.
        SourceUnavailable: its name cannot be resolved.
    """
    if url.scheme not in PORTS:
        raise SourceChanged(
            f"The address {_shown(url)} is refused",
            cause=f"Its scheme is {url.scheme or 'missing'}, not http or https",
            remedy="Correct the setting bases",
        )
    if url.userinfo:
        raise SourceChanged(
            f"The address {_shown(url)} is refused",
            cause="It contains credentials",
            remedy="Move them to SDG17_SECRET_<NAME>_USERNAME and …_PASSWORD",
        )
    for address in _resolved(url):
        _require_public(url, address, allow_loopback=allow_loopback)


def _require_public(url: httpx.URL, address: Address, *, allow_loopback: bool) -> None:
    if address.is_loopback and allow_loopback:
        return
    if not address.is_global or address.is_multicast:
        raise SourceChanged(
            f"The address {_shown(url)} is refused",
            cause=f"It leads to {address}, which is not a public address",
            remedy="Correct the setting bases; loopback is allowed by SDG17_ALLOW_LOOPBACK=true only",
        )


@dataclass(kw_only=True)
class PeerCheck:
    """Holds the machine a connection has reached to the same rule, before anything is sent to it.

    A name can be resolved to a public address when it is checked and to one of the operator's own network
    when the connection is made (DNS rebinding). httpx tells of each connection as it is made (extension
    `trace`); one to the proxy of the environment is not the provider's, and not looked at.
    """

    url: httpx.URL
    allow_loopback: bool
    _asked: str | None = None

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        """Hear of one event.

        Raises:
            SourceChanged: the connection leads where the address must not.
        """
        if event == "connection.connect_tcp.started":
            self._asked = str(info["host"])
        elif event == "connection.connect_tcp.complete" and self._asked == self.url.raw_host.decode():
            stream = info["return_value"]
            try:
                peer = _address(stream.get_extra_info("server_addr"))
                _require_public(self.url, peer, allow_loopback=self.allow_loopback)
            except SourceChanged:
                stream.close()
                raise


def _shown(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.host}{url.path}"


def _resolved(url: httpx.URL) -> list[Address]:
    try:
        found = socket.getaddrinfo(url.host, url.port or PORTS[url.scheme], type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        if any(os.environ.get(name) for name in PROXY_VARIABLES):
            return []  # behind a proxy only the proxy can resolve names
        raise SourceUnavailable(
            f"{url.host} cannot be found",
            cause="Its name does not resolve: no network, or the provider has moved",
            remedy="Check the network, the proxy settings and the setting bases",
        ) from error
    return [_address(entry[4]) for entry in found]


def _address(place: tuple[Any, ...]) -> Address:
    """The address of a socket, as the machine that is meant."""
    address = ipaddress.ip_address(str(place[0]).partition("%")[0])
    return getattr(address, "ipv4_mapped", None) or address


def redirected(
    here: httpx.URL, location: str, *, method: str, status: int, allow_loopback: bool
) -> httpx.URL:
    """Where a redirect leads, if it may be followed.

    Raises:
        SourceChanged: it leads to another scheme, to a private address, or would send a form elsewhere.
    """
    try:
        target = here.join(location)
    except httpx.InvalidURL as error:
        raise SourceChanged(f"{_shown(here)} redirects to an address that is none.") from error
    if target.scheme != here.scheme:
        raise SourceChanged(
            f"{_shown(here)} redirects to {_shown(target)}",
            cause="Redirects to another scheme are not followed",
            remedy="Check the provider's new address and set bases",
        )
    keeps_method = status in (307, 308)
    if method != "GET" and not (keeps_method and target.host == here.host and target.port == here.port):
        raise SourceChanged(
            f"{_shown(here)} redirects to {_shown(target)}",
            cause="A form is not sent to another address than the one set",
            remedy="Check the provider's new address and set bases",
        )
    was_loopback = allow_loopback and here.host in {"127.0.0.1", "localhost", "::1"}
    check_address(target, allow_loopback=was_loopback)
    return target
