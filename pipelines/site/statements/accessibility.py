"""Draft of the accessibility statement: what was tested, and what was not."""

from __future__ import annotations

from pipelines.site.statement import Section, Statement
from quality.status import Text

STATEMENT = Statement(
    address="barrierefreiheit",
    title=Text(de="Erklärung zur Barrierefreiheit (Entwurf)", en="Accessibility statement (draft)"),
    lead=Text(
        de="Diese Seiten sollen ohne Barrieren zugänglich sein, nach der Barrierefreie-Informationstechnik-Verordnung (BITV 2.0) und der Norm EN 301 549.",
        en="These pages are meant to be accessible, following the German accessibility regulation (BITV 2.0) and the standard EN 301 549.",
    ),
    sections=(
        Section(
            heading=Text(de="Stand", en="State"),
            paragraphs=(
                Text(
                    de="Dies ist ein Entwurf. Die Stelle, die diese Seiten betreibt, ergänzt Datum, Kontakt und die zuständige Schlichtungsstelle und bestätigt ihn nach einer Prüfung durch Menschen.",
                    en="This is a draft. The body that operates these pages adds date, contact and the arbitration body in charge, and confirms it after a test by people.",
                ),
            ),
        ),
        Section(
            heading=Text(de="Was geprüft wird", en="What is tested"),
            paragraphs=(
                Text(
                    de="Bei jeder Änderung am Programm werden Seiten jeder Art in einem Browser geöffnet und selbsttätig geprüft:",
                    en="With every change of the program, pages of every kind are opened in a browser and tested automatically:",
                ),
            ),
            items=(
                Text(
                    de="Regeln von axe-core, hell und dunkel: kein Verstoß",
                    en="rules of axe-core, light and dark: no violation",
                ),
                Text(
                    de="gültiges HTML, Überschriften in Reihenfolge, Tabellen mit Beschriftung und Kopfzellen",
                    en="valid HTML, headings in order, tables with caption and header cells",
                ),
                Text(
                    de="Bedienung mit der Tastatur: Sprungmarke, sichtbarer Fokus, aufklappbare Teile",
                    en="use by keyboard: skip link, visible focus, parts that unfold",
                ),
                Text(
                    de="kein seitliches Rollen bei 320 Bildpunkten Breite, also auch bei 400 % Vergrößerung",
                    en="no scrolling sideways at a width of 320 pixels, and so at 400 % zoom",
                ),
                Text(de="vollständiger Inhalt ohne JavaScript", en="complete content without JavaScript"),
            ),
        ),
        Section(
            heading=Text(de="Was noch nicht geprüft ist", en="What has not been tested yet"),
            items=(
                Text(
                    de="Nutzung mit Screenreadern durch Menschen, die sie täglich verwenden",
                    en="use with screen readers by people who use them every day",
                ),
                Text(
                    de="Verständlichkeit der Texte; eine Fassung in Leichter Sprache und in Deutscher Gebärdensprache gibt es noch nicht",
                    en="how well the texts are understood; there is no version in easy language or German Sign Language yet",
                ),
                Text(
                    de="die Regeln, die sich nicht selbsttätig prüfen lassen",
                    en="the rules that cannot be tested automatically",
                ),
            ),
        ),
        Section(
            heading=Text(de="Was bekannt ist", en="What is known"),
            items=(
                Text(
                    de="Breite Tabellen rollen in einem eigenen, mit der Tastatur erreichbaren Rahmen.",
                    en="Wide tables scroll in a frame of their own that the keyboard reaches.",
                ),
                Text(
                    de="Diagramme haben einen Alternativtext; ihre Zahlen stehen als Tabelle daneben.",
                    en="Charts have an alternative text; their numbers stand beside them as a table.",
                ),
                Text(
                    de="Namen von Quellen und Dateien und einige Ergebnisse der Prüfungen stehen in der Sprache, in der sie verfasst sind.",
                    en="Names of sources and files and some results of the checks stand in the language they were written in.",
                ),
            ),
        ),
        Section(
            heading=Text(de="Barriere melden", en="Report a barrier"),
            links=(
                (
                    "kontakt",
                    Text(de="Schreiben Sie uns, was nicht geht", en="Write to us what does not work"),
                ),
            ),
        ),
    ),
)
