"""Wegweiser Kommune of the Bertelsmann Stiftung: what is asked, in which order, and when it is enough.

Belongs here: the dialogue with the REST interface. Does not belong here: what the answers mean
(`sources/wegweiser_reading.py`).

Indicators and regions are named by their `friendlyUrl`; numeric ids change with every version of
the data. Lists hold ten entries unless `max` says otherwise, so `max` is always sent and raised
until the list is shorter than it. Values are asked for one Land at a time, and by district where
the answer says it was cut off. JSON is asked for, since CSV comes in ISO 8859-1 by default.

Clients of the interface quote different licences, so what an answer says about its own is kept with
that answer, and the foundation is named whatever it says.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any, TypeAlias

from sources.json_answers import licence_said, objects, parsed, taken
from sources.live import Answer, Delivery, Dialogue, Occasion, Pause, Request
from sources.source import Source, SourceChanged, SourceUnavailable
from sources.wegweiser_reading import read

INDICATORS = (
    "steuereinnahmen-pro-einwohner-in",
    "liquiditaetskredite",
    "finanzmittelsaldo",
    "breitbandversorgung-private-haushalte",
)
"""Financial strength, debt, balance and broadband: what our figures are read beside."""

REGION_TYPES = ("GEMEINDE", "KREISFREIE_STADT", "LANDKREIS", "BUNDESLAND")
"""Levels our register has units of; figures for Germany as a whole would belong to no unit."""
LANDS = tuple(f"{number:02d}" for number in range(1, 17))
DEFAULT_MAX = 10
"""Entries a list holds where `max` was not heeded."""
FIRST_MAX, LAST_MAX = 10_000, 80_000
EARLIEST_YEAR = 2006
JSON = ("application/json",)
VERSION_TYPES = (*JSON, "text/plain")
NOT_FOUND = 404
ANSWER_LIMIT = 64 * 1024 * 1024
Asking: TypeAlias = Generator[Request | Pause, Answer | None, Answer]


def dialogue(occasion: Occasion) -> Dialogue:
    """Version, regions, wordings and values; nothing but the version where it is the known one.

    Raises:
        SourceUnavailable: the data changed while they were read.
        SourceChanged: an answer has another form, or is incomplete in a way nobody can mend.
    """
    version = yield from _file(occasion, "version.json", "rest/statistics/version", expect=VERSION_TYPES)
    known = occasion.previous.get(version.name)
    if known and version.content and known.content == version.content and _is_whole(occasion.previous):
        return list(occasion.previous.values())
    files = [version]
    for kind in REGION_TYPES:
        files.append((yield from _region_list(occasion, kind)))
    districts = _districts(files[1:])
    for indicator in INDICATORS:
        wording = yield from _file(occasion, f"indicator_{indicator}.json", f"rest/indicator/get/{indicator}")
        files.append(wording)
        files.extend((yield from _values(occasion, indicator, _span(wording, occasion), districts)))
    after = yield from _file(occasion, "version.json", "rest/statistics/version", expect=VERSION_TYPES)
    if after.content != version.content:
        raise SourceUnavailable(
            "Wegweiser Kommune published new data while they were read",
            remedy="Read again; half of the old and half of the new is never used",
        )
    return files


def _is_whole(previous: Mapping[str, Delivery]) -> bool:
    """Whether the last reading holds everything that is asked for today."""
    return all(_name(f"indicator_{indicator}.json") in previous for indicator in INDICATORS)


def _name(file: str) -> str:
    return f"wegweiser/{file}"


def _ask(occasion: Occasion, path: str, query: Mapping[str, str], expect: tuple[str, ...]) -> Asking:
    answer = yield Request(
        url=f"{occasion.base}/{path}",
        query=query,
        headers={"Accept": "application/json"},
        expect=expect,
        conditional=True,
        tolerated=(NOT_FOUND,),
        size_limit=ANSWER_LIMIT,
    )
    if answer is None:
        raise TypeError("a request is answered with an answer, not with a pause")
    return answer


def _file(
    occasion: Occasion,
    file: str,
    path: str,
    query: Mapping[str, str] | None = None,
    expect: tuple[str, ...] = JSON,
) -> Generator[Request | Pause, Answer | None, Delivery]:
    """One answer that must be there."""
    answer = yield from _ask(occasion, path, query or {}, expect)
    if answer.status == NOT_FOUND:
        raise SourceChanged(
            f"Wegweiser Kommune does not know {path}",
            cause="An indicator was renamed or withdrawn, or the interface moved",
            remedy="Look the name up in rest/indicator/list and correct it in sources/wegweiser.py",
        )
    return Delivery(name=_name(file), content=answer.content, url=answer.url)


def _region_list(occasion: Occasion, kind: str) -> Generator[Request | Pause, Answer | None, Delivery]:
    """All regions of one type: `max` grows until the list is shorter than it.

    Raises:
        SourceChanged: `max` is not heeded any more.
    """
    most = FIRST_MAX
    while most <= LAST_MAX:
        delivery = yield from _file(
            occasion, f"regions_{kind}.json", "rest/region/list", {"types": kind, "max": str(most)}
        )
        regions = objects(delivery.name, parsed(delivery.name, delivery.content), "the list of regions")
        if len(regions) < most and len(regions) != DEFAULT_MAX:
            return delivery
        if len(regions) == DEFAULT_MAX:
            break
        most *= 2
    raise SourceChanged(
        f"The list of regions of type {kind} cannot be read to its end",
        cause=f"It holds {len(regions)} entries for max={most}",
        remedy="Compare the parameter max in the documentation of the interface",
    )


def _districts(lists: Sequence[Delivery]) -> Mapping[str, list[str]]:
    """District keys of each Land, from the regions listed."""
    found: dict[str, set[str]] = {land: set() for land in LANDS}
    for delivery in lists:
        for region in objects(delivery.name, parsed(delivery.name, delivery.content), "the list of regions"):
            ars = taken(delivery.name, region, "ars", str)
            if len(ars) >= 5 and ars[:2] in found:  # noqa: PLR2004 - a district key has five digits
                found[ars[:2]].add(ars[:5])
    return {land: sorted(keys) for land, keys in found.items()}


def _span(wording: Delivery, occasion: Occasion) -> str:
    """First to last year of an indicator; projections beyond the last complete year are left out."""
    years = taken(wording.name, parsed(wording.name, wording.content), "years", list)
    measured = [year for year in years if isinstance(year, int) and year <= occasion.reference_year]
    if not measured:
        raise SourceChanged(f"{wording.name}: no year up to {occasion.reference_year} is offered")
    return f"{max(min(measured), EARLIEST_YEAR)}-{max(measured)}"


def _values(
    occasion: Occasion, indicator: str, span: str, districts: Mapping[str, list[str]]
) -> Generator[Request | Pause, Answer | None, list[Delivery]]:
    """The values of one indicator for every level that has any.

    Raises:
        SourceChanged: no level has any, or even one district does not come whole.
    """
    files: list[Delivery] = []
    for place in ("bundeslaender", *LANDS):
        whole = yield from _export(occasion, indicator, place, span)
        if whole is None:
            continue
        if not _is_cut_off(whole):
            files.append(whole)
            continue
        for district in districts.get(place, []):
            part = yield from _export(occasion, indicator, district, span)
            if part is not None:
                files.append(part)
        if not districts.get(place) or any(_is_cut_off(file) for file in files):
            raise SourceChanged(
                f"{indicator}: the values of {place} do not come whole",
                cause=str(_remark(whole)),
                remedy="Ask for fewer years at a time in sources/wegweiser.py",
            )
    if not files:
        raise SourceChanged(f"{indicator}: no level has any value", remedy="Look the indicator up by hand")
    return files


def _export(
    occasion: Occasion, indicator: str, place: str, span: str
) -> Generator[Request | Pause, Answer | None, Delivery | None]:
    """The values of one place, or null where the provider has none at that level (404)."""
    region = f"kommunen-mit-ags-{place}*" if place.isdigit() else place
    path = f"rest/export/{indicator}+{region}+{span}+tabelle.json"
    answer = yield from _ask(occasion, path, {"charset": "UTF-8"}, JSON)
    if answer.status == NOT_FOUND:
        return None
    name = _name(f"export_{indicator}_{place}.json")
    return Delivery(name=name, content=answer.content, url=answer.url)


def _remark(export: Delivery) -> Any:
    value = parsed(export.name, export.content)
    return value.get("remark") if isinstance(value, dict) else None


def _is_cut_off(export: Delivery) -> bool:
    return bool(_remark(export))


SOURCE = Source(
    id="wegweiser",
    title="Wegweiser Kommune: Vergleichszahlen der Bertelsmann Stiftung",
    publisher="Bertelsmann Stiftung",
    licence="dl-de/by-2-0 (so ein Programm, das die Schnittstelle nutzt; ein anderes nennt CC0-1.0)",
    attribution="Bertelsmann Stiftung / www.wegweiser-kommune.de",
    homepage="https://www.wegweiser-kommune.de/",
    tables=("context_series", "context_definition"),
    read=read,
    archive=("wegweiser/*.json",),
    live=dialogue,
    live_base="https://www.wegweiser-kommune.de/data-api",
    licence_in=licence_said,
    rhythm_days=365,
    group="context",
)
