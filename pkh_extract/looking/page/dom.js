// Elements, words and numbers. Whatever an article says enters the page as a text node, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function read(id) {
  const found = document.getElementById(id);
  return JSON.parse(found.textContent);
}

const META = read("meta");
const LOCALE = META.lang === "id" ? "id-ID" : "en-GB";
const NUMBER = new Intl.NumberFormat(LOCALE);
const COLLATOR = new Intl.Collator(LOCALE, { numeric: true, sensitivity: "base" });

function byId(id) {
  return document.getElementById(id);
}

/** The words of a key, with {names} filled in. */
function say(key, values = {}) {
  const words = META.strings[key];
  if (words === undefined) throw new Error(`no words for ${key}`);
  return words.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** The name of a code of the record ("type", "training"); an unknown code is its own name. */
function named(group, code) {
  return META.strings[`${group}.${code}`] ?? String(code);
}

function number(value) {
  return value === null || value === undefined ? "" : NUMBER.format(value);
}

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, call] of Object.entries(value)) node.addEventListener(event, call);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** An element; strings among the children become text. */
function el(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

function svg(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function button(words, call, properties = {}) {
  return el("button", { type: "button", on: { click: call }, ...properties }, words);
}

/** A link for addresses of the web alone; anything else (javascript:, data: …) is null. */
function webLink(address, words) {
  let parsed;
  try {
    parsed = new URL(address);
  } catch {
    return null;
  }
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return null;
  return el("a", { href: parsed.href, rel: "noopener noreferrer", target: "_blank" }, words);
}

function options(select, pairs) {
  select.replaceChildren(...pairs.map(([value, words]) => el("option", { value }, words)));
}
