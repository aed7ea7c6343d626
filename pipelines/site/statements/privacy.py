"""Privacy: what happens to data of visitors, which is nothing."""

from __future__ import annotations

from pipelines.site.statement import Section, Statement
from quality.status import Text

STATEMENT = Statement(
    address="datenschutz",
    title=Text(de="Datenschutz", en="Privacy"),
    lead=Text(
        de="Diese Seiten erheben nichts über Sie.",
        en="These pages collect nothing about you.",
    ),
    sections=(
        Section(
            heading=Text(de="Was nicht geschieht", en="What does not happen"),
            items=(
                Text(
                    de="Es werden keine Cookies gesetzt und nichts in Ihrem Browser gespeichert.",
                    en="No cookies are set and nothing is stored in your browser.",
                ),
                Text(
                    de="Es wird nichts von anderen Servern geladen: keine Schriften, keine Karten, keine Zählpixel.",
                    en="Nothing is loaded from other servers: no fonts, no maps, no counting pixels.",
                ),
                Text(
                    de="Es gibt keine Auswertung von Besuchen. Suche und Vergleich laufen in Ihrem Browser; was Sie dort eingeben, wird niemandem geschickt. Ein Lesezeichen des Vergleichs enthält die gewählten Gemeinden in seiner Adresse.",
                    en="Visits are not analysed. Search and comparison run in your browser; what you enter there is sent to nobody. A bookmark of the comparison holds the chosen municipalities in its address.",
                ),
            ),
        ),
        Section(
            heading=Text(de="Was der Server erfährt", en="What the server learns"),
            paragraphs=(
                Text(
                    de="Um eine Seite zu schicken, braucht jeder Server Ihre Internetadresse. Die mitgelieferte Beispieleinstellung schreibt kein Zugriffsprotokoll. Ob die Stelle, die diese Seiten betreibt, davon abweicht, sagt ihre eigene Datenschutzerklärung.",
                    en="To send a page, every server needs your internet address. The example configuration that comes with the program writes no access log. Whether the body that operates these pages does otherwise is said in its own privacy statement.",
                ),
            ),
        ),
        Section(
            heading=Text(de="Personen in den Daten", en="Persons in the data"),
            paragraphs=(
                Text(
                    de="Veröffentlicht werden Angaben über Kommunen, nicht über Personen. Anzahlen von weniger als drei Personen werden zurückgehalten.",
                    en="What is published is about municipalities, not about persons. Counts of fewer than three persons are withheld.",
                ),
            ),
        ),
        Section(
            heading=Text(de="Links", en="Links"),
            paragraphs=(
                Text(
                    de="Links zu Quellen führen zu anderen Anbietern. Erst wenn Sie einen anwählen, verlassen Sie diese Seiten; welche Seite Sie gelesen haben, wird dabei nicht mitgeschickt.",
                    en="Links to sources lead to other sites. You leave these pages only when you follow one; which page you were reading is not passed on.",
                ),
            ),
        ),
    ),
)
