"""Pictures from declared forms: one Vega view per form is kept and only its data are exchanged.

Belongs here: compiling a form once, drawing many data sets with it, making the SVG small and fit
for a strict content security policy. Does not belong here: what a form looks like (`forms.py`).

Building and saving one Altair chart takes a hundred milliseconds and more; a view that stays takes
about three. Where the embedded JavaScript engine cannot be loaded, the official renderer draws the
same specification, slowly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import orjson

from pipelines.charts.forms import Form, Row, height_of
from pipelines.charts.palette import FONT
from pipelines.charts.specified import View, compiled, specified, view

_BROWSER = """
var window = globalThis, self = globalThis;
var console = {log() {}, warn() {}, error() {}, debug() {}, info() {}};
var setInterval = function () {};
var structuredClone = function (value) { return JSON.parse(JSON.stringify(value)); };
"""
"""What the bundle expects of a browser when it is loaded; none of it is used to draw."""

# A view keeps the ticks that the next picture has as well and writes new ones after them, so whatever is
# kept by a key is put in the order of its key: a picture depends on its own data and on nothing drawn before.
_SNIPPET = """
import {View, parse} from "/npm/vega@%s/+esm";
const views = {};
function inOrder(operators) {
  const keyOf = {};
  for (const {id, type, params} of operators) {
    const key = type === "datajoin" && params.key, kept = params && params.pulse && keyOf[params.pulse.$ref];
    if (key) keyOf[id] = key.$field || key.$key[0];
    if (type === "collect" && kept) params.sort = {$compare: "datum." + kept};
    if (params && params.subflow) inOrder(params.subflow.$subflow.operators);
  }
}
globalThis.declareForm = function (form, specification) {
  const flow = parse(JSON.parse(specification));
  inOrder(flow.operators);
  views[form] = new View(flow, {renderer: "none"});
};
globalThis.drawAll = async function (form, sets) {
  const view = views[form], pictures = [];
  for (const rows of JSON.parse(sets)) {
    await view.data("rows", rows).resize().runAsync();
    pictures.push(await view.toSVG());
  }
  return JSON.stringify(pictures);
};
"""

_ENGINE = ("--single-threaded", "--min-semi-space-size=8", "--max-semi-space-size=16")
"""One thread, as everywhere in a night, and 8 to 16 MB for what a picture leaves behind: collected too often it
costs a tenth of the time, too seldom it costs memory."""

_BATCH = 250
_OUTLINE = re.compile(r' d="((?:M-?\d+,-?\d+(?:L-?\d+,-?\d+)+Z?){2,})"')
_SUBPATH = re.compile(r"M([^MZ]*)(Z?)")
_NUMBERED = re.compile(
    r' (transform|d|x|y|x1|x2|y1|y2|width|height|font-size|stroke-dasharray)="([^".]*\.[^"]*)"'
)
_HEIGHT = re.compile(r' height="[\d.]+" viewBox="0 0 ([\d.]+) [\d.]+"')
_UNSEEN = re.compile(r'fill="[^"]*"((?: [a-z-]+="[^"]*")*?) fill-opacity="0"')
_LONG = re.compile(r"-?\d+\.\d+")
_USELESS = re.compile(
    r' (?:class|role|aria-roledescription|version|pointer-events|xmlns(?::xlink)?|stroke-miterlimit|aria-hidden|font-family)="[^"]*"| (?:opacity|stroke-width)="1"'
)
_AGAIN = re.compile(r"(<line [^>]*/>)\1+")
"""A line drawn upon itself, as a base line is once for each value."""
_EMPTY = re.compile(
    r"<path [^>]*?d=\"(?:M0,0h0v0h0Z)?\"[^>]*?(?:/>|></path>)|<g></g>|<g/>|<text [^>]*/>|<line [^>]*stroke-opacity=\"0\"[^>]*/>"
)


class Renderer(Protocol):
    """Draws data sets in a declared form."""

    def draw(self, form: Form, sets: Sequence[Sequence[Row]], language: str = "de") -> list[str]:
        """One SVG picture per data set, in order."""
        ...

    def give_back(self) -> None:
        """Let go of what is only kept for speed."""
        ...


class ReusedViews:
    """Vega in an embedded JavaScript engine, one view per form for the life of this object."""

    def __init__(self) -> None:
        """Load Vega; about two seconds, nothing from a network."""
        from py_mini_racer import MiniRacer, init_mini_racer  # noqa: PLC0415 - starts a JavaScript engine

        script, self._specifications = specified(_SNIPPET)
        init_mini_racer(flags=_ENGINE, ignore_duplicate_init=True)
        self._engine: Any = MiniRacer()
        self._engine.eval(_BROWSER)
        self._engine.eval(f"(function () {{ {script} }})(); 0")
        self._draw: Any = self._engine.eval("drawAll")
        self._declared: set[View] = set()

    def draw(self, form: Form, sets: Sequence[Sequence[Row]], language: str = "de") -> list[str]:
        """One SVG picture per data set, in order."""
        name = view(form, language)
        if name not in self._declared:
            self._engine.eval("declareForm")(name, self._specifications[name])
            self._declared.add(name)
        pictures: list[str] = []
        for start in range(0, len(sets), _BATCH):
            batch = orjson.dumps(sets[start : start + _BATCH]).decode()
            pictures += orjson.loads(self._draw(name, batch).get())
        return [trimmed(slim(picture), form, data) for picture, data in zip(pictures, sets, strict=True)]

    def give_back(self) -> None:
        """Collect what pictures left behind; the engine would keep up to 50 MB of it until it needs the room."""
        self._engine.low_memory_notification()


class Official:
    """vl-convert's own renderer: the reference pictures are compared with, and the fallback."""

    def draw(self, form: Form, sets: Sequence[Sequence[Row]], language: str = "de") -> list[str]:
        """One SVG picture per data set, in order."""
        import vl_convert  # noqa: PLC0415 - costs a second

        specification = compiled(form, language)
        return [
            trimmed(slim(vl_convert.vega_to_svg(filled(specification, data))), form, data) for data in sets
        ]

    def give_back(self) -> None:
        """Nothing is kept from one picture to the next."""


