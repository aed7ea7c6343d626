"""Under which terms everything may be used; the list of sources is added from the tables."""

from __future__ import annotations

from pipelines.site.statement import Section, Statement
from quality.status import Text

STATEMENT = Statement(
    address="lizenz",
    title=Text(de="Lizenz und Quellenvermerke", en="Licence and attribution"),
    lead=Text(
        de="Sie dürfen alles hier nutzen, auch geschäftlich, wenn Sie die Quellen nennen und sagen, dass die Daten verändert wurden.",
        en="You may use everything here, commercially too, if you name the sources and say that the data were changed.",
    ),
    sections=(
        Section(
            heading=Text(de="Unsere Zusammenstellung", en="Our compilation"),
            paragraphs=(
                Text(
                    de="Indikatoren, Texte und Bilder stehen unter der Datenlizenz Deutschland – Namensnennung – Version 2.0 (dl-de/by-2-0). Nennen Sie: „SDG 17 Kommunalmonitor“, den Verweis auf die Lizenz und die Adresse der Seite.",
                    en="Indicators, texts and pictures are under the Data licence Germany – attribution – version 2.0 (dl-de/by-2-0). Name “SDG 17 Kommunalmonitor”, the reference to the licence and the address of the page.",
                ),
                Text(
                    de="Wo eine Quelle verlangt, dass Bearbeitungen unter derselben Lizenz weitergegeben werden (CC BY-SA, ODbL), gilt diese Lizenz auch für die Angaben, die auf ihr beruhen. Der Quellenvermerk steht bei jeder Angabe.",
                    en="Where a source demands that what is made from it is passed on under the same licence (CC BY-SA, ODbL), that licence also holds for the figures that rest on it. The attribution stands with every figure.",
                ),
            ),
            links=(
                (
                    "https://www.govdata.de/dl-de/by-2-0",
                    Text(
                        de="Datenlizenz Deutschland – Namensnennung – Version 2.0",
                        en="Data licence Germany – attribution – version 2.0 (text)",
                    ),
                ),
            ),
        ),
        Section(
            heading=Text(de="Veränderungen", en="Changes"),
            paragraphs=(
                Text(
                    de="Alle Daten wurden verändert: ausgewählt, zusammengeführt, auf einheitliche Schlüssel und Gebietsstände gebracht und zu Indikatoren umgerechnet. Die Dateien selbst sind unverändert aufbewahrt und an ihrer Prüfsumme zu erkennen.",
                    en="All data were changed: selected, joined, brought to common keys and territories, and turned into indicators. The files themselves are kept unchanged and can be told by their checksums.",
                ),
            ),
            links=(
                (
                    "quellen",
                    Text(de="Quellen mit Dateien und Prüfsummen", en="Sources with files and checksums"),
                ),
            ),
        ),
    ),
)
