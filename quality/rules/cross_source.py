"""Rules between sources: where two speak of the same thing, they are held against each other.

Belongs here: statements of different sources that contradict or never meet, levels that must add up. Does
not belong here: one source beside its own past (`quality/rules/sources.py`, `quality/rules/revisions.py`).
None of these stops a release but for sums: which source errs, a person finds out.
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import Text

LATER = 1
"""Years two sources may differ on the start of a partnership: signed in one year, sealed in the next."""
LEAST_LISTED = 3
"""Partnerships of a unit from which on two lists without a common one are suspicious."""
SAME_PEOPLE = 0.05
"""Share by which two sources may differ on the inhabitants of a unit at one day (its territory may differ)."""
SLOW = 0.05
"""Share by which the inhabitants of a Land change within a year, at most; a new census included."""

CROSS_SOURCE_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="partnership_claim.start_years_agree",
        table="partnership_claim",
        severity="warn",
        owner="data_steward",
        needs=("partnership_claim",),
        among="valid_from IS NOT NULL",
        sql=f"""
            SELECT ags, partnership_id, category, min(year(valid_from)) AS earliest,
                   max(year(valid_from)) AS latest, list(DISTINCT source_id ORDER BY source_id) AS sources
            FROM partnership_claim WHERE valid_from IS NOT NULL
            GROUP BY ags, partnership_id, category
            HAVING count(DISTINCT source_id) > 1 AND latest - earliest > {LATER}""",
        expected=Text(
            de="Quellen nennen denselben Beginn einer Partnerschaft, auf ein Jahr genau",
            en="sources name the same start of a partnership, within a year",
        ),
        remedy=Text(
            de="Die Urkunde fragen: Oft meint eine Quelle den ersten Kontakt, die andere den Vertrag.",
            en="Ask for the deed: often one source means the first contact, the other the treaty.",
        ),
    ),
    SqlRule(
        id="partnership_claim.ended_and_still_listed",
        table="partnership_claim",
        severity="note",
        owner="data_steward",
        needs=("partnership_claim",),
        among="state = 'ended'",
        sql="""
            SELECT ended.ags, ended.partnership_id, ended.source_id AS says_ended, ended.valid_to,
                   listed.source_id AS still_lists, listed.attested_on
            FROM partnership_claim AS ended JOIN partnership_claim AS listed USING (partnership_id)
            WHERE ended.state = 'ended' AND listed.state IS DISTINCT FROM 'ended'
              AND listed.source_id <> ended.source_id AND listed.attested_on > ended.valid_to""",
        expected=Text(
            de="eine beendete Partnerschaft steht in keiner jüngeren Liste als bestehend",
            en="a partnership that ended stands in no later list as alive",
        ),
        remedy=Text(
            de="Die Kommune fragen, ob die Partnerschaft besteht; die andere Liste berichtigen lassen.",
            en="Ask the municipality whether it is alive, and have the other list corrected.",
        ),
    ),
    SqlRule(
        id="partnership_claim.lists_meet",
        table="partnership_claim",
        severity="note",
        owner="data_steward",
        needs=("partnership_claim",),
        among="is_inventory",
        sql=f"""
            WITH listed AS (SELECT ags, source_id, count(DISTINCT partnership_id) AS named
                            FROM partnership_claim WHERE is_inventory GROUP BY ALL),
            both_name AS (SELECT ags, count(*) AS shared FROM (
                              SELECT ags, partnership_id FROM partnership_claim WHERE is_inventory
                              GROUP BY ALL HAVING count(DISTINCT source_id) > 1) GROUP BY ags)
            SELECT one.ags, one.source_id, one.named, other.source_id AS other_source,
                   other.named AS other_named
            FROM listed AS one JOIN listed AS other
              ON one.ags = other.ags AND one.source_id < other.source_id
            LEFT JOIN both_name ON both_name.ags = one.ags
            WHERE one.named >= {LEAST_LISTED} AND other.named >= {LEAST_LISTED}
              AND coalesce(shared, 0) = 0""",
        expected=Text(
            de="zwei Listen, die je drei Partnerschaften einer Kommune nennen, haben wenigstens eine gemeinsam",
            en="two lists that each name three partnerships of a unit have at least one in common",
        ),
        remedy=Text(
            de="Prüfen, ob eine Liste einen gleichnamigen Ort meint, oder Partner anders geschrieben sind.",
            en="Look whether one list means another place of that name, or partners are spelt differently.",
        ),
    ),
    SqlRule(
        id="population.sources_agree",
        table="population",
        severity="note",
        owner="data_steward",
        needs=("population", "snapshot"),
        sql=f"""
            WITH said AS (SELECT DISTINCT ags, reference_date, census_base, inhabitants, source_id
                          FROM population JOIN snapshot USING (snapshot_id))
            SELECT one.ags, one.reference_date, one.source_id, one.inhabitants,
                   other.source_id AS other_source, other.inhabitants AS other_inhabitants
            FROM said AS one JOIN said AS other USING (ags, reference_date, census_base)
            WHERE one.source_id < other.source_id
              AND abs(one.inhabitants - other.inhabitants) > {SAME_PEOPLE} * one.inhabitants""",
        expected=Text(
            de="zwei Quellen nennen für denselben Tag dieselben Einwohner, auf 5 % genau",
            en="two sources name the same inhabitants at the same day, within 5 %",
        ),
        remedy=Text(
            de="Nach einer Gebietsänderung zwischen den beiden Gebietsständen sehen, sonst nach der Einheit.",
            en="Look for a change of territory between the two editions, else for the unit of the figures.",
        ),
    ),
    SqlRule(
        id="population.levels_add_up",
        table="population",
        severity="stop",
        owner="data_steward",
        needs=("population", "register_unit"),
        sql="""
            WITH total AS (SELECT reference_date, census_base, territory_date, length(ags) AS digits,
                                  count(*) AS units, sum(inhabitants) AS inhabitants
                           FROM population WHERE length(ags) IN (2, 5) GROUP BY ALL)
            SELECT reference_date, territory_date, lands.inhabitants AS lands,
                   districts.inhabitants AS districts
            FROM (SELECT * FROM total WHERE digits = 2 AND units = 16) AS lands
            JOIN (SELECT * FROM total WHERE digits = 5 AND units >= 400) AS districts
              USING (reference_date, census_base, territory_date)
            WHERE lands.inhabitants <> districts.inhabitants""",
        expected=Text(
            de="die Kreise ergeben zusammen so viele Einwohner wie die Länder",
            en="districts add up to as many inhabitants as Länder",
        ),
        remedy=Text(
            de="Nach einem Kreis suchen, der fehlt, doppelt ist oder aus einer anderen Ausgabe stammt.",
            en="Look for a district that is missing, doubled, or from another edition.",
        ),
    ),
    SqlRule(
        id="population.moves_slowly",
        table="population",
        severity="warn",
        owner="data_steward",
        needs=("population",),
        sql=f"""
            WITH said AS (SELECT left(ags, 2) AS land, reference_date, max(people) AS people FROM (
                              SELECT ags, reference_date, length(ags) AS digits, territory_date,
                                     sum(inhabitants) OVER (PARTITION BY left(ags, 2), length(ags),
                                         reference_date, territory_date, census_base) AS people
                              FROM population WHERE length(ags) = 2) GROUP BY ALL)
            SELECT land AS ags, earlier.reference_date AS before, earlier.people AS people_before,
                   later.reference_date AS after, later.people AS people_after
            FROM said AS earlier JOIN said AS later USING (land)
            WHERE later.reference_date > earlier.reference_date
              AND abs(later.people - earlier.people) > {SLOW} * earlier.people
                  * greatest(1, date_diff('year', earlier.reference_date, later.reference_date))""",
        expected=Text(
            de="die Einwohner eines Landes ändern sich um höchstens 5 % im Jahr",
            en="the inhabitants of a Land change by at most 5 % a year",
        ),
        remedy=Text(
            de="Eine Quelle zählt in Tausend, oder einer fehlt ein Teil des Landes.",
            en="One source counts in thousands, or lacks a part of the Land.",
        ),
    ),
)
