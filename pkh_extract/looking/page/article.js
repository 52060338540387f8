// One article: its text with every quotation marked and numbered, and beside it the values that the marks stand for.

const view = {
  rows: [],
  at: 0,
  opened: 0,
  ready: () => {}, // called with the record when its article is shown
  leave: async () => true, // asked before another article is shown or the view is closed
};

/** Offsets are code points; strings here are UTF-16. Gives the function from one to the other. */
function offsets(text) {
  const points = Array.from(text);
  if (points.length === text.length) return (offset) => offset;
  const found = [0];
  for (const point of points) found.push(found.at(-1) + point.length);
  return (offset) => found[Math.min(offset, points.length)];
}

/** The text as nodes: plain text, and a mark for each stretch that one or more values quote. */
function marked(text, values, field) {
  const at = offsets(text);
  const spans = values
    .filter((one) => one.evidence?.field === field)
    .map((one) => ({ one, start: at(one.evidence.start), end: at(one.evidence.end) }))
    .filter((span) => span.start < span.end);
  const cuts = [...new Set([0, text.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  const nodes = [];
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [start, end] = [cuts[index], cuts[index + 1]];
    const over = spans.filter((span) => span.start <= start && span.end >= end);
    const piece = text.slice(start, end);
    nodes.push(over.length ? mark(piece, over, start) : document.createTextNode(piece));
  }
  return nodes;
}

function mark(piece, over, start) {
  const top = over.reduce((best, span) => (span.end - span.start < best.end - best.start ? span : best));
  const opening = over.filter((span) => span.start === start);
  const label = opening.map((span) => `${span.one.number} ${named("field", span.one.field)}`).join(" · ");
  const names = over.map((span) => `${span.one.number} ${named("field", span.one.field)}`).join(", ");
  const node = el("mark", { class: `m ${top.one.field}`, title: names, data: { numbers: over.map((span) => span.one.number).join(" ") } }, piece);
  if (label) node.dataset.label = label; // shown by the style, so that selected text stays the article's alone
  node.addEventListener("click", () => focusValue(top.one.number));
  return node;
}

function focusValue(at) {
  if (window.getSelection()?.toString()) return; // the reader is selecting text
  byId(`value-${at}`)?.focus();
}

function showQuote(at) {
  document.querySelectorAll("mark.current").forEach((node) => node.classList.remove("current"));
  const nodes = [...document.querySelectorAll("mark")].filter((node) => node.dataset.numbers.split(" ").includes(String(at)));
  nodes.forEach((node) => node.classList.add("current"));
  nodes[0]?.scrollIntoView({ block: "center" });
}

function valueItem(one) {
  const item = el("li", { class: `value ${one.field}`, data: { path: one.path } });
  const head = el("p", { class: "field" }, one.number ? el("b", { class: `chip ${one.field}` }, one.number) : null, named("field", one.field));
  item.append(head, el("p", { class: "words" }, one.words));
  if (one.evidence) {
    const quote = `“${one.evidence.text}”`;
    const call = () => showQuote(one.number);
    item.append(button(quote, call, { class: "quote", id: `value-${one.number}`, "aria-label": say("ui.show_quote", { quote }) }));
    if (one.evidence.field === "title") item.append(el("small", { class: "muted" }, ` ${say("ui.in_title")}`));
  }
  if (one.rule) item.append(el("p", { class: "rule" }, `${say("ui.rule")}: `, el("code", {}, one.rule)));
  return item;
}

function byline(article) {
  const parts = [article.outlet, article.published, article.source].filter(Boolean).join(" · ");
  return el("p", { class: "muted" }, parts, " ", article.url ? (webLink(article.url, say("ui.original")) ?? article.url) : "");
}

/** The article and its values as nodes; the values are numbered where they quote something. */
function articleNodes(found) {
  const groups = valueGroups(found);
  const values = groups.flatMap((group) => group.values);
  let count = 0;
  for (const one of values) one.number = one.evidence ? (count += 1) : null;
  const article = found.article;
  const title = el("h2", { id: "a-title" }, article.title ? marked(article.title, values, "title") : say("ui.untitled"));
  const text = el("div", { class: "text", id: "a-text", lang: "id" }, article.text ? marked(article.text, values, "text") : say("ui.no_text"));
  const panel = el("div", { class: "panel" }, el("h3", { class: "hidden" }, say("ui.values")));
  for (const group of groups) {
    if (!group.values.length && META.mode !== "review") continue;
    panel.append(el("section", { data: { list: group.list } }, el("h4", {}, group.head), el("ol", {}, group.values.map(valueItem))));
  }
  return [el("div", { class: "reading" }, title, byline(article), text), panel];
}

async function showArticle() {
  const row = view.rows[view.at];
  const turn = (view.opened += 1);
  let nodes;
  let found = null;
  try {
    found = await record(row.position);
    nodes = articleNodes(found);
  } catch (error) {
    nodes = [el("h2", { id: "a-title" }, say("ui.broken", { reason: error.message }))];
  }
  if (turn !== view.opened) return;
  const body = byId("a-body");
  body.replaceChildren(...nodes);
  body.scrollTop = 0;
  body.querySelectorAll(".reading, .panel").forEach((part) => (part.scrollTop = 0));
  byId("a-position").textContent = say("ui.position", { position: number(view.at + 1), total: number(view.rows.length) });
  byId("a-previous").disabled = view.at === 0;
  byId("a-next").disabled = view.at === view.rows.length - 1;
  const dialog = byId("article");
  if (!dialog.open) dialog.showModal();
  if (found) await view.ready(found);
}

/** Open a row's article; `rows` are those that previous and next go through. */
function openArticle(row, rows) {
  view.rows = rows;
  view.at = rows.indexOf(row);
  return showArticle();
}

async function step(by) {
  const to = view.at + by;
  if (to < 0 || to >= view.rows.length || !(await view.leave())) return;
  view.at = to;
  await showArticle();
}

async function closeArticle() {
  if (await view.leave()) byId("article").close();
}

function wireArticle() {
  byId("a-close").addEventListener("click", () => void closeArticle());
  byId("article").addEventListener("cancel", (event) => {
    event.preventDefault(); // Escape
    void closeArticle();
  });
  byId("a-previous").addEventListener("click", () => void step(-1));
  byId("a-next").addEventListener("click", () => void step(1));
}
