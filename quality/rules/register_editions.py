"""Rules and known figures of whole editions of the register: how many municipalities, districts, inhabitants.

Belongs here: what is asked only where an edition was read whole. Does not belong here: keys and parents of
units (`register.py`), the figures themselves (`quality/known_facts.py`).
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from collections.abc import Iterable

from quality.known_facts import DISTRICTS_AT_YEAR_END, LANDS, REGISTER_EDITIONS, RegisterEdition
from quality.sql_rule import SqlFact, SqlRule
from quality.status import Text

FULL_REGISTER = 10_000
"""An edition with more municipalities than this is the whole register, not an embedded selection."""

_DISTRICTS = ", ".join(f"({year}, {count})" for year, count in DISTRICTS_AT_YEAR_END.items())
FULL = f"""
    SELECT territory_date FROM register_unit WHERE level = 'municipality'
    GROUP BY territory_date HAVING count(*) > {FULL_REGISTER}"""
ANY_FULL = f"SELECT count(*) > 0 FROM ({FULL})"

EDITION_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="register_unit.district_count",
        table="register_unit",
        severity="stop",
        owner="data_steward",
        needs=("register_unit",),
        applies=ANY_FULL,
        sql=f"""
            WITH known(year, districts) AS (VALUES {_DISTRICTS}),
            found AS (SELECT territory_date, count(*) FILTER (level = 'district') AS districts
                      FROM register_unit SEMI JOIN ({FULL}) AS whole USING (territory_date)
                      GROUP BY territory_date)
            SELECT found.territory_date, found.districts, list(known.districts) AS known FROM found
            JOIN known ON known.year = year(found.territory_date)
                OR (known.year = year(found.territory_date) - 1
                    AND strftime(found.territory_date, '%m-%d') <> '12-31')
            GROUP BY ALL HAVING NOT list_contains(list(known.districts), found.districts)""",
        expected=Text(
            de="eine vollständige Ausgabe nennt so viele Kreise, wie Deutschland damals hatte (400 seit Ende 2021)",
            en="a full edition lists as many districts as Germany had then (400 since the end of 2021)",
        ),
        remedy=Text(
            de="Kreisfreie Städte zählen als Kreise; nach verlorenen Zeilen der Satzart 40 suchen.",
            en="Independent cities count as districts; look for rows of record type 40 that were lost.",
        ),
    ),
    SqlRule(
        id="municipality.live_districts",
        table="municipality",
        severity="stop",
        owner="data_steward",
        needs=("municipality", "register_unit"),
        applies=ANY_FULL,
        sql=f"""
            WITH newest AS (SELECT max(territory_date) AS territory_date FROM ({FULL})),
            listed AS (SELECT count(*) AS districts FROM register_unit JOIN newest USING (territory_date)
                       WHERE level = 'district'),
            live AS (SELECT count(*) AS districts FROM municipality
                     WHERE level = 'district' AND valid_to IS NULL)
            SELECT live.districts AS live, listed.districts AS listed FROM live, listed
            WHERE live.districts <> listed.districts""",
        expected=Text(
            de="bestehende Kreise sind die der neuesten vollständigen Ausgabe (400 seit Ende 2021)",
            en="live districts are those of the newest full edition (400 since the end of 2021)",
        ),
        remedy=Text(
            de="valid_to prüfen: Ein aufgelöster Kreis muss enden, ein aufgeführter nicht.",
            en="Check valid_to: a dissolved district must end, a listed one must not.",
        ),
    ),
)


def _edition_facts(edition: RegisterEdition) -> Iterable[SqlFact]:
    """Control figures of one edition, asked only where the whole edition was read."""
    day = f"DATE '{edition.territory_date}'"
    counted = f"SELECT count(*) FROM register_unit WHERE territory_date = {day} AND"
    inhabitants = f"""
        SELECT sum(inhabitants)::BIGINT FROM population WHERE territory_date = {day}
          AND reference_date = DATE '{edition.population_date}' AND length(ags) = 8"""
    figures = (
        ("register_unit", "municipalities", f"{counted} level = 'municipality'", edition.municipalities),
        ("register_unit", "unincorporated", f"{counted} is_unincorporated", edition.unincorporated),
        ("register_unit", "districts", f"{counted} level = 'district'", edition.districts),
        ("register_unit", "lands", f"{counted} level = 'land'", LANDS),
        ("population", "inhabitants", inhabitants, edition.population),
    )
    for table, name, sql, expected in figures:
        yield SqlFact(
            id=f"{table}.{name}_{edition.territory_date}",
            table=table,
            severity="stop",
            owner="data_steward",
            needs=("register_unit", table),
            applies=f"SELECT count(*) > {FULL_REGISTER} FROM register_unit "
            f"WHERE territory_date = {day} AND level = 'municipality'",
            sql=sql,
            expected=expected,
            stated_in=edition.stated_in,
            remedy=Text(
                de="In der Quarantäne nach Zeilen dieser Ausgabe sehen, dann nach dem Leser ihres Formats.",
                en="Look in quarantine for rows of this edition, then at the reader of its format.",
            ),
        )


REGISTER_FACTS: tuple[SqlFact, ...] = tuple(
    fact for edition in REGISTER_EDITIONS for fact in _edition_facts(edition)
)
