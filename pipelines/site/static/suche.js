// Finding a unit by name or key, and filtering tables. Pages are complete without this file.
"use strict";

const SHOWN = 30;

// Small letters without marks; ß as ss: the same rule the lists are sorted by.
const plain = text => text.replace(/ß/g, "ss").normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

const folder = key => ({2: "land", 5: "kreis", 8: "gemeinde"}[key.length] || "verband");

function parent(key, within) {
  return (key.length === 8 && within[key.slice(0, 5)]) || (key.length > 2 && within[key.slice(0, 2)]) || "";
}

// Names that begin with the words come first, then names that hold them; each in the order of names.
function found(units, words) {
  const wanted = plain(words.trim());
  if (!wanted) return [];
  const first = [], later = [];
  for (const unit of units) {
    const name = plain(unit[0]);
    if (name.startsWith(wanted) || unit[1].startsWith(wanted)) first.push(unit);
    else if (name.includes(wanted)) later.push(unit);
  }
  return first.concat(later);
}

function counted(form, number) {
  const text = (number === 1 ? form.dataset.one : form.dataset.many).replace("{count}", String(number));
  return number > SHOWN ? text + " " + form.dataset.more.replace("{count}", String(SHOWN)) : text;
}

// Makes a form search; `entry` builds what stands in the list for a unit.
function search(form, entry) {
  const field = form.querySelector("input"), list = form.querySelector(".found");
  const says = form.querySelector("[aria-live]");
  let loading = null;
  const load = () => loading || (loading = fetch(form.dataset.index).then(answer => answer.json()));
  form.hidden = false;
  field.addEventListener("focus", () => load().catch(() => { form.hidden = true; }), {once: true});
  const show = async () => {
    const words = field.value;
    const {units, within} = await load();
    if (words !== field.value) return;  // somebody went on typing
    const hits = found(units, words);
    list.replaceChildren(...hits.slice(0, SHOWN).map(unit => {
      const line = document.createElement("li");
      line.append(entry(unit));
      const where = parent(unit[1], within);
      const small = document.createElement("span");
      small.className = "small";
      small.textContent = " " + (where && where !== unit[0] ? where + ", " : "") + unit[1];
      line.append(small);
      return line;
    }));
    says.textContent = words.trim() ? counted(form, hits.length) : "";
  };
  field.addEventListener("input", () => show().catch(() => { form.hidden = true; }));
  return load;
}

function link(root) {
  return unit => {
    const anchor = document.createElement("a");
    anchor.href = root + folder(unit[1]) + "/" + unit[1] + "/index.html";
    anchor.textContent = unit[0];
    return anchor;
  };
}

const start = document.querySelector('form[role="search"]');
if (start) {
  search(start, link(start.dataset.root));
  start.addEventListener("submit", event => {
    event.preventDefault();
    const first = start.querySelector(".found a");
    if (first) location.assign(first.href);
  });
}

// A field above long tables that hides rows without the words.
for (const table of document.querySelectorAll("table[data-filter]")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 10) continue;
  const label = document.createElement("label"), field = document.createElement("input");
  label.className = "filter";
  field.type = "search";
  label.append(table.dataset.filter + " ", field);
  table.closest(".scroll").before(label);
  const texts = rows.map(row => plain(row.textContent));
  field.addEventListener("input", () => {
    const wanted = plain(field.value.trim());
    rows.forEach((row, position) => { row.hidden = !texts[position].includes(wanted); });
  });
}
