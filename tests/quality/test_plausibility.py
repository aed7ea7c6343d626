"""Every cross-table rule is shown to hold in a consistent made-up world and to fail when it is broken."""
# ruff: noqa: S608 - the statements are made up here

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb
import polars as pl
import pytest

from quality.contracts import CONTRACTS
from quality.contracts.quality_result import CONTRACT as QUALITY_RESULT
from quality.plausibility import FACTS, RULES, findings, published_formulas, to_rows
from quality.result import OWNERS, CheckResult
from quality.rules.derived import reference_rules
from quality.sql_rule import SqlRule, result_of, statement
from tests.quality.world import GONE, TOWN, WOOD, database, good_world, tables

REFERENCES = tuple(rule.id for rule in reference_rules(CONTRACTS))

BREAK: Mapping[str, str] = {
    "correction.source_still_says_so": "UPDATE correction SET state = 'expired'",
    "quarantine_history.nothing_leaves_silently": "UPDATE quarantine_history SET gone_unexplained = 1",
    "decision.row_is_there": "UPDATE decision SET state = 'gone'",
    "decision.keeps_the_contract": "UPDATE decision SET state = 'refused'",
    "decision.can_be_read": "UPDATE decision SET state = 'invalid'",
    "correction.can_be_read": "UPDATE correction SET state = 'invalid'",
    "observation_history.stands_for_this_release": "UPDATE observation SET value = 0.011 WHERE value = 0.01",
    "revision.cause_is_known": "UPDATE revision SET causes = 'unknown'",
    "measure.reason_exists": "UPDATE measure SET reason = 'no such code' WHERE value IS NULL",
    "measure_input.reason_exists": "UPDATE measure_input SET reason = 'no such code'",
    "observation.reason_exists": "UPDATE observation SET reason = 'no such code' WHERE value IS NULL",
    "observation_plan.reason_exists": "UPDATE observation_plan SET reason = 'no such code'",
    "spending_rule.reason_exists": "UPDATE spending_rule SET reason = 'no such code'",
    "coverage.reason_exists": "UPDATE coverage SET reason = 'no such code'",
    "measure_input.context_series_exists": "DELETE FROM context_series",
    "measure_input.budget_line_exists": "UPDATE measure_input SET input_id = 'x' WHERE input_table = 'budget_line'",
    "measure_input.line_tag_exists": "UPDATE measure_input SET input_id = 'x' WHERE input_table = 'line_tag'",
    "measure_input.population_exists": "UPDATE measure_input SET input_id = 'x' WHERE input_table = 'population'",
    "measure_input.partnership_exists": "DELETE FROM partnership",
    "measure_input.partnership_claim_exists": "UPDATE measure_input SET input_table = 'partnership_claim' WHERE input_table = 'partnership'",
    "measure_input.engagement_exists": "DELETE FROM engagement",
    "measure_input.spending_rule_exists": "UPDATE measure_input SET input_table = 'spending_rule' WHERE input_table = 'line_tag'",
    "measure_input.self_report_exists": "UPDATE measure_input SET input_table = 'self_report' WHERE input_table = 'line_tag'",
    "municipality.key_fits_level": f"UPDATE municipality SET level = 'district' WHERE ags = '{TOWN}'",
    "municipality.ars_contains_ags": f"UPDATE municipality SET ars = '091895101001' WHERE ags = '{TOWN}'",
    "municipality.parents_exist": "DELETE FROM municipality WHERE level = 'district'",
    "municipality.key_begins_with_parents": f"UPDATE municipality SET land = '08' WHERE ags = '{TOWN}'",
    "municipality.unincorporated_by_type": f"UPDATE municipality SET is_unincorporated = false WHERE ags = '{WOOD}'",
    "municipality.centre_in_germany": "UPDATE municipality SET longitude = latitude, latitude = longitude",
    "municipality.validity_in_order": f"UPDATE municipality SET valid_to = valid_from WHERE ags = '{GONE}'",
    "observation_current_territory.reason_exists": "UPDATE observation_current_territory SET reason = 'no such code'",
    "observation_current_territory.only_live_units": f"UPDATE observation_current_territory SET ags = '{GONE}'",
    "observation_current_territory.rests_on_a_path": "UPDATE territory_path SET key_to = key_from || '0'",
    "territory_step.every_vanished_unit_has_a_successor": "UPDATE territory_step SET method = 'none'",
    "territory_step.shares_add_up": "UPDATE territory_step SET area_weight = 0.5",
    "territory_path.shares_add_up": f"UPDATE territory_path SET population_weight = 0.5 WHERE key_from = '{GONE}'",
    "territory_weight.population_conserved": "UPDATE territory_weight SET population_weight = 0.999",
    "territory_weight.area_conserved": "UPDATE territory_weight SET area_weight = 1.001",
    "population.same_day_same_total": """
        INSERT INTO population BY NAME
        SELECT * REPLACE (0 AS inhabitants, DATE '2024-06-30' AS territory_date, 'p2' AS population_id)
        FROM population""",
    "population.no_municipality_is_empty": f"UPDATE population SET inhabitants = 0 WHERE ags = '{TOWN}'",
    "budget_line.revenue_equals_expenditure": """
        INSERT INTO budget_line BY NAME
        SELECT budget_line.* REPLACE ('09188121' AS ags, budget_line_id || many.n AS budget_line_id)
        FROM budget_line, range(1001) AS many(n) WHERE budget_line_id = 'abroad'""",
    "budget_line.no_amount_without_symbol": "UPDATE budget_line SET amount_cents = NULL",
    "line_tag.counts_no_line_twice": """
        INSERT INTO line_tag BY NAME SELECT * REPLACE ('other' AS rule_id) FROM line_tag""",
    "line_tag.tag_is_that_of_its_rule": "UPDATE line_tag SET tag = 'fair_trade'",
    "line_tag.rule_speaks_of_the_unit": "UPDATE spending_rule SET year_from = 2024",
    "spending_rule.evidence_given": "UPDATE spending_rule SET evidence = 'obvious'",
    "measure.value_is_sum_of_inputs": "UPDATE measure SET value = value + 1 WHERE measure_id = 'total_payments'",
    "measure_input.leads_to_a_measure": "DELETE FROM measure WHERE measure_id = 'total_payments'",
    "measure.status_is_strongest_of_inputs": "UPDATE measure_input SET obs_status = 'E' WHERE input_id = 'rest'",
    "measure.value_and_status_agree": "UPDATE measure SET obs_status = 'A' WHERE value IS NULL",
    "measure.possible_number": "UPDATE measure SET value = 2 WHERE unit = '0/1'",
    "measure.one_unit_each": "UPDATE measure SET unit = 'count' WHERE measure_id = 'fairtrade_town' AND year = 2022",
    "measure.phase_fits_unit": "UPDATE measure SET phase = 'none' WHERE unit = 'cent'",
    "measure.partnerships_nest": "UPDATE measure SET value = 3 WHERE measure_id = 'partnerships_ldc'",
    "measure.development_parts_add_up": "UPDATE measure SET value = 601 WHERE measure_id = 'development_abroad'",
    "measure.grants_within_spending": "UPDATE measure SET value = 1001 WHERE measure_id = 'development_grants'",
    "measure.development_within_payments": "UPDATE measure SET value = 999 WHERE measure_id = 'total_payments'",
    "measure.taxes_within_receipts": """
        INSERT INTO measure BY NAME
        SELECT measure.* REPLACE (name AS measure_id, cents AS value)
        FROM measure, (VALUES ('tax_revenue', 2), ('current_revenue', 1)) AS made_up(name, cents)
        WHERE measure_id = 'total_payments'""",
    "measure.focus_needs_a_programme": """
        INSERT INTO measure BY NAME
        SELECT measure.* REPLACE (name AS measure_id, stated AS value)
        FROM measure, (VALUES ('one_world_programme', 0), ('one_world_programme_sustainable', 1))
            AS made_up(name, stated)
        WHERE measure_id = 'fairtrade_town' AND year = 2023""",
    "observation.focus_within_programme": """
        UPDATE observation SET indicator_id = 'ew_programm_ne' WHERE indicator_id = 'fairtrade_town'""",
    "observation.not_for_what_cannot_be_computed": "UPDATE indicator SET formula = NULL",
    "measure.one_key_per_city": f"UPDATE municipality SET is_independent_city = true, level = 'district' WHERE ags = '{TOWN}'",
    "measure.one_population_each": "INSERT INTO measure_input BY NAME SELECT * REPLACE ('p2' AS input_id) FROM measure_input WHERE measure_id = 'population_30_06'",
    "measure_input.phases_apart": "UPDATE budget_line SET phase = 'plan' WHERE budget_line_id = 'abroad'",
    "measure_input.no_internal_transfers": "UPDATE budget_line SET budget_part = 'internal' WHERE budget_line_id = 'rest'",
    "measure_input.leads_to_bytes": "UPDATE measure_input SET locator = NULL WHERE input_id = 'rest'",
    "partnership.validity_in_order": "UPDATE partnership SET valid_from = DATE '2020-01-01', valid_to = DATE '2019-01-01'",
    "partnership_claim.validity_in_order": "UPDATE partnership_claim SET valid_from = DATE '2020-01-01', valid_to = DATE '2019-01-01'",
    "engagement.validity_in_order": "UPDATE engagement SET valid_from = DATE '2020-01-01', valid_to = DATE '2019-01-01'",
    "source.licence_and_attribution": "UPDATE source SET attribution = ' '",
    "snapshot.licence_and_attribution": "UPDATE snapshot SET licence = ''",
    "partnership.partner_is_abroad": "UPDATE partnership SET partner_country = 'DEU'",
    "partnership.country_exists": "UPDATE partnership SET partner_country = 'XXX'",
    "partnership.statements_are_its_claims": "UPDATE partnership SET statements = 2",
    "partnership_claim.same_unit_as_partnership": f"UPDATE partnership_claim SET ags = '{GONE}'",
    "engagement.said_once": "INSERT INTO engagement BY NAME SELECT * REPLACE ('e2' AS engagement_id) FROM engagement",
    "engagement.possible_value": "UPDATE engagement SET value = 2",
    "aid_recipient.group_fits": "UPDATE aid_recipient SET dac_group = NULL WHERE country = 'KEN'",
    "source.fresh": "UPDATE source SET rhythm_days = 30, state = 'read'; UPDATE snapshot SET retrieved_at = '2026-10-01T00:00:00+00:00'",
    "source.not_silent": "UPDATE source SET state = 'stale'",
    "partnership_claim.start_years_agree": """
        INSERT INTO partnership_claim BY NAME SELECT * REPLACE ('other' AS source_id, DATE '1990-01-01' AS valid_from) FROM partnership_claim;
        UPDATE partnership_claim SET valid_from = DATE '1995-01-01' WHERE source_id <> 'other'""",
    "partnership_claim.ended_and_still_listed": """
        INSERT INTO partnership_claim BY NAME SELECT * REPLACE ('other' AS source_id, 'ended' AS state, DATE '1990-01-01' AS valid_to) FROM partnership_claim""",
    "partnership_claim.lists_meet": """
        UPDATE partnership_claim SET is_inventory = true;
        INSERT INTO partnership_claim BY NAME SELECT c.* REPLACE ('p' || n AS partnership_id) FROM partnership_claim AS c, range(3) AS many(n);
        INSERT INTO partnership_claim BY NAME SELECT c.* REPLACE ('other' AS source_id, 'q' || n AS partnership_id) FROM partnership_claim AS c, range(3) AS many(n) WHERE partnership_id = 'one'""",
    "population.sources_agree": """
        INSERT INTO population BY NAME SELECT * REPLACE (2000 AS inhabitants, 'b' AS snapshot_id, 'p2' AS population_id) FROM population;
        INSERT INTO snapshot BY NAME SELECT * REPLACE ('b' AS snapshot_id, 'other' AS source_id) FROM snapshot""",
    "population.levels_add_up": """
        INSERT INTO population BY NAME SELECT p.* REPLACE (lpad((n + 1)::VARCHAR, 2, '0') AS ags) FROM population AS p, range(16) AS many(n);
        INSERT INTO population BY NAME SELECT p.* REPLACE (lpad(n::VARCHAR, 5, '0') AS ags) FROM population AS p, range(400) AS many(n) WHERE length(ags) = 8""",
    "population.moves_slowly": """
        INSERT INTO population BY NAME SELECT * REPLACE ('09' AS ags, 1000 AS inhabitants) FROM population;
        INSERT INTO population BY NAME SELECT * REPLACE ('09' AS ags, 1 AS inhabitants, DATE '2024-12-31' AS reference_date) FROM population WHERE ags = '09'""",
    "revision.no_unit_slipped": """
        UPDATE revision SET release_id = 'r2', old_value = 2, new_value = 2000;
        INSERT INTO revision BY NAME SELECT * REPLACE (2022 AS year) FROM revision""",
    "revision.no_sign_flipped": "UPDATE revision SET old_value = 2, new_value = -2",
    "revision.few_values_change": """
        INSERT INTO revision BY NAME SELECT r.* REPLACE (1900 + n AS year) FROM revision AS r, range(19) AS many(n);
        INSERT INTO observation_history BY NAME SELECT h.* REPLACE (1900 + n AS year) FROM observation_history AS h, range(19) AS many(n) WHERE valid_to_release = 'r2'""",
    "observation.years_are_alike": f"""
        INSERT INTO observation BY NAME SELECT o.* REPLACE (2000 + n AS year, CASE n WHEN 0 THEN 1000 ELSE 1 END AS value)
        FROM observation AS o, range(3) AS many(n) WHERE indicator_id = 'ez_ausg_ew' AND ags = '{TOWN}'""",
    "release_history.clock_goes_on": "UPDATE release_history SET recorded_at = '2001-01-01T00:00:00+00:00' WHERE number = 2",
    "engagement.not_from_the_future": "UPDATE engagement SET attested_on = DATE '2099-01-01'",
    "partnership_claim.not_from_the_future": "UPDATE partnership_claim SET attested_on = DATE '2099-01-01'",
    "population.not_from_the_future": "UPDATE population SET reference_date = DATE '2099-01-01'",
    "budget_line.no_accounts_from_the_future": "UPDATE budget_line SET year = 2026 WHERE budget_line_id = 'rest'",
    "source.no_setback": "UPDATE source SET setback = '4 rows, 10 in the last published release'",
    "source.like_last_published": "UPDATE source SET change = 'no rows; 5 in the last published release'",
    "aid_recipient_vintage.agrees_with_aid_recipient": """
        UPDATE aid_recipient_vintage SET country = 'KEN', dac_group = 'UMIC', vintage_date = DATE '2023-06-01'""",
    "territory_weight.adds_up_to_one": "UPDATE territory_weight SET defect = 'population'",
    "source.read": "UPDATE source SET state = 'failed'",
    "source.few_rows_in_quarantine": "UPDATE source SET rows_quarantined = 10",
    "line_tag.no_levies": "UPDATE budget_line SET line_text = 'Allgemeine Kreisumlage' WHERE budget_line_id = 'abroad'",
    "budget_coverage.agrees_with_measures": "UPDATE budget_coverage SET current_expenditure_cents = 99999",
    "budget_coverage.parts_within_total": "UPDATE budget_coverage SET decided_lines = 5",
    "observation_real.reason_exists": "UPDATE observation_real SET reason = 'no such code'",
    "observation_real.recomputed": "UPDATE observation_real SET value = 0.02",
    "observation_real.index_is_published": "UPDATE price_index SET value = 100.01 WHERE year = 2023",
    "observation_real.money_only": "UPDATE indicator SET kind = 'rate'",
    "price_index.base_is_100": "UPDATE price_index SET base_year = 2022",
    "price_index.steps_are_small": "UPDATE price_index SET value = 50 WHERE year = 2022",
    "trend.symbol_of_its_method": "UPDATE trend SET symbol = 'on_track' WHERE symbol = 'sun'",
    "trend.symbol_has_its_numbers": "UPDATE trend SET last_change = NULL",
    "trend.none_where_none_may_be": "UPDATE indicator SET direction = 'none'",
    "trend.none_across_a_break": "UPDATE observation SET obs_status = 'E', further_reasons = 'census_break' WHERE indicator_id = 'ez_ausg_ew'",
    "trend_method.one_default": "UPDATE trend_method SET is_default = false",
    "observation.never_from_plan": "UPDATE measure SET phase = 'plan' WHERE measure_id = 'development_spending'",
    "observation.development_share_below_5_percent": "UPDATE observation SET value = 5.1 WHERE indicator_id = 'ez_ausg_anteil'",
    "trend.reason_exists": "UPDATE trend SET reason = 'no such code'",
    "peer_statistic.reason_exists": "UPDATE peer_statistic SET reason = 'no such code'",
    "peer_position.reason_exists": "UPDATE peer_position SET reason = 'no such code'",
    "peer_sensitivity.reason_exists": "UPDATE peer_sensitivity SET reason = 'no such code'",
    "peer_member.level_of_group": "UPDATE peer_group SET level = 'district'",
    "peer_member.unit_may_be_compared": f"UPDATE peer_member SET ags = '{WOOD}'",
    "peer_member.one_group_per_rule": """
        INSERT INTO peer_group BY NAME SELECT * REPLACE ('size.10' AS group_id) FROM peer_group;
        INSERT INTO peer_member BY NAME SELECT * REPLACE ('size.10' AS group_id) FROM peer_member""",
    "peer_group.members_counted": "DELETE FROM peer_member",
    "peer_statistic.within_the_group": "UPDATE peer_statistic SET set_aside = 1",
    "peer_statistic.median_recomputed": "UPDATE peer_statistic SET median = 3",
    "peer_position.is_a_member": f"UPDATE peer_position SET ags = '{GONE}'",
    "peer_position.only_where_there_is_a_band": "UPDATE peer_position SET band = 'above'",
    "aggregate.reason_exists": "UPDATE aggregate SET reason = 'no such code'",
    "aggregate.area_exists": "UPDATE aggregate SET area_id = 'nowhere'",
    "aggregate.is_its_ratio": "UPDATE aggregate SET value = 3",
    "aggregate.within_the_area": "UPDATE aggregate SET reporting = 2",
    "aggregate.lands_add_up": "UPDATE aggregate SET numerator = 3 WHERE area_id = '09'",
    "aggregate.recomputed_from_measures": "UPDATE aggregate SET value = 3, numerator = 3",
    "observation.confidential_is_marked": "UPDATE observation SET conf_status = 'C'",
    "self_report.few_persons_are_kept_back": "UPDATE self_report SET unit = 'fte', value = 2.9",
    "measure_input.confidential_has_no_number": """
        UPDATE measure_input SET obs_status = 'Q', reason = 'small_number', raw_text = '2,5 Stellen'""",
    "peer_position.no_league_table": "ALTER TABLE peer_position ADD COLUMN rank INTEGER",
}
"""Rule to the statement that must make it fail."""

