// Totals, the timeline, and lists of counts with bars.

const MONTHS = 360; // that a timeline shows at most

function drawTotals() {
  const parts = Object.entries(SUMMARY.totals).map(([name, value]) =>
    el("div", {}, el("dt", {}, say(`total.${name}`)), el("dd", {}, number(value))),
  );
  byId("totals").replaceChildren(...parts);
}

/** Rows of [code, count]: name, bar and number; a click filters the records. */
function drawCounts(id, group, heading, unit, pairs, call) {
  const most = Math.max(1, ...pairs.map((pair) => pair[1]));
  const rows = pairs.map(([code, count, detail]) => {
    const bar = el("i", { class: "bar" });
    bar.style.inlineSize = `${(100 * count) / most}%`;
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, button(named(group, code), () => call(code), { class: "link" })),
      el("td", { class: "barcell" }, el("span", { class: "track" }, bar), detail ? el("small", { class: "muted" }, detail) : null),
      el("td", { class: "number" }, number(count)),
    );
  });
  const head = el("tr", {}, el("th", { scope: "col" }, heading), el("td", {}), el("th", { scope: "col", class: "number" }, unit));
  const empty = el("p", { class: "muted" }, say("ui.nothing"));
  byId(id).replaceChildren(pairs.length ? el("table", { class: "counts" }, el("thead", {}, head), el("tbody", {}, rows)) : empty);
}

function typePairs() {
  return SUMMARY.types.map(([code, statuses]) => {
    const count = Object.values(statuses).reduce((sum, one) => sum + one, 0);
    const other = Object.entries(statuses).filter(([status]) => status !== "held");
    return [code, count, other.map(([status, some]) => `${named("status", status)} ${number(some)}`).join(", ")];
  });
}

function monthAfter(month) {
  const [year, part] = month.split("-").map(Number);
  return part === 12 ? `${String(year + 1).padStart(4, "0")}-01` : `${String(year).padStart(4, "0")}-${String(part + 1).padStart(2, "0")}`;
}

/** [label, count] of every step from the first to the last, those without events too where they are not too many. */
function steps(counted, step) {
  const keys = [...counted.keys()].sort();
  if (!keys.length) return [];
  const after = step === "month" ? monthAfter : (year) => String(Number(year) + 1).padStart(4, "0");
  const all = [];
  for (let key = keys[0]; key <= keys.at(-1) && all.length < MONTHS * 4; key = after(key)) all.push([key, counted.get(key) ?? 0]);
  const dense = all.length < MONTHS * 4 ? all : keys.map((key) => [key, counted.get(key)]);
  return dense.slice(-MONTHS);
}

function countTime(type, step) {
  const counted = new Map();
  let undated = 0;
  let coarse = 0;
  for (const [month, types] of Object.entries(SUMMARY.months)) {
    const count = type ? (types[type] ?? 0) : Object.values(types).reduce((sum, one) => sum + one, 0);
    if (!count) continue;
    if (!month) undated += count;
    else if (step === "month" && month.length === 4) coarse += count;
    else {
      const key = step === "month" ? month : month.slice(0, 4);
      counted.set(key, (counted.get(key) ?? 0) + count);
    }
  }
  return { counted, undated, coarse };
}

