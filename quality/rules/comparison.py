"""Rules of comparison: peers of one level, bands that may be stated, positions that are no ranks.

Belongs here: what must hold between peer groups, their members and what is said of them. Does not
belong here: the conditions one row can show by itself (the contracts).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.rules.measures import texts
from quality.sql_rule import SqlRule
from quality.status import Text

COMPARED = texts(("A", "N", "B", "P", "E", "I"))
"""Statuses of values that are compared, stated here a second time on purpose: the rule must not
follow a mistake in the computation."""

LEAGUE_TABLE = "(^|_)(rank|rang|platz|place_in|league)(_|$)"

COMPARISON_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="peer_member.level_of_group",
        table="peer_member",
        severity="stop",
        owner="maintainer",
        needs=("peer_member", "peer_group", "municipality"),
        sql="""
            SELECT group_id, ags, unit.level, grouped.level AS group_level
            FROM peer_member JOIN peer_group AS grouped USING (group_id) JOIN municipality AS unit USING (ags)
            WHERE unit.level <> grouped.level""",
        expected=Text(
            de="Mitglieder einer Gruppe gehören zu ihrer Ebene; Ebenen werden nie gemischt",
            en="members of a group are of its level, so levels are never mixed",
        ),
        remedy=Text(
            de="Die Ebene ansehen, die die Regel dieser Gruppe nennt.",
            en="Look at the level the rule of this group declares.",
        ),
    ),
    SqlRule(
        id="peer_member.unit_may_be_compared",
        table="peer_member",
        severity="stop",
        owner="maintainer",
        needs=("peer_member", "municipality"),
        sql="""
            SELECT group_id, ags, valid_to, is_unincorporated FROM peer_member JOIN municipality USING (ags)
            WHERE valid_to IS NOT NULL OR is_unincorporated OR level = 'federation'
               OR (level = 'district' AND is_independent_city)
               OR (level = 'association' AND type_code = '50')""",
        expected=Text(
            de="nur bestehende Gemeinden, Kreise ohne kreisfreie Städte, echte Gemeindeverbände, Länder",
            en="only live municipalities, districts without independent cities, real associations, Länder",
        ),
        remedy=Text(
            de="Siehe indicators/comparison/units.py: Eine Gebietseinheit darf nicht zweimal unter ihresgleichen stehen.",
            en="See indicators/comparison/units.py: one unit must not stand twice among its peers.",
        ),
    ),
    SqlRule(
        id="peer_member.one_group_per_rule",
        table="peer_member",
        severity="stop",
        owner="maintainer",
        needs=("peer_member", "peer_group"),
        sql="""
            SELECT rule_id, ags, count(*) AS groups FROM peer_member JOIN peer_group USING (group_id)
            WHERE in_sensitivity GROUP BY ALL HAVING count(*) > 1""",
        expected=Text(
            de="eine Gebietseinheit steht in höchstens einer Gruppe je Regel",
            en="a unit stands in at most one group of each declared rule",
        ),
        remedy=Text(de="Klassen eines Merkmals überschneiden sich.", en="Classes of a part overlap."),
    ),
    SqlRule(
        id="peer_group.members_counted",
        table="peer_group",
        severity="stop",
        owner="maintainer",
        needs=("peer_group", "peer_member"),
        sql="""
            SELECT group_id, members, count(ags) AS counted FROM peer_group LEFT JOIN peer_member USING (group_id)
            GROUP BY ALL HAVING count(ags) <> members""",
        expected=Text(
            de="eine Gruppe hat so viele Mitglieder, wie sie angibt",
            en="a group has as many members as it says",
        ),
        remedy=Text(
            de="peer_group und peer_member stammen aus verschiedenen Läufen.",
            en="peer_group and peer_member are from different runs.",
        ),
    ),
    SqlRule(
        id="peer_statistic.within_the_group",
        table="peer_statistic",
        severity="stop",
        owner="maintainer",
        needs=("peer_statistic", "peer_group"),
        sql="""
            SELECT indicator_id, year, group_id, reporting, set_aside, suppressed, grouped.members
            FROM peer_statistic AS said JOIN peer_group AS grouped USING (group_id)
            WHERE reporting + set_aside + suppressed > grouped.members OR said.members <> grouped.members
               OR population_covered > coalesce(population, population_covered)""",
        expected=Text(
            de="verglichen werden nicht mehr Gebietseinheiten und Einwohner, als die Gruppe hat",
            en="no more units and inhabitants are compared than the group has",
        ),
        remedy=Text(
            de="Eine Gebietseinheit wurde doppelt gezählt: die Verknüpfung über die Mitglieder ansehen.",
            en="A unit was counted twice: look at the joins by member.",
        ),
    ),
    SqlRule(
        id="peer_statistic.median_recomputed",
        table="peer_statistic",
        severity="stop",
        owner="maintainer",
        needs=("peer_statistic", "peer_member", "observation"),
        sql=f"""
            WITH again AS (
                SELECT indicator_id, year, group_id, count(*) AS reporting,
                       quantile_cont(value, [0.25, 0.5, 0.75]) AS quartiles
                FROM observation JOIN peer_member USING (ags)
                WHERE value IS NOT NULL AND obs_status IN ({COMPARED}) GROUP BY ALL)
            SELECT indicator_id, year, group_id, said.reporting, again.reporting AS recounted, median, quartiles
            FROM peer_statistic AS said LEFT JOIN again USING (indicator_id, year, group_id)
            WHERE said.reporting <> coalesce(again.reporting, 0)
               OR abs(lower_quartile - quartiles[1]) > 1e-9 * greatest(1, abs(lower_quartile))
               OR abs(median - quartiles[2]) > 1e-9 * greatest(1, abs(median))
               OR abs(upper_quartile - quartiles[3]) > 1e-9 * greatest(1, abs(upper_quartile))""",
        expected=Text(
            de="Anzahlen und Quartile sind beim zweiten Rechnen in der Datenbank dieselben",
            en="counts and quartiles computed a second time in the database are the same",
        ),
        remedy=Text(
            de="peer_statistic stammt aus einem anderen Lauf als observation, oder es wurden andere Werte verglichen.",
            en="peer_statistic is from another run than observation, or another set of values was compared.",
        ),
    ),
    SqlRule(
        id="peer_position.is_a_member",
        table="peer_position",
        severity="stop",
        owner="maintainer",
        needs=("peer_position", "peer_member", "observation"),
        sql="""
            SELECT said.indicator_id, said.ags, said.year, said.group_id FROM peer_position AS said
            LEFT JOIN peer_member AS member ON member.group_id = said.group_id AND member.ags = said.ags
            LEFT JOIN observation AS o
              ON o.indicator_id = said.indicator_id AND o.ags = said.ags AND o.year = said.year
            WHERE member.ags IS NULL OR o.value IS NULL""",
        expected=Text(
            de="eine Einordnung gilt einem Mitglied mit veröffentlichtem Wert",
            en="a position is that of a member with a published value",
        ),
        remedy=Text(
            de="Eingeordnet werden nur Werte, und nur in den eigenen Gruppen der Gebietseinheit.",
            en="Positions are stated for values only, within the unit's own groups.",
        ),
    ),
    SqlRule(
        id="peer_position.only_where_there_is_a_band",
        table="peer_position",
        severity="stop",
        owner="maintainer",
        needs=("peer_position", "peer_statistic"),
        sql="""
            SELECT said.indicator_id, said.ags, said.group_id, said.band FROM peer_position AS said
            LEFT JOIN peer_statistic AS of_group USING (indicator_id, year, group_id)
            WHERE said.band IS NOT NULL AND of_group.median IS NULL""",
        expected=Text(
            de="keine Einordnung in einer Gruppe ohne mittlere Hälfte",
            en="no position in a group without a band",
        ),
        remedy=Text(
            de="Ein Rang unter zu wenigen sagt mehr darüber, wer berichtet, als über die Gebietseinheit.",
            en="A percentile among too few says more about who reports than about the unit.",
        ),
    ),
    SqlRule(
        id="peer_position.no_league_table",
        table="peer_position",
        severity="stop",
        owner="maintainer",
        needs=("peer_position",),
        sql=f"""
            SELECT table_name, column_name FROM information_schema.columns
            WHERE regexp_matches(column_name, '{LEAGUE_TABLE}')""",
        expected=Text(
            de="keine veröffentlichte Spalte enthält einen Platz in einer Rangliste",
            en="no published column holds a place in a league table",
        ),
        remedy=Text(
            de="Stattdessen Perzentil oder Lage zur mittleren Hälfte angeben.",
            en="State a percentile or a band instead.",
        ),
    ),
)