BREAK_BOTH: Mapping[str, str] = {
    "unit_is_not_unincorporated": f"UPDATE {{table}} SET ags = '{WOOD}'",
    "one_key_per_city": f"UPDATE municipality SET is_independent_city = true, level = 'district' WHERE ags = '{TOWN}'",
    "unit_exists_in_year": f"UPDATE {{table}} SET ags = '{GONE}' WHERE value IS NOT NULL",
    "null_has_reason": "UPDATE {table} SET value = NULL, reason = NULL",
    "value_rests_on_files": "UPDATE {table} SET snapshot_ids = []",
    "files_are_kept": "UPDATE {table} SET snapshot_ids = ['bbbb']",
    "possible_number": "UPDATE {table} SET value = -1",
    "flagged_impossible_number": "UPDATE {table} SET value = -1, obs_status = 'E'",
    "whole_number": "UPDATE {table} SET value = 0.5, indicator_id = 'pt_gs_n'",
    "definition_is_current": "UPDATE {table} SET definition_version = '0.9'",
}
"""The same for rules on observation and on observation_plan."""

ALL_BREAKS = {
    **BREAK,
    **{
        f"{table}.{rule}": statement.format(table=table)
        for table in ("observation", "observation_plan")
        for rule, statement in BREAK_BOTH.items()
    },
}
CROSSING = tuple(check for check in RULES if isinstance(check, SqlRule))
FULL_REGISTER_ONLY = {rule.id for rule in CROSSING if rule.applies is not None}


