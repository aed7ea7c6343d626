"""Rules of partnerships, engagements, countries and sources.

Belongs here: what must hold between these tables. Does not belong here: budgets
(`quality/rules/money.py`) and territory (`quality/rules/register.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.known_facts import DAC_LIST_2024
from quality.sql_rule import SqlFact, SqlRule
from quality.status import Text

QUARANTINE_SHARE = 0.05
"""Share of rows in quarantine above which a source is looked at by a person."""


def _in_order(table: str, key: str) -> SqlRule:
    return SqlRule(
        id=f"{table}.validity_in_order",
        table=table,
        severity="warn",
        owner="data_steward",
        needs=(table,),
        sql=f"SELECT {key}, ags, valid_from, valid_to FROM {table} WHERE valid_to < valid_from",
        expected=Text(de="was beginnt, endet später", en="what begins ends later"),
        remedy=Text(
            de="Mit dem Dokument vergleichen; an der Quelle berichtigen.",
            en="Compare with the document; correct it at the source.",
        ),
    )


def _attributed(table: str, key: str) -> SqlRule:
    return SqlRule(
        id=f"{table}.licence_and_attribution",
        table=table,
        severity="stop",
        owner="data_steward",
        needs=(table,),
        sql=f"SELECT {key} FROM {table} WHERE trim(licence) = '' OR trim(attribution) = ''",
        expected=Text(
            de="zu allem Veröffentlichten sind Lizenz und Quellenangabe bekannt",
            en="licence and attribution are known for everything published",
        ),
        remedy=Text(
            de="Die Lizenz so eintragen, wie sie vorgefunden wurde, oder „none found“, und die Quellenangabe dazu.",
            en="Write down the licence as found, or 'none found', and how to attribute.",
        ),
    )


ENGAGEMENT_RULES: tuple[SqlRule, ...] = (
    _in_order("partnership", "partnership_id"),
    _in_order("partnership_claim", "claim_id"),
    _in_order("engagement", "engagement_id"),
    _attributed("source", "source_id"),
    _attributed("snapshot", "snapshot_id, name"),
    SqlRule(
        id="partnership.partner_is_abroad",
        table="partnership",
        severity="stop",
        owner="data_steward",
        needs=("partnership",),
        sql="SELECT partnership_id, ags FROM partnership WHERE partner_country = 'DEU'",
        expected=Text(de="kein Partner liegt in Deutschland", en="no partner lies in Germany"),
        remedy=Text(
            de="Partnerschaften innerhalb Deutschlands gehören nach partnership_review, Ergebnis inside_germany.",
            en="Partnerships inside Germany go to partnership_review, outcome inside_germany.",
        ),
    ),
    SqlRule(
        id="partnership.country_exists",
        table="partnership",
        severity="stop",
        owner="data_steward",
        needs=("partnership", "country"),
        sql="""
            SELECT partnership_id, partner_country FROM partnership
            ANTI JOIN country ON country.country = partner_country
            WHERE partner_country IS NOT NULL""",
        expected=Text(
            de="jedes Partnerland steht in der Tabelle country",
            en="every partner country stands in table country",
        ),
        remedy=Text(
            de="Das Land, wie es geschrieben steht, seinem ISO-Code zuordnen.",
            en="Map the country as written to its ISO code.",
        ),
    ),
    SqlRule(
        id="partnership.statements_are_its_claims",
        table="partnership",
        severity="stop",
        owner="maintainer",
        needs=("partnership", "partnership_claim"),
        sql="""
            SELECT partnership_id, partnership.statements, count(claim.claim_id) AS claims
            FROM partnership LEFT JOIN partnership_claim AS claim USING (partnership_id)
            GROUP BY ALL HAVING count(claim.claim_id) <> partnership.statements""",
        expected=Text(
            de="eine Partnerschaft ist aus so vielen Angaben zusammengeführt, wie sie nennt",
            en="a partnership is merged from as many statements as it says",
        ),
        remedy=Text(
            de="partnership und partnership_claim stammen aus verschiedenen Läufen, oder beim Zusammenführen ging eine Angabe verloren.",
            en="partnership and partnership_claim are from different runs, or a merge lost a statement.",
        ),
    ),
    SqlRule(
        id="partnership_claim.same_unit_as_partnership",
        table="partnership_claim",
        severity="stop",
        owner="maintainer",
        needs=("partnership", "partnership_claim"),
        sql="""
            SELECT claim.claim_id, claim.ags, partnership.ags AS partnership_ags
            FROM partnership_claim AS claim JOIN partnership USING (partnership_id)
            WHERE claim.ags <> partnership.ags""",
        expected=Text(
            de="Angaben zu einer Partnerschaft sprechen von derselben deutschen Gebietseinheit",
            en="statements merged into one partnership speak of the same German unit",
        ),
        remedy=Text(
            de="Beim Zusammenführen wurden zwei Gebietseinheiten vermengt: den Schlüssel der Partnerschaft ansehen.",
            en="The merge joined two units: look at the key of the partnership.",
        ),
    ),
    SqlRule(
        id="engagement.possible_value",
        table="engagement",
        severity="stop",
        owner="data_steward",
        needs=("engagement",),
        sql="""
            SELECT engagement_id, value, unit FROM engagement
            WHERE (unit = '0/1' AND value NOT IN (0, 1)) OR (unit = 'percent' AND value NOT BETWEEN 0 AND 100)
               OR (unit = 'n' AND (value < 0 OR value <> floor(value)))""",
        expected=Text(
            de="Ja-Nein-Angaben sind 0 oder 1, Prozente 0 bis 100, Anzahlen ganz und nicht negativ",
            en="yes-no facts are 0 or 1, percentages 0 to 100, numbers whole and not negative",
        ),
        remedy=Text(
            de="Wert und Einheit mit dem Dokument vergleichen.",
            en="Check value and unit against the document.",
        ),
    ),
    SqlRule(
        id="engagement.said_once",
        table="engagement",
        severity="warn",
        owner="data_steward",
        needs=("engagement",),
        sql="""
            SELECT ags, kind, value, valid_from_text, document, source_id, count(*) AS times
            FROM engagement GROUP BY ALL HAVING count(*) > 1""",
        expected=Text(
            de="eine Quelle sagt dieselbe Tatsache einmal", en="a source states the same fact once"
        ),
        remedy=Text(
            de="Eine Datei wurde doppelt abgelegt oder eine Zeile doppelt abgeschrieben: eine davon entfernen.",
            en="A file was put there twice, or a line was copied twice: remove one of them.",
        ),
    ),
    SqlRule(
        id="aid_recipient.group_fits",
        table="aid_recipient",
        severity="stop",
        owner="data_steward",
        needs=("aid_recipient",),
        sql="""
            SELECT country, year, is_recipient, dac_group, is_ldc FROM aid_recipient
            WHERE is_recipient <> (dac_group IS NOT NULL) OR is_ldc <> coalesce(dac_group = 'LDC', false)""",
        expected=Text(
            de="genau die Empfängerländer haben eine Gruppe, und am wenigsten entwickelt ist, wer in dieser Spalte steht",
            en="exactly the recipients have a group, and least developed is who stands in that column",
        ),
        remedy=Text(de="Mit der Liste des Jahres vergleichen.", en="Compare with the list of that year."),
    ),
    SqlRule(
        id="source.read",
        table="source",
        severity="warn",
        owner="operator",
        needs=("source",),
        sql="SELECT source_id, problem FROM source WHERE state = 'failed'",
        expected=Text(de="keine Quelle ist ausgefallen", en="no source failed"),
        remedy=Text(
            de="Siehe Spalte problem der Tabelle source; der Veröffentlichung fehlt, was diese Quelle gesagt hätte.",
            en="See the column problem of table source; the release lacks what this source would have said.",
        ),
    ),
    SqlRule(
        id="source.few_rows_in_quarantine",
        table="source",
        severity="warn",
        owner="data_steward",
        needs=("source", "quarantine"),
        sql=f"""
            WITH decided AS (SELECT source_id, count(*) AS rejected FROM quarantine
                             WHERE decision_id IS NOT NULL GROUP BY source_id)
            SELECT source_id, rows_accepted, rows_quarantined, coalesce(rejected, 0) AS decided
            FROM source LEFT JOIN decided USING (source_id)
            WHERE rows_quarantined - coalesce(rejected, 0)
                  > {QUARANTINE_SHARE} * (rows_accepted + rows_quarantined)""",
        expected=Text(
            de="höchstens eine von zwanzig Zeilen einer Quelle ist zurückgestellt",
            en="at most one row in twenty of a source waits in quarantine",
        ),
        remedy=Text(
            de="Die Gründe ansehen: sdg17 quarantine list --source QUELLE. Meist erklärt eine Ursache die meisten Zeilen.",
            en="Group table quarantine by rule: one cause usually explains most rows.",
        ),
    ),
)

COUNTRY_FACTS: tuple[SqlFact, ...] = tuple(
    SqlFact(
        id=f"aid_recipient.{group.lower()}_2024",
        table="aid_recipient",
        severity="stop",
        owner="data_steward",
        needs=("aid_recipient",),
        applies="SELECT count(*) > 100 FROM aid_recipient WHERE year = 2024 AND is_recipient",
        sql=f"SELECT count(*) FROM aid_recipient WHERE year = 2024 AND dac_group = '{group}'",
        expected=count,
        stated_in="OECD, DAC List of ODA Recipients 2024 and 2025",
        remedy=Text(
            de="sources/embedded mit der veröffentlichten Liste vergleichen.",
            en="Compare sources/embedded with the published list.",
        ),
    )
    for group, count in DAC_LIST_2024.items()
)
