"""Which files stand under which address: what pages link and the writer writes, said once.

Belongs here: names of folders and files, formats, media types. Does not belong here: the contents.

Pure, and cheap to import: pages ask `files_of`, `indicator_files` and `whole_files` for their links.
"""

from __future__ import annotations

from dataclasses import dataclass

from quality.status import Text

FOLDERS = {
    "municipality": "gemeinde",
    "district": "kreis",
    "land": "land",
    "association": "verband",
}
"""Level to the folder of its units; the words of the page addresses."""

README = "LIESMICH.txt"
DESCRIPTOR = "datapackage.json"
API = "api/v1"
LINK = "daten"
"""Name under which the site leads to the exchange."""


@dataclass(frozen=True, kw_only=True)
class File:
    """One file to download."""

    path: str
    """Relative to the exchange folder, as in gemeinde/05334002/05334002.csv."""
    format: str
    """Short name of the format, as the command `sdg17 export` calls it."""
    media_type: str
    label: Text

    @property
    def address(self) -> str:
        """Relative to the root of the site."""
        return f"{LINK}/{self.path}"


FORMATS = {
    "csv-office": (
        "text/csv",
        Text(de="CSV für Tabellenprogramme (Semikolon, Dezimalkomma)", en="CSV for German spreadsheets"),
    ),
    "csv": ("text/csv", Text(de="CSV für Programme (Komma, Dezimalpunkt)", en="CSV for programs")),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Text(de="Excel-Arbeitsmappe", en="Excel workbook"),
    ),
    "json": ("application/json", Text(de="JSON", en="JSON")),
    "parquet": ("application/vnd.apache.parquet", Text(de="Parquet", en="Parquet")),
    "zip": (
        "application/zip",
        Text(de="ZIP mit CSV in beiden Formen", en="ZIP with CSV in both forms"),
    ),
    "datapackage": (
        "application/zip",
        Text(de="Datenpaket (Frictionless) als ZIP", en="Data package (Frictionless) as ZIP"),
    ),
    "duckdb": (
        "application/vnd.duckdb",
        Text(de="Datenbank mit allen Tabellen (DuckDB)", en="Database with all tables (DuckDB)"),
    ),
    "sdmx-csv": (
        "application/vnd.sdmx.data+csv;version=2.0.0",
        Text(de="SDMX-CSV 2.0", en="SDMX-CSV 2.0"),
    ),
    "sdmx-ml": (
        "application/vnd.sdmx.data+xml;version=3.0.0",
        Text(de="SDMX-ML 3.0, nur Zeilen mit Wert", en="SDMX-ML 3.0, rows with a value only"),
    ),
    "sdmx-structure": (
        "application/vnd.sdmx.structure+xml;version=3.0.0",
        Text(de="SDMX-ML 3.0: Struktur und Codelisten", en="SDMX-ML 3.0: structure and code lists"),
    ),
    "files": (
        "text/csv",
        Text(
            de="Gelesene Dateien mit Prüfsumme und Tag des Abrufs (CSV)",
            en="Files read, with checksum and day of retrieval (CSV)",
        ),
    ),
    "descriptor": (
        "application/json",
        Text(
            de="Beschreibung von Dateien und Spalten (Frictionless)",
            en="Description of files and columns (Frictionless)",
        ),
    ),
    "readme": ("text/plain", Text(de="Liesmich: Spalten, Lizenz, Quellen", en="Readme, German")),
}
"""Format to media type and label."""


def file(path: str, format_: str) -> File:
    """A file in a known format."""
    media_type, label = FORMATS[format_]
    return File(path=path, format=format_, media_type=media_type, label=label)


FILES = file("gesamt/dateien.csv", "files")
"""The table of files that all downloads share."""


def folder_of(key: str, level: str) -> str:
    """Folder of a unit, as in gemeinde/05334002.

    Raises:
        KeyError: the level has no downloads (Germany as a whole).
    """
    return f"{FOLDERS[level]}/{key}"


def api_unit(key: str, level: str) -> str:
    """Path of a unit in the interface."""
    return f"{API}/{folder_of(key, level)}.json"


def api_indicator(indicator_id: str) -> str:
    """Path of an indicator in the interface."""
    return f"{API}/indikator/{indicator_id}.json"


def files_of(key: str, level: str, *, observed: bool, content: bool) -> tuple[File, ...]:
    """Files to download for a unit.

    Args:
        key: of the unit.
        level: municipality, district, land, association.
        observed: whether the release has any row of `observation` on the unit; without one there is
            nothing to download. A Land has the files of all its units where one of them has a row.
        content: whether there is a value of any indicator outside the family `data`. Without one there are
            no workbook and no Parquet file (`sdg17 export KEY --format xlsx` makes them).
    """
    if not observed:
        return ()
    stem = f"{folder_of(key, level)}/{key}"
    if level == "land":
        return (file(f"{stem}.zip", "zip"), file(f"{stem}.parquet", "parquet"), _readme(stem))
    many = (file(f"{stem}.xlsx", "xlsx"), file(f"{stem}.parquet", "parquet")) if content else ()
    return (
        file(f"{stem}.csv", "csv-office"),
        file(f"{stem}_plain.csv", "csv"),
        file(f"{stem}.json", "json"),
        *many,
        _readme(stem),
    )


def land_files(land: str) -> tuple[File, ...]:
    """Files of all units of a Land at once."""
    return files_of(land, "land", observed=True, content=True)


def indicator_files(indicator_id: str) -> tuple[File, ...]:
    """Files to download for an indicator that has observations."""
    stem = f"indikator/{indicator_id}/{indicator_id}"
    return (
        file(f"{stem}.csv", "csv-office"),
        file(f"{stem}_plain.csv", "csv"),
        file(f"{stem}.json", "json"),
        file(f"{stem}.xlsx", "xlsx"),
        file(f"{stem}.parquet", "parquet"),
        file(f"indikator/{indicator_id}/{DESCRIPTOR}", "descriptor"),
        _readme(stem),
    )


def whole_files() -> tuple[File, ...]:
    """Files to download for everything."""
    return (
        file("gesamt/sdg17.zip", "zip"),
        file("gesamt/sdg17.parquet", "parquet"),
        file("gesamt/datenpaket.zip", "datapackage"),
        file("gesamt/sdg17.duckdb", "duckdb"),
        FILES,
        file("sdmx/daten.csv", "sdmx-csv"),
        file("sdmx/daten.xml", "sdmx-ml"),
        file("sdmx/struktur.xml", "sdmx-structure"),
        _readme("gesamt/sdg17"),
    )


def _readme(stem: str) -> File:
    return file(f"{stem.rpartition('/')[0]}/{README}", "readme")
