"""Titles, resolutions, posts and concepts: what a document proves for which 31 December.

Belongs here: the rules that turn an engagement with its validity and its document into 0, 1 or
"not known" per year. Does not belong here: the facts themselves, or measures of quantities.

The rules, for the state at 31 December of year t:

- A document proves nothing after its own date. The last year it proves is the last 31 December
  that is not later than the document and not later than a stated end.
- A post or concept counts from its stated start to the last proven year with status A. An end
  stated in advance (a grant until 2026) carries it on with status I up to that end, never beyond.
  After that nothing is known: status O.
- A confirmed "no" counts for the last proven 31 December, or from its stated start on.
- A Fairtrade title is valid for two years from its award: status A. A document that speaks of the
  title later, without naming the renewals, makes the years up to its date an estimate: status E.
  After that the title may have lapsed: status O.
- A signed resolution does not expire: 1 from the year of signing, and 0 in the years before a known
  date of signing since the Agenda was adopted (2015), all with status A. Where documents name
  several dates, the earliest counts.
- Of several documents on one unit and year the proven one wins over the estimate, then the newer.
- What a unit states about itself counts where no document proves anything for that year, and
  instead of an estimate or a statement made in advance (`indicators/self_report_knowledge.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators import self_report_knowledge
from indicators.measure import INPUT_COLUMNS, Keep, Lazy, Measure, MeasureGroup, as_it_is

STATES = ("coordination_position", "development_policy_concept", "migration_development_body")
SELF_REPORTED = (*STATES, "agenda_2030_resolution")
TITLE_YEARS = 2
AGENDA_ADOPTED = 2015
"""Year the Agenda 2030 was adopted: nothing can be said of resolutions on it before."""
DECEMBER, LAST_DAY = 12, 31
YES_OR_NO = "0/1"
CERTAINTY = ("A", "I", "E", "O")
"""Statuses in the order in which a document is preferred over another."""


def inputs(tables: Mapping[str, Lazy], keep: Keep = as_it_is) -> Lazy:
    """One row per unit, year and kind about which a document says anything."""
    facts = tables["engagement"].filter(nw.col("unit") == YES_OR_NO).with_columns(one=nw.lit(1))
    years = tables["years"].with_columns(nw.col("year").cast(nw.Int64), one=nw.lit(1))
    dated = facts.with_columns(
        yes=nw.col("value") > 0,
        start=_year(nw.col("valid_from")),
        attested=_year(nw.col("attested_on")),
        proven=_last_year_end(nw.col("attested_on")),
        end=_last_year_end(nw.col("valid_to")),
    ).join(years, on="one", how="inner")
    ruled = nw.concat([_states(dated), _titles(dated), _resolutions(dated)], how="vertical")
    return self_report_knowledge.completed(
        _as_inputs(_best(ruled, keep)), tables, SELF_REPORTED, phase="none", gives_way=("I", "E")
    )


def _year(day: nw.Expr) -> nw.Expr:
    return day.dt.year().cast(nw.Int64)


def _last_year_end(day: nw.Expr) -> nw.Expr:
    """Year of the last 31 December that is not later than a day."""
    at_year_end = (day.dt.month() == DECEMBER) & (day.dt.day() == LAST_DAY)
    return nw.when(at_year_end).then(_year(day)).otherwise(_year(day) - 1)


def _states(dated: Lazy) -> Lazy:
    """Posts and concepts: in force from their start to the last proven or stated 31 December."""
    year, proven, end = nw.col("year"), nw.col("proven"), nw.col("end")
    ends_earlier = ~end.is_null() & (end < proven)
    bounded = dated.filter(nw.col("kind").is_in(STATES)).with_columns(
        first=nw.when(nw.col("yes"))
        .then(nw.coalesce(nw.col("start"), nw.col("attested")))
        .otherwise(nw.coalesce(nw.col("start"), proven)),
        proven=nw.when(ends_earlier).then(end).otherwise(proven),
    )
    in_advance = ~end.is_null() & (year <= end)
    return _with_status(
        bounded.filter(year >= nw.col("first")),
        status=nw.when(year <= proven)
        .then(nw.lit("A"))
        .otherwise(nw.when(in_advance).then(nw.lit("I")).otherwise(nw.lit("O"))),
        open_reason="not_attested_for_year",
    )


def _titles(dated: Lazy) -> Lazy:
    """Fairtrade titles: two years from the award, an estimate to the document's date, then unknown."""
    year, end = nw.col("year"), nw.col("end")
    awarded = dated.filter(nw.col("kind") == "fairtrade_town").with_columns(
        first=nw.coalesce(nw.col("start"), nw.col("proven"))
    )
    no_title_proven = nw.when(~nw.col("yes")).then(nw.col("proven"))
    in_title = nw.coalesce(end, nw.col("start") + TITLE_YEARS - 1, no_title_proven)
    return _with_status(
        awarded.filter(year >= nw.col("first")),
        status=nw.when(year <= in_title)
        .then(nw.lit("A"))
        .otherwise(nw.when(year <= nw.col("proven")).then(nw.lit("E")).otherwise(nw.lit("O"))),
        open_reason="title_not_confirmed",
    )


