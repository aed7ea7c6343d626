// Up to five units side by side, read from their own pages, so that the comparison says what they say.
// The address holds the choice: ?ags=05334002&ags=04011000. Uses search, folder and link of suche.js, series and fields of felder.js.
"use strict";

const form = document.getElementById("wahl"), frame = document.getElementById("gegenueber");
const texts = form.dataset, most = Number(texts.most);

const chosen = () => [...new Set(new URLSearchParams(location.search).getAll("ags"))]
  .filter(key => /^[0-9]{2,12}$/.test(key)).slice(0, most);

function choose(keys) {
  const query = keys.map(key => "ags=" + key).join("&");
  history.pushState(null, "", query ? "?" + query : location.pathname);
  draw();
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// What the page of a unit says: its name, values with year and status, and reasons where there is none.
async function read(key) {
  const address = texts.root + folder(key) + "/" + key + "/index.html";
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(key);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = new Map();
  for (const card of page.querySelectorAll("section.card[id]")) {
    const shown = card.querySelector(".value"), small = shown && shown.querySelector("small");
    if (!shown || !card.querySelector("table.actual")) continue;
    const [year, ...status] = (small ? small.textContent : "").split(", ");
    if (small) small.remove();
    said.set(card.id, {
      name: card.querySelector("h3, h4").textContent,
      value: shown.textContent.trim(),
      year,
      status: status.join(", "),
      unit: (card.querySelector("figcaption small") || shown).textContent.trim(),
      years: series(card.querySelector("table.actual"), texts.unflagged.split("|")),
    });
  }
  const gaps = [...page.querySelectorAll(".gaps, .gaps li")].filter(each => !each.querySelector("li"));
  for (const gap of gaps) {
    const reason = [...gap.querySelectorAll(":scope > p")].map(each => each.textContent.trim()).join(" ");
    for (const each of gap.querySelectorAll('a[href*="indikator/"]')) {
      const id = each.getAttribute("href").split("indikator/")[1].split("/")[0];
      if (!said.has(id)) said.set(id, {name: each.textContent, value: "", reason});
    }
  }
  return {key, address, name: page.querySelector("h1").textContent, said};
}

// Why values of one indicator must not be set beside each other, in words; empty where nothing speaks against it.
function doubts(cells) {
  const known = cells.filter(cell => cell && cell.value);
  const found = [];
  if (known.length === 1 && cells.length > 1) found.push(texts.lone);
  if (new Set(known.map(cell => cell.year)).size > 1) found.push(texts.years);
  if (known.length > 1 && known.some(cell => texts.doubtful.split("|").includes(cell.status))) found.push(texts.definition);
  return found.join(" ");
}

function cell(said, unit) {
  const made = element("td", "", {"data-label": unit});
  if (said && said.value) {
    made.append(element("strong", said.value), document.createElement("br"));
    made.append(element("small", [said.year, said.status].filter(Boolean).join(", ")));
    return made;
  }
  made.className = "missing";
  made.append(element("span", texts.none));
  if (said && said.reason) made.append(document.createElement("br"), element("small", said.reason));
  return made;
}

function table(units) {
  const names = new Map();
  for (const unit of units) for (const [id, said] of unit.said) if (!names.has(id)) names.set(id, said.name);
  const made = element("table", "", {class: "stack"}), head = element("tr", ""), body = element("tbody", "");
  made.append(element("caption", texts.caption), element("thead", ""), body);
  made.tHead.append(head);
  head.append(element("th", texts.indicator, {scope: "col"}));
  for (const unit of units) {
    const column = element("th", "", {scope: "col"});
    column.append(element("a", unit.name, {href: unit.address}));
    head.append(column);
  }
  head.append(element("th", texts.note, {scope: "col"}));
  for (const [id, name] of names) {
    const cells = units.map(unit => unit.said.get(id));
    if (!cells.some(each => each && each.value)) continue;
    const row = element("tr", ""), first = element("th", "", {scope: "row"});
    first.append(element("a", name, {href: texts.root + "indikator/" + id + "/index.html"}));
    row.append(first, ...cells.map((said, position) => cell(said, units[position].name)));
    row.append(element("td", doubts(cells), {"data-label": texts.note}));
    body.append(row);
  }
  return made;
}

// Pictures of indicators for which at least two units have numbers, one of them in several years.
function pictures(units) {
  const look = {ink: texts.ink, muted: texts.muted, actual: texts.actual, flagged: texts.flagged, missing: texts.missing};
  const known = new Map();
  for (const unit of units) for (const [id, said] of unit.said) if (said.years) known.set(id, said);
  const made = [];
  for (const [id, {name, unit: measure}] of known) {
    const rows = units.map(unit => [unit.name.split(",")[0], (unit.said.get(id) || {}).years]).filter(([, years]) => years)
      .filter(([, years]) => [...years.values()].some(point => point && !Number.isNaN(point.value)));
    const several = rows.some(([, years]) => [...years.values()].filter(Boolean).length > 1);
    if (rows.length < 2 || !several) continue;
    const figure = element("figure", ""), caption = element("figcaption", ""), picture = fields(rows, look);
    const spoken = ([unit, years]) => unit + ": " + [...years].filter(([, point]) => point).reverse().map(([year, point]) => year + " " + point.text).join(", ");
    picture.setAttribute("aria-label", name + ". " + rows.map(spoken).join(". "));
    caption.append(element("strong", name), element("span", measure + ". " + texts.scale, {class: "small"}));
    figure.append(caption, picture);
    made.push(figure);
  }
  return made;
}

let drawing = 0;
async function draw() {
  const turn = ++drawing, keys = chosen(), list = document.getElementById("gewaehlt");
  const field = document.getElementById("suche"), says = document.getElementById("treffer-zahl");
  const units = await Promise.all(keys.map(key => read(key).catch(() => ({key, name: "", said: new Map()}))));
  if (turn !== drawing) return;
  list.replaceChildren(...units.map(unit => {
    const line = element("li", (unit.name || texts.unread.replace("{key}", unit.key)) + " ");
    const button = element("button", texts.remove, {type: "button"});
    button.setAttribute("aria-label", texts.remove + ": " + (unit.name || unit.key));
    button.addEventListener("click", () => { choose(keys.filter(key => key !== unit.key)); field.focus(); });
    line.append(button);
    return line;
  }));
  field.disabled = keys.length >= most;
  if (field.disabled) says.textContent = texts.full.replace("{most}", String(most));
  const readable = units.filter(unit => unit.name);
  frame.hidden = !readable.length;
  frame.replaceChildren(...(readable.length ? [table(readable)] : []));
  const shown = pictures(readable), place = document.getElementById("bilder");
  place.hidden = !shown.length;
  place.replaceChildren(...shown);
}

search(form, unit => {
  const button = element("button", unit[0], {type: "button"});
  button.addEventListener("click", () => {
    document.getElementById("suche").value = "";
    document.getElementById("treffer").replaceChildren();
    document.getElementById("treffer-zahl").textContent = "";
    choose([...new Set([...chosen(), unit[1]])].slice(0, most));
  });
  return button;
});
form.addEventListener("submit", event => event.preventDefault());
document.getElementById("ohne").hidden = true;
addEventListener("popstate", draw);
draw();
