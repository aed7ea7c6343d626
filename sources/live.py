"""How a source talks to its provider, without talking: requests as values, answers as values.

Belongs here: the vocabulary of a dialogue. Does not belong here: carrying one out (the network is
`pipelines/http.py`) or any provider's protocol (the source's own module).

A dialogue is a generator. It yields what it wants (`Request`, `Pause`), is sent the `Answer`, and
returns the files it received. It touches no network, clock or disk, so that a test can play the
provider by hand, and the same dialogue runs against the real one.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

DEFAULT_SIZE_LIMIT = 256 * 1024 * 1024
"""Largest answer accepted unless a request says otherwise, in bytes."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request. `credentials` names a set of secrets the network layer adds as headers.

    `expect` lists content types that are acceptable (prefixes); anything else is `SourceChanged`,
    such as an HTML error page with status 200. `repeatable` says whether it may be sent again
    after a failure. `conditional` allows If-None-Match / If-Modified-Since with what is known
    from the last time this url was read. `tolerated` lists statuses beside 200 that are handed to
    the dialogue instead of being a problem (404 where a provider means "none").
    """

    url: str
    method: Literal["GET", "POST"] = "GET"
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    json: object | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    credentials: str | None = None
    expect: tuple[str, ...] = ()
    repeatable: bool = True
    conditional: bool = False
    tolerated: tuple[int, ...] = ()
    size_limit: int = DEFAULT_SIZE_LIMIT


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Wait before going on (polling a job); the answer sent back is null."""

    seconds: float


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back. `unchanged` is true for 304: `content` is then that of the last time."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str
    unchanged: bool = False


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One file received, named as an archive would name it."""

    name: str
    content: bytes
    url: str


Dialogue: TypeAlias = Generator[Request | Pause, Answer | None, Sequence[Delivery]]


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What a dialogue may know: the last complete year, and where the provider lives.

    `base` is the provider's address; settings may replace it (a mirror, a test server). `previous`
    holds the files of the last good reading by name, so that what has not changed need not be
    asked for again.
    """

    reference_year: int
    base: str
    previous: Mapping[str, Delivery] = field(default_factory=dict)
