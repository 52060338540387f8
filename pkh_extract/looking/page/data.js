// The rows of the table, and the whole records, which are unpacked in chunks when they are first needed.

const SUMMARY = read("summary");
const ROWS = read("rows").map((cells, position) => {
  const row = { position };
  META.keys.forEach((key, index) => (row[key] = cells[index]));
  return row;
});
const KEPT = 8; // chunks that stay unpacked
const chunks = new Map();

async function inflate(id) {
  const packed = atob(byId(id).textContent);
  const bytes = Uint8Array.from(packed, (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).text()).split("\n");
}

async function chunkLines(index) {
  if (!chunks.has(index)) {
    if (chunks.size >= KEPT) chunks.delete(chunks.keys().next().value);
    chunks.set(index, inflate(`chunk-${index}`));
  }
  return chunks.get(index);
}

/** The whole record at a position of the file. */
async function record(position) {
  const lines = await chunkLines(Math.floor(position / META.chunk));
  return JSON.parse(lines[position % META.chunk]);
}

function plain(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

/** What a search looks through: title, source, places …, and the text once it is unpacked. */
function haystack(row) {
  if (row.hay === undefined) row.hay = plain([row.title, row.source, row.outlet, row.words].filter(Boolean).join(" "));
  return row.hay;
}

let texts = null;

/** All texts, for the search; unpacked once. */
function allTexts() {
  if (texts === null) texts = unpackTexts();
  return texts;
}

async function unpackTexts() {
  const found = [];
  for (let index = 0; index * META.chunk < ROWS.length; index += 1) {
    for (const line of await inflate(`chunk-${index}`)) found.push(plain(JSON.parse(line).article.text));
  }
  return found;
}
