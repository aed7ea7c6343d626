"""Activities of an IATI file (1.0x and 2.0x), one at a time.

Belongs here: the elements of the standard in both generations, refusing unsafe XML. Does not belong
here: what an activity means for a German municipality (`sources/iati.py`).

In 2.0x texts stand in `narrative` elements and codes are numbers; in 1.0x texts stand in the element
itself and codes are letters. Money is whole cents. An activity without identifier, and a value that
is no number, are reported and not counted.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from sources.source import Raw, SourceChanged

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
COMMITMENT, DISBURSEMENT = ("C", "2"), ("D", "3")
STARTS = ("start-actual", "2", "start-planned", "1")
"""Types of activity-date that say when it starts, the best first."""
TOTAL = "total amount"
"""How BMZ describes a disbursement that is the sum of others of the same day."""
TEXT_LIMIT = 10_000


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """An organisation taking part, with its type by the code list OrganisationType."""

    name: str
    type_code: str


@dataclass(frozen=True, kw_only=True)
class Activity:
    """What is read of an activity; sums are null where currencies are mixed."""

    identifier: str
    number: int
    title: str
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    countries: tuple[str, ...]
    year: int | None
    commitments_cents: int | None
    disbursements_cents: int | None
    currency: str | None
    transactions: int
    unreadable: tuple[str, ...]
    """Values of transactions that are no numbers, as written."""


def activities(raw: Raw) -> Iterator[Activity]:
    """Every activity of a file, in its order; memory holds one at a time.

    Raises:
        SourceChanged: no XML, cut off, with a document type or entities, or no IATI file.
    """
    number = 0
    try:
        for _, element in iterparse(io.BytesIO(raw.unpacked()), events=("end",), forbid_dtd=True):
            if element.tag == "iati-activity":
                number += 1
                yield _activity(element, number)
                element.clear()
    except DefusedXmlException as error:
        raise SourceChanged(
            f"{raw.name} declares a document type or entities ({type(error).__name__}) and is refused: "
            "it is a web page or an attack, no IATI file."
        ) from error
    except ParseError as error:
        raise SourceChanged(f"{raw.name} is no complete XML file ({error}). Fetch it again.") from error
    if not number:
        raise SourceChanged(f"{raw.name} holds no iati-activity; it is no IATI activity file.")


def _activity(element: Element, number: int) -> Activity:
    money, currencies, unreadable = _sums(element)
    currency = next(iter(currencies)) if len(currencies) == 1 else None
    titles = _texts(element.findall("title"))
    return Activity(
        identifier=" ".join((element.findtext("iati-identifier") or "").split()),
        number=number,
        title=titles[0] if titles else "",
        titles=titles,
        descriptions=_texts(element.findall("description")),
        organisations=tuple(
            Organisation(name=name, type_code=each.get("type", ""))
            for each in element.findall("participating-org")
            for name in _texts([each])
        ),
        countries=tuple(
            sorted({each.get("code", "") for each in element.findall("recipient-country")} - {""})
        ),
        year=_year(element),
        commitments_cents=money[COMMITMENT] if currency else None,
        disbursements_cents=money[DISBURSEMENT] if currency else None,
        currency=currency,
        transactions=len(element.findall("transaction")),
        unreadable=unreadable,
    )


def _texts(elements: list[Element]) -> tuple[str, ...]:
    """Texts of elements, German ones first; both generations of the standard."""
    found: list[tuple[str, str]] = []
    for element in elements:
        for part in element.findall("narrative") or [element]:
            text = " ".join((part.text or "").split())[:TEXT_LIMIT]
            if text:
                found.append((part.get(LANGUAGE, ""), text))
    return tuple(text for _, text in sorted(found, key=lambda pair: pair[0] != "de"))


def _year(element: Element) -> int | None:
    dates = {each.get("type"): each.get("iso-date", "") for each in element.findall("activity-date")}
    text = next((dates[kind] for kind in STARTS if dates.get(kind)), "")
    return int(text[:4]) if text[:4].isascii() and text[:4].isdigit() else None


def _sums(element: Element) -> tuple[dict[tuple[str, str], int], set[str], tuple[str, ...]]:
    """Sums by side; where a day has a total beside its parts, only the total counts."""
    parts: dict[tuple[tuple[str, str], str], list[tuple[bool, int]]] = {}
    currencies: set[str] = set()
    unreadable: list[str] = []
    for transaction in element.findall("transaction"):
        kind, value = transaction.find("transaction-type"), transaction.find("value")
        code = "" if kind is None else kind.get("code", "")
        side = next((codes for codes in (COMMITMENT, DISBURSEMENT) if code in codes), None)
        if side is None or value is None:
            continue
        cents = _cents(value.text or "")
        if cents is None:
            unreadable.append((value.text or "")[:80])
            continue
        day = transaction.find("transaction-date")
        is_total = any(text.casefold() == TOTAL for text in _texts(transaction.findall("description")))
        parts.setdefault((side, "" if day is None else day.get("iso-date", "")), []).append((is_total, cents))
        currencies.add(value.get("currency") or element.get("default-currency") or "")
    money = {COMMITMENT: 0, DISBURSEMENT: 0}
    for (side, _), amounts in parts.items():
        has_total = any(is_total for is_total, _ in amounts)
        money[side] += sum(cents for is_total, cents in amounts if is_total or not has_total)
    return money, currencies - {""}, tuple(unreadable)


def _cents(text: str) -> int | None:
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        return None
    return int((amount * 100).to_integral_value()) if amount.is_finite() else None
