"""How to reach the operator, and how to report a mistake."""

from __future__ import annotations

from pipelines.site.statement import Section, Statement
from quality.status import Text

STATEMENT = Statement(
    address="kontakt",
    title=Text(de="Kontakt und Korrekturen", en="Contact and corrections"),
    lead=Text(
        de="Sie haben einen Fehler gefunden oder kennen eine Quelle, die fehlt? Bitte sagen Sie es.",
        en="You found a mistake, or know a source that is missing? Please tell us.",
    ),
    sections=(
        Section(
            heading=Text(de="Was wir brauchen", en="What we need"),
            items=(
                Text(
                    de="die Adresse der Seite und den Indikator mit Jahr",
                    en="the address of the page, the indicator and the year",
                ),
                Text(
                    de="was richtig wäre, und wo das öffentlich belegt ist: Beschluss, Haushalt, Verzeichnis",
                    en="what would be right, and where that is documented in public: resolution, budget, register",
                ),
                Text(
                    de="ob Sie für die Kommune sprechen; dann kann sie die Angabe im Meldebogen selbst bestätigen",
                    en="whether you speak for the municipality; it can then confirm the statement itself in the return form",
                ),
            ),
        ),
        Section(
            heading=Text(de="Was dann geschieht", en="What happens then"),
            paragraphs=(
                Text(
                    de="Eine belegte Korrektur wird als eigener Eintrag mit Beleg, Datum und Ablauf veröffentlicht. Sie wirkt beim nächsten Lauf und endet, sobald der Anbieter seine Datei berichtigt hat. Der alte Wert bleibt in der Geschichte der Werte sichtbar.",
                    en="A documented correction is published as an entry of its own with evidence, date and expiry. It takes effect with the next run and ends as soon as the provider mends its file. The old value stays visible in the history of values.",
                ),
            ),
        ),
    ),
)
