// The cash sessions of the day: what the till says, and what Paheko has.

import { byId, element, foreign, list, write } from "./dom.js";
import { button } from "./entries.js";
import { longDay, money, when } from "./format.js";
import { texts } from "./texts.js";

function fact(label, value, alarm) {
  return value === null || value === "" ? null : element("div", null, element("dt", null, label), element("dd", alarm ? { class: "alarm" } : null, value));
}

function signed(cents) {
  return cents > 0 ? `+${money(cents)}` : money(cents);
}

function difference(session) {
  if (!session.expected) {
    return null;
  }
  const delivered = session.delivered.cents;
  const expected = session.expected.cents;
  if (session.totals === "unknown" || delivered === null || expected === null) {
    return texts.totalsUnknown;
  }
  return delivered === expected ? texts.noDifference : signed(delivered - expected);
}

function payments(session) {
  const paid = Object.entries(session.delivered.payments ?? {}).filter(([, cents]) => cents !== null);
  return paid.length === 0 ? null : paid.flatMap(([method, cents], index) => [index ? ", " : "", foreign(texts.methods[method] ?? method), ` ${money(cents)}`]);
}

function facts(session) {
  const tickets = session.tickets;
  const left = tickets.pending + tickets.waiting;
  const paid = payments(session);
  return element("dl", { class: "facts" },
    fact(texts.tickets, tickets.delivered === null ? texts.totalsUnknown : String(tickets.delivered)),
    tickets.collected > 0 ? fact(texts.collectedTickets, String(tickets.collected)) : null,
    left > 0 ? fact(texts.notDelivered, String(left)) : null,
    tickets.refused > 0 ? fact(texts.ticketsRefused, String(tickets.refused), true) : null,
    tickets.discarded > 0 ? fact(texts.ticketsDiscarded, String(tickets.discarded)) : null,
    fact(texts.delivered, money(session.delivered.cents) || texts.totalsUnknown),
    session.expected ? fact(texts.till, money(session.expected.cents) || texts.totalsUnknown) : null,
    fact(texts.difference, difference(session), session.different),
    paid ? element("div", { class: "whole" }, element("dt", null, texts.payments), element("dd", null, paid)) : null,
    session.till_difference_cents ? fact(texts.tillDifference, signed(session.till_difference_cents)) : null,
    session.url ? fact(texts.inPaheko, element("a", { href: session.url, target: "_blank", rel: "noopener noreferrer" }, texts.openInPaheko)) : null);
}

function card(session, mayDecide, now) {
  const held = session.state === "held";
  const alarm = session.different || session.booked_twice || session.state === "refused";
  return element("li", { "data-tone": alarm ? "act" : null },
    element("header", null,
      element("h3", null, session.opened_at ? texts.sessionOpened(when(session.opened_at, now)) : texts.sessionUnnamed),
      element("strong", null, texts.sessionStates[session.state])),
    session.different ? element("p", { class: "alarm" }, texts.isDifferent) : null,
    session.booked_twice ? element("p", { class: "alarm" }, texts.bookedTwice) : null,
    session.cause_held ? element("p", null, texts.cause(session.cause_held)) : null,
    session.why_held ? element("blockquote", null, foreign(session.why_held)) : null,
    held ? element("p", null, session.waits_for > 0 ? texts.waitsFor(session.waits_for) : texts.waitsForPerson) : null,
    facts(session),
    element("p", { class: "ids" }, element("span", null, `${texts.ids.session} `, foreign(session.session))),
    held && mayDecide ? element("div", { class: "row" }, button("release", session.session, texts.release)) : null);
}

/** @param answer null when it is not known */
export function showSessions(answer, mayDecide, now) {
  const sessions = answer?.sessions ?? [];
  const summary = !answer ? texts.sessionsUnknown : sessions.length === 0 ? texts.sessionsNone : answer.today ? "" : texts.sessionsOf(longDay(answer.day));
  write(byId("sessions-summary"), summary);
  byId("sessions-summary").hidden = summary === "";
  const items = sessions.map((session) => ({ ...session, mayDecide, day: session.opened_at ? when(session.opened_at, now) : "" }));
  list(byId("sessions-list"), items, (item) => item.session, (item) => card(item, item.mayDecide, now));
}
