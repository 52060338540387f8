// The table of all records: what passes the filters, and how a row looks.

const FIELDS = ["text", "type", "province", "year", "status", "program", "warning", "confidence"];
const ANY = "*";
const NONE = "-";

function choices(group, key) {
  const counts = new Map();
  for (const row of ROWS) for (const code of row[key]) counts.set(code, (counts.get(code) ?? 0) + 1);
  const names = [...counts].map(([code, count]) => [code, group ? named(group, code) : code, count]);
  names.sort((one, other) => COLLATOR.compare(one[1], other[1]));
  return names.map(([code, words, count]) => [code, `${words} (${number(count)})`]);
}

function provinceChoices() {
  const names = new Map(SUMMARY.provinces.map(([code, name]) => [code, name]));
  return choices(null, "provinces")
    .map(([code, words]) => [code, words.replace(code, names.get(code) ?? code)])
    .sort((one, other) => COLLATOR.compare(one[1], other[1]));
}

function fillFilters() {
  const all = ["", say("ui.all")];
  options(byId("f-type"), [all, ...choices("type", "types"), [NONE, say("ui.nothing")]]);
  options(byId("f-province"), [all, ...provinceChoices()]);
  options(byId("f-year"), [all, ...choices(null, "years").reverse()]);
  options(byId("f-status"), [all, ...choices("status", "statuses")]);
  options(byId("f-program"), [all, ...choices("program", "programs")]);
  options(byId("f-warning"), [all, [ANY, say("ui.any_warning")], [NONE, say("ui.no_warning")], ...choices("warning", "warnings")]);
}

function wanted() {
  const found = Object.fromEntries(FIELDS.map((name) => [name, byId(`f-${name}`).value]));
  found.words = plain(found.text).split(/\s+/).filter(Boolean);
  found.least = Number.parseFloat(found.confidence) || 0;
  found.relevant = byId("f-relevant").checked;
  return found;
}

function has(codes, code) {
  if (!code) return true;
  if (code === ANY) return codes.length > 0;
  return code === NONE ? codes.length === 0 : codes.includes(code);
}

function passes(row, want, full) {
  if (want.relevant && !row.relevant) return false;
  if (want.least && !(row.confidence >= want.least)) return false;
  if (!has(row.types, want.type) || !has(row.provinces, want.province) || !has(row.years, want.year)) return false;
  if (!has(row.statuses, want.status) || !has(row.programs, want.program) || !has(row.warnings, want.warning)) return false;
  if (!want.words.length) return true;
  const hay = haystack(row);
  return want.words.every((word) => hay.includes(word) || (full !== null && full[row.position].includes(word)));
}

let filtering = 0;

/** Show the records that pass; of two calls the later one wins. */
async function applyFilters(table) {
  filtering += 1;
  const turn = filtering;
  const want = wanted();
  let full = null;
  if (byId("f-full").checked && want.words.length) {
    byId("count").textContent = say("ui.unpacking");
    full = await allTexts();
    if (turn !== filtering) return;
  }
  const found = ROWS.filter((row) => passes(row, want, full));
  table.show(found);
  byId("count").textContent = found.length ? say("ui.shown", { count: number(found.length), total: number(ROWS.length) }) : say("ui.none");
}

function listed(group, codes) {
  return codes.map((code) => named(group, code)).join(", ");
}

function dateCell(row) {
  if (row.date) return row.date;
  return row.published ? el("span", { class: "muted" }, `${row.published} (${say("ui.published_short")})`) : "";
}

function warningCell(row) {
  return row.warnings.length ? el("span", { class: "warned" }, `⚠ ${listed("warning", row.warnings)}`) : "";
}

function titleCell(row, open) {
  const name = row.title || say("ui.untitled");
  return el("div", {}, button(name, () => open(row), { class: "link headline" }), el("small", { class: "muted" }, row.outlet ?? row.source));
}

function recordColumns(open) {
  return [
    column("date", "ui.date", (row) => row.date ?? row.published, dateCell),
    column("title", "ui.article", (row) => row.title ?? "", (row) => titleCell(row, open)),
    column("types", "ui.type", (row) => listed("type", row.types), (row) => listed("type", row.types)),
    column("status", "ui.status", (row) => listed("status", row.statuses), (row) => listed("status", row.statuses)),
    column("place", "ui.place", (row) => row.place ?? "", (row) => row.place ?? ""),
    column("province", "ui.province", (row) => row.province ?? "", (row) => row.province ?? ""),
    column("participants", "ui.participants", (row) => row.participants, (row) => number(row.participants), true),
    column("kpm", "ui.kpm", (row) => row.kpm, (row) => (row.kpm === null ? "" : `${number(row.kpm)} ${named("measure", row.measure)}`), true),
    column("confidence", "ui.confidence", (row) => row.confidence, (row) => (row.confidence === null ? "" : row.confidence.toFixed(2)), true),
    column("warnings", "ui.warning", (row) => listed("warning", row.warnings), warningCell),
  ];
}