def _resolutions(dated: Lazy) -> Lazy:
    """Resolutions: signed once, in force for good; a known date of signing says no for the years before."""
    year, start = nw.col("year"), nw.col("start")
    signed = dated.filter(nw.col("kind") == "agenda_2030_resolution", year >= AGENDA_ADOPTED)
    first = nw.coalesce(start, nw.col("attested"))
    earliest = signed.filter(nw.col("yes")).group_by("ags").agg(earliest=first.min())
    known = signed.join(earliest, on="ags", how="left").filter(
        (nw.col("yes") & ((year >= first) | (~start.is_null() & (year < nw.col("earliest")))))
        | (~nw.col("yes") & (year == nw.col("proven")))
    )
    return _with_status(
        known.with_columns(yes=nw.col("yes") & (year >= first)),
        status=nw.lit("A"),
        open_reason="not_attested_for_year",
    )


def _with_status(rows: Lazy, *, status: nw.Expr, open_reason: str) -> Lazy:
    """Value, reason and order of preference that go with a status."""
    flagged = rows.with_columns(obs_status=status)
    code = nw.col("obs_status")
    carried = nw.when(code == "I").then(nw.lit("stated_in_advance")).otherwise(nw.lit(open_reason))
    amount = nw.when(nw.col("yes")).then(nw.lit(1)).otherwise(nw.lit(0))
    return flagged.select(
        "kind",
        "ags",
        "year",
        "engagement_id",
        "attested_on",
        "obs_status",
        "document",
        "snapshot_id",
        "locator",
        "raw_text",
        contribution=nw.when(code != "O").then(amount.cast(nw.Int64)).otherwise(nw.lit(None, nw.Int64)),
        reason=nw.when(code != "A").then(carried).otherwise(nw.lit(None, nw.String)),
        preference=_preference(code),
    )


def _preference(status: nw.Expr) -> nw.Expr:
    place: nw.Expr = nw.lit(len(CERTAINTY))
    for rank, code in enumerate(CERTAINTY):
        place = nw.when(status == code).then(nw.lit(rank)).otherwise(place)
    return place


def _best(rows: Lazy, keep: Keep) -> Lazy:
    """The one statement per unit, year and kind that counts: surest, then newest, then first by key."""
    key = ["kind", "ags", "year"]
    for column, choice in (
        ("preference", nw.col("preference").min()),
        ("attested_on", nw.col("attested_on").max()),
        ("engagement_id", nw.col("engagement_id").min()),
    ):
        rows = keep(rows)
        chosen = rows.group_by(key).agg(chosen=choice)
        rows = (
            rows.join(chosen, on=key, how="inner").filter(nw.col(column) == nw.col("chosen")).drop("chosen")
        )
    return rows


def _as_inputs(rows: Lazy) -> Lazy:
    known = nw.col("obs_status") != "O"
    nothing = nw.lit(None, nw.String)
    return rows.with_columns(
        measure_id=nw.col("kind"),
        phase=nw.lit("none"),
        input_table=nw.when(known).then(nw.lit("engagement")).otherwise(nothing),
        input_id=nw.when(known).then(nw.col("engagement_id")).otherwise(nothing),
        rule_id=nothing,
        note=nw.col("document"),
    ).select(*INPUT_COLUMNS)


GROUP = MeasureGroup(
    id="engagement",
    tables=("engagement", "years", *self_report_knowledge.TABLES),
    measures=(
        Measure(
            id="fairtrade_town",
            unit=YES_OR_NO,
            name_de="Fairtrade-Town-Titel am 31. Dezember",
            name_en="Fairtrade Town title at 31 December",
            description="1 if a title is in force: awarded or renewed within two years, or attested later.",
            carries_note=True,
        ),
        Measure(
            id="agenda_2030_resolution",
            unit=YES_OR_NO,
            name_de="Musterresolution zur Agenda 2030 gezeichnet",
            name_en="Agenda 2030 resolution signed",
            description="1 if the council signed the resolution on or before 31 December.",
            carries_note=True,
        ),
        Measure(
            id="coordination_position",
            unit=YES_OR_NO,
            name_de="Eigene Stelle für kommunale Entwicklungspolitik am 31. Dezember",
            name_en="Own position for development policy at 31 December",
            description="1 if a named position exists.",
            carries_note=True,
        ),
        Measure(
            id="development_policy_concept",
            unit=YES_OR_NO,
            name_de="Entwicklungspolitisches Konzept in Kraft am 31. Dezember",
            name_en="Development-policy concept in force at 31 December",
            description="1 if a concept adopted by the council is in force.",
            carries_note=True,
        ),
        Measure(
            id="migration_development_body",
            unit=YES_OR_NO,
            name_de="Gremium Migration und Entwicklung am 31. Dezember",
            name_en="Joint body on migration and development at 31 December",
            description="1 if a standing body with seats for migrant organisations exists.",
            carries_note=True,
        ),
    ),
    inputs=inputs,
    takes_keep=True,
)
