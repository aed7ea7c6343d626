"""Rules of comparison: peers of one level, bands that may be stated, positions that are no ranks.

Belongs here: what must hold between peer groups, their members and what is said of them. Does not
belong here: the conditions one row can show by itself (the contracts).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.rules.measures import texts
from quality.sql_rule import SqlRule

COMPARED = texts(("A", "N", "B", "P", "E", "I"))
"""Statuses of values that are compared, stated here a second time on purpose: the rule must not
follow a mistake in the computation."""

LEAGUE_TABLE = "(^|_)(rank|rang|platz|place_in|league)(_|$)"

COMPARISON_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="peer_member.level_of_group",
        table="peer_member",
        severity="stop",
        needs=("peer_member", "peer_group", "municipality"),
        sql="""
            SELECT group_id, ags, unit.level, grouped.level AS group_level
            FROM peer_member JOIN peer_group AS grouped USING (group_id) JOIN municipality AS unit USING (ags)
            WHERE unit.level <> grouped.level""",
        expected="members of a group are of its level, so levels are never mixed",
        remedy="Look at the level the rule of this group declares.",
    ),
    SqlRule(
        id="peer_member.unit_may_be_compared",
        table="peer_member",
        severity="stop",
        needs=("peer_member", "municipality"),
        sql="""
            SELECT group_id, ags, valid_to, is_unincorporated FROM peer_member JOIN municipality USING (ags)
            WHERE valid_to IS NOT NULL OR is_unincorporated OR level = 'federation'
               OR (level = 'district' AND is_independent_city)
               OR (level = 'association' AND type_code = '50')""",
        expected="only live municipalities, districts without independent cities, real associations, Länder",
        remedy="See indicators/comparison/units.py: one unit must not stand twice among its peers.",
    ),
    SqlRule(
        id="peer_member.one_group_per_rule",
        table="peer_member",
        severity="stop",
        needs=("peer_member", "peer_group"),
        sql="""
            SELECT rule_id, ags, count(*) AS groups FROM peer_member JOIN peer_group USING (group_id)
            WHERE in_sensitivity GROUP BY ALL HAVING count(*) > 1""",
        expected="a unit stands in at most one group of each declared rule",
        remedy="Classes of a part overlap.",
    ),
    SqlRule(
        id="peer_group.members_counted",
        table="peer_group",
        severity="stop",
        needs=("peer_group", "peer_member"),
        sql="""
            SELECT group_id, members, count(ags) AS counted FROM peer_group LEFT JOIN peer_member USING (group_id)
            GROUP BY ALL HAVING count(ags) <> members""",
        expected="a group has as many members as it says",
        remedy="peer_group and peer_member are from different runs.",
    ),
    SqlRule(
        id="peer_statistic.within_the_group",
        table="peer_statistic",
        severity="stop",
        needs=("peer_statistic", "peer_group"),
        sql="""
            SELECT indicator_id, year, group_id, reporting, set_aside, suppressed, grouped.members
            FROM peer_statistic AS said JOIN peer_group AS grouped USING (group_id)
            WHERE reporting + set_aside + suppressed > grouped.members OR said.members <> grouped.members
               OR population_covered > coalesce(population, population_covered)""",
        expected="no more units and inhabitants are compared than the group has",
        remedy="A unit was counted twice: look at the joins by member.",
    ),
    SqlRule(
        id="peer_statistic.median_recomputed",
        table="peer_statistic",
        severity="stop",
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
        expected="counts and quartiles computed a second time in the database are the same",
        remedy="peer_statistic is from another run than observation, or another set of values was compared.",
    ),
    SqlRule(
        id="peer_position.is_a_member",
        table="peer_position",
        severity="stop",
        needs=("peer_position", "peer_member", "observation"),
        sql="""
            SELECT said.indicator_id, said.ags, said.year, said.group_id FROM peer_position AS said
            LEFT JOIN peer_member AS member ON member.group_id = said.group_id AND member.ags = said.ags
            LEFT JOIN observation AS o
              ON o.indicator_id = said.indicator_id AND o.ags = said.ags AND o.year = said.year
            WHERE member.ags IS NULL OR o.value IS NULL""",
        expected="a position is that of a member with a published value",
        remedy="Positions are stated for values only, within the unit's own groups.",
    ),
    SqlRule(
        id="peer_position.only_where_there_is_a_band",
        table="peer_position",
        severity="stop",
        needs=("peer_position", "peer_statistic"),
        sql="""
            SELECT said.indicator_id, said.ags, said.group_id, said.band FROM peer_position AS said
            LEFT JOIN peer_statistic AS of_group USING (indicator_id, year, group_id)
            WHERE said.band IS NOT NULL AND of_group.median IS NULL""",
        expected="no position in a group without a band",
        remedy="A percentile among too few says more about who reports than about the unit.",
    ),
    SqlRule(
        id="aggregate.area_exists",
        table="aggregate",
        severity="stop",
        needs=("aggregate", "peer_group", "municipality"),
        sql="""
            SELECT DISTINCT area_kind, area_id FROM aggregate
            WHERE NOT CASE area_kind
                WHEN 'peer_group' THEN area_id IN (SELECT group_id FROM peer_group)
                WHEN 'land' THEN area_id IN (SELECT ags FROM municipality WHERE level = 'land')
                ELSE area_id = 'DG' END""",
        expected="a sum is for Germany, a Land or a peer group",
        remedy="aggregate is from another run than peer_group.",
    ),
    SqlRule(
        id="aggregate.is_its_ratio",
        table="aggregate",
        severity="stop",
        needs=("aggregate",),
        sql="""
            SELECT indicator_id, area_id, level, year, value, numerator, denominator FROM aggregate
            WHERE abs(value - CASE method WHEN 'sum' THEN numerator
                                          WHEN 'share_of_yes' THEN 100 * numerator / nullif(denominator, 0)
                                          ELSE numerator / nullif(denominator, 0) END)
                  > 1e-9 * greatest(1, abs(value))
               OR (value IS NOT NULL AND numerator IS NULL)""",
        expected="the value is what its own numerator and denominator come to",
        remedy="Value and sums are from different units.",
    ),
    SqlRule(
        id="aggregate.within_the_area",
        table="aggregate",
        severity="stop",
        needs=("aggregate",),
        sql="""
            SELECT indicator_id, area_id, level, year, reporting, members, confidential FROM aggregate
            WHERE reporting > members OR reporting = 0 OR confidential > reporting""",
        expected="no more units are added up than the area has at this level",
        remedy="A unit was counted twice, or levels were mixed.",
    ),
    SqlRule(
        id="aggregate.lands_add_up",
        table="aggregate",
        severity="stop",
        needs=("aggregate",),
        sql="""
            WITH lands AS (
                SELECT indicator_id, level, year, sum(numerator) AS numerator, sum(reporting) AS reporting
                FROM aggregate WHERE area_kind = 'land' GROUP BY ALL HAVING sum(confidential) = 0)
            SELECT indicator_id, level, year, whole.numerator, lands.numerator AS of_lands
            FROM aggregate AS whole JOIN lands USING (indicator_id, level, year)
            WHERE area_kind = 'federation'
              AND (whole.reporting <> lands.reporting
                   OR abs(whole.numerator - lands.numerator) > 1e-9 * greatest(1, abs(whole.numerator)))""",
        expected="sums of the Länder come to the sum for Germany, level by level",
        remedy="A unit is in no Land, or in two.",
    ),
    SqlRule(
        id="aggregate.recomputed_from_measures",
        table="aggregate",
        severity="stop",
        needs=("aggregate", "measure", "indicator_measure", "indicator", "municipality"),
        sql=f"""
            WITH single AS (
                SELECT indicator_id, min(measure_id) AS measure_id FROM indicator_measure
                GROUP BY indicator_id HAVING count(*) = 1),
            again AS (
                SELECT indicator_id, unit.level, m.year, sum(m.value) AS total, count(*) AS units
                FROM single JOIN indicator USING (indicator_id) JOIN measure AS m USING (measure_id)
                JOIN municipality AS unit USING (ags)
                WHERE indicator.kind = 'count' AND m.phase <> 'plan' AND m.value IS NOT NULL
                  AND m.obs_status IN ({COMPARED}) AND unit.valid_to IS NULL AND NOT unit.is_unincorporated
                  AND NOT (unit.level = 'district' AND unit.is_independent_city)
                GROUP BY ALL)
            SELECT indicator_id, level, year, value, total, reporting, units
            FROM aggregate JOIN again USING (indicator_id, level, year)
            WHERE area_kind = 'federation' AND confidential = 0
              AND (value IS DISTINCT FROM total::DOUBLE OR reporting <> units)""",
        expected="counts for Germany, added up a second time in the database, are the same",
        remedy="aggregate is from another run than measure, or another set of units was added up.",
    ),
    SqlRule(
        id="observation.confidential_is_marked",
        table="observation",
        severity="stop",
        needs=("observation",),
        sql="""
            SELECT indicator_id, ags, year, obs_status, conf_status, reason FROM observation
            WHERE (reason = 'small_number') IS DISTINCT FROM (conf_status = 'C')
              AND NOT (reason IS NULL AND conf_status = 'F')""",
        expected="what is kept back to protect persons has confidentiality status C, and nothing else has",
        remedy="See pipelines/observations.py.",
    ),
    SqlRule(
        id="self_report.few_persons_are_kept_back",
        table="self_report",
        severity="stop",
        needs=("self_report",),
        sql="""
            SELECT report_id, ags, year, item, value FROM self_report
            WHERE value > 0 AND value < CASE unit WHEN 'fte' THEN 3 WHEN 'months' THEN 36 ELSE 0 END""",
        expected="no statement on fewer than three persons is shown",
        remedy="Declare suppress_below for the item (sources/self_report_form.py); undo a correction that set it.",
    ),
    SqlRule(
        id="measure_input.confidential_has_no_number",
        table="measure_input",
        severity="stop",
        needs=("measure_input", "measure"),
        sql="""
            SELECT measure_id, ags, year, contribution FROM measure_input AS i
            WHERE obs_status = 'Q' AND reason = 'small_number'
              AND (contribution IS NOT NULL OR note IS NOT NULL
                   OR raw_text IS DISTINCT FROM 'nicht veröffentlicht')
            UNION ALL
            SELECT measure_id, ags, year, value FROM measure WHERE obs_status = 'Q' AND value IS NOT NULL""",
        expected="rows behind a confidential value show neither number nor note nor wording",
        remedy="See indicators/confidentiality.py: what is suppressed must leave every table.",
    ),
    SqlRule(
        id="peer_position.no_league_table",
        table="peer_position",
        severity="stop",
        needs=("peer_position",),
        sql=f"""
            SELECT table_name, column_name FROM information_schema.columns
            WHERE regexp_matches(column_name, '{LEAGUE_TABLE}')""",
        expected="no published column holds a place in a league table",
        remedy="State a percentile or a band instead.",
    ),
)
