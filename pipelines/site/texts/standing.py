"""Texts around the pages of standing text: names in the footer, list of sources, contact."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "footer_label": Text(de="Über diese Seiten", en="About these pages"),
    "page_methode": Text(de="Methode", en="Method"),
    "page_lizenz": Text(de="Lizenz", en="Licence"),
    "page_barrierefreiheit": Text(de="Barrierefreiheit", en="Accessibility"),
    "page_datenschutz": Text(de="Datenschutz", en="Privacy"),
    "page_kontakt": Text(de="Kontakt und Korrekturen", en="Contact and corrections"),
    "attributions": Text(de="Quellenvermerke", en="Attributions"),
    "attributions_note": Text(
        de="Nennen Sie die Quellen der Angaben, die Sie übernehmen. Alle Quellen mit Lizenz und Vermerk:",
        en="Name the sources of the figures you take over. All sources with licence and attribution:",
    ),
    "contact_address": Text(de="Adresse", en="Address"),
    "no_contact": Text(
        de="Für diese Veröffentlichung ist noch keine Kontaktadresse eingetragen.",
        en="No contact address has been entered for this release yet.",
    ),
}
