// The review of a record: accept, correct or reject each value, say which lists are complete, save.

const review = { id: null, found: null, version: "", decisions: {}, complete: new Set(), dirty: false, saving: null };
const LISTED = ["events", "kpm", "workforce", "amounts"];
const PARTS_OF_EVENT = ["status", "date", "location", "organizer"];

async function ask(path, body) {
  const request = body
    ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }
    : { method: "GET" };
  let answer;
  try {
    answer = await fetch(path, request);
  } catch {
    return { status: 0, body: { error: say("review.unreachable") } };
  }
  return { status: answer.status, body: await answer.json().catch(() => ({ error: String(answer.status) })) };
}

function tell(words, problem = false) {
  const line = byId("r-status");
  if (!line) return;
  line.textContent = words;
  line.classList.toggle("warned", problem);
}

async function loadReview() {
  const id = review.id;
  const { status, body } = await ask(`state?id=${encodeURIComponent(id)}`);
  if (review.id !== id) return; // another record was opened meanwhile
  if (status !== 200) {
    tell(say("review.failed", { reason: body.error }), true);
    return;
  }
  Object.assign(review, { version: body.version, decisions: body.decisions, complete: new Set(body.complete), dirty: false });
  tell(say(body.version ? "review.saved" : "review.new", { name: review.id }));
}

/** Save; true where everything is on the disk. Calls do not overlap. */
async function saveReview() {
  while (review.saving) await review.saving;
  if (!review.dirty) return true;
  review.saving = sendReview();
  const done = await review.saving;
  review.saving = null;
  return done;
}

async function sendReview() {
  review.dirty = false; // what is decided while the answer is awaited is for the next save
  const { id, version, decisions, complete } = review;
  const { status, body } = await ask("save", { id, version, decisions, complete: [...complete] });
  if (status === 200) {
    review.version = body.version;
    tell(body.gold ? say("review.saved", { name: body.gold }) : say("review.nothing"));
    return true;
  }
  review.dirty = true;
  tell(body.stale ? say("review.conflict") : say("review.failed", { reason: body.error }), true);
  byId("r-discard").hidden = false;
  return false;
}

function changedReview() {
  review.dirty = true;
  tell(say("review.unsaved"));
  drawReview();
}

function decide(path, verdict, value) {
  const before = review.decisions[path];
  if (before && before.verdict === verdict && verdict !== "correct") delete review.decisions[path];
  else review.decisions[path] = value ? { verdict, value } : { verdict };
  changedReview();
}

/** The places of a list: those of the record and those that were added. */
function places(list) {
  const known = list.split(".").reduce((at, key) => at?.[key], review.found) ?? [];
  const found = new Set(known.keys());
  for (const path of Object.keys(review.decisions)) {
    const rest = path.startsWith(`${list}.`) ? path.slice(list.length + 1) : "";
    if (/^\d+$/.test(rest)) found.add(Number(rest));
  }
  return { count: known.length, all: [...found].sort((one, other) => one - other) };
}

/** A path for people: "event 1, date". */
function pathWords(path) {
  const words = [];
  for (const part of path.replace("article.", "").split(".")) {
    if (/^\d+$/.test(part)) words.push(`${words.pop()} ${Number(part) + 1}`);
    else words.push(part === "events" ? named("field", "event") : named("field", part));
  }
  return words.join(", ");
}

function controls(path, canReject = true) {
  const decision = review.decisions[path];
  const toggle = (verdict, call) =>
    button(say(`review.${verdict}`), call, { class: `verdict ${verdict}`, "aria-pressed": String(decision?.verdict === verdict) });
  const known = path.split(".").reduce((at, key) => at?.[key], review.found) !== undefined;
  return el(
    "div",
    { class: "verdicts", role: "group", "aria-label": pathWords(path), data: { at: path } },
    known ? toggle("accept", () => decide(path, "accept")) : null,
    toggle("correct", () => openForm(path)),
    canReject ? toggle("reject", () => decide(path, "reject")) : null,
    decision?.value ? el("p", { class: "words corrected" }, formWords(decision.value)) : null,
  );
}

