"""Kill nights at random moments: after each, the published release must be whole and the next night succeed.

Run by hand, for hours:

    python -m bench.endurance.killed_nights --originals ../shared/data --folder /var/tmp/killed --times 50 \
        --alter budgets/wesel/hhplan2017.csv:6.052,80:6.952,80

Every night has one altered figure to publish. The moment is drawn evenly over the length of the last whole
night. One line of JSON per kill goes to `killed.jsonl`, with what the night after it cost and what the folder
holds then, so that many kills show as well whether anything grows.
"""

from __future__ import annotations

import argparse
import json
import random
import sys

from bench.endurance.nights import Place, reader


def main() -> int:
    """Carry out the test; exit 0 only if every release was whole and every next night succeeded."""
    options = _options()
    place = Place(folder=options.folder, originals=options.originals, altered=options.alter)
    place.prepare()
    length = options.length or _measured(place)
    chance, bad = random.Random(options.seed), 0  # noqa: S311 - moments, no secrets
    with (options.folder / "killed.jsonl").open("a") as log:
        for turn in range(options.times):
            place.write(new=turn % 2 == 1)
            row = _turn(place, chance.uniform(0.5, length))
            length = float(str(row["next_night_seconds"]))
            bad += not row["good"]
            log.write(json.dumps(row) + "\n")
            log.flush()
            print(turn + 1, json.dumps(row), flush=True)
    print(f"{options.times} kills, {bad} with a finding")
    return min(bad, 1)


def _measured(place: Place) -> float:
    """Seconds of a whole night with one altered figure, after a night that made everything."""
    for new, what in ((False, "first night"), (True, "a night with one altered figure")):
        place.write(new=new)
        night = place.run("run")
        print(
            f"{what}: exit {night.code}, {night.cpu_seconds:.0f} CPU s, {night.wall_seconds:.0f} s",
            flush=True,
        )
        if night.code:
            raise SystemExit(f"{what} did not succeed:\n{night.said}")
    return night.wall_seconds


def _turn(place: Place, moment: float) -> dict[str, object]:
    before = place.released()
    killed, last = place.killed(moment)
    after = place.released()
    verified = place.run("verify", "--json")
    following = place.run("run")
    return {
        "moment": round(moment, 1),
        "killed": killed,
        "last_line": last,
        "release_changed_before_the_kill": before != after,
        "verify": verified.code,
        "next_night": following.code,
        "next_night_seconds": round(following.wall_seconds, 1),
        "next_night_cpu_seconds": round(following.cpu_seconds, 1),
        "next_night_peak_megabytes": round(following.peak_megabytes),
        "bytes": place.bytes_on_disk(),
        "state": place.status().get("state"),
        "release": place.released(),
        "good": verified.code == 0 and following.code == 0 and (place.released() != before),
    }


def _options() -> argparse.Namespace:
    parser = reader(__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument(
        "--length", type=float, help="seconds of a whole night, where the folder has had its first nights"
    )
    parser.add_argument("--seed", type=int, default=17)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
