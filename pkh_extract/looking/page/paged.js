// A table that sorts by its headings and shows a page at a time, however many rows it has.

/**
 * columns: [{ key, words, value(row) for sorting, cell(row) -> node or text, number: right-aligned }]
 * settings: { caption, size, sort: [key, direction], cards: rows become cards on narrow screens }
 * Returns { node, show(rows) }; `show` keeps the sorting and goes to the first page.
 */
function pagedTable(columns, settings) {
  const size = settings.size ?? 15;
  const state = { rows: [], page: 0, key: settings.sort?.[0] ?? null, direction: settings.sort?.[1] ?? 1 };
  const body = el("tbody");
  const headings = columns.map((column) => heading(column, () => sortBy(column)));
  const table = el(
    "table",
    { class: settings.cards ? "cards" : "" },
    el("caption", { class: "hidden" }, settings.caption),
    el("thead", {}, el("tr", {}, headings)),
    body,
  );
  const pager = makePager(settings.caption, (page) => {
    state.page = page;
    draw();
  });
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": settings.caption }, table);

  function sortBy(column) {
    state.direction = state.key === column.key ? -state.direction : column.number ? -1 : 1;
    state.key = column.key;
    state.page = 0;
    sort();
    draw();
  }

  function sort() {
    const column = columns.find((one) => one.key === state.key);
    columns.forEach((one, index) => {
      const way = one === column ? (state.direction > 0 ? "ascending" : "descending") : "none";
      headings[index].setAttribute("aria-sort", way);
    });
    if (!column) return;
    const keyed = state.rows.map((row) => [column.value(row), row]);
    keyed.sort((one, other) => compare(one[0], other[0], state.direction));
    state.rows = keyed.map((pair) => pair[1]);
    settings.sorted?.(state.rows);
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(state.rows.length / size));
    state.page = Math.max(0, Math.min(state.page, pages - 1));
    const visible = state.rows.slice(state.page * size, (state.page + 1) * size);
    body.replaceChildren(...visible.map((row) => el("tr", {}, columns.map((column) => cell(column, row)))));
    pager.show(state.page, pages);
  }

  function show(rows) {
    state.rows = rows.slice();
    state.page = 0;
    sort();
    settings.sorted?.(state.rows);
    draw();
  }

  return { node: el("div", {}, scroll, pager.node), show };
}

function heading(column, call) {
  const sorter = button(column.words, call, { class: "sort" });
  return el("th", { scope: "col", class: column.number ? "number" : "", "aria-sort": "none" }, sorter);
}

function cell(column, row) {
  const content = column.cell(row);
  const empty = content === "" || content === null || content === undefined;
  return el("td", { class: `${column.number ? "number" : ""} ${empty ? "empty" : ""}`.trim(), data: { label: column.words } }, content);
}

/** Numbers by size, text as the language sorts it; what is missing comes last in either direction. */
function compare(one, other, direction) {
  const missing = (value) => value === null || value === undefined || value === "";
  if (missing(one) || missing(other)) return missing(one) - missing(other);
  if (typeof one === "number" && typeof other === "number") return direction * (one - other);
  return direction * COLLATOR.compare(String(one), String(other));
}

function makePager(name, turn) {
  let page = 0;
  let pages = 1;
  const position = el("span", { "aria-live": "polite" });
  const steps = [
    ["«", "ui.first", () => 0],
    ["‹", "ui.back", () => page - 1],
    ["›", "ui.forward", () => page + 1],
    ["»", "ui.last", () => pages - 1],
  ].map(([sign, words, target]) => button(sign, () => turn(target()), { class: "quiet", "aria-label": say(words), title: say(words) }));
  const node = el("nav", { class: "pager", "aria-label": say("ui.pages", { name }) }, steps[0], steps[1], position, steps[2], steps[3]);
  return {
    node,
    show(now, all) {
      page = now;
      pages = all;
      node.hidden = all < 2;
      position.textContent = say("ui.page", { page: number(now + 1), pages: number(all) });
      const atStart = now === 0;
      const atEnd = now === all - 1;
      steps.forEach((step, index) => step.setAttribute("aria-disabled", String(index < 2 ? atStart : atEnd)));
    },
  };
}
