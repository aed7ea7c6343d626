"""Rules of figures that change in a way no municipality does: by a thousand, in sign, from another time.

Belongs here: marks of a slip in a whole file (unit, sign, year, clock), seen in published figures beside
those of the release before and beside their own years. Does not belong here: ordinary revisions
(`quality/rules/revisions.py`).

A slip in unit or sign stops the release. Where the new figures are right and the old ones were wrong, the
operator lets them pass once, as with a release that is much smaller: `SDG17_FEWER_ROWS=true`.
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import Text

FACTORS = (100, 1_000, 1_000_000)
"""Units that are taken for each other: cent and euro, euro and thousand euro, euro and million."""
EXACTLY = 0.001
"""How exactly a factor must be met, as a share of it: real revisions do not multiply by a round number."""
LEAST_VALUES = 2
"""Values that must slip together; a single one may be a slip that was mended."""
FAR = 300
"""Times a value may exceed the median of the other years of its unit."""
LEAST_YEARS = 3
YEARS_AHEAD = 2
"""Years between two releases from which on the clock, not the office, is suspected."""
CHANGED_SHARE, LEAST_COMPARED = 0.5, 20
"""Share of an indicator's values that may change in one release, where that many had been published."""

_LAST = "(SELECT release_id FROM release_history ORDER BY number DESC LIMIT 1)"
_NOW = "(SELECT max_by(recorded_at, number)[1:10]::DATE FROM release_history)"
_YEAR = "(SELECT max_by(reference_year, number) FROM release_history)"
_ACCEPTED = "(SELECT max_by(fewer_rows_accepted, number) FROM release_history)"
_STOOD = f"(valid_to_release = {_LAST} OR (valid_to_release IS NULL AND valid_from_release <> {_LAST}))"

_BY_FACTOR = " OR ".join(
    f"abs(abs(new_value / old_value) - {factor}) < {EXACTLY * factor}"
    f" OR abs(abs(old_value / new_value) - {factor}) < {EXACTLY * factor}"
    for factor in FACTORS
)
_PASS = Text(
    de="Die Einheit der Datei prüfen (Tausend, Cent). Sind die neuen Zahlen richtig, einmal mit SDG17_FEWER_ROWS=true laufen lassen.",
    en="Check the unit of the file (thousands, cents). If the new figures are right, run once with SDG17_FEWER_ROWS=true.",
)


def _not_ahead(table: str, column: str, key: str, where: str = "true") -> SqlRule:
    """What a source states has a day that has come."""
    return SqlRule(
        id=f"{table}.not_from_the_future",
        table=table,
        severity="warn",
        owner="data_steward",
        needs=(table, "release_history"),
        among=where,
        sql=f"SELECT ags, {key}, {column} FROM {table} WHERE {where} AND {column} > {_NOW}",
        expected=Text(
            de="keine Angabe ist jünger als der Tag der Veröffentlichung",
            en="no statement is later than the day of the release",
        ),
        remedy=Text(
            de="Nach einem Schreibfehler im Jahr suchen; stimmt er, geht die Uhr dieses Rechners nach.",
            en="Look for a slip of the pen in the year; if there is none, the clock of this machine is slow.",
        ),
    )