@pytest.fixture(scope="module")
def untouched() -> duckdb.DuckDBPyConnection:
    return database(good_world())


@pytest.fixture
def world(untouched: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The consistent world; whatever a test breaks is undone after it."""
    untouched.begin()
    yield untouched
    untouched.rollback()


def _ask(connection: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    return connection.sql(sql).pl()


def _result(connection: duckdb.DuckDBPyConnection, check_id: str) -> CheckResult:
    def query(sql: str) -> pl.DataFrame:
        return _ask(connection, sql)

    check = next(check for check in (*RULES, *published_formulas(query)) if check.id == check_id)
    result = result_of(query, check, tables(connection))
    assert result is not None, f"{check_id} says nothing about this world"
    return result


def _all(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    return to_rows(RULES, lambda sql: _ask(connection, sql), tables(connection))


def test_consistent_world_keeps_every_rule(world: duckdb.DuckDBPyConnection) -> None:
    rows = _all(world)
    assert rows.filter(~pl.col("passed")).select("check_id", "observed", "examples").rows() == []
    assert rows.schema == QUALITY_RESULT.schema
    assert rows["check_id"].is_unique().all()
    asked = {rule.id for rule in CROSSING} - FULL_REGISTER_ONLY
    assert set(rows["check_id"]) == asked | {f"observation.{i}_recomputed" for i in _indicators(world)}


def _indicators(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return _ask(connection, "SELECT indicator_id FROM indicator")["indicator_id"].to_list()


def test_every_rule_has_a_statement_that_breaks_it() -> None:
    assert {rule.id for rule in CROSSING} == set(ALL_BREAKS) | set(REFERENCES) | FULL_REGISTER_ONLY


@pytest.mark.parametrize("check_id", sorted(ALL_BREAKS))
def test_broken_world_breaks_the_rule(world: duckdb.DuckDBPyConnection, check_id: str) -> None:
    world.execute(ALL_BREAKS[check_id])
    result = _result(world, check_id)
    assert not result.passed
    assert "could not be evaluated" not in str(result.observed)
    assert result.unexpected and result.examples and result.remedy


@pytest.mark.parametrize("rule", reference_rules(CONTRACTS), ids=lambda rule: rule.id)
def test_dangling_reference_is_found(world: duckdb.DuckDBPyConnection, rule: SqlRule) -> None:
    """Each reference in turn points nowhere; a null points nowhere by right."""
    table, column = rule.id.removesuffix("_exists").split(".")
    if not _ask(world, f'SELECT count(*) FROM "{table}"').item():
        pytest.fail(f"the made-up world has no row in {table}")
    if CONTRACTS[table].columns[column].nullable:
        world.execute(f'UPDATE "{table}" SET "{column}" = NULL')
        assert _result(world, rule.id).passed
    world.execute(f'UPDATE "{table}" SET "{column}" = \'points nowhere\'')
    result = _result(world, rule.id)
    assert not result.passed and result.severity == "stop"
    assert "points nowhere" in str(result.examples)


@pytest.mark.parametrize(
    ("indicator", "statement"),
    [
        ("ez_ausg_ew", "UPDATE observation SET value = value * 1.00001"),
        ("ez_ausg_ew", "UPDATE measure SET value = 1001 WHERE measure_id = 'population_30_06'"),
        ("ez_ausg_anteil", "UPDATE measure SET phase = 'plan' WHERE measure_id = 'total_payments'"),
        ("ez_ausg_anteil", "UPDATE observation SET value = NULL"),
        ("pt_gs_n", "DELETE FROM measure WHERE measure_id = 'partnerships_dac'"),
    ],
)
def test_observation_that_formula_does_not_give(
    world: duckdb.DuckDBPyConnection, indicator: str, statement: str
) -> None:
    world.execute(statement)
    assert not _result(world, f"observation.{indicator}_recomputed").passed


def test_share_of_lower_bounds_may_be_withheld_and_nothing_else(world: duckdb.DuckDBPyConnection) -> None:
    check = "observation.ez_ausg_anteil_recomputed"
    world.execute("""
        UPDATE observation SET value = NULL, obs_status = 'O', reason = 'lower_bounds_only'
        WHERE indicator_id = 'ez_ausg_anteil'""")
    assert not _result(world, check).passed, "no measure is a lower bound"
    world.execute("UPDATE measure SET obs_status = 'U' WHERE measure_id = 'development_spending'")
    assert _result(world, check).passed
    world.execute("UPDATE observation SET reason = 'not_collected'")
    assert not _result(world, check).passed, "withheld for another reason"


def test_last_digit_of_a_division_may_differ(world: duckdb.DuckDBPyConnection) -> None:
    world.execute("UPDATE observation SET value = value * (1 + 1e-13)")
    assert _result(world, "observation.ez_ausg_ew_recomputed").passed


def test_rule_without_its_table_fails_and_says_so(world: duckdb.DuckDBPyConnection) -> None:
    world.execute("DROP TABLE country")
    result = _result(world, "aid_recipient.country_exists")
    assert not result.passed
    assert "no table country" in str(result.observed)


def test_rule_the_database_refuses_fails_with_its_words(world: duckdb.DuckDBPyConnection) -> None:
    world.execute("ALTER TABLE measure DROP COLUMN unit")
    result = _result(world, "measure.one_unit_each")
    assert not result.passed
    assert "could not be evaluated" in str(result.observed) and "unit" in str(result.observed)


def test_count_is_of_all_rows_and_examples_are_few(world: duckdb.DuckDBPyConnection) -> None:
    world.execute("""
        INSERT INTO partnership BY NAME
        SELECT partnership.* REPLACE ('DEU' AS partner_country, 'p' || lpad(many.n::VARCHAR, 2, '0') AS partnership_id)
        FROM partnership, range(40) AS many(n) ORDER BY many.n DESC""")
    result = _result(world, "partnership.partner_is_abroad")
    assert (result.unexpected, result.checked) == (40, 41)
    assert str(result.examples).count("partnership_id=") == 5
    assert "p00" in str(result.examples), "the same examples every time"


def test_waters_outside_every_district_have_no_district(world: duckdb.DuckDBPyConnection) -> None:
    """Coastal waters and the common territory with Luxembourg stand under district 000, number 999."""
    world.execute("""
        INSERT INTO municipality BY NAME SELECT * REPLACE ('09000999' AS ags, '09000' AS district)
        FROM municipality WHERE type_code = '66'""")
    assert _result(world, "municipality.parents_exist").passed
    world.execute("UPDATE municipality SET ags = '09000998' WHERE ags = '09000999'")
    assert not _result(world, "municipality.parents_exist").passed


def test_data_availability_needs_no_file_of_its_own(world: duckdb.DuckDBPyConnection) -> None:
    world.execute("UPDATE observation SET snapshot_ids = [] WHERE indicator_id = 'pt_gs_n'")
    assert not _result(world, "observation.value_rests_on_files").passed
    world.execute("UPDATE indicator SET family = 'data' WHERE indicator_id = 'pt_gs_n'")
    assert _result(world, "observation.value_rests_on_files").passed


def test_severities_and_texts_are_given() -> None:
    for check in RULES:
        assert check.severity in ("stop", "warn", "note")
        assert check.table in check.needs, check.id
        assert check.id.startswith(f"{check.table}."), check.id
        assert check.owner in OWNERS, check.id
        assert check.remedy.de.endswith(".") and check.remedy.en.endswith("."), check.id
        assert check.remedy.de != check.remedy.en, check.id
    for rule in CROSSING:
        assert rule.expected.de and rule.expected.de != rule.expected.en, rule.id
        assert ";" not in rule.sql and statement(rule).startswith("SELECT"), rule.id


def test_ids_are_unique_over_rules_facts_and_formulas(world: duckdb.DuckDBPyConnection) -> None:
    ids = [check.id for check in (*RULES, *published_formulas(lambda sql: _ask(world, sql)))]
    assert len(ids) == len(set(ids))


def test_control_figure_of_data_that_are_not_here_is_not_asked(world: duckdb.DuckDBPyConnection) -> None:
    assert {result_of(lambda sql: _ask(world, sql), fact, tables(world)) for fact in FACTS} == {None}


def test_every_unit_of_a_broken_rule_is_named_and_not_only_examples(world: duckdb.DuckDBPyConnection) -> None:
    world.execute("""
        INSERT INTO observation BY NAME
        SELECT observation.* REPLACE (lpad(n::VARCHAR, 8, '0') AS ags) FROM observation, range(10, 40) AS many(n)
        WHERE indicator_id = 'pt_gs_n'""")
    world.execute("UPDATE observation SET value = -1 WHERE indicator_id = 'pt_gs_n'")

    def query(sql: str) -> pl.DataFrame:
        return _ask(world, sql)

    found = findings(RULES, query, ["observation.possible_number", "measure.one_unit_each"], tables(world))
    assert found.schema == CONTRACTS["quality_finding"].schema
    assert set(found["check_id"]) == {"observation.possible_number"}
    assert found.height == 31
    assert TOWN in set(found["ags"])
    assert found["rows"].to_list() == [1] * 31
    assert all("value=-1.0" in example for example in found["example"])


def test_rows_without_a_unit_name_none(world: duckdb.DuckDBPyConnection) -> None:
    world.execute("UPDATE source SET state = 'failed'")
    assert findings(RULES, lambda sql: _ask(world, sql), ["source.read"], tables(world)).is_empty()
