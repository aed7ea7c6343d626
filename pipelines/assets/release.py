"""The release: bookkeeping, database aside, audit, pages, one rename."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from pipelines.assets.house_tables import HOUSE_STAGE, UNIONS, UNIONS_WITH_UNITS, house_key
from pipelines.assets.source_tables import SOURCES, key_of
from pipelines.exchange.publishing import exchanged
from pipelines.giving_back import give_back
from pipelines.house import House, tell
from pipelines.night import AUDITED, Night, assemble, published, recorded, rendered
from pipelines.night_audit import TableChecks, audited, by_table, known_results
from pipelines.vintages import RECORDED
from quality.contracts import CONTRACTS
from quality.quarantine.rows import published as set_aside

ADDED_LATER = (*RECORDED, *AUDITED, "release")
TABLES = tuple(name for name, each in CONTRACTS.items() if each.published and name not in ADDED_LATER)
"""Tables of the database, before what is compared with earlier releases and the audit are added."""

CHECKED = (*TABLES, *RECORDED)
"""Tables the audit asks about."""

ONLY_SHOWN = ("boundary", "country_outline")
"""Tables that stay in the house and are drawn on pages."""

WRITTEN_BESIDE = ("indicator_measure", "trend_method")
"""Tables another asset writes beside its own."""

BOOKS = {"snapshot": "snapshot", "quarantine": "quarantine"}
"""Table to the stage of the store its parts lie in."""


def build_book(table: str, stage: str) -> dg.AssetsDefinition:
    """One table of the books: what was read, from which files, and what was left out."""

    @dg.asset(
        key=house_key(table),
        deps=[
            *(key_of(source, name) for source in SOURCES.values() for name in source.tables),
            *(house_key(name) for name in (*UNIONS, *UNIONS_WITH_UNITS)),
        ],
        group_name="release",
        description=CONTRACTS[table].description,
        required_resource_keys={"house"},
    )
    def book(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        house: House = context.resources.house
        mine = {*SOURCES, *(f"house.{name}" for name in (*UNIONS, *UNIONS_WITH_UNITS))}
        parts = [house.store.read(stage, name) for name in house.store.names(stage) if name in mine]
        if table == "quarantine":
            frame = set_aside(pl.concat(parts, how="diagonal"))
        else:
            frame = pl.concat([part.select(list(CONTRACTS[table].columns)) for part in parts])
            frame = frame.sort(list(CONTRACTS[table].sort or CONTRACTS[table].key))
        house.store.write(HOUSE_STAGE, table, frame)
        tell(table, f"{table}: {frame.height:,} rows")
        return dg.MaterializeResult(metadata={"rows": frame.height})

    return book


def _release_asset(name: str) -> dg.AssetKey:
    return dg.AssetKey(["release", name])


@dg.asset(
    key=_release_asset("database"),
    deps=[house_key(name) for name in TABLES if name not in WRITTEN_BESIDE],
    group_name="release",
    kinds={"duckdb"},
    required_resource_keys={"house"},
)
def database(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """The database file, built beside the published one; not built where nothing has changed."""
    house: House = context.resources.house
    files = {name: house.store.path(HOUSE_STAGE, name) for name in TABLES}
    tables = house.keeper.content(files, CONTRACTS)
    night = assemble(house.settings, files, tables, SOURCES)
    tell("database", night.summary)
    return dg.MaterializeResult(metadata={"content_hash": night.content_hash, "unchanged": night.unchanged})


@dg.asset(
    key=_release_asset("history"),
    deps=[_release_asset("database")],
    group_name="release",
    kinds={"polars", "duckdb"},
    required_resource_keys={"house"},
)
def history(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """What became of the last release's numbers: history of values, revisions with causes, releases."""
    house: House = context.resources.house
    tell("history", recorded(house.settings, Night.load(house.settings), house.store))
    return dg.MaterializeResult()


