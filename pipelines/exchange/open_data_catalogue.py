"""The catalogue for open data portals: DCAT-AP.de 2.0 as Turtle.

Belongs here: one dataset for everything and one per indicator, with their distributions. Does not belong
here: who publishes (`operator.py`), licences (`licence.py`).

A catalogue must say who publishes, how to reach them, and where files lie. Where that is not set, no
catalogue is written: a made-up publisher would be worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from pipelines.exchange.addresses import File, indicator_files, whole_files
from pipelines.exchange.parts import Exchange
from pipelines.exchange.readme import MONITOR, citation

CATALOGUE = "katalog.ttl"

DCAT_DE = "http://dcat-ap.de/def/"
EU = "http://publications.europa.eu/resource/authority/"
MEDIA = "https://www.iana.org/assignments/media-types/"
FILE_TYPES: Mapping[str, str] = {
    "csv-office": "CSV",
    "csv": "CSV",
    "xlsx": "XLSX",
    "json": "JSON",
    "parquet": "PARQUET",
    "zip": "ZIP",
    "datapackage": "ZIP",
    "sdmx-csv": "CSV",
    "sdmx-ml": "XML",
    "sdmx-structure": "XML",
}
"""Format to its code in the list of file types of the European Union; others are no distribution."""

LEVELS = {"municipality": "municipality", "district": "administrativeDistrict"}
THEMES = ("GOVE", "INTR")
KEYWORDS = ("SDG 17", "Nachhaltigkeitsziele", "Kommunen", "Entwicklungszusammenarbeit", "Partnerschaften")

Sizes = Mapping[str, tuple[int, str]]
"""Path of a file to its size in bytes and its SHA-256."""


def catalogue(exchange: Exchange, sizes: Sizes) -> bytes:
    """The catalogue.

    Args:
        exchange: the published rows; its operator must be known.
        sizes: of the files that exist.

    Raises:
        ValueError: it is not known who publishes.
    """
    if not exchange.operator.known:
        raise ValueError("A catalogue needs publisher_name, publisher_contact, publisher_id, public_address.")
    return _Graph(exchange, sizes).turtle()


class _Graph:
    """A catalogue being made."""

    def __init__(self, exchange: Exchange, sizes: Sizes) -> None:
        from rdflib import Graph, Namespace  # noqa: PLC0415 - only where a catalogue is made
        from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD  # noqa: PLC0415

        self.exchange, self.sizes = exchange, sizes
        self.graph = Graph()
        self.dcat, self.dct, self.foaf, self.rdf, self.xsd = DCAT, DCTERMS, FOAF, RDF, XSD
        self.de, self.vcard = (
            Namespace(DCAT_DE + "dcatde/"),
            Namespace("http://www.w3.org/2006/vcard/ns#"),
        )
        self.spdx = Namespace("http://spdx.org/rdf/terms#")
        for prefix, space in (
            ("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("dcatde", self.de), ("vcard", self.vcard),
            ("spdx", self.spdx),
        ):  # fmt: skip
            self.graph.bind(prefix, space)
        self.site = f"{exchange.operator.address}/"

    def turtle(self) -> bytes:
        """Everything, as text."""
        built = self.exchange.published.release["built_at"][0]
        publisher = self._node(self.site + "#herausgeber", self.foaf.Agent)
        self._add(publisher, self.foaf.name, self._text(str(self.exchange.operator.name)))
        contact = self._node(self.site + "#kontakt", self.vcard.Kind)
        self._add(contact, self.vcard.fn, self._text(str(self.exchange.operator.name)))
        reached = str(self.exchange.operator.contact)
        by = self.vcard.hasEmail if reached.startswith("mailto:") else self.vcard.hasURL
        self._add(contact, by, self._link(reached))
        head = self._node(self.site + "daten/" + CATALOGUE + "#katalog", self.dcat.Catalog)
        self._add(head, self.dct.title, self._text(MONITOR, "de"))
        told = "Indikatoren zum Ziel 17 der Vereinten Nationen für deutsche Kommunen"
        self._add(head, self.dct.description, self._text(told, "de"))
        self._add(head, self.dct.publisher, publisher)
        self._add(head, self.dct.modified, self._moment(built))
        self._add(head, self.foaf.homepage, self._link(self.site))
        published = self.exchange.published
        everything = self._dataset("gesamt", published.observation, whole_files(), built)
        self._titles(
            everything, f"{MONITOR}: alle Indikatoren", "SDG 17 in German municipalities: all indicators",
            f"{told}, mit Status und Grund jedes fehlenden Wertes.",
            "Indicators on Goal 17 for German municipalities, each missing value with its status and reason.",
        )  # fmt: skip
        self._add(everything, self.dcat.landingPage, self._link(self.site))
        self._add(head, self.dcat.dataset, everything)
        for row in published.indicator.sort("number", "label").to_dicts():
            name = row["indicator_id"]
            chosen = published.of_indicator(name)
            if chosen.is_empty():
                continue
            one = self._dataset(name, chosen, indicator_files(name), built)
            self._titles(one, row["name_de"], row["name_en"], row["description_de"], row["description_en"])
            self._add(one, self.dcat.landingPage, self._link(f"{self.site}indikator/{name}/"))
            self._add(head, self.dcat.dataset, one)
        return self.graph.serialize(format="turtle", encoding="utf-8")

    def _titles(self, node: Any, title_de: str, title_en: str, told_de: str, told_en: str) -> None:
        for kind, de, en in ((self.dct.title, title_de, title_en), (self.dct.description, told_de, told_en)):
            self._add(node, kind, self._text(de, "de"))
            self._add(node, kind, self._text(en, "en"))

    def _dataset(self, name: str, rows: pl.DataFrame, files: Iterable[File], built: str) -> Any:
        operator = self.exchange.operator
        node = self._node(f"{self.site}daten/{CATALOGUE}#{name}", self.dcat.Dataset)
        self._add(node, self.dct.publisher, self._link(self.site + "#herausgeber"))
        self._add(node, self.dcat.contactPoint, self._link(self.site + "#kontakt"))
        self._add(node, self.de.contributorID, self._link(f"{DCAT_DE}contributors/{operator.contributor}"))
        self._add(node, self.dct.identifier, self._text(f"{self.site}daten/{CATALOGUE}#{name}"))
        self._add(node, self.dct.modified, self._moment(built))
        self._add(node, self.dct.accrualPeriodicity, self._link(EU + "frequency/IRREG"))
        self._add(node, self.de.qualityProcessURI, self._link(self.site + "qualitaet/"))
        for language in ("DEU", "ENG"):
            self._add(node, self.dct.language, self._link(f"{EU}language/{language}"))
        for theme in THEMES:
            self._add(node, self.dcat.theme, self._link(f"{EU}data-theme/{theme}"))
        for word in KEYWORDS:
            self._add(node, self.dcat.keyword, self._text(word, "de"))
        self._places(node, rows)
        self._years(node, name, rows)
        terms = self.exchange.sources.terms(rows["snapshot_ids"].list.join(" "))
        bundle = self.exchange.bundle(name, tuple(files), terms)
        for file in bundle.files:
            if file.format in FILE_TYPES and file.path in self.sizes:
                self._distribution(node, file, terms.licence.dcat, f"{terms.text} {citation(bundle)}")
        return node

    def _places(self, node: Any, rows: pl.DataFrame) -> None:
        """Levels and Länder the rows cover: those with a value, or all where there is none."""
        valued = rows.filter(pl.col("value").is_not_null())
        covered = rows if valued.is_empty() else valued
        self._add(node, self.dct.spatial, self._link(EU + "country/DEU"))
        for land in sorted(covered["ags"].str.slice(0, 2).unique()):
            place = self._link(f"{DCAT_DE}politicalGeocoding/stateKey/{land}")
            self._add(node, self.de.politicalGeocodingURI, place)
            self._add(node, self.dct.spatial, place)
        levels = {self.exchange.words.units[key]["level"] for key in covered["ags"].unique()}
        for level in sorted(levels & set(LEVELS)):
            name = f"{DCAT_DE}politicalGeocoding/Level/{LEVELS[level]}"
            self._add(node, self.de.politicalGeocodingLevelURI, self._link(name))

    def _years(self, node: Any, name: str, rows: pl.DataFrame) -> None:
        first, last = rows.select(first=pl.col("year").min(), last=pl.col("year").max()).row(0)
        period = self._node(f"{self.site}daten/{CATALOGUE}#{name}-zeitraum", self.dct.PeriodOfTime)
        for kind, day in ((self.dcat.startDate, f"{first}-01-01"), (self.dcat.endDate, f"{last}-12-31")):
            self._add(period, kind, self._literal(day, self.xsd.date))
        self._add(node, self.dct.temporal, period)

    def _distribution(self, dataset: Any, file: File, licence: str, attribution: str) -> None:
        size, digest = self.sizes[file.path]
        address = self.site + file.address
        node = self._node(f"{address}#verteilung", self.dcat.Distribution)
        self._add(dataset, self.dcat.distribution, node)
        for language, label in (("de", file.label.de), ("en", file.label.en)):
            self._add(node, self.dct.title, self._text(label, language))
        self._add(node, self.dcat.accessURL, self._link(address))
        self._add(node, self.dcat.downloadURL, self._link(address))
        self._add(node, self.dct.license, self._link(f"{DCAT_DE}licenses/{licence}"))
        self._add(node, self.de.licenseAttributionByText, self._text(attribution, "de"))
        self._add(node, self.dct["format"], self._link(f"{EU}file-type/{FILE_TYPES[file.format]}"))
        self._add(node, self.dcat.mediaType, self._link(MEDIA + file.media_type.partition(";")[0]))
        self._add(node, self.dcat.byteSize, self._literal(str(size), self.xsd.decimal))
        checksum = self._node(f"{address}#pruefsumme", self.spdx.Checksum)
        self._add(checksum, self.spdx.algorithm, self.spdx.checksumAlgorithm_sha256)
        self._add(checksum, self.spdx.checksumValue, self._literal(digest, self.xsd.hexBinary))
        self._add(node, self.spdx.checksum, checksum)

    def _add(self, node: Any, kind: Any, value: Any) -> None:
        self.graph.add((node, kind, value))

    def _node(self, address: str, kind: Any) -> Any:
        node = self._link(address)
        self._add(node, self.rdf.type, kind)
        return node

    def _link(self, address: str) -> Any:
        from rdflib import URIRef  # noqa: PLC0415

        return URIRef(address)

    def _text(self, text: str, language: str | None = None) -> Any:
        from rdflib import Literal  # noqa: PLC0415

        return Literal(text, lang=language)

    def _literal(self, text: str, kind: Any) -> Any:
        from rdflib import Literal  # noqa: PLC0415

        return Literal(text, datatype=kind)

    def _moment(self, text: str) -> Any:
        return self._literal(text, self.xsd.dateTime)
