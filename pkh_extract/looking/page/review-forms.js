// The form that corrects or adds a value, and the evidence that is selected in the text.

const AREA = ["area", "text"];
const PERIOD = [["year", "number"], ["stage", "number"]];
const HOW_MANY = [["count", "number"], ["count_max", "number"], ["qualifier", "qualifier"]];
const VALUE = [["value", "number"], ["value_max", "number"], ["qualifier", "qualifier"], ["program", "program?"]];
const FORMS = {
  relevant: [["relevant", "yes"]],
  programs: [["programs", "list"]],
  "article.title": [["title", "text"]],
  "article.published": [["published", "text"]],
  events: [["type", "type"]],
  status: [["status", "status"]],
  date: [["start", "text"], ["end", "text"], ["precision", "precision"], ["duration_days", "number"]],
  location: [["venue", "text"], AREA],
  organizer: [["organizer", "text"]],
  participants: [["role", "role"], ...HOW_MANY, AREA, ["part_of", "index"]],
  kpm: [...VALUE, ["unit", "unit"], ["measure", "measure"], AREA, ...PERIOD],
  workforce: [["role", "role"], ...HOW_MANY, AREA, ...PERIOD],
  amounts: [...VALUE, ["kind", "kind"], AREA, ...PERIOD],
};
let selection = null;

function formName(path) {
  if (FORMS[path]) return path;
  const words = path.split(".").filter((part) => !/^\d+$/.test(part));
  return words.at(-1);
}

/** What the record (or an earlier correction) says, as the form's fields. */
function present(path) {
  const corrected = review.decisions[path]?.value;
  if (corrected) return corrected;
  const found = path.split(".").reduce((at, key) => at?.[key], review.found);
  if (found === undefined || found === null) return {};
  if (typeof found !== "object" || Array.isArray(found)) return { [path.split(".").at(-1)]: found };
  const finest = found.village ?? found.district ?? found.regency ?? found.province ?? found.area;
  return { ...found, area: finest?.code ?? null, year: found.period?.year, stage: found.period?.stage, evidence: null };
}

function input(name, kind, value) {
  const group = kind.replace("?", "");
  if (META.codes[group]) {
    const select = el("select", { name });
    const none = kind.endsWith("?") ? [["", say("ui.nothing")]] : [];
    options(select, [...none, ...META.codes[group].map((code) => [code, named(group, code)])]);
    select.value = value ?? (kind.endsWith("?") ? "" : META.codes[group][0]);
    return select;
  }
  if (kind === "yes") return el("input", { name, type: "checkbox", checked: value === true });
  if (kind === "list") return el("input", { name, value: (value ?? []).join(", ") });
  const shown = kind === "index" && typeof value === "number" ? value + 1 : value;
  return el("input", { name, value: shown ?? "", inputmode: kind === "text" ? "text" : "numeric", autocomplete: "off" });
}

function readInput(node, kind) {
  if (kind === "yes") return node.checked;
  const words = node.value.trim();
  if (kind === "list") return words.split(",").map((one) => one.trim()).filter(Boolean);
  if (words === "") return null;
  if (kind === "number" || kind === "index") {
    const digits = words.replace(/[.,\s](?=\d{3}\b)/g, "");
    const whole = /^\d+$/.test(digits) ? Number(digits) : words; // what is no number is refused by the server
    return kind === "index" && typeof whole === "number" ? whole - 1 : whole;
  }
  return words;
}

function formWords(value) {
  const parts = Object.entries(value).filter(([name, one]) => one !== null && name !== "evidence");
  const lines = parts.map(([name, one]) => `${say(`form.${name}`)}: ${Array.isArray(one) ? one.join(", ") : String(one)}`);
  if (value.evidence) lines.push(`“${value.evidence.text}”`);
  return lines.join("\n");
}

function openForm(path) {
  document.querySelectorAll("form.correction").forEach((node) => node.remove());
  const fields = FORMS[formName(path)];
  const old = present(path);
  let evidence = old.evidence ?? null;
  const inputs = fields.map(([name, kind]) => [name, kind, input(name, kind, old[name])]);
  const quote = el("p", { class: "words", role: "status" }, evidence ? `“${evidence.text}”` : "");
  const take = button(say("review.evidence"), () => {
    evidence = selection ?? evidence;
    quote.textContent = evidence ? `“${evidence.text}”` : say("review.no_selection");
  }, { class: "quiet evidence" });
  const form = el(
    "form",
    { class: "correction", "aria-label": `${say("review.correct")}: ${pathWords(path)}` },
    inputs.map(([name, kind, node]) => el("label", { class: kind === "yes" ? "check" : "" }, say(`form.${name}`), " ", node)),
    take,
    quote,
    el("p", {}, el("button", { type: "submit", class: "quiet" }, say("review.apply")), " ", button(say("review.cancel"), () => form.remove(), { class: "quiet" })),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = Object.fromEntries(inputs.map(([name, kind, node]) => [name, readInput(node, kind)]));
    if (evidence) value.evidence = evidence;
    form.remove();
    decide(path, "correct", dropEmpty(value));
  });
  anchor(path).append(form);
  inputs[0][2].focus();
}

/** Null is the server's own default, except where it is all that is said. */
function dropEmpty(value) {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
}

function anchor(path) {
  const item = document.querySelector(`.panel [data-path="${CSS.escape(path)}"]`);
  if (item) return item;
  const list = path.replace(/\.[^.]+$/, "");
  const parent = document.querySelector(`.listing[data-complete="${CSS.escape(list)}"]`);
  return parent?.parentElement ?? document.querySelector(`.panel [data-path="${CSS.escape(list)}"]`)?.parentElement ?? byId("a-body");
}

/** Remember what was last selected in title or text, as a span in code points. */
function keepSelection() {
  const chosen = window.getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return;
  const range = chosen.getRangeAt(0);
  for (const [field, id] of [["text", "a-text"], ["title", "a-title"]]) {
    const root = byId(id);
    if (!root?.contains(range.startContainer) || !root.contains(range.endContainer)) continue;
    const before = document.createRange();
    before.selectNodeContents(root);
    before.setEnd(range.startContainer, range.startOffset);
    const start = Array.from(before.toString()).length;
    const text = range.toString();
    if (text && review.found.article[field]) selection = { field, start, end: start + Array.from(text).length, text };
  }
}
