"""How the numbers come about, for readers."""

from __future__ import annotations

from pipelines.site.statement import Section, Statement
from quality.status import Text

STATEMENT = Statement(
    address="methode",
    title=Text(de="So entstehen die Zahlen", en="How the numbers come about"),
    lead=Text(
        de="Jede Zahl entsteht aus Dateien, die andere veröffentlicht haben, nach Regeln, die hier stehen. "
        "Wer nachrechnen will, findet Formel, Zahlen und Dateien auf jeder Seite, die Prüfsummen bei den Quellen.",
        en="Every number comes from files others have published, by rules that stand here. "
        "Whoever wants to check finds formula, numbers and files on every page, checksums with the sources.",
    ),
    sections=(
        Section(
            heading=Text(de="Der Weg einer Zahl", en="The way of a number"),
            items=(
                Text(
                    de="Eine Datei wird gelesen und unverändert aufbewahrt; ihre Prüfsumme (SHA-256) steht bei ihrer Quelle, ihr Name auf jeder Seite, deren Zahlen auf ihr beruhen.",
                    en="A file is read and kept unchanged; its checksum (SHA-256) stands with its source, its name on every page whose numbers rest on it.",
                ),
                Text(
                    de="Datensätze, die ihre Regeln nicht einhalten, werden mit Grund zurückgestellt. Sie gehen in keine Zahl ein und nicht verloren.",
                    en="Rows that break their rules are set aside with the reason. They enter no number, and they are not lost.",
                ),
                Text(
                    de="Aus den übrigen entstehen Größen je Gemeinde und Jahr: zugeordnete Ausgaben, Partnerschaften am Jahresende, Einwohner zum Stichtag.",
                    en="From the others come quantities per municipality and year: spending by purpose, partnerships at the end of the year, inhabitants on a given day.",
                ),
                Text(
                    de="Die Formel eines Indikators macht daraus eine Zahl. Sie steht auf seiner Seite und lässt sich in der Datenbank ausführen.",
                    en="The formula of an indicator makes one number of them. It stands on its page and can be run in the database.",
                ),
                Text(
                    de="Vor jeder Veröffentlichung laufen alle Prüfungen. Besteht eine Prüfung der Stufe „stoppt“ nicht, bleibt der letzte Stand stehen.",
                    en="All checks run before every release. If a check of level “stops” fails, the last release stays.",
                ),
            ),
        ),
        Section(
            heading=Text(de="Keine Angabe ist nicht null", en="No figure is not zero"),
            paragraphs=(
                Text(
                    de="Eine Null steht nur da, wo eine Quelle sie nennt. Fehlt eine Zahl, sagt die Seite warum: nicht erhoben, nicht veröffentlicht, nicht abgrenzbar, geheim gehalten. Fehlende Werte werden nicht geschätzt, nicht mitgerechnet und nicht als null gezeichnet.",
                    en="A zero stands only where a source states it. Where a number is missing, the page says why: not collected, not published, not separable, withheld. Missing values are not estimated, not counted and not drawn as zero.",
                ),
                Text(
                    de="Offene Verzeichnisse sind unvollständig. Zahlen aus ihnen sind Mindestzahlen und so gekennzeichnet.",
                    en="Open registers are incomplete. Numbers from them are lower bounds and marked as such.",
                ),
            ),
        ),
        Section(
            heading=Text(de="Geld: Ist und Plan", en="Money: actual and plan"),
            paragraphs=(
                Text(
                    de="In die Indikatoren gehen nur Ist-Zahlen ein; Planzahlen stehen gesondert. Welche Zeile eines Haushalts welchem Zweck dient, sagt eine veröffentlichte Regel mit Beleg je Kommune. Beträge, die niemand zuordnen kann, stehen für sich.",
                    en="Only actual figures enter the indicators; plan figures stand apart. Which line of a budget serves which purpose is said by a published rule with its evidence for each municipality. Amounts nobody can attribute stand by themselves.",
                ),
            ),
        ),
        Section(
            heading=Text(de="Vergleichen", en="Comparing"),
            paragraphs=(
                Text(
                    de="Verglichen wird mit ähnlichen Kommunen, nach einer Regel, die dabei steht. Der Vergleich zeigt die mittlere Hälfte der Gruppe, nie einen Rang. Er entfällt, wenn weniger als fünf Kommunen oder weniger als die Hälfte der Bevölkerung der Gruppe bekannt sind.",
                    en="Municipalities are compared with similar ones, by a rule that is stated. The comparison shows the middle half of the group, never a rank. There is none where fewer than five municipalities or less than half of the population of the group are known.",
                ),
                Text(
                    de="Summen für Länder sind Summe durch Summe der bekannten Kommunen mit Angabe der Abdeckung, nie Mittelwerte von Quoten. Es gibt keinen Gesamtindex und keine Rangliste.",
                    en="Sums for states are sum divided by sum over the municipalities known, with their coverage, never means of rates. There is no overall index and no league table.",
                ),
            ),
        ),
        Section(
            heading=Text(de="Entwicklung über die Jahre", en="Development over the years"),
            paragraphs=(
                Text(
                    de="Ein Trend wird nur genannt, wo mindestens vier vergleichbare Werte vorliegen; sonst steht da, warum nicht. Wechselt die Definition, das Rechnungssystem oder die Einwohnerbasis, beginnt die Reihe neu.",
                    en="A trend is named only where there are at least four comparable values; otherwise the page says why not. Where definition, accounting or population base change, the series begins anew.",
                ),
            ),
        ),
        Section(
            heading=Text(de="Geheimhaltung", en="Confidentiality"),
            paragraphs=(
                Text(
                    de="Anzahlen von weniger als drei Personen werden nicht veröffentlicht, und Summen, aus denen man sie errechnen könnte, ebenso wenig.",
                    en="Counts of fewer than three persons are not published, nor are sums they could be computed from.",
                ),
            ),
        ),
        Section(
            heading=Text(de="Mehr dazu", en="Read more"),
            links=(
                (
                    "indikator",
                    Text(
                        de="Alle Indikatoren mit Definition und Formel",
                        en="All indicators with definition and formula",
                    ),
                ),
                ("qualitaet", Text(de="Ergebnisse der Prüfungen", en="Results of the checks")),
                (
                    "quellen",
                    Text(de="Quellen mit Dateien und Prüfsummen", en="Sources with files and checksums"),
                ),
            ),
        ),
    ),
)
