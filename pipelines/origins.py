"""Where the files of a source lie: packaged with the program, in an archive folder, or at the provider.

Belongs here: finding and reading files of a source for the origin that is set. Does not belong
here: parsing them (`sources/`), keeping them (`pipelines/snapshots.py`) or sending requests
(`pipelines/http.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.http import Manners, PoliteClient, run_dialogue
from pipelines.secrets import load_secrets
from pipelines.settings import OriginKind, Settings
from sources.live import Delivery, Dialogue, Occasion, Request
from sources.source import SIZE_LIMIT, Source, SourceChanged, SourceUnavailable

FROM_ADDRESS = "address"
"""First part of the names of files that came from a plain address."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A file as it lies at its origin."""

    name: str
    origin: OriginKind
    content: bytes
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Network:
    """What it takes to ask providers: a client, their addresses where set, the last complete year."""

    client: PoliteClient
    reference_year: int
    bases: Mapping[str, str] = field(default_factory=dict)


def forgetful(network: Network) -> Network:
    """The same network and the same politeness, which remembers nothing of earlier answers."""
    return replace(network, client=replace(network.client, snapshots=None))


def network_of(settings: Settings) -> Network:
    """The network as the settings allow it; nothing is asked yet."""
    manners = Manners(
        contact=settings.contact,
        offline=settings.offline,
        allow_loopback=settings.allow_loopback,
        interval_seconds=settings.request_interval,
    )
    client = PoliteClient(
        manners=manners, snapshots=settings.snapshots, secrets=load_secrets(settings.secrets)
    )
    return Network(client=client, reference_year=settings.clock().year - 1, bases=settings.bases)


def applies(source: Source, kind: OriginKind) -> bool:
    """Whether a source takes part in a run on this origin."""
    if source.always:
        return True
    if kind == "live":
        return bool(source.live or source.archive)
    return bool(source.embedded) if kind == "embedded" else bool(source.archive)


def fetch(
    source: Source,
    kind: OriginKind,
    archive: Path | None,
    *,
    network: Network | None = None,
    previous: Mapping[str, Delivery] | None = None,
) -> list[Found]:
    """The files of one source, in a stable order.

    Args:
        source: the source.
        kind: the origin that is set.
        archive: the folder of original files: the archive, or where an operator of a live system puts
            files that cannot be asked for.
        network: how providers are asked, where the origin is live.
        previous: files of the last good reading, which a dialogue need not ask for again.

    Raises:
        SourceUnavailable: no file of this source is to be had now.
        SourceChanged: a file is not what was expected.
    """
    if source.always or kind == "embedded":
        return [_packaged(name) for name in source.embedded]
    if kind == "live" and network is not None:
        if source.live is None and source.id not in network.bases:
            return _by_hand(source, archive)
        return _live(source, network, previous or {})
    found = list(_archived(source, archive)) if archive else []
    if not found:
        raise SourceUnavailable(
            f"{source.title}: no file matches {' or '.join(source.archive)} below {archive}. "
            "Put the provider's file there, or leave the source out on purpose."
        )
    return found


def _packaged(name: str) -> Found:
    content = resources.files("sources").joinpath("embedded", name).read_bytes()
    return Found(name=f"embedded/{name}", origin="embedded", content=content)


def _archived(source: Source, archive: Path) -> Iterator[Found]:
    root = archive.resolve()
    for path in sorted({path for pattern in source.archive for path in root.glob(pattern)}):
        if not path.resolve().is_relative_to(root):
            raise SourceChanged(f"{path} leads out of the archive folder and is refused.")
        if path.stat().st_size > SIZE_LIMIT:
            raise SourceChanged(f"{path.name} is larger than {SIZE_LIMIT:,} bytes and is refused.")
        yield Found(name=str(path.relative_to(root)), origin="archive", content=path.read_bytes())


def asked_of(source: Source, settings: Settings) -> bool:
    """Whether a source is asked for over the network as the settings stand."""
    live = settings.origin_kind == "live" and not source.always and not source.home_files
    return live and (source.live is not None or source.id in settings.bases)


def base_of(source: Source, bases: Mapping[str, str]) -> str | None:
    """Address a source is asked at: the one set, else the provider's own."""
    return bases.get(source.id, source.live_base)


def files_at(occasion: Occasion) -> Dialogue:
    """The dialogue of a source without one: its base is the address of a file, or several with blanks."""
    files = []
    for url in occasion.base.split():
        answer = yield Request(url=url, conditional=True)
        if answer is None:
            raise TypeError("a request is answered with an answer, not with a pause")
        name = re.sub(r"[^\w.-]", "_", urlsplit(url).path.rpartition("/")[2]) or "file"
        files.append(Delivery(name=f"{FROM_ADDRESS}/{name}", content=answer.content, url=answer.url))
    return files


def _by_hand(source: Source, originals: Path | None) -> list[Found]:
    """Files of a source that cannot be asked for: an operator puts them into the home folder."""
    found = list(_archived(source, originals)) if originals and originals.is_dir() else []
    if not found:
        raise SourceUnavailable(
            f"{source.title}: not to be had from the network",
            cause="This source has no live connector",
            remedy=(
                f"Put the provider's file into the home folder as "
                f"{' or '.join(f'originals/{pattern}' for pattern in source.archive)}, or set "
                f"bases.{source.id} to the address of the file"
            ),
        )
    return found


def _live(source: Source, network: Network, previous: Mapping[str, Delivery]) -> list[Found]:
    base = base_of(source, network.bases)
    if base is None:
        raise SourceUnavailable(
            f"{source.title}: no address is set", remedy=f"Set bases.{source.id} in sdg17.toml"
        )
    occasion = Occasion(reference_year=network.reference_year, base=base, previous=previous)
    delivered = run_dialogue((source.live or files_at)(occasion), network.client)
    if not delivered:
        raise SourceUnavailable(f"{source.title}: the provider delivered no file.")
    names = [delivery.name for delivery in delivered]
    if len(names) != len(set(names)):
        raise SourceChanged(f"{source.title}: the provider delivered two files of one name.")
    return [
        Found(name=each.name, origin="live", content=each.content, url=each.url)
        for each in sorted(delivered, key=lambda each: each.name)
    ]