function listControls(list, words) {
  const { count, all } = places(list);
  const decided = all.every((index) => review.decisions[`${list}.${index}`]);
  if (!decided && review.complete.delete(list)) review.dirty = true;
  const box = el("input", { type: "checkbox", disabled: !decided, checked: review.complete.has(list) });
  box.addEventListener("change", () => {
    if (box.checked) review.complete.add(list);
    else review.complete.delete(list);
    changedReview();
  });
  const next = Math.max(count, (all.at(-1) ?? -1) + 1);
  const added = all.filter((index) => index >= count).map((index) => addedItem(`${list}.${index}`, words));
  return el(
    "div",
    { class: "listing", data: { complete: list } },
    added,
    button(say("review.add", { name: words }), () => openForm(`${list}.${next}`), { class: "quiet" }),
    el("label", { class: "check" }, box, ` ${say("review.complete", { name: words })}`),
  );
}

function addedItem(path, words) {
  const item = el("div", { class: "value", data: { path } }, el("p", { class: "field" }, say("review.added", { name: words })), controls(path));
  if (/^events\.\d+$/.test(path) && review.decisions[path].verdict === "correct") {
    for (const part of PARTS_OF_EVENT) item.append(el("p", { class: "field" }, named("field", part)), controls(`${path}.${part}`, part !== "status"));
    item.append(listControls(`${path}.participants`, named("field", "participants")));
  }
  return item;
}

/** Everything that the review adds to the panel, drawn anew; an open form stays. */
function drawReview() {
  const focus = document.activeElement?.closest(".verdicts")?.dataset.at;
  const word = document.activeElement?.className;
  document.querySelectorAll(".verdicts, .listing").forEach((node) => node.remove());
  for (const item of document.querySelectorAll(".panel li.value")) {
    const path = item.dataset.path;
    if (!path.startsWith("warnings")) item.append(controls(path, !path.endsWith(".status")));
  }
  for (const section of document.querySelectorAll(".panel section")) {
    const list = section.dataset.list;
    if (list.startsWith("events.")) section.append(listControls(`${list}.participants`, named("field", "participants")));
    else if (LISTED.includes(list)) section.append(listControls(list, named("field", list)));
    if (list === "") section.append(listControls("events", named("field", "event")));
  }
  if (focus) document.querySelector(`.verdicts[data-at="${CSS.escape(focus)}"] button.${word.split(" ").at(-1)}`)?.focus();
}

/** Accept whatever is not decided, and call every list complete. */
function acceptRest() {
  for (const item of document.querySelectorAll(".panel li.value")) {
    const path = item.dataset.path;
    if (!path.startsWith("warnings")) review.decisions[path] ??= { verdict: "accept" };
  }
  for (const list of LISTED) review.complete.add(list);
  for (const index of places("events").all) review.complete.add(`events.${index}.participants`);
  changedReview();
}

function reviewBar() {
  return el(
    "div",
    { class: "reviewbar" },
    button(say("review.rest"), acceptRest, { class: "quiet", id: "r-rest" }),
    button(say("review.save"), () => void saveReview(), { class: "quiet", id: "r-save" }),
    button(say("review.discard"), () => void discardReview(), { class: "quiet", id: "r-discard", hidden: true }),
    el("span", { id: "r-status", role: "status" }),
    el("p", { class: "muted" }, say("review.complete_note")),
  );
}

function emptyReview() {
  Object.assign(review, { version: "", decisions: {}, complete: new Set(), dirty: false });
}

/** What could not be saved is given up for what is on the disk. */
async function discardReview() {
  emptyReview();
  await loadReview();
  byId("r-discard").hidden = true;
  drawReview();
}

async function startReview(found) {
  emptyReview();
  Object.assign(review, { id: META.ids[view.rows[view.at].position], found });
  const bar = reviewBar();
  bar.inert = true;
  document.querySelector(".panel").prepend(bar);
  await loadReview();
  if (review.found !== found) return;
  bar.inert = false;
  drawReview();
}

view.ready = startReview;
view.leave = async () => (await saveReview()) || !review.dirty;
window.addEventListener("beforeunload", (event) => {
  if (review.dirty) event.preventDefault();
});
document.addEventListener("selectionchange", keepSelection);
