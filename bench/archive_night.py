"""Whole nights on the real archive: first, one figure altered, 1 % of municipalities changed, nothing new.

Belongs here: the nights, what differs between them, what they wrote, how heavy a page is. Does not belong
here: starting and measuring a night (`endurance/nights.py`). Run by name, because it takes a quarter of an
hour; its figures stand in `archive_night.json` and on the page of results:

    python -m bench.archive_night --originals ../shared/data

The altered figures are made up; nothing of them leaves the working folder.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from bench.endurance.nights import Altered, Place
from bench.measuring import Ratio, compared
from bench.results import leave

FIGURE = "budgets/wesel/hhplan2017.csv:6.052,80:6.952,80"
FINANCE = "municipal_finance/nrw_landesdatenbank/nrw_finanzrechnung_2009-2011.parquet"
"""Original with the accounts of almost four hundred municipalities."""
MUNICIPALITIES = 108
"""One per cent of those of Germany."""
NEWEST = 2011
WITH_PICTURES, WITHOUT = 150_000, 50_000
"""Bytes a visitor may load for one municipality."""
HEAVY = (
    "Half of all pages load less than half of this. The heaviest are those of the few units whose budgets are read: "
    "some twelve indicators with a value each, every year of it with status, reason and source as text, so that the "
    "page says without pictures and without JavaScript what the pictures show. A fifth is the style sheet; each source "
    "and peer group stands there once. Much below 50 KB it would take a page of its own for the years of each indicator."
)
LOADED = ("style.css", "icon.svg")
"""Files every page loads besides itself."""
RATIOS = (
    Ratio(
        slow="percent",
        fast="first",
        at_most=0.02,
        quantity="files",
        why_missed=(
            "Each changed municipality has eight files of its own in two languages and several forms. Besides, the band "
            "of a group is drawn on the pages of all its members, and every municipality of the Land is in a group with "
            "changed ones. Below that it would take bands in files that pages share, which pages complete without "
            "JavaScript cannot load."
        ),
    ),
    Ratio(slow="same", fast="first", at_most=0, quantity="files"),
)


def nights(place: Place) -> dict[str, dict[str, Any]]:
    """Each night with what it took and what it wrote.

    Raises:
        RuntimeError: a night did not publish or confirm a release.
    """
    turns: dict[str, tuple[str, Callable[[], None]]] = {
        "first": ("first night", lambda: place.write(new=False)),
        "figure": ("one figure altered", lambda: place.write(new=True)),
        "percent": (f"{MUNICIPALITIES} municipalities changed", lambda: _change(place.archive / FINANCE)),
        "same": ("nothing new", lambda: None),
    }
    sides: dict[str, dict[str, Any]] = {}
    before: set[int] = set()
    for key, (title, prepare) in turns.items():
        prepare()
        ended = place.run("run")
        if ended.code != 0:
            raise RuntimeError(f"{title}: exit {ended.code}: {ended.said[-2000:]}")
        now = {name: Path(name).stat() for name in _files(place.home / "current")}
        new = [stat.st_size for stat in now.values() if stat.st_ino not in before]
        before = {stat.st_ino for stat in now.values()}
        seconds = ended.cpu_seconds
        sides[key] = {
            "title": title, "items": 1, "cpu_seconds": seconds, "least": seconds, "most": seconds,
            "wall_seconds": ended.wall_seconds, "peak_mb": ended.peak_megabytes,
            "files": len(new), "bytes": sum(new), "of_files": len(now),
        }  # fmt: skip
        print(json.dumps(sides[key]), flush=True)
    return sides


def changed(finance: pl.DataFrame) -> pl.DataFrame:
    """One per cent more in every amount of the newest year, for as many municipalities, evenly chosen."""
    here = (pl.col("level") == "gemeinden") & (pl.col("year") == NEWEST)
    keys = finance.filter(here, pl.col("amount_eur").abs() >= 100)["ags"].unique().sort()
    chosen = keys.gather_every(len(keys) // MUNICIPALITIES)[:MUNICIPALITIES]
    hit = here & pl.col("ags").is_in(chosen.implode())
    amount = pl.col("amount_eur")
    return finance.with_columns(amount_eur=pl.when(hit).then(amount * 101 // 100).otherwise(amount))


def _change(path: Path) -> None:
    """Write the changed file in place of the link to the original, which is never opened for writing."""
    beside = path.with_name(".beside")
    changed(pl.read_parquet(path)).write_parquet(beside)
    beside.replace(path)


def _files(folder: Path) -> Iterator[str]:
    for place, _, names in os.walk(folder.resolve()):
        yield from (f"{place}/{name}" for name in names if not os.path.islink(f"{place}/{name}"))  # noqa: PTH114


def weights(site: Path) -> list[dict[str, Any]]:
    """Bytes a visitor loads for one municipality: of the heaviest page, with and without its pictures."""
    shared = sum((site / name).stat().st_size for name in LOADED)
    pages = [file.read_bytes() for file in site.glob("gemeinde/*/index.html")]
    drawn = [shared + len(page) for page in pages]
    plain = [shared + len(re.sub(rb"<svg.*?</svg>", b"", page, flags=re.DOTALL)) for page in pages]
    return [
        {
            "title": f"bytes of a municipality, {name} (median {statistics.median(found):,.0f})",
            "quantity": "bytes",
            "reached": max(found),
            "at_most": most,
            "why_missed": HEAVY,
        }
        for name, found, most in (
            ("pictures included", drawn, WITH_PICTURES),
            ("without pictures", plain, WITHOUT),
        )
    ]


def main() -> int:
    """Carry out the nights and write their figures; says why where there are no originals."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--originals", type=Path, required=True, help="folder of original files")
    reader.add_argument("--folder", type=Path, help="working folder, on the same file system; kept if named")
    asked = reader.parse_args()
    if not (asked.originals / FINANCE).exists():
        print(f"Not measured: there are no original files in {asked.originals}")
        return 0
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="sdg17-archive-", dir="/var/tmp"))
    place = Place(folder=folder, originals=asked.originals.resolve(), altered=Altered.parse(FIGURE))
    place.prepare()
    sides = nights(place)
    told = {key: {**side, "title": f"{side['title']} ({side['wall_seconds']:.0f} s on the clock)"}
            for key, side in sides.items()}  # fmt: skip
    found = {
        "title": "Whole nights on the real archive",
        "data": (
            f"Every original file at hand, {sides['first']['of_files']:,} files published. "
            f"The figures altered are made up: one of a budget; every amount of {NEWEST} of {MUNICIPALITIES} "
            "municipalities (1 % of Germany, but a quarter of those that report such accounts). "
            "Files written anew in the release; all others are shared with the release before."
        ),
        "rounds": 1, "sides": told, "ratios": compared(RATIOS, told), "growth": (),
        "limits": weights(place.home / "current" / "site"),
    }  # fmt: skip
    leave(Path(__file__).parent, "archive_night", found)
    if asked.folder is None:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
