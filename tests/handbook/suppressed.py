"""A database with one suppressed number, from a return that is made up: no municipality has sent it.

Belongs here: the way of that return through the program, from its bytes to the finished file. Does not
belong here: what is asked of it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from indicators import load_indicators, load_measure_groups
from indicators.confidentiality import limits, suppress
from indicators.formula import measures_of, observe
from pipelines import database
from pipelines.assets.measures import declared_measures
from pipelines.catalogue import catalogue, formula_parts
from pipelines.measuring import compute
from pipelines.observations import with_provenance
from quality.contracts import CONTRACTS
from sources.self_report import read
from sources.self_report_form import COLUMNS
from sources.source import Raw
from tests.quality.world import TOWN, good_world

YEAR = 2024
STAFF = load_indicators()["kepol_vzae"]
"""Posts per 100,000 inhabitants; the measure is in hundredths of a post."""
FORM = "\r\n".join(
    [
        ";".join(COLUMNS),
        f"{TOWN};{YEAR};personal_kepol;1,5;VZÄ;gemeldet;;;;01.03.2025;Erfundenes Amt",
    ]
).encode()
"""One and a half posts: so few persons that the figure would speak about single ones."""


def build(path: Path) -> None:
    """Write the file: the made-up world, with this return and what follows from it."""
    digest = hashlib.sha256(FORM).hexdigest()
    name = f"{TOWN}_20250301T120000Z_{digest[:8]}_meldung.csv"
    read_in = read([Raw(name=name, content=FORM, snapshot_id=digest)], {}).tables
    group = load_measure_groups()["self_reports"]
    stated = read_in["self_report"].join(
        read_in["self_report_sealed"].rename({"quantity": "sealed"}), on="report_id", how="left"
    )
    stated = stated.with_columns(quantity=pl.coalesce("quantity", "sealed")).drop("sealed")
    known = {"self_report": stated, "self_report_contact": read_in["self_report_contact"]}
    given = {
        each: known.get(each, CONTRACTS[each].empty() if each in CONTRACTS else None) for each in group.tables
    }
    inputs, measure = compute(
        group, {each: frame.lazy() for each, frame in given.items() if frame is not None}
    )
    inputs, measure, _ = suppress(inputs, measure, limits(group.measures))
    tables = dict(good_world())
    people = (
        tables["measure"]
        .filter(pl.col("measure_id") == "population_30_06")
        .with_columns(year=pl.lit(YEAR, pl.Int64))
    )
    measures = pl.concat([measure, people.select(measure.columns)])
    indicator = STAFF
    observed = observe(
        indicator,
        measures=measures,
        declared=declared_measures(),
        units=pl.DataFrame(
            {"ags": [TOWN], "level": ["municipality"], "territory_date": [None], "is_live": [True]},
            schema_overrides={"territory_date": pl.Date},
        ),
        reference_year=YEAR,
        phase="actual",
    )
    files = inputs.select("measure_id", "ags", "year", "phase", "snapshot_id").drop_nulls()
    tables |= {
        "observation": with_provenance(observed, indicator, files, phase="actual", table="observation"),
        "measure": measures.filter(pl.col("measure_id").is_in(measures_of(indicator))),
        "measure_input": inputs,
        "indicator": catalogue([indicator]),
        "indicator_measure": formula_parts([indicator]),
        "self_report": read_in["self_report"],
        "snapshot": tables["snapshot"].with_columns(snapshot_id=pl.lit(digest), name=pl.lit(name)),
    }
    folder = path.parent
    written = {}
    for table in sorted(database.EXPLAINED_BY | {"municipality", "reason", "self_report"}):
        written[table] = folder / f"{table}.parquet"
        tables[table].select(list(CONTRACTS[table].columns)).write_parquet(written[table])
    database.build(path, written, CONTRACTS)
