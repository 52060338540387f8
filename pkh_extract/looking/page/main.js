// Puts the page together.

function wireTheme() {
  const root = document.documentElement;
  const toggle = byId("theme");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches);
  const label = () => {
    const other = say(isDark() ? "ui.light" : "ui.dark");
    toggle.textContent = `${isDark() ? "☀" : "☾"} ${other}`;
    toggle.setAttribute("aria-label", say("ui.theme", { theme: other.toLowerCase() }));
  };
  toggle.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    label();
  });
  label();
}

function makeFilter(apply) {
  return (values) => {
    byId("filters").reset();
    for (const [name, chosen] of Object.entries(values)) byId(`f-${name}`).value = chosen ?? "";
    apply();
    byId("records").scrollIntoView();
    byId("records").focus({ preventScroll: true });
  };
}

function start() {
  byId("about").textContent = say("ui.about", { name: META.name, version: META.version });
  wireTheme();
  wireArticle();
  fillFilters();
  let sorted = ROWS;
  const table = pagedTable(recordColumns((row) => openArticle(row, sorted)), {
    caption: say("ui.records"),
    size: 50,
    cards: true,
    sorted: (rows) => (sorted = rows),
  });
  byId("table").append(table.node);
  const apply = () => void applyFilters(table);
  const filter = makeFilter(apply);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("input", apply);
  byId("filters").addEventListener("reset", () => setTimeout(apply));
  drawTotals();
  drawMap(filter);
  drawPlaces(filter);
  options(byId("time-type"), [["", say("ui.all")], ...SUMMARY.types.map(([code]) => [code, named("type", code)])]);
  for (const id of ["time-type", "time-step"]) byId(id).addEventListener("change", () => drawTimeline(filter));
  drawTimeline(filter);
  drawYears();
  drawCounts("types", "type", say("ui.type"), say("ui.events"), typePairs(), (code) => filter({ type: code }));
  drawCounts("programs", "program", say("ui.program"), say("ui.articles"), SUMMARY.programs, (code) => filter({ program: code }));
  drawCounts("warnings", "warning", say("ui.warning"), say("ui.articles"), SUMMARY.warnings, (code) => filter({ warning: code }));
  drawPeople();
  drawFigures();
  apply();
  byId("loading").hidden = true;
  byId("main").hidden = false;
}

try {
  start();
} catch (error) {
  byId("loading").textContent = `${error.message}`;
  throw error;
}