function drawTimeline(filter) {
  const type = byId("time-type").value;
  const step = byId("time-step").value;
  const { counted, undated, coarse } = countTime(type, step);
  const bars = steps(counted, step);
  const width = Math.max(step === "month" ? 7 : 22, Math.min(80, 900 / Math.max(1, bars.length)));
  const height = 150;
  const most = Math.max(1, ...bars.map((bar) => bar[1]));
  const picture = svg("svg", {
    viewBox: `0 0 ${bars.length * width + 44} ${height + 42}`,
    width: bars.length * width + 44,
    height: height + 42,
    role: "img",
    "aria-label": say("ui.time_label", { count: number(most) }),
    class: "time",
  });
  for (const share of new Set([most, Math.round(most / 2)])) {
    const y = 12 + height - (height * share) / most;
    picture.append(svg("line", { x1: 40, x2: bars.length * width + 44, y1: y, y2: y, class: "grid" }));
    picture.append(svg("text", { x: 36, y: y + 4, "text-anchor": "end" }, number(share)));
  }
  let labelled = -100;
  bars.forEach(([key, count], index) => {
    const x = 42 + index * width;
    const tall = (height * count) / most;
    const bar = svg("rect", { x, y: 12 + height - tall, width: Math.max(2, width - 2), height: tall, class: "bar" });
    bar.append(svg("title", {}, `${key}: ${number(count)}`));
    bar.addEventListener("click", () => filter({ year: key.slice(0, 4), type }));
    picture.append(bar);
    if ((step === "year" || key.endsWith("-01") || index === 0) && x - labelled >= 40) {
      picture.append(svg("text", { x: x + width / 2, y: height + 30, "text-anchor": "middle" }, step === "year" ? key : key.replace("-01", "")));
      labelled = x;
    }
  });
  picture.append(svg("line", { x1: 40, x2: bars.length * width + 44, y1: 12 + height, y2: 12 + height, class: "axis" }));
  byId("timeline").replaceChildren(picture);
  const notes = [undated ? say("ui.time_note", { count: number(undated) }) : null, coarse ? say("ui.time_year_only", { count: number(coarse) }) : null];
  if (bars.length === MONTHS) notes.push(say("ui.time_cut", { count: MONTHS }));
  byId("time-note").textContent = notes.filter(Boolean).join("; ");
}

function drawYears() {
  const types = SUMMARY.types.map((row) => row[0]);
  const years = new Map();
  for (const [month, counts] of Object.entries(SUMMARY.months)) {
    const row = years.get(month.slice(0, 4)) ?? {};
    for (const [type, count] of Object.entries(counts)) row[type] = (row[type] ?? 0) + count;
    years.set(month.slice(0, 4), row);
  }
  const head = el("tr", {}, el("th", { scope: "col" }, say("ui.year")), types.map((type) => el("th", { scope: "col", class: "number" }, named("type", type))));
  const rows = [...years].sort().map(([year, counts]) =>
    el("tr", {}, el("th", { scope: "row" }, year || say("ui.unknown")), types.map((type) => el("td", { class: "number" }, counts[type] ? number(counts[type]) : "·"))),
  );
  byId("years").replaceChildren(el("table", {}, el("thead", {}, head), el("tbody", {}, rows)));
}

function column(key, words, value, cell, isNumber = false) {
  return { key, words: say(words), value, cell, number: isNumber };
}

function drawPeople() {
  const rows = SUMMARY.people.map(([code, name, year, events, people]) => ({ code, name: name ?? say("ui.unnamed"), year, events, people }));
  const table = pagedTable(
    [
      column("name", "ui.area", (row) => row.name, (row) => row.name),
      column("year", "ui.year", (row) => row.year, (row) => row.year || say("ui.unknown")),
      column("events", "ui.events", (row) => row.events, (row) => number(row.events), true),
      column("people", "ui.people_sum", (row) => row.people, (row) => number(row.people), true),
    ],
    { caption: say("ui.people"), size: 10, sort: ["people", -1] },
  );
  table.show(rows);
  byId("people").replaceChildren(table.node);
}

function drawFigures() {
  const keys = ["code", "name", "year", "program", "measure", "unit", "count", "least", "median", "most"];
  const rows = SUMMARY.figures.map((cells) => Object.fromEntries(keys.map((key, index) => [key, cells[index]])));
  const numbers = ["count", "least", "median", "most"];
  const table = pagedTable(
    [
      column("name", "ui.area", (row) => row.name, (row) => row.name ?? say("ui.unnamed")),
      column("year", "ui.year", (row) => row.year, (row) => row.year || say("ui.unknown")),
      column("program", "ui.program", (row) => row.program, (row) => (row.program ? named("program", row.program) : "")),
      column("measure", "ui.measure", (row) => named("measure", row.measure), (row) => `${named("measure", row.measure)}, ${named("unit", row.unit)}`),
      ...numbers.map((key) => column(key, `ui.${key}`, (row) => row[key], (row) => number(row[key]), true)),
    ],
    { caption: say("ui.figures"), size: 10, sort: ["most", -1] },
  );
  table.show(rows);
  byId("figures").replaceChildren(table.node);
}
