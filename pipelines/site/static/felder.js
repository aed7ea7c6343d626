// Small multiples: the series of up to five units, one field above the other, all of one scale.
// Drawn from the tables of the units' pages, in the colours the form of that name has there.
"use strict";

const WIDE = 360, FIELD = 84, FLOOR = 30, SIDE = 12;

const SVG = new DOMParser().parseFromString("<svg></svg>", "text/html").querySelector("svg").namespaceURI;

function drawn(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

// "1.010,77" in German and "1,010.77" in English; a yes or no is no number.
function amount(text) {
  const plain = document.documentElement.lang === "de" ? text.replace(/\./g, "").replace(",", ".") : text.replace(/,/g, "");
  return /\d/.test(plain) ? Number(plain.replace("−", "-").replace(/[^\d.-]/g, "")) : NaN;
}

// The years of a table: value, its wording and whether it stands with a reservation; null where there is none.
function series(table, unflagged) {
  const years = new Map();
  for (const row of table.tBodies[0].rows) {
    const [first, last = first] = row.cells[0].textContent.trim().split("–").map(Number);
    const missing = row.cells[1].classList.contains("missing"), text = row.cells[1].textContent.trim();
    const status = (row.cells[2].firstChild || {textContent: ""}).textContent.trim();
    for (let year = first; year <= last; year++)
      years.set(year, missing ? null : {value: amount(text), text, flagged: !unflagged.includes(status)});
  }
  return years;
}

// One picture for an indicator: `units` are pairs of name and series.
function fields(units, look) {
  const values = units.flatMap(([, years]) => [...years.values()].filter(Boolean).map(point => point.value));
  const span = units.flatMap(([, years]) => [...years.keys()]), from = Math.min(...span), to = Math.max(...span);
  const low = Math.min(0, ...values), high = Math.max(0, ...values), scale = (FIELD - 40) / (high - low || 1);
  const step = (WIDE - 2 * SIDE) / (to - from + 1), tall = units.length * FIELD + FLOOR;
  const picture = drawn("svg", {role: "img", viewBox: `0 0 ${WIDE} ${tall}`, width: WIDE, height: tall, "font-family": "system-ui, sans-serif"});
  const say = (text, x, y, more = {}) => picture.append(drawn("text", {x, y, "font-size": 12, fill: look.ink, ...more}, text));
  units.forEach(([name, years], field) => {
    const zero = (field + 1) * FIELD - 6 + low * scale;
    const newest = Math.max(...[...years].filter(([, point]) => point).map(([year]) => year));
    say(name, SIDE, field * FIELD + 14, {"font-size": 13, "font-weight": "bold"});
    for (let year = from; year <= to; year++) {
      const point = years.get(year), left = SIDE + (year - from) * step, middle = left + step / 2;
      if (!point) {
        say(look.missing, middle, zero - 4, {fill: look.muted, transform: `rotate(270 ${middle} ${zero - 4})`, dy: 4});
        continue;
      }
      const size = point.value * scale, frame = point.flagged ? {fill: look.flagged, stroke: look.actual, "stroke-dasharray": "3 2"} : {fill: look.actual};
      picture.append(drawn("rect", {x: left + step * .15, width: step * .7, y: size > 0 ? zero - size : zero, height: Math.abs(size), ...frame}));
      if (year === newest) say(point.text, Math.min(middle, WIDE - SIDE - 4 * point.text.length), zero - Math.max(size, 0) - 3, {"text-anchor": "middle"});
    }
    picture.append(drawn("line", {x1: SIDE, x2: WIDE - SIDE, y1: zero, y2: zero, stroke: look.muted}));
  });
  const every = Math.ceil((to - from + 1) / 6);
  for (let year = to; year >= from; year -= every)
    say(String(year), SIDE + (year - from + .5) * step, tall - 10, {"font-size": 11, "text-anchor": "middle", fill: look.muted});
  return picture;
}
