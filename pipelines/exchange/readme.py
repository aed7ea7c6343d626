"""LIESMICH.txt: what lies beside it, what the columns mean, under which licence, how to cite.

Belongs here: the text. Does not belong here: what is in the files, or the licence rule (`licence.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.exchange.addresses import File
from pipelines.exchange.columns import COLUMNS
from pipelines.exchange.licence import CHANGED, Terms
from quality.status import OBS_STATUS

MONITOR = "SDG 17 Kommunalmonitor"

_FORMS = """\
FORMEN
*.csv        für Tabellenprogramme: UTF-8 mit BOM, Semikolon, Dezimalkomma, Zeilenende CRLF. Text, der mit
             = + - @, Tabulator oder Wagenrücklauf beginnt, trägt vorn ein Hochkomma ('), damit kein
             Programm ihn als Formel ausführt; sonst ist nichts verändert.
*_plain.csv  für Programme: UTF-8, Komma, Dezimalpunkt, Zeilenende LF, Texte unverändert.
*.xlsx       Zahlen als Zahlen, Schlüssel als Text, Blatt „Hinweise“.
*.json       Schema: api/v1/schema/unit.json und indicator.json
*.parquet    typisiert, dieselben Spalten.
datapackage.json (bei Indikatoren) beschreibt Dateien, Spalten und Schlüssel für Programme (Frictionless).
Schlüssel sind Text: 05334002, nicht 5334002. Beim Öffnen der CSV in einem Tabellenprogramm die Spalte ags
als Text einlesen, oder die Arbeitsmappe nehmen. Eine Arbeitsmappe liegt nicht bei, wo nur die
Datenverfügbarkeit bekannt ist, und nicht für Länder und das Ganze. Jede andere macht der Befehl
  sdg17 export SCHLÜSSEL --format xlsx
Planzahlen sind nicht enthalten; sie stehen in der Datenbank (observation_plan) und im SDMX-Datensatz (PHASE)."""


_KEY = "<Schlüssel>"
NOTHING = f"Gebietseinheit {_KEY}, von der nur die Datenverfügbarkeit bekannt ist"
"""Title for units of which nothing else is known: they share one LIESMICH where they share their sources."""

_SHARED = f"{_KEY} steht für die Ziffern im Namen der Dateien: dieser Text gilt für viele Gebietseinheiten."


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """What a LIESMICH is about."""

    title: str
    files: Sequence[File]
    terms: Terms
    release_id: str
    """The release in which these rows last changed."""
    operator: str | None = None
    """Name of the publisher, where one is set."""
    address: str | None = None
    """Public address of the site, where one is set."""


def nameless(files: Sequence[File], key: str) -> tuple[File, ...]:
    """Files of a unit as the shared LIESMICH lists them."""
    return tuple(replace(file, path=file.path.replace(key, _KEY)) for file in files)


def citation(bundle: Bundle) -> str:
    """How to cite the rows."""
    publisher = f"{bundle.operator}: " if bundle.operator else ""
    place = f" {bundle.address}." if bundle.address else ""
    return f"{publisher}{MONITOR}. {bundle.title}. Veröffentlichung {bundle.release_id}.{place}"


def notes(bundle: Bundle) -> list[str]:
    """The lines that stand on the notes sheet of a workbook as well."""
    licence = bundle.terms.licence
    return [
        f"{MONITOR}: {bundle.title}",
        *([_SHARED] if bundle.title == NOTHING else []),
        f"Zahlen unverändert seit Veröffentlichung {bundle.release_id}.",
        "",
        f"LIZENZ\n{licence.name.de} ({licence.id}), {licence.address}",
        "",
        "QUELLENVERMERK\n" + "\n".join(f"- {each}" for each in bundle.terms.attributions) + f"\n{CHANGED}",
        "",
        f"ZITIEREN\n{citation(bundle)}",
        "",
        "EIN LEERER WERT IST KEINE NULL. Status und Grund stehen daneben.",
        "STATUS (obs_status)\n" + "\n".join(f"{code}  {text.de}" for code, text in OBS_STATUS.items()),
        "",
        "SPALTEN\n" + "\n".join(f"{name:<19}{meaning.de}" for name, (_, meaning) in COLUMNS.items()),
    ]


def readme(bundle: Bundle) -> bytes:
    """The whole file: UTF-8 with byte order mark and Windows line ends, as the office form."""
    listed = "DATEIEN\n" + "\n".join(f"{f.path.rpartition('/')[2]:<22}{f.label.de}" for f in bundle.files)
    text = "\n".join([*notes(bundle), "", listed, "", _FORMS, ""])
    return ("\ufeff" + text).replace("\n", "\r\n").encode()