JUMP_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="revision.no_unit_slipped",
        table="revision",
        severity="stop",
        owner="data_steward",
        needs=("revision", "release_history"),
        among=f"release_id = {_LAST} AND new_value <> 0 AND old_value <> 0",
        sql=f"""
            SELECT * FROM (
                SELECT indicator_id, ags, year, old_value, new_value, source_ids,
                       count(*) OVER () AS together
                FROM revision
                WHERE release_id = {_LAST} AND new_value <> 0 AND old_value <> 0 AND ({_BY_FACTOR})
                  AND NOT {_ACCEPTED})
            WHERE together >= {LEAST_VALUES}""",
        expected=Text(
            de="keine Zahlen ändern sich gemeinsam genau um das Hundert-, Tausend- oder Millionenfache",
            en="no figures change together by exactly a hundred, a thousand or a million times",
        ),
        remedy=_PASS,
    ),
    SqlRule(
        id="revision.no_sign_flipped",
        table="revision",
        severity="stop",
        owner="data_steward",
        needs=("revision", "release_history"),
        among=f"release_id = {_LAST} AND new_value <> 0",
        sql=f"""
            SELECT indicator_id, ags, year, old_value, new_value, source_ids FROM revision
            WHERE release_id = {_LAST} AND new_value <> 0 AND abs(new_value + old_value) < {EXACTLY} * abs(old_value)
              AND NOT {_ACCEPTED}""",
        expected=Text(
            de="keine Zahl wechselt nur ihr Vorzeichen", en="no figure changes nothing but its sign"
        ),
        remedy=Text(
            de="Die Richtung der Beträge in der Beschreibung des Haushalts prüfen. Sind die neuen richtig, einmal mit SDG17_FEWER_ROWS=true laufen lassen.",
            en="Check the direction of amounts in the description of the budget. If the new ones are right, run once with SDG17_FEWER_ROWS=true.",
        ),
    ),
    SqlRule(
        id="revision.few_values_change",
        table="revision",
        severity="warn",
        owner="data_steward",
        needs=("revision", "release_history", "observation_history"),
        among=f"release_id = {_LAST} AND old_value IS NOT NULL",
        sql=f"""
            WITH stood AS (SELECT indicator_id, count(value) AS published FROM observation_history
                           WHERE {_STOOD} GROUP BY indicator_id),
            changed AS (SELECT indicator_id, count(*) AS changed FROM revision
                        WHERE release_id = {_LAST} AND old_value IS NOT NULL
                          AND new_value IS DISTINCT FROM old_value GROUP BY indicator_id)
            SELECT indicator_id, changed, published FROM stood JOIN changed USING (indicator_id)
            WHERE published >= {LEAST_COMPARED} AND changed > {CHANGED_SHARE} * published""",
        expected=Text(
            de="höchstens die Hälfte der Werte eines Indikators ändert sich mit einer Veröffentlichung",
            en="at most half of the values of an indicator change with one release",
        ),
        remedy=Text(
            de="Die Ursachen lesen: sdg17 revisions. Eine neue Definition oder Quelle gehört ins CHANGELOG.",
            en="Read the causes: sdg17 revisions. A new definition or source belongs in the CHANGELOG.",
        ),
    ),
    SqlRule(
        id="observation.years_are_alike",
        table="observation",
        severity="warn",
        owner="data_steward",
        needs=("observation", "indicator"),
        among="value IS NOT NULL",
        sql=f"""
            WITH money AS (SELECT o.indicator_id, o.ags, o.year, abs(o.value) AS size,
                                  median(abs(o.value)) OVER same AS middle, count(*) OVER same AS years
                           FROM observation AS o JOIN indicator AS i USING (indicator_id)
                           WHERE o.value <> 0 AND i.kind IN ('money', 'rate')
                           WINDOW same AS (PARTITION BY o.indicator_id, o.ags))
            SELECT * FROM money WHERE years >= {LEAST_YEARS}
              AND (size > {FAR} * middle OR size * {FAR} < middle)""",
        expected=Text(
            de="kein Jahr liegt um mehr als das Dreihundertfache über oder unter den übrigen Jahren derselben Kommune",
            en="no year lies more than three hundred times above or below the other years of the same unit",
        ),
        remedy=Text(
            de="Die Einheit der Datei dieses Jahres prüfen (Tausend, Cent), dann die Regeln für die Ausgaben.",
            en="Check the unit of the file of this year (thousands, cents), then the spending rules.",
        ),
    ),
    SqlRule(
        id="release_history.clock_goes_on",
        table="release_history",
        severity="stop",
        owner="operator",
        needs=("release_history",),
        sql=f"""
            SELECT earlier.release_id AS before, earlier.recorded_at AS recorded_before,
                   later.release_id, later.recorded_at
            FROM release_history AS earlier JOIN release_history AS later ON later.number = earlier.number + 1
            WHERE later.release_id = {_LAST} AND NOT later.fewer_rows_accepted
              AND (later.recorded_at < earlier.recorded_at
                   OR later.reference_year - earlier.reference_year > {YEARS_AHEAD})""",
        expected=Text(
            de="eine Veröffentlichung ist jünger als die vorige, und nicht um Jahre",
            en="a release is later than the one before, and not by years",
        ),
        remedy=Text(
            de="Die Uhr dieses Rechners prüfen (SDG17_NOW, Zeitdienst). Stimmt sie, einmal mit SDG17_FEWER_ROWS=true laufen lassen.",
            en="Check the clock of this machine (SDG17_NOW, time service). If it is right, run once with SDG17_FEWER_ROWS=true.",
        ),
    ),
    _not_ahead("engagement", "attested_on", "engagement_id"),
    _not_ahead("partnership_claim", "attested_on", "claim_id"),
    _not_ahead("population", "reference_date", "population_id"),
    SqlRule(
        id="budget_line.no_accounts_from_the_future",
        table="budget_line",
        severity="warn",
        owner="data_steward",
        needs=("budget_line", "release_history"),
        among="phase = 'actual'",
        sql=f"""
            SELECT DISTINCT ags, year FROM budget_line WHERE phase = 'actual' AND year > {_YEAR}""",
        expected=Text(
            de="keine Jahresrechnung gilt einem Jahr, das noch läuft",
            en="no accounts are of a year that is not over",
        ),
        remedy=Text(
            de="Die Datei nennt Plan-Zahlen Ist, oder das Jahr ist verschrieben.",
            en="The file calls plan figures actual, or the year is a slip of the pen.",
        ),
    ),
)
