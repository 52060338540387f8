// The map: land as squares of the gazetteer's points, shaded by a province's events; regencies as circles.

const SCALE = 20; // units to a degree
const STEPS = 5; // shades

/** Limits of the shades, each about the square of its share, so that small provinces are told apart. */
function limits(most) {
  const found = [];
  for (let step = 1; step <= STEPS; step += 1) {
    const limit = Math.max(step, Math.ceil(most * (step / STEPS) ** 2));
    if (limit <= most || step === 1) found.push(Math.max(limit, (found.at(-1) ?? 0) + 1));
  }
  return found.filter((limit, index) => index === 0 || found[index - 1] < most);
}

function shade(count, bounds) {
  if (!count) return "none";
  if (bounds.length === 1) return "q3";
  const step = bounds.findIndex((limit) => count <= limit);
  return `q${Math.round(((step < 0 ? bounds.length : step + 1) * STEPS) / bounds.length)}`;
}

function drawMap(filter) {
  const land = read("land");
  const [west, east, south, north] = land.box;
  const counts = new Map(SUMMARY.provinces.map(([code, name, count]) => [code, { name, count }]));
  const bounds = limits(Math.max(1, ...SUMMARY.provinces.map((row) => row[2])));
  const picture = svg("svg", {
    viewBox: `0 0 ${(east - west) * SCALE} ${(north - south) * SCALE}`,
    role: "img",
    "aria-label": say("ui.map_label"),
    class: "map",
  });
  const side = SCALE / land.cells;
  for (const [code, runs] of Object.entries(land.provinces)) {
    const found = counts.get(code);
    const path = runs.map(([column, row, length]) => `M${column * side} ${row * side}h${length * side}v${side}h${-length * side}z`);
    const area = svg("path", { d: path.join(""), class: `land ${shade(found?.count, bounds)}` });
    if (found) {
      area.append(svg("title", {}, `${found.name}: ${number(found.count)}`));
      area.addEventListener("click", () => filter({ province: code }));
    }
    picture.append(area);
  }
  const most = Math.max(1, ...SUMMARY.regencies.map((row) => row[2]));
  const span = Math.min(9, 60 / Math.sqrt(SUMMARY.regencies.length + 1)); // many circles are small ones
  for (const [code, name, count, point] of SUMMARY.regencies) {
    if (!point) continue;
    const circle = svg("circle", {
      cx: (point[1] - west) * SCALE,
      cy: (north - point[0]) * SCALE,
      r: (1.5 + span * Math.sqrt(count / most)).toFixed(1),
      class: "dot",
    });
    circle.append(svg("title", {}, `${name}: ${number(count)}`));
    circle.addEventListener("click", () => filter({ province: code.slice(0, 2), text: name }));
    picture.append(circle);
  }
  const placed = SUMMARY.provinces.reduce((sum, row) => sum + row[2], 0);
  byId("map").replaceChildren(picture, legend(bounds, SUMMARY.totals.events - placed));
}

function legend(bounds, missing) {
  const parts = bounds.map((limit, index) => {
    const from = index === 0 ? 1 : bounds[index - 1] + 1;
    const words = from === limit ? number(limit) : `${number(from)}–${number(limit)}`;
    return el("span", {}, el("i", { class: `key ${shade(limit, bounds)}` }), words);
  });
  return el(
    "p",
    { class: "legend" },
    el("span", {}, say("ui.legend")),
    el("span", {}, el("i", { class: "key none" }), "0"),
    parts,
    missing > 0 ? el("span", { class: "muted" }, say("ui.no_place", { count: number(missing) })) : null,
  );
}

function drawPlaces(filter) {
  const names = new Map(SUMMARY.provinces.map(([code, name]) => [code, name]));
  const rows = [
    ...SUMMARY.provinces.map(([code, name, count]) => ({ province: name, code, regency: "", count })),
    ...SUMMARY.regencies.map(([code, name, count]) => ({ province: names.get(code.slice(0, 2)) ?? "", code: code.slice(0, 2), regency: name, count })),
  ];
  const table = pagedTable(
    [
      { key: "province", words: say("ui.province"), value: (row) => row.province, cell: (row) => row.province },
      {
        key: "regency",
        words: say("ui.regency"),
        value: (row) => row.regency,
        cell: (row) => button(row.regency || say("ui.all"), () => filter({ province: row.code, text: row.regency }), { class: "link" }),
      },
      { key: "count", words: say("ui.events"), number: true, value: (row) => row.count, cell: (row) => number(row.count) },
    ],
    { caption: say("ui.map_table"), sort: ["count", -1] },
  );
  table.show(rows);
  byId("places").replaceChildren(table.node);
}
