"""Cash accounts of municipalities and districts in North Rhine-Westphalia, 2009 to 2011.

Belongs here: the table of the Landesdatenbank NRW (71147-05i and 71147-15i) as one Parquet file.
Does not belong here: current years (another table in another form) or what counts as development
spending.

Accounts 6 and 7 are the sums of the four-digit accounts below them; `is_total` marks every account
that another one of the table begins with. A dot is a figure that is secret or not available: it
stays a sign, the amount is null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.columnar import columns_of
from sources.rejection import reject
from sources.source import Raw, Reading, Source
from sources.symbols import without_unit

TABLE = CONTRACTS["municipal_finance"]
PROVIDER = "landesdatenbank_nrw"
COLUMNS = {
    "year": pl.Int64,
    "level": pl.String,
    "ags": pl.String,
    "product_group": pl.String,
    "account": pl.String,
    "amount_eur": pl.Int64,
    "symbol": pl.String,
}
LEVELS = {"gemeinden": "municipality", "landkreise": "district"}
LARGEST_AMOUNT = 10**14
"""Euro; beyond it an amount in cents would not fit and is no municipal payment."""


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Every fact of every file, signs kept.

    Raises:
        SourceChanged: a file is damaged or has other columns.
    """
    frames, rejected = [TABLE.empty()], [no_rejects()]
    for raw in raws:
        facts = columns_of(raw, COLUMNS)
        facts = facts.with_columns(is_total=pl.col("account").is_in(sorted(totals(facts["account"]))))
        meanings = without_unit(PROVIDER)
        problem = _problem(sorted(meanings))
        marked = facts.with_columns(problem=problem)
        frames.append(_facts(marked.filter(pl.col("problem").is_null()), meanings))
        rejected.append(_refused(marked.filter(pl.col("problem").is_not_null())))
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=pl.concat(rejected))


def totals(accounts: pl.Series) -> set[str]:
    """Accounts that another account of the same table begins with: they contain it."""
    known = {account for account in accounts.unique().to_list() if account}
    return {account[:length] for account in known for length in range(1, len(account))} & known


def _problem(symbols: Sequence[str]) -> pl.Expr:
    """Why a fact cannot be taken, or null."""
    amount, symbol = pl.col("amount_eur"), pl.col("symbol")
    return (
        pl.when(~pl.col("level").is_in(list(LEVELS)).fill_null(False))
        .then(pl.lit("level is neither gemeinden nor landkreise"))
        .when(symbol.is_not_null() & ~symbol.is_in(list(symbols)))
        .then(pl.lit("the sign is not in the provider's dictionary"))
        .when(amount.is_not_null() == symbol.is_not_null())
        .then(pl.lit("a fact has either an amount or a sign in its place"))
        .when(amount.abs() > LARGEST_AMOUNT)
        .then(pl.lit("the amount is larger than any municipal payment"))
    )


def _facts(facts: pl.DataFrame, meanings: Mapping[str, str]) -> pl.DataFrame:
    return facts.with_columns(
        level=pl.col("level").replace_strict(LEVELS, return_dtype=pl.String),
        amount_cents=pl.col("amount_eur") * 100,
        obs_status=pl.when(pl.col("symbol").is_null())
        .then(pl.lit("A"))
        .otherwise(pl.col("symbol").replace_strict(meanings, default=None, return_dtype=pl.String)),
    ).select(list(TABLE.columns))


def _refused(facts: pl.DataFrame) -> pl.DataFrame:
    return reject(
        facts,
        source_id=SOURCE.id,
        table=TABLE.table,
        rule="fact_readable",
        value=pl.coalesce("symbol", pl.col("amount_eur").cast(pl.String)),
        reason=pl.col("problem"),
        remedy="Compare with the table of the Landesdatenbank NRW; add a new sign to symbols.csv.",
    )


SOURCE = Source(
    id="nrw_finance",
    title="Finanzrechnung der Gemeinden und Kreise in Nordrhein-Westfalen 2009–2011",
    publisher="IT.NRW, Landesdatenbank NRW (Tabellen 71147-05i und 71147-15i)",
    licence="dl-de/by-2-0",
    attribution="© IT.NRW, Landesdatenbank NRW, dl-de/by-2-0; Umformung felixebert/haushaltsdatenvergleich (MIT)",
    homepage="https://www.landesdatenbank.nrw.de/",
    tables=("municipal_finance",),
    read=read,
    archive=("municipal_finance/nrw_landesdatenbank/nrw_finanzrechnung_*.parquet",),
    group="budgets",
)
