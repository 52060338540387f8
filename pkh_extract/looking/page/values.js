// What a record holds, value by value: words for people, the evidence and the rule behind each.

function range(value, max, qualifier) {
  const top = max === null || max === undefined ? "" : `–${number(max)}`;
  const sign = qualifier === "exact" || qualifier === "range" ? "" : `${named("qualifier", qualifier)} `;
  return `${sign}${number(value)}${top}`;
}

function areaWords(area) {
  return area ? `${area.name} (${area.code})` : "";
}

function periodWords(period) {
  return period ? `${say("ui.period")}: ${[period.year, period.stage, `“${period.text}”`].filter(Boolean).join(" · ")}` : "";
}

function joined(...parts) {
  return parts.filter(Boolean).join("\n");
}

function dateWords(date) {
  if (!date) return say("ui.nothing");
  const day = date.end === date.start ? date.start : `${date.start} ${say("ui.to")} ${date.end ?? "?"}`;
  const length = date.duration_days ? say("ui.duration", { count: date.duration_days }) : "";
  const doubt = date.weekday_matches === false ? say("ui.weekday_wrong") : "";
  return joined(day, [named("precision", date.precision), named("method", date.method), length, doubt].filter(Boolean).join(", "));
}

function placeWords(place) {
  if (!place) return say("ui.nothing");
  const areas = [place.village, place.district, place.regency, place.province].map(areaWords);
  return joined(place.venue, ...areas, named("method", place.method));
}

function peopleWords(people) {
  const part = people.part_of === null ? "" : say("ui.part_of", { number: people.part_of + 1 });
  return joined(`${range(people.count, people.count_max, people.qualifier)} ${named("role", people.role)}`, areaWords(people.area), part);
}

function kpmWords(figure) {
  const head = `${range(figure.value, figure.value_max, figure.qualifier)} ${named("unit", figure.unit)}`;
  const what = [named("measure", figure.measure), figure.program ? named("program", figure.program) : ""].filter(Boolean).join(", ");
  return joined(head, what, areaWords(figure.area), periodWords(figure.period));
}

function staffWords(count) {
  return joined(`${range(count.count, count.count_max, count.qualifier)} ${named("role", count.role)}`, areaWords(count.area), periodWords(count.period));
}

function moneyWords(amount) {
  const what = [named("kind", amount.kind), amount.program ? named("program", amount.program) : ""].filter(Boolean).join(", ");
  return joined(`Rp ${range(amount.value, amount.value_max, amount.qualifier)}`, what, areaWords(amount.area), periodWords(amount.period));
}

/** One value: where it stands in the record (path), its field, words, evidence (or null), rule (or null). */
function value(path, field, words, evidence = null, rule = null) {
  return { path, field, words, evidence, rule };
}

function eventValues(event, index) {
  const path = `events.${index}`;
  const what = joined(named("type", event.type), `${say("ui.term")} “${event.term}”, ${say("ui.confidence")} ${event.confidence.toFixed(2)}`);
  return {
    head: index === 0 ? say("ui.main_event") : say("ui.event_n", { number: index + 1 }),
    list: path,
    values: [
      value(path, "event", what, event.evidence, event.rule),
      value(`${path}.status`, "status", named("status", event.status) + (event.reported ? `, ${say("ui.reported")}` : "")),
      value(`${path}.date`, "date", dateWords(event.date), event.date?.evidence),
      value(`${path}.location`, "location", placeWords(event.location), event.location?.evidence),
      value(`${path}.organizer`, "organizer", event.organizer ?? say("ui.nothing")),
      ...event.participants.map((people, at) => value(`${path}.participants.${at}`, "participants", peopleWords(people), people.evidence, people.rule)),
    ],
  };
}

function listValues(record, name, words) {
  return {
    head: named("field", name),
    list: name,
    values: record[name].map((one, index) => value(`${name}.${index}`, name, words(one), one.evidence, one.rule)),
  };
}

/** The record as groups of values, in the order of the record. */
function valueGroups(record) {
  const programs = record.programs.map((code) => named("program", code)).join(", ") || say("ui.nothing");
  const general = {
    head: say("ui.article"),
    list: "",
    values: [
      value("relevant", "relevant", record.relevant ? say("ui.yes") : say("ui.no")),
      value("programs", "programs", programs),
      value("article.title", "title", record.article.title ?? say("ui.nothing")),
      value("article.published", "published", record.article.published ?? say("ui.nothing")),
    ],
  };
  const warnings = {
    head: say("ui.warnings"),
    list: "warnings",
    values: record.warnings.map((one, index) => value(`warnings.${index}`, "warning", joined(named("warning", one.code), one.message), one.evidence)),
  };
  return [
    general,
    ...record.events.map(eventValues),
    listValues(record, "kpm", kpmWords),
    listValues(record, "workforce", staffWords),
    listValues(record, "amounts", moneyWords),
    warnings,
  ];
}
