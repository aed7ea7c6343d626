"""Rules of what sources deliver: compared with their own past, with each other, and with themselves.

Belongs here: findings that make a person look at a provider. Does not belong here: whether a source
could be read at all (`quality/rules/engagements.py`) or the form of one row (the contracts).

A provider may change for good reason, so these rules warn. One stops: where more than half of what a source
said, or its newest year, would vanish from a release nobody is watching. A file cut in half comes no further
than the door where a good one was read before (`pipelines/intake_attempt.py`); this rule holds for the rest.
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from quality.sql_rule import SqlRule
from quality.status import Text

GRACE_SHARE, GRACE_DAYS = 0.25, 14
"""Patience with a late provider: a quarter of its rhythm, at least two weeks."""

_NOW = "(SELECT max_by(recorded_at, number)[1:10]::DATE FROM release_history)"

SOURCE_RULES: tuple[SqlRule, ...] = (
    SqlRule(
        id="source.like_last_published",
        table="source",
        severity="warn",
        owner="data_steward",
        needs=("source",),
        sql="SELECT source_id, change FROM source WHERE change IS NOT NULL",
        expected=Text(
            de="Zeilen, Wortlaut und Lizenz jeder Quelle sind, innerhalb der Toleranz, die der vorigen Veröffentlichung",
            en="rows, wording and licence of every source are those of the release before, within tolerance",
        ),
        remedy=Text(
            de="Den Anbieter ansehen: abgeschnittene Datei, fehlendes Jahr, neue Definition, andere Lizenz.",
            en="Look at the provider: a cut file, a dropped year, a new definition, another licence.",
        ),
    ),
    SqlRule(
        id="source.no_setback",
        table="source",
        severity="stop",
        owner="data_steward",
        needs=("source",),
        sql="SELECT source_id, setback FROM source WHERE setback IS NOT NULL",
        expected=Text(
            de="keine Quelle verliert mehr als die Hälfte ihrer Zeilen oder ihren jüngsten Zeitraum",
            en="no source loses more than half of its rows or its newest period",
        ),
        remedy=Text(
            de="Beim Anbieter nachsehen: abgeschnittene Datei, Datei des Vorjahres. Ist es so richtig, einmal mit SDG17_FEWER_ROWS=true laufen lassen.",
            en="Look at the provider: a cut file, last year's file. If it is right, run once with SDG17_FEWER_ROWS=true.",
        ),
    ),
    SqlRule(
        id="source.fresh",
        table="source",
        severity="warn",
        owner="operator",
        needs=("source", "snapshot", "release_history"),
        among="rhythm_days IS NOT NULL",
        sql=f"""
            SELECT source.source_id, source.rhythm_days, max(snapshot.retrieved_at)[1:10] AS newest_file
            FROM source JOIN snapshot USING (source_id)
            WHERE source.rhythm_days IS NOT NULL GROUP BY ALL
            HAVING date_diff('day', max(snapshot.retrieved_at)[1:10]::DATE, {_NOW})
                   > source.rhythm_days + greatest({GRACE_DAYS}, {GRACE_SHARE} * source.rhythm_days)""",
        expected=Text(
            de="jede Quelle hat in ihrem Rhythmus etwas Neues gebracht, mit etwas Geduld",
            en="every source has brought something new in its rhythm, with some patience",
        ),
        remedy=Text(
            de="Beim Anbieter nachsehen, ob er noch veröffentlicht und unter derselben Adresse: sdg17 sources.",
            en="Look whether the provider still publishes, and at the same address: sdg17 sources.",
        ),
    ),
    SqlRule(
        id="source.not_silent",
        table="source",
        severity="warn",
        owner="operator",
        needs=("source",),
        sql="SELECT source_id, problem FROM source WHERE state = 'stale'",
        expected=Text(
            de="jede Quelle hat heute Brauchbares geliefert; für keine stehen alte Dateien ein",
            en="every source brought something usable today; old files stand in for none",
        ),
        remedy=Text(
            de="Siehe Spalte problem: Netz, Adresse, Zugang und Datei prüfen. Bis dahin gelten die zuletzt gelesenen Dateien.",
            en="See the column problem: check network, address, access and file. Until then the files last read hold.",
        ),
    ),
    SqlRule(
        id="aid_recipient_vintage.agrees_with_aid_recipient",
        table="aid_recipient_vintage",
        severity="warn",
        owner="data_steward",
        needs=("aid_recipient", "aid_recipient_vintage"),
        sql="""
            SELECT published.vintage_date, published.name, published.dac_group
            FROM aid_recipient_vintage AS published
            WHERE published.country IS NOT NULL AND published.dac_group IS NOT NULL
              AND EXISTS (SELECT 1 FROM aid_recipient AS ours WHERE ours.year = year(published.vintage_date))
              AND NOT EXISTS (
                SELECT 1 FROM aid_recipient AS ours
                WHERE ours.country = published.country AND ours.dac_group = published.dac_group
                  AND ours.year BETWEEN year(published.vintage_date) - 1 AND year(published.vintage_date))""",
        expected=Text(
            de="eine Codeliste der Empfängerländer zeigt die Gruppe, die wir für ihr Erscheinungsjahr oder das davor verwenden",
            en="a code list of recipients shows the group we use for the year it appeared in or the one before",
        ),
        remedy=Text(
            de="Eine Codeliste kann ein Jahr oder mehr hinterherhinken; wenn nicht, sources/embedded/dac_list.csv berichtigen.",
            en="A code list may lag by a year or more; if it does not, correct sources/embedded/dac_list.csv.",
        ),
        among="country IS NOT NULL AND dac_group IS NOT NULL",
    ),
    SqlRule(
        id="territory_weight.adds_up_to_one",
        table="territory_weight",
        severity="warn",
        owner="data_steward",
        needs=("territory_weight",),
        sql="SELECT DISTINCT level, year_from, key_from, defect FROM territory_weight WHERE defect IS NOT NULL",
        expected=Text(
            de="die Gewichte einer Gebietseinheit ergeben je Jahr zusammen eins",
            en="the weights of a unit and year add up to one",
        ),
        remedy=Text(
            de="Keine Zahl einer solchen Einheit auf ein anderes Gebiet übertragen, ohne zu sagen, was mit dem Rest geschah.",
            en="Carry no figure of such a unit to another territory without saying how the rest was treated.",
        ),
    ),
)
