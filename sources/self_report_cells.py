"""Single cells of a returned form: from text to value, or to a sentence that says what is wrong.

Belongs here: one method per column of the form. Does not belong here: rules between rows
(`self_report_check.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sources.self_report_file import CELL_LIMIT
from sources.self_report_form import BY_MERKMAL, GROSS_NET, PHASES, STATUSES
from sources.self_report_item import DECIMALS, UNIT_NAMES, FormItem
from sources.self_report_outcome import Problem
from sources.self_report_writing import (
    ADDRESS_LIMIT,
    day_of,
    is_web_address,
    key_complaint,
    not_a_number,
    office_complaint,
)

FIRST_YEAR = 2000
IN_THOUSANDS = ("teur", "t€", "tsd. eur", "tsd. €", "tsd.eur", "mio. eur", "mio. €", "mio", "tsd")
EURO_WORDS = ("eur", "euro", "€")


@dataclass(kw_only=True)
class Cells:
    """The cells of one row; each method returns a value and notes what it finds wrong."""

    cells: Mapping[str, str]
    ags: str
    received: date
    problems: list[Problem] = field(default_factory=list)

    def _wrong(self, column: str, problem: str, remedy: str) -> None:
        self.problems.append(Problem(field=column, problem=problem, remedy=remedy))

    def check_key(self) -> None:
        """The key, which must be the one the file belongs to, in all its digits."""
        problem = key_complaint(self.cells["ags"].replace(" ", ""), self.ags)
        if problem is not None:
            self._wrong(
                "ags",
                problem,
                f"Bitte die Spalte als Text formatieren und {self.ags} mit allen Ziffern eintragen.",
            )

    def check_form(self) -> None:
        """Cells that are too long, and cells beyond the last column."""
        for column, text in self.cells.items():
            if len(text) > CELL_LIMIT:
                self._wrong(
                    column if column != "surplus" else "Zeile",
                    f"Die Zelle ist länger als {CELL_LIMIT} Zeichen.",
                    "Bitte kürzen; vermutlich ist ein Anführungszeichen nicht geschlossen.",
                )
        if "surplus" in self.cells:
            self._wrong(
                "Zeile",
                "Die Zeile hat mehr Zellen als das Formular Spalten.",
                "Bitte überzählige Trennzeichen entfernen oder den Text in Anführungszeichen setzen.",
            )

    def item(self) -> FormItem | None:
        """What is reported."""
        found = BY_MERKMAL.get(self.cells["merkmal"].lower())
        if found is None:
            missing = not self.cells["merkmal"]
            problem = "Das Merkmal fehlt." if missing else "Dieses Merkmal gibt es im Formular nicht."
            self._wrong("merkmal", problem, "Bitte die Bezeichnung aus dem leeren Formular übernehmen.")
        return found

    def year(self, item: FormItem | None) -> int | None:
        """A whole year that has ended; a plan may be for the next one."""
        text = self.cells["jahr"]
        if not re.fullmatch(r"[0-9]{4}", text):
            damaged = bool(re.search(r"[0-9]{4}", text))
            self._wrong(
                "jahr",
                "Das ist keine Jahreszahl." if text else "Das Jahr fehlt.",
                "Bitte die Spalte als Text formatieren und nur das Jahr eintragen, zum Beispiel 2024."
                if damaged
                else "Bitte vier Ziffern eintragen, zum Beispiel 2024.",
            )
            return None
        year = int(text)
        is_plan = item is not None and bool(item.phases) and self.cells["phase"].lower() == "plan"
        last = self.received.year + 1 if is_plan else self.received.year - 1
        if not FIRST_YEAR <= year <= last:
            self._wrong(
                "jahr",
                f"Für das Jahr {year} kann nichts gemeldet werden."
                + (" Es ist noch nicht zu Ende." if last < year <= self.received.year else ""),
                f"Möglich sind die Jahre {FIRST_YEAR} bis {last}.",
            )
            return None
        return year

    def status(self) -> str | None:
        """One of the four words of the form."""
        text = self.cells["status"].lower().replace("ä", "ae")
        if text in STATUSES:
            return text
        self._wrong(
            "status",
            "Dieser Status ist nicht vorgesehen." if text else "Der Status fehlt.",
            f"Bitte eines der Wörter eintragen: {', '.join(STATUSES)}.",
        )
        return None

    def value(self, item: FormItem | None, status: str | None) -> float | None:
        """The number reported; null where the status says there is none."""
        text = self.cells["wert"]
        if status is None or item is None:
            return None
        if status != "gemeldet":
            allowed = ("", "0", "0,0", "0,00") if status == "bestaetigt_null" else ("",)
            if text not in allowed:
                self._wrong(
                    "wert",
                    f"Zum Status {status} gehört kein Wert.",
                    "Bitte den Wert leeren, oder als Status gemeldet eintragen.",
                )
            return 0.0 if status == "bestaetigt_null" else None
        return self._number(text, item)

    def _number(self, text: str, item: FormItem) -> float | None:
        complaint = not_a_number(text)
        if complaint is not None:
            self._wrong("wert", *complaint)
            return None
        whole, _, decimals = text.replace(".", "").partition(",")
        number = float(f"{whole}.{decimals or 0}")
        places = DECIMALS.get(item.unit, 0)
        if len(decimals.rstrip("0")) > places:
            self._wrong(
                "wert",
                f"Die Einheit {item.unit_name} hat {places} Nachkommastellen." if places else
                f"Die Einheit {item.unit_name} kennt nur ganze Zahlen.",
                "Bitte runden oder den Wert prüfen.",
            )  # fmt: skip
        elif not item.minimum <= number <= item.maximum or not math.isfinite(number):
            self._wrong(
                "wert",
                f"Der Wert liegt nicht zwischen {item.minimum:.0f} und {item.maximum:.0f}.",
                item.explanation or "Bitte den Wert und seine Einheit prüfen.",
            )
        return number

    def unit(self, item: FormItem | None) -> None:
        """The unit, which the form prints: another one is a misunderstanding about the value."""
        if item is None:
            return
        text = self.cells["einheit"]
        if text.lower() == item.unit_name.lower() or (item.unit == "EUR" and text.lower() in EURO_WORDS):
            return
        thousands = text.lower() in IN_THOUSANDS
        self._wrong(
            "einheit",
            f"Die Einheit dieses Merkmals ist {item.unit_name}.",
            "Bitte den Betrag in ganzen Euro angeben, nicht in Tausend oder Millionen."
            if thousands
            else f"Bitte {UNIT_NAMES[item.unit]} eintragen und den Wert prüfen.",
        )

    def phase(self, item: FormItem | None) -> str:
        """plan or ist for money; nothing for everything else."""
        text = self.cells["phase"].lower()
        if item is None:
            return "none"
        if item.phases and text not in item.phases:
            self._wrong(
                "phase", "Bei Beträgen muss die Phase plan oder ist sein.", "Bitte plan oder ist eintragen."
            )
        elif not item.phases and text not in {"", "ist"}:
            self._wrong("phase", "Dieses Merkmal hat keine Phase.", "Bitte die Zelle leeren.")
        return PHASES.get(text, "none") if item.phases else "none"

    def gross_net(self, item: FormItem | None) -> str | None:
        """Money is reported gross: before grants received are deducted."""
        text = self.cells["brutto_netto"].lower()
        if item is None:
            return None
        if item.gross and text != "brutto":
            self._wrong(
                "brutto_netto",
                "Der Betrag muss brutto gemeldet werden.",
                "Bitte den Betrag vor Abzug von Zuwendungen angeben und brutto eintragen.",
            )
        elif not item.gross and text:
            self._wrong("brutto_netto", "Dieses Merkmal ist kein Betrag.", "Bitte die Zelle leeren.")
        return GROSS_NET.get(text) if item.gross else None

    def evidence(self, item: FormItem | None, value: float | None) -> str | None:
        """The address of the evidence; some answers need one."""
        text = self.cells["beleg_url"]
        if not text:
            if item is not None and item.needs_evidence and value:
                self._wrong(
                    "beleg_url",
                    "Zu dieser Angabe gehört ein Beleg.",
                    "Bitte die Internetadresse des Beschlusses oder der Veröffentlichung eintragen.",
                )
            return None
        if not is_web_address(text):
            self._wrong(
                "beleg_url",
                "Das ist keine Internetadresse.",
                f"Bitte eine Adresse eintragen, die mit https:// beginnt, höchstens {ADDRESS_LIMIT} Zeichen.",
            )
        return text

    def reported_on(self) -> date | None:
        """The day of the statement, not later than the file."""
        text = self.cells["gemeldet_am"]
        found = day_of(text)
        if found is None:
            self._wrong(
                "gemeldet_am",
                "Das ist kein Datum." if text else "Das Datum der Meldung fehlt.",
                "Bitte das Datum als TT.MM.JJJJ oder JJJJ-MM-TT eintragen.",
            )
        elif found > self.received or found.year < FIRST_YEAR:
            self._wrong(
                "gemeldet_am", "Das Datum liegt nach dem Eingang der Datei oder vor dem Jahr 2000.",
                "Bitte das Datum der Meldung prüfen.",
            )  # fmt: skip
            return None
        return found

    def office(self) -> str:
        """The office that reports; no persons."""
        text = " ".join(self.cells["melder_stelle"].split())
        if not text:
            self._wrong(
                "melder_stelle", "Die meldende Stelle fehlt.", "Bitte das Amt oder Referat eintragen."
            )
            return text
        complaint = office_complaint(text)
        if complaint is not None:
            self._wrong("melder_stelle", *complaint)
        return text
