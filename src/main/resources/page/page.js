// Asks how things are, again and again, and shows it.

import { get } from "./api.js";
import * as chart from "./chart.js";
import * as decide from "./decide.js";
import { byId, write } from "./dom.js";
import { showFound, showRefused } from "./entries.js";
import { ago, exactTime, when } from "./format.js";
import { findings, show } from "./sentence.js";
import { showSessions } from "./sessions.js";
import { texts, write as writeTexts } from "./texts.js";

const EVERY = 2_000;
const LISTS_EVERY = 5_000;
const HISTORY_EVERY = 30_000;

const openedAt = Date.now();
const parts = { quarantine: null, sessions: null, history: null };
const askedAt = { quarantine: 0, sessions: 0, history: 0 };
let state;
let answeredAt;
let before = "";

async function askState() {
  try {
    state = (await get("/api/state")).body;
    answeredAt = Date.now();
  } catch {
    // the sentence tells when it lasts
  }
}

/** What changed in it tells that the lists did, too. */
function changes() {
  const { findings: found, waiting, held, quarantined, last_delivery: last } = state ?? {};
  return JSON.stringify([found?.map(({ what, count }) => [what, count]), waiting, held, quarantined, last]);
}

async function askPart(name) {
  askedAt[name] = Date.now();
  try {
    const answer = await get(`/api/${name}`);
    parts[name] = answer.ok ? answer.body : null;
  } catch {
    parts[name] = null;
  }
}

async function askParts() {
  const now = Date.now();
  const changed = changes() !== before;
  before = changes();
  const due = [["quarantine", LISTS_EVERY], ["sessions", LISTS_EVERY], ["history", HISTORY_EVERY]]
    .filter(([name, every]) => now - askedAt[name] >= every || (changed && name !== "history"));
  await Promise.all(due.map(([name]) => askPart(name)));
}

function figure(id, value, tone) {
  const target = byId(id);
  write(target, value === null || value === undefined ? texts.notKnown : String(value));
  if (value === null || value === undefined) {
    target.setAttribute("aria-label", texts.notKnownSpoken);
  } else {
    target.removeAttribute("aria-label");
  }
  if (value > 0 && tone) {
    target.parentElement.dataset.tone = tone;
  } else {
    delete target.parentElement.dataset.tone;
  }
}

function lastDelivery(known, now) {
  const last = known?.last_delivery;
  if (!last) {
    return known ? texts.noDelivery : "";
  }
  const [event, id] = last.key ? [last.key.slice(0, last.key.indexOf(":")), last.key.slice(last.key.indexOf(":") + 1)] : [null, null];
  const names = { "pos.ticket.created": texts.lastSale, "pos.session.opened": texts.lastOpened, "pos.session.closed": texts.lastClosed };
  const name = names[event]?.(id) ?? (last.session ? texts.lastSession(last.session) : "");
  return texts.lastDelivery(when(last.at, now), ago(last.at, now)) + (name ? ` · ${name}` : "");
}

function render() {
  const now = Date.now();
  const found = findings(state, answeredAt, openedAt, now);
  const silent = found[0]?.what === "no_answer";
  const known = state?.known && !silent ? state : null;
  show(found, state, now);
  write(byId("updated"), answeredAt ? (silent ? texts.lastKnown : texts.updated)(exactTime(answeredAt)) : "");
  figure("waiting", known?.waiting);
  figure("pending", known ? known.pending.due + known.pending.scheduled : null, "wait");
  figure("held", known?.held, "wait");
  figure("refused", known?.quarantined.total, "act");
  write(byId("last"), lastDelivery(known, now));
  const mayDecide = decide.mayDecide();
  decide.showEnter(silent ? undefined : state?.may_decide);
  if (answeredAt || silent) {
    showRefused(known && parts.quarantine, mayDecide, state?.may_decide, now);
    showSessions(known && parts.sessions, mayDecide, now);
    chart.showHistory(parts.history);
  }
}

async function update() {
  await askState();
  render();
  await askParts();
  render();
}

let asking = Promise.resolve();

/** One at a time; what was just decided shows at once. */
function refresh() {
  askedAt.quarantine = 0;
  askedAt.sessions = 0;
  render();
  asking = asking.then(update);
}

async function search(event) {
  event.preventDefault();
  const id = byId("search-id").value.trim();
  if (!id) {
    return;
  }
  write(byId("search-summary"), texts.searching);
  try {
    const answer = await get(`/api/where?id=${encodeURIComponent(id)}`);
    const entries = answer.body.entries ?? [];
    showFound(answer.ok ? answer.body : null, Date.now());
    write(byId("search-summary"), answer.ok ? (entries.length > 0 ? texts.searchFound(entries.length) : texts.searchNothing)
      : answer.body.error === "busy" ? texts.searchBusy : texts.searchUnknown);
  } catch {
    showFound(null, Date.now());
    write(byId("search-summary"), texts.searchUnknown);
  }
}

function again() {
  asking = asking.then(update).then(() => setTimeout(again, EVERY));
}

writeTexts();
chart.start();
decide.start(refresh);
byId("search").addEventListener("submit", search);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    asking = asking.then(update);
  }
});
// a server that is silent is noticed without its answer
setInterval(render, 1_000);
render();
again();
