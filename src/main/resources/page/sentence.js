// How things are, in one sentence: the worst first. What is not known is never well.

import { byId, element, list, write } from "./dom.js";
import { longAgo } from "./format.js";
import { texts } from "./texts.js";

const SIGNS = { well: "✓", busy: "→", wait: "…", act: "!", unknown: "?" };
// what is answered longer ago than this says nothing of now
const OLD = 9_000;

const sentence = (finding, now) => texts.findings[finding.what](finding, finding.since ? longAgo(finding.since, now) : "");

function advice(finding) {
  const forPersons = finding.level === "act" ? texts.advice[`${finding.what}_act`] : undefined;
  return forPersons ?? texts.advice[finding.what];
}

/** What is found, given the last answer and when it came; both undefined before the first one. */
export function findings(state, answeredAt, openedAt, now) {
  if (now - (answeredAt ?? openedAt) > OLD) {
    return [{ what: "no_answer", level: "unknown" }];
  }
  if (!state) {
    return [];
  }
  return state.known ? state.findings : [{ what: "no_redis", level: "unknown" }];
}

function notes(state) {
  const process = state?.known ? state.process : null;
  if (process?.role === "standby" && state.at_work) {
    return [texts.standby];
  }
  return process && !process.configured && state.at_work ? [texts.unconfiguredHere] : [];
}

/** Shows them. */
export function show(found, state, now) {
  const first = found[0];
  const level = first?.level ?? "unknown";
  byId("status").dataset.level = level;
  write(byId("sign"), SIGNS[level]);
  write(byId("sentence"), first ? sentence(first, now) : texts.starting);
  write(byId("advice"), first ? advice(first) : "");
  const known = first && first.what !== "no_answer" && first.what !== "no_redis";
  const also = [...found.slice(1).map((finding) => sentence(finding, now)), ...(known ? notes(state) : [])];
  list(byId("also"), also, (text) => text, (text) => element("li", null, text));
  document.title = first ? `${SIGNS[level]} ${sentence(first, now)} – Passerelle` : "Passerelle";
  announce(first, now);
}

let announced = "";

/** Read out when it changes; not each minute that something lasts. */
function announce(first, now) {
  const what = first ? [first.what, first.level, first.count, first.cause].join(" ") : "";
  if (what !== announced) {
    announced = what;
    write(byId("announcement"), first ? sentence(first, now) : "");
  }
}
