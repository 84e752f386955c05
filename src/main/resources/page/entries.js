// Entries: what is refused, and what a search finds.

import { byId, element, foreign, list, write } from "./dom.js";
import { money, time, when } from "./format.js";
import { texts } from "./texts.js";

function name(entry) {
  switch (entry.event) {
    case "pos.ticket.created":
      return texts.sale(money(entry.cents));
    case "pos.session.opened":
      return texts.opening;
    case "pos.session.closed":
      return texts.closing;
    default:
      return entry.event ? foreign(entry.event) : texts.unnamed;
  }
}

function ids(entry) {
  const parts = [["sale", entry.sale], ["session", entry.session], ["entry", entry.entry]].filter(([, id]) => id);
  return element("p", { class: "ids" }, parts.map(([what, id]) => element("span", null, `${texts.ids[what]} `, foreign(id))));
}

function trouble(entry) {
  const cause = entry.cause ? element("p", null, texts.cause(entry.cause)) : null;
  const answer = entry.answer
    ? element("blockquote", null, element("span", { class: "quiet" }, texts.says(entry.answer_status)), element("br"), foreign(texts.quote(entry.answer)))
    : null;
  const why = entry.why ? element("blockquote", null, foreign(entry.why)) : null;
  return [cause, why, answer];
}

function decision(decided, now) {
  if (!decided) {
    return null;
  }
  const words = texts.decided(decided.what, decided.at ? when(decided.at, now) : "", decided.author);
  return element("p", null, foreign(words + (decided.reason ? texts.decidedReason(decided.reason) : "")));
}

export function button(action, subject, label, secondary) {
  return element("button", { type: "button", "data-action": action, "data-subject": subject, "data-place": action,
    class: secondary ? "secondary" : null }, label);
}

function refused(entry, mayDecide, now) {
  const buttons = element("div", { class: "row" }, button("replay", entry.entry, texts.replay), button("discard", entry.entry, texts.discard, true));
  return element("li", { "data-tone": "act" },
    element("header", null, element("h3", { id: `entry-${entry.entry}` }, name(entry)),
      element("span", { class: "quiet" }, texts.published(when(entry.published_at, now)))),
    trouble(entry),
    entry.may_be_booked ? element("p", { class: "alarm" }, texts.mayBeBooked) : null,
    entry.damaged ? element("p", null, texts.damaged) : null,
    ids(entry),
    mayDecide ? buttons : null);
}

/** @param answer null when it is not known */
export function showRefused(answer, mayDecide, mayEnter, now) {
  const entries = answer?.entries ?? [];
  const more = entries.length < (answer?.total ?? 0) ? texts.refusedMore(entries.length, answer.total) : "";
  const hint = entries.length > 0 && !mayDecide && mayEnter ? texts.decideHint : "";
  write(byId("refused-summary"), !answer ? texts.refusedUnknown : entries.length === 0 ? texts.refusedNone : [more, hint].filter(Boolean).join(" "));
  byId("refused-summary").hidden = byId("refused-summary").textContent === "";
  const items = entries.map((entry) => ({ ...entry, mayDecide, day: when(entry.published_at, now) }));
  list(byId("refused-list"), items, (item) => item.entry, (item) => refused(item, item.mayDecide, now));
}

function state(entry, answer) {
  const goesOn = answer.at_work && !answer.paused_since;
  switch (entry.state) {
    case "scheduled":
      return texts.states.scheduled(goesOn && entry.next_try_at ? time(entry.next_try_at) : null);
    case "due":
      return goesOn ? texts.states.due : texts.states.due_later;
    default:
      return texts.states[entry.state];
  }
}

function found(entry, answer, now) {
  const open = entry.state !== "delivered" && entry.state !== "discarded";
  return element("li", { "data-tone": entry.state === "quarantined" ? "act" : null },
    element("header", null, element("h3", null, name(entry)), element("strong", null, state(entry, answer))),
    element("p", { class: "quiet" }, texts.published(when(entry.published_at, now))),
    open ? trouble(entry) : null,
    decision(entry.decision, now),
    ids(entry));
}

/** What a search came to. */
export function showFound(answer, now) {
  list(byId("search-list"), answer?.entries ?? [], (entry) => entry.entry, (entry) => found(entry, answer, now));
}
