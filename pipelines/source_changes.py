"""What each source delivers beside what was last published of it: rows, wording, licence.

Belongs here: the comparison, and reading the published release for it. Does not belong here:
whether a source could be read (`pipelines/intake.py`) or is late (`pipelines/source_health.py`);
a column that was renamed never comes this far, its reader refuses the file.

A release is compared with the one before only if both were read from the same kind of origin. Where
the files of a source are still those of the published release, its finding is that of the published
release: a night that brings nothing new says what the night before said, and publishes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import polars as pl

from pipelines.intake_attempt import LEAST_COUNTED, LEAST_KEPT
from pipelines.release import DATABASE, read_manifest
from pipelines.selecting import selected
from pipelines.settings import Settings
from quality.contracts import CONTRACTS

SOURCE = CONTRACTS["source"]
SHOWN_SUBJECTS = 5
WORDINGS = """
    SELECT DISTINCT source_id, indicator AS subject, definition_id AS wording FROM context_definition
    UNION SELECT DISTINCT source_id, table_code || '/' || variable_code, label || ' [' || unit || ']'
    FROM official_series
    UNION SELECT DISTINCT snapshot.source_id,
        'budget ' || ags || ' ' || CAST(year AS VARCHAR) || ' of ' || CAST(cents AS VARCHAR) || ' cents', phase
    FROM (SELECT snapshot_id, ags, year, phase, CAST(sum(amount_cents) AS BIGINT) AS cents
          FROM budget_line GROUP BY snapshot_id, ags, year, phase) AS whole
    JOIN snapshot ON snapshot.snapshot_id = whole.snapshot_id"""
"""What a figure is called and how it is defined, by source; the same question for both releases. A budget is
named by its sum, so that the same amounts under another phase (plan as actual) are a new wording."""

NEWEST = """
    SELECT source_id, 'engagement' AS subject, max(CAST(attested_on AS VARCHAR)) AS newest
    FROM engagement GROUP BY source_id
    UNION SELECT source_id, 'partnership_claim', max(CAST(attested_on AS VARCHAR))
    FROM partnership_claim GROUP BY source_id
    UNION SELECT source_id, 'official_series', max(CAST(reference_date AS VARCHAR))
    FROM official_series GROUP BY source_id
    UNION SELECT source_id, 'context_series', max(CAST(year AS VARCHAR)) FROM context_series GROUP BY source_id
    UNION SELECT snapshot.source_id, 'population', max(CAST(reference_date AS VARCHAR))
    FROM population JOIN snapshot ON snapshot.snapshot_id = population.snapshot_id GROUP BY snapshot.source_id
    UNION SELECT snapshot.source_id, 'budget_line', max(CAST(year AS VARCHAR))
    FROM budget_line JOIN snapshot ON snapshot.snapshot_id = budget_line.snapshot_id
    GROUP BY snapshot.source_id"""
"""The newest period each source speaks about, by table: last year's file shows an older one."""

ASKED = (
    "budget_line", "context_definition", "context_series", "engagement", "official_series",
    "partnership_claim", "population", "snapshot",
)  # fmt: skip
"""Tables these questions are asked of."""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """Tables of one release that say what sources delivered.

    `source` and `snapshot` as in the database; `wordings` has source_id, subject, wording; `newest` has
    source_id, subject, newest.
    """

    source: pl.DataFrame
    snapshot: pl.DataFrame
    wordings: pl.DataFrame
    newest: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(
            schema=dict.fromkeys(("source_id", "subject", "newest"), pl.String)
        )
    )


def last_published(settings: Settings) -> Delivered | None:
    """The published release, or null before the first, after another kind of origin, or where it is older
    than this comparison.
    """
    manifest = read_manifest(settings)
    if manifest is None or manifest.get("origin") != settings.origin_kind:
        return None
    try:
        with duckdb.connect(str(settings.current / DATABASE), read_only=True) as connection:
            return Delivered(
                source=selected(connection, "SELECT * FROM source"),
                snapshot=selected(connection, "SELECT source_id, name, snapshot_id, licence FROM snapshot"),
                wordings=selected(connection, WORDINGS),
                newest=selected(connection, NEWEST),
            )
    except duckdb.Error:
        return None


