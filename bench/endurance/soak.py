"""Many releases in a row: disk, memory and run time must stay flat.

Run by hand:

    python -m bench.endurance.soak --originals ../shared/data --folder /var/tmp/soak --nights 30 \
        --alter budgets/wesel/hhplan2017.csv:6.052,80:6.952,80

Every night publishes one altered figure. One line of JSON per night goes to `soak.jsonl`; the first nights,
until as many releases are kept as the setting says, grow by intention and are not judged.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys

from bench.endurance.nights import Place, reader

SETTLED_AFTER = 8
"""Nights after which as many releases are kept as ever will be."""
ALLOWED = {"cpu_seconds": 1.25, "peak_megabytes": 1.10, "bytes": 1.03}
"""The last third of nights against the first settled third, at most."""


def main() -> int:
    """Carry out the nights; exit 0 only if all were published and nothing grew."""
    options = _options()
    place = Place(folder=options.folder, originals=options.originals, altered=options.alter)
    place.prepare()
    rows: list[dict[str, float]] = []
    with (options.folder / "soak.jsonl").open("a") as log:
        for turn in range(options.nights):
            place.write(new=turn % 2 == 1)
            before = place.released() if place.home.exists() else None
            night = place.run("run")
            row: dict[str, float] = {
                "night": turn + 1,
                "code": night.code,
                "published": place.released() != before,
                "cpu_seconds": round(night.cpu_seconds, 1),
                "wall_seconds": round(night.wall_seconds, 1),
                "peak_megabytes": round(night.peak_megabytes),
                "bytes": place.bytes_on_disk(),
            }
            rows.append(row)
            log.write(json.dumps(row) + "\n")
            log.flush()
            print(json.dumps(row), flush=True)
    return _judged(rows)


def _judged(rows: list[dict[str, float]]) -> int:
    bad = sum(row["code"] != 0 or not row["published"] for row in rows)
    settled = rows[SETTLED_AFTER:]
    third = max(1, len(settled) // 3)
    for name, most in ALLOWED.items():
        first = statistics.median(row[name] for row in settled[:third])
        last = statistics.median(row[name] for row in settled[-third:])
        grown = last / first
        bad += grown > most
        print(f"{name}: {first:,.0f} at first, {last:,.0f} at last, ratio {grown:.3f} (at most {most})")
    print(f"{len(rows)} nights, {bad} findings")
    return min(bad, 1)


def _options() -> argparse.Namespace:
    parser = reader(__doc__)
    parser.add_argument("--nights", type=int, default=30)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
