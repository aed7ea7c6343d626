"""A day of analysts: reading loops with the handbook's queries while nights publish.

Run by hand:

    python -m bench.endurance.analysts --originals ../shared/data --folder /var/tmp/analysts \
        --alter budgets/wesel/hhplan2017.csv:6.052,80:6.952,80

Every night has one altered figure to publish and must publish it. Three analysts connect anew for each set
of questions, the last one keeps the connection of the morning. No answer may be an error, and the answers of
one connection must be those of one release. Writes `analysts.json` and `analysts.md` into the folder; exit 0
only if all of it holds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.endurance.asking import Reading, ask, questions, torn
from bench.endurance.nights import Place, reader


def main() -> int:
    """Carry out the day."""
    options = _options()
    place = Place(folder=options.folder, originals=options.originals, altered=options.alter)
    place.prepare()
    if not (place.home / "current").exists():
        place.write(new=False)
        first = place.run("run")
        print(f"a release to begin with: exit {first.code}, {first.cpu_seconds:.0f} CPU s", flush=True)
    readings_folder = options.folder / "readings"
    readings_folder.mkdir(exist_ok=True)
    (readings_folder / "end").unlink(missing_ok=True)
    analysts = [_start(place, readings_folder, number, options) for number in range(1, options.analysts + 1)]
    try:
        nights = [_night(place, number) for number in range(1, options.nights + 1)]
    finally:
        (readings_folder / "end").touch()
        codes = [each.wait() for each in analysts]
    readings = [
        Reading(**json.loads(line))
        for file in sorted(readings_folder.glob("*.jsonl"))
        for line in file.read_text().splitlines()
    ]
    day = summed(readings, nights, quiet_answers(place.home))
    day["note"] = options.note
    day["analysts_ended_badly"] = sum(code != 0 for code in codes)
    (options.folder / "analysts.json").write_text(json.dumps(day, indent=2, ensure_ascii=False) + "\n")
    text = table(day)
    (options.folder / "analysts.md").write_text(text)
    print(text)
    return 0 if good(day) else 1


def good(day: dict[str, Any]) -> bool:
    """Whether nothing was wrong and every night published while somebody read."""
    return not (day["errors"] or day["torn"] or day["analysts_ended_badly"] or not day["readings"]) and all(
        night["code"] == 0 and night["published"] for night in day["nights"]
    )


def _start(place: Place, folder: Path, number: int, options: argparse.Namespace) -> subprocess.Popen[bytes]:
    stays = "stays" if number == options.analysts else "comes and goes"
    words = [f"analyst-{number}", str(place.home), str(folder), str(options.pause), stays]
    return subprocess.Popen([sys.executable, "-m", "bench.endurance.asking", *words])


def _night(place: Place, number: int) -> dict[str, Any]:
    text = (place.archive / place.altered.file).read_bytes()
    place.write(new=place.altered.new.encode() not in text)
    before = place.released()
    night = place.run("run")
    row = {
        "night": number,
        "code": night.code,
        "published": place.released() != before,
        "release": place.released(),
        "cpu_seconds": round(night.cpu_seconds, 1),
        "wall_seconds": round(night.wall_seconds, 1),
    }
    print(json.dumps(row), flush=True)
    return row


def quiet_answers(home: Path) -> dict[str, dict[str, str]]:
    """What every release that is kept answers while nobody writes."""
    asked = questions()
    files = sorted(home.glob("releases/[0-9]*/sdg17.duckdb"))
    readings = [ask("quiet", file, asked) for file in files]
    return {each.release_before: dict(each.answers) for each in readings if each.error is None}


def summed(
    readings: list[Reading], nights: list[dict[str, Any]], quiet: dict[str, dict[str, str]]
) -> dict[str, Any]:
    """The day in figures: sets of questions, errors, torn readings, latencies of each question."""
    errors = sorted({each.error for each in readings if each.error})
    by_question: dict[str, list[float]] = {}
    for each in readings:
        for name, seconds in each.seconds.items():
            by_question.setdefault(name, []).append(seconds * 1000)
    everything = [value for name, values in by_question.items() if name != "connect" for value in values]
    return {
        "nights": nights,
        "analysts": len({each.analyst for each in readings}),
        "readings": len(readings),
        "answers": len(everything),
        "releases_seen": len({each.release_before for each in readings} - {""}),
        "releases_compared_quietly": len(quiet),
        "errors": sum(each.error is not None for each in readings),
        "error_texts": errors,
        "torn": torn(readings, quiet),
        "milliseconds": {
            "every answer": latencies(everything),
            **{name: latencies(values) for name, values in by_question.items()},
        },
    }


def latencies(values: list[float]) -> dict[str, float]:
    """How often, median, the value 19 of 20 stay below, and the longest."""
    if not values:
        return {"asked": 0}
    ordered = sorted(values)
    return {
        "asked": len(ordered),
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
        "longest": round(ordered[-1], 1),
    }


def table(day: dict[str, Any]) -> str:
    """The day as Markdown."""
    published = sum(night["published"] for night in day["nights"])
    lines = [
        "# A day of analysts",
        "",
        f"{day['analysts']} reading loops (the last one keeps its connection all day) while {len(day['nights'])} "
        f"nights published {published} releases: {day['readings']:,} sets of questions, {day['answers']:,} answers, "
        f"{day['releases_seen']} releases seen, **{day['errors']} errors, {len(day['torn'])} torn reads**. Answers "
        f"were compared with those of {day['releases_compared_quietly']} releases when nobody wrote.",
        *(["", day["note"]] if day.get("note") else []),
        "",
        "| question | asked | median ms | p95 ms | longest ms |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, each in day["milliseconds"].items():
        if each["asked"]:
            figures = f"{each['median']:,} | {each['p95']:,} | {each['longest']:,}"
            lines.append(f"| {name} | {each['asked']:,} | {figures} |")
    lines += ["", "| night | published | processor s | on the clock s |", "|---:|---|---:|---:|"]
    for night in day["nights"]:
        said = "yes" if night["published"] else f"no (exit {night['code']})"
        lines.append(f"| {night['night']} | {said} | {night['cpu_seconds']} | {night['wall_seconds']} |")
    return "\n".join(lines) + "\n"


def _options() -> argparse.Namespace:
    parser = reader(__doc__)
    parser.add_argument("--note", default="", help="what else readers of the table must know: data, machine")
    parser.add_argument("--nights", type=int, default=5)
    parser.add_argument("--analysts", type=int, default=4)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds an analyst thinks between two sets")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