def renderer() -> Renderer:
    """The fast renderer, or the official one where the JavaScript engine is not available."""
    try:
        return ReusedViews()
    except (ImportError, OSError, RuntimeError):
        return Official()


def filled(specification: dict[str, Any], data: Sequence[Row]) -> dict[str, Any]:
    """The same specification with the data set `rows` filled in."""
    sources = [
        {**source, "values": list(data)} if source["name"] == "rows" else source
        for source in specification["data"]
    ]
    return {**specification, "data": sources}


def slim(svg: str) -> str:
    """The picture without what a page does not need: classes, long decimals, empty groups, repetition."""
    svg = _OUTLINE.sub(lambda match: _relative(match[1]), svg)
    svg = _UNSEEN.sub(r'fill="none"\1', _NUMBERED.sub(_shortened, _USELESS.sub("", svg)))
    while (smaller := _EMPTY.sub("", svg)) != svg:
        svg = smaller
    svg = _AGAIN.sub(_once, svg)
    return svg.replace("<svg", f'<svg font-family="{FONT}"', 1)


def trimmed(svg: str, form: Form, data: Sequence[Row]) -> str:
    """The picture without the room below it that these rows do not need; most forms have one height."""
    needed = height_of(form, data)
    return (
        svg if needed is None else _HEIGHT.sub(rf' height="{needed}" viewBox="0 0 \1 {needed}"', svg, count=1)
    )


@lru_cache(maxsize=64)
def _relative(path: str) -> str:
    """The path of a map in steps from spot to spot, which are shorter to write than places."""
    x = y = 0
    parts = []
    for places, closed in _SUBPATH.findall(path):
        spots = [tuple(map(int, place.split(","))) for place in places.split("L")]
        moved = []
        for to_x, to_y in spots:
            moved.append(f"{to_x - x}{'' if to_y < y else ','}{to_y - y}")
            x, y = to_x, to_y
        parts.append(f"m{moved[0]}l{' '.join(moved[1:])}".replace(" -", "-") + closed.lower())
        if closed:
            x, y = spots[0]
    return f' d="{"".join(parts)}"'


def _once(drawn: re.Match[str]) -> str:
    """A line that was drawn again and again; transparent ones would be darker for it, and stay."""
    return drawn[0] if "opacity" in drawn[1] else drawn[1]


def _shortened(match: re.Match[str]) -> str:
    return f' {match[1]}="{_LONG.sub(_short, match[2])}"'


def _short(number: re.Match[str]) -> str:
    return _rounded(number[0])


@lru_cache(maxsize=20_000)
def _rounded(number: str) -> str:
    """A number as written, with one decimal place; pictures of a form share most of theirs."""
    return f"{float(number):.1f}".removesuffix(".0")
