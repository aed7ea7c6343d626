"""The columns of every download: those of `observation`, the names behind its keys, and the reason in words.

Belongs here: order, type and meaning of the columns. Does not belong here: making the rows
(`rows.py`) or writing them in a form (`delimited.py`, `workbook.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from quality.status import Text

Kind = Literal["text", "integer", "number", "date"]

COLUMNS: Mapping[str, tuple[Kind, Text]] = {
    "indicator_id": ("text", Text(de="Kennung des Indikators", en="Identifier of the indicator")),
    "indicator_name": ("text", Text(de="Name des Indikators", en="Name of the indicator, German")),
    "ags": (
        "text",
        Text(
            de="Amtlicher Schlüssel der Gebietseinheit als Text: Gemeinde 8 Ziffern, Kreis 5, Land 2",
            en="Official key of the unit, as text: municipality 8 digits, district 5, Land 2",
        ),
    ),
    "unit_name": ("text", Text(de="Name der Gebietseinheit", en="Name of the unit")),
    "level": (
        "text",
        Text(
            de="Ebene: municipality Gemeinde, district Kreis, association Gemeindeverband, land Land",
            en="Level: municipality, district, association, land",
        ),
    ),
    "district": ("text", Text(de="Schlüssel des Kreises", en="Key of the district")),
    "land": ("text", Text(de="Schlüssel des Landes", en="Key of the Land")),
    "year": ("integer", Text(de="Berichtsjahr", en="Reference year")),
    "value": (
        "number",
        Text(
            de="Wert in der Maßeinheit, ungerundet; leer heißt: es gibt keinen Wert, nicht null",
            en="Value in the unit of measure, unrounded; empty means there is none, not zero",
        ),
    ),
    "unit_of_measure": ("text", Text(de="Maßeinheit", en="Unit of measure, German")),
    "obs_status": (
        "text",
        Text(de="Status nach CL_OBS_STATUS, Liste unten", en="Status by CL_OBS_STATUS, see the list"),
    ),
    "status_text": ("text", Text(de="Status in Worten", en="Status in words, German")),
    "conf_status": (
        "text",
        Text(
            de="Geheimhaltung: F frei, C vertraulich (wenige Personen), D zurückgehalten, damit Vertrauliches nicht errechnet werden kann, N nicht zur Veröffentlichung",
            en="Confidentiality: F free, C confidential (few persons), D withheld so that confidential values cannot be computed, N not for publication",
        ),
    ),
    "reason": ("text", Text(de="Grund des Status als Kennung", en="Reason code of the status")),
    "reason_text": ("text", Text(de="Grund in Worten", en="Reason in words, German")),
    "further_reasons": (
        "text",
        Text(de="Weitere Gründe als Kennungen, mit Komma getrennt", en="Further reason codes"),
    ),
    "note": (
        "text",
        Text(de="Was zum Lesen des Werts noch nötig ist", en="What else must be known to read the value"),
    ),
    "definition_version": ("text", Text(de="Fassung der Definition", en="Version of the definition")),
    "denominator_id": (
        "text",
        Text(
            de="Bevölkerung, auf die sich der Wert bezieht: Stichtag und Zensus",
            en="Population the value is related to: date and census base",
        ),
    ),
    "territory_date": (
        "date",
        Text(de="Gebietsstand der Einheit (JJJJ-MM-TT)", en="Territorial status of the unit"),
    ),
    "source_files": (
        "text",
        Text(
            de="Dateien, auf denen der Wert beruht, als Quelle/Name, durch Leerzeichen getrennt; gesamt/dateien.csv nennt zu jeder Prüfsumme (SHA-256) und Tag des Abrufs",
            en="Files the value rests on as source/name, separated by blanks; gesamt/dateien.csv has checksum (SHA-256) and day of retrieval of each",
        ),
    ),
}
"""Name to kind and meaning, in published order."""

GUARDED = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet read text as a formula."""

FOLLOWS: Mapping[str, str] = {
    "indicator_name": "indicator_id",
    "unit_of_measure": "indicator_id",
    "unit_name": "ags",
    "level": "ags",
    "district": "ags",
    "land": "ags",
    "status_text": "obs_status",
    "reason_text": "reason",
}
"""Columns that say in words, or of the unit, what another column of the row decides."""