def compared(
    now: Delivered,
    published: Delivered | None,
    least_shares: Mapping[str, float],
    *,
    today: str,
    accepted: bool = False,
) -> pl.DataFrame:
    """The table `source` with `rows_before`, `change` and `setback`.

    Args:
        now: what this night read.
        published: the release before, if there is one to compare with.
        least_shares: by source, the share of the rows before that must be there again.
        today: the day, YYYY-MM-DD; a period after it was a slip of the pen, and losing it is none.
        accepted: whether a person said that less than before is right.
    """
    if published is None or "rows_before" not in published.source.columns:
        return now.source
    changed_files = _with_other_files(now.snapshot, published.snapshot)
    before = published.source.select(
        "source_id",
        was_accepted="rows_accepted",
        was_before="rows_before",
        was_change="change",
        was_setback="setback" if "setback" in published.source.columns else pl.lit(None, pl.String),
    )
    kept = ~pl.col("source_id").is_in(changed_files) & (pl.col("rows_accepted") == pl.col("was_accepted"))
    found = (
        now.source.join(before, on="source_id", how="left", maintain_order="left")
        .join(_reworded(now, published), on="source_id", how="left", maintain_order="left")
        .join(_relicensed(now, published), on="source_id", how="left", maintain_order="left")
        .join(_older(now, published, today), on="source_id", how="left", maintain_order="left")
        .with_columns(rows=_fewer_rows(least_shares))
    )
    lost = pl.concat_str(
        pl.when(
            pl.col("rows_accepted") < LEAST_KEPT * pl.col("was_accepted"),
            pl.col("was_accepted") >= LEAST_COUNTED,
        ).then("rows"),
        "older",
        separator="; ",
        ignore_nulls=True,
    ).replace("", None)
    changes = pl.concat_str("rows", "older", "reworded", "relicensed", separator="; ", ignore_nulls=True)
    return found.with_columns(
        rows_before=pl.when(kept).then("was_before").otherwise("was_accepted"),
        change=pl.when(kept).then("was_change").otherwise(changes.replace("", None)),
        setback=pl.when(kept).then("was_setback").otherwise(pl.lit(None, pl.String) if accepted else lost),
    ).select(list(SOURCE.columns))


def _with_other_files(now: pl.DataFrame, before: pl.DataFrame) -> list[str]:
    """Sources that have a file one of the two releases does not; a source without any has the same."""
    files = [each.select("source_id", "snapshot_id").unique() for each in (now, before)]
    both = ["source_id", "snapshot_id"]
    differing = pl.concat(
        [files[0].join(files[1], on=both, how="anti"), files[1].join(files[0], on=both, how="anti")]
    )
    return differing["source_id"].unique().sort().to_list()


def _fewer_rows(least_shares: Mapping[str, float]) -> pl.Expr:
    least = pl.col("source_id").replace_strict(
        dict(least_shares), default=1.0, return_dtype=pl.Float64
    ) * pl.col("was_accepted")
    return pl.when(pl.col("rows_accepted") < least).then(
        pl.format("{} rows, {} in the last published release", "rows_accepted", "was_accepted")
    )


def _older(now: Delivered, published: Delivered, today: str) -> pl.DataFrame:
    """Sources whose newest period lies before that of the last release: last year's file came again."""
    beside = now.newest.join(published.newest, on=["source_id", "subject"], suffix="_before")
    older = beside.filter(
        pl.col("newest") < pl.col("newest_before"),
        pl.col("newest_before").str.slice(0, len(today)) <= today,
    ).sort("source_id", "subject")
    return older.group_by("source_id", maintain_order=True).agg(
        older=pl.format(
            "newest period {}, {} in the last published release", "newest", "newest_before"
        ).first()
    )


def _reworded(now: Delivered, published: Delivered) -> pl.DataFrame:
    """Sources that call or define something otherwise than before."""
    ways = [
        each.wordings.group_by("source_id", "subject").agg(
            said=pl.col("wording").unique().sort().str.join("|")
        )
        for each in (now, published)
    ]
    differing = ways[0].join(ways[1], on=["source_id", "subject"], suffix="_before")
    differing = differing.filter(pl.col("said") != pl.col("said_before")).sort("source_id", "subject")
    return differing.group_by("source_id", maintain_order=True).agg(
        reworded=pl.format(
            "defined or named anew: {}{}",
            pl.col("subject").head(SHOWN_SUBJECTS).str.join(", "),
            pl.when(pl.len() > SHOWN_SUBJECTS).then(pl.lit(" and others")).otherwise(pl.lit("")),
        )
    )


def _relicensed(now: Delivered, published: Delivered) -> pl.DataFrame:
    """Sources whose files stand under another licence than before."""
    terms = [
        each.snapshot.group_by("source_id").agg(terms=pl.col("licence").unique().sort().str.join(" | "))
        for each in (now, published)
    ]
    differing = terms[0].join(terms[1], on="source_id", suffix="_before")
    return differing.filter(pl.col("terms") != pl.col("terms_before")).select(
        "source_id", relicensed=pl.format("licence {}, before {}", "terms", "terms_before")
    )