@dg.asset(
    key=_release_asset("audit"),
    deps=[_release_asset("history")],
    group_name="release",
    kinds={"duckdb"},
    check_specs=[
        dg.AssetCheckSpec(
            "may_be_published",
            asset=_release_asset("audit"),
            blocking=True,
            description="Whether no check of severity stop has failed; if one has, the last release stays.",
        ),
        *(
            dg.AssetCheckSpec(f"table_{name}", asset=_release_asset("audit"), description=f"Checks of {name}")
            for name in CHECKED
        ),
    ],
    required_resource_keys={"house"},
)
def audit_result(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
    """Every check on the finished file. A failed one leaves the last release in place."""
    house: House = context.resources.house
    night = Night.load(house.settings)
    give_back()
    names = [*TABLES, *(name for name in RECORDED if name != "observation_history")]
    checked = {name: house.store.path(HOUSE_STAGE, name) for name in names}
    failed = audited(house.settings, night, checked)
    tell("audit", night.audit_summary(failed))
    yield dg.MaterializeResult(
        metadata={"failed": failed.height},
        check_results=[
            dg.AssetCheckResult(
                check_name="may_be_published",
                passed=failed.is_empty(),
                severity=dg.AssetCheckSeverity.ERROR,
                metadata={"failed": dg.MetadataValue.md(_listed(failed))},
            ),
            *(_of_table(each) for each in by_table(known_results(house.settings), CHECKED)),
        ],
    )


@dg.asset(
    key=_release_asset("site"),
    deps=[_release_asset("audit"), *(house_key(name) for name in ONLY_SHOWN)],
    group_name="release",
    kinds={"altair"},
    required_resource_keys={"house"},
)
def site(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """The pages of the release; pages whose content did not change are not written again."""
    house: House = context.resources.house
    give_back()
    files = {name: house.store.path(HOUSE_STAGE, name) for name in (*TABLES, *RECORDED, *ONLY_SHOWN)}
    report = rendered(house.settings, Night.load(house.settings), files, lambda text: tell("pages", text))
    tell(
        "site",
        f"pages: {report['pages']:,}, {report['written']:,} written, {report['unchanged']:,} unchanged",
    )
    return dg.MaterializeResult(metadata=report)


@dg.asset(
    key=_release_asset("exchange"),
    deps=[_release_asset("audit")],
    group_name="release",
    kinds={"polars"},
    required_resource_keys={"house"},
)
def exchange(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """Downloads, interface, SDMX, catalogue; parts whose rows did not change are linked, not made."""
    house: House = context.resources.house
    give_back()
    report = exchanged(house.settings, Night.load(house.settings), house.store)
    tell("exchange", f"downloads: {report['files']:,} files, {report['changed']:,} parts written anew")
    return dg.MaterializeResult(metadata=report)


@dg.asset(
    key=_release_asset("published"),
    deps=[_release_asset("site"), _release_asset("exchange")],
    group_name="release",
    required_resource_keys={"house"},
)
def publication(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """Database, pages and downloads become the current release by one rename."""
    house: House = context.resources.house
    release_id = published(house.settings, Night.load(house.settings))
    tell("published", f"release {release_id} is current")
    return dg.MaterializeResult(metadata={"release_id": release_id})


def _of_table(found: TableChecks) -> dg.AssetCheckResult:
    """The checks of one table, with counts and some of the rows that broke them."""
    return dg.AssetCheckResult(
        check_name=f"table_{found.table}",
        passed=not found.failed,
        severity=dg.AssetCheckSeverity.ERROR if found.stops else dg.AssetCheckSeverity.WARN,
        metadata={
            "checks": found.checks,
            "failed": len(found.failed),
            "rows_looked_at": found.rows,
            "rows_that_broke_one": found.unexpected,
            "findings": dg.MetadataValue.json(found.failed),
        },
    )


def _listed(failed: pl.DataFrame) -> str:
    return "\n".join(f"- {row['check_id']}: {row['observed']} {row['remedy']}" for row in failed.to_dicts())


ASSETS = [
    *(build_book(table, stage) for table, stage in BOOKS.items()),
    database,
    history,
    audit_result,
    site,
    exchange,
    publication,
]
