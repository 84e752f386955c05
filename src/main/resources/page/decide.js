// What a person decides: the code that lets him, and the question before each decision.

import { post, token } from "./api.js";
import { byId, write } from "./dom.js";
import { texts } from "./texts.js";

const PATHS = { replay: "/api/replay", discard: "/api/discard", release: "/api/release" };
let asked = null;
let changed = () => {};

export const mayDecide = () => token.get() !== null;

const words = (error) => texts.errors[error] ?? texts.errors.other;

/** @param possible whether the server would take a code at all; undefined when it is not known */
export function showEnter(possible) {
  const inside = mayDecide();
  write(byId("enter-explained"), possible === false ? texts.enterNotSet : inside ? texts.entered : texts.enterExplained);
  byId("enter").hidden = inside || possible !== true;
  byId("leave").hidden = !inside;
}

async function enter(event) {
  event.preventDefault();
  const secret = byId("token").value.trim();
  const answer = await post("/api/enter", {}, secret);
  write(byId("enter-answer"), answer.ok ? "" : words(answer.error));
  if (answer.ok) {
    token.set(secret);
    byId("token").value = "";
    changed();
    byId("leave").focus();
  }
}

function leave() {
  token.forget();
  changed();
  byId("token").focus();
}

function ask(action, subject, about) {
  asked = { action, subject };
  const text = texts.decision[action];
  write(byId("decision-title"), text.title);
  write(byId("decision-about"), about);
  write(byId("decision-explained"), text.explained);
  write(byId("decision-confirm"), text.confirm);
  write(byId("decision-answer"), "");
  const required = action !== "replay";
  byId("author").required = required;
  byId("reason").required = required;
  byId("reason").value = "";
  byId("decision").showModal();
  byId("author").focus();
}

async function decide(event) {
  event.preventDefault();
  const { action, subject } = asked;
  const name = action === "release" ? "session" : "entry";
  const button = byId("decision-confirm");
  button.disabled = true;
  const answer = await post(PATHS[action], { [name]: subject, author: byId("author").value, reason: byId("reason").value });
  button.disabled = false;
  if (answer.error) {
    write(byId("decision-answer"), words(answer.error));
    if (answer.error === "token_wrong" || answer.error === "token_missing") {
      token.forget();
    }
  } else {
    byId("decision").close();
    const text = answer.result === "done" ? texts.results.done[action] : texts.results[answer.result];
    write(byId("announcement"), text);
    write(byId("enter-answer"), text);
  }
  changed();
}

/** @param onChange called when something was decided, or the code came or went */
export function start(onChange) {
  changed = onChange;
  byId("enter").addEventListener("submit", enter);
  byId("leave").addEventListener("click", leave);
  byId("decision-form").addEventListener("submit", decide);
  byId("decision-cancel").addEventListener("click", () => byId("decision").close());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-action]");
    if (button) {
      ask(button.dataset.action, button.dataset.subject, button.closest("li").querySelector("h3").textContent);
    }
  });
}
