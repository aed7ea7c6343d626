"""The crosswalk: which framework an indicator leans on, under which code and goal.

Belongs here: the frameworks and the form of one reference. Does not belong here: which indicator
refers to which (`indicators/catalogue/`, each in its own file).

No definition is taken over word for word: the fact sheets behind the names are not all public. So
every reference says "in Anlehnung an" and never "gemäß", and every observation carries the version
of our own definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from quality.status import Text

Framework = Literal[
    "sdg_municipalities",
    "un",
    "dns",
    "portal",
    "oecd",
    "skew_report",
    "model_resolution",
    "dlt_circular",
    "council_paper",
    "compass",
    "giz",
]

FRAMEWORKS: Mapping[Framework, Text] = {
    "sdg_municipalities": Text(
        de="SDG-Indikatoren für Kommunen", en="SDG-Indikatoren für Kommunen (Bertelsmann Stiftung and others)"
    ),
    "un": Text(
        de="Globaler Indikatorenrahmen der Vereinten Nationen",
        en="Global indicator framework of the United Nations",
    ),
    "dns": Text(de="Deutsche Nachhaltigkeitsstrategie", en="German Sustainable Development Strategy"),
    "portal": Text(
        de="SDG-Portal und INKAR, SDG-Indikatoren für Kommunen",
        en="SDG portal and INKAR, SDG indicators for municipalities",
    ),
    "oecd": Text(
        de="OECD, dezentrale Entwicklungszusammenarbeit", en="OECD, decentralised development co-operation"
    ),
    "skew_report": Text(
        de="SKEW, Migration und Entwicklung auf kommunaler Ebene (2020)",
        en="SKEW, migration and development at municipal level (2020)",
    ),
    "model_resolution": Text(
        de="SKEW und Deutscher Städtetag, Musterresolution 2030-Agenda",
        en="SKEW and Deutscher Städtetag, model resolution on the 2030 Agenda",
    ),
    "dlt_circular": Text(
        de="Deutscher Landkreistag, Rundschreiben 380/2018", en="Deutscher Landkreistag, circular 380/2018"
    ),
    "council_paper": Text(
        de="Stadt Aachen, Ratsvorlage FB 01/0674/WP18", en="City of Aachen, council paper FB 01/0674/WP18"
    ),
    "compass": Text(de="Kompass Nachhaltigkeit", en="Kompass Nachhaltigkeit"),
    "giz": Text(
        de="GIZ, Fachkräfte für kommunale Partnerschaften weltweit",
        en="GIZ, experts for municipal partnerships worldwide",
    ),
}
"""Framework to its title."""

RELATION = Text(de="in Anlehnung an", en="modelled on")
"""How every definition stands to the framework it names."""

ANALOGUE = Text(de="kommunale Entsprechung", en="municipal analogue")
"""Note on a national or global indicator whose idea is carried over to municipalities."""


@dataclass(frozen=True, kw_only=True)
class Standard:
    """One reference to a framework.

    `code` is the framework's own number, where it has one; `goal` the SDG under which the framework
    really files the indicator (null where it files under none); `title` stands as printed there, in
    the framework's language (null where the document has no title for it); `note` says what is
    taken from there or what differs.
    """

    framework: Framework
    title: str | None = None
    code: str | None = None
    goal: int | None = None
    note: Text | None = None

    def line(self) -> Text:
        """The reference as one line of text."""
        framework = FRAMEWORKS[self.framework]
        note = self.note or Text(de="", en="")
        return Text(
            de=self._line(RELATION.de, framework.de, note.de),
            en=self._line(RELATION.en, framework.en, note.en),
        )

    def _line(self, relation: str, framework: str, note: str) -> str:
        where = f"{relation} {framework}" + (f" {self.code}" if self.code else "")
        filed = f" (SDG {self.goal})" if self.goal else ""
        said = "; ".join(filter(None, [self.title, note]))
        return f"{where}{filed}: {said}" if said else f"{where}{filed}"
