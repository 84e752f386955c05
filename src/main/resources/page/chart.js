// Deliveries, failed tries and backlog over the last day and the last week: a plot, and the same as a table.

import { byId, element, write } from "./dom.js";
import { dayName, money, time } from "./format.js";
import { texts } from "./texts.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
let plot = null;
let week = false;
let latest = null;
let shown = "";

const label = (period) => (week ? dayName(period.start) : time(period.start));

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return { delivered: of("--well"), failed: of("--wait"), backlog: of("--busy"), text: of("--quiet"), edge: of("--edge") };
}

function draw(periods) {
  const colour = colours();
  const values = (name) => periods.map((period) => period[name]);
  const data = {
    labels: periods.map(label),
    datasets: [
      { label: texts.plotDelivered, data: values("delivered"), backgroundColor: colour.delivered, stack: "tries", pointStyle: "rect", order: 2 },
      { label: texts.plotFailed, data: values("failed"), backgroundColor: "transparent", borderColor: colour.failed, borderWidth: 2, stack: "tries", pointStyle: "rect",
        order: 3 },
      { label: texts.plotBacklog, data: values("backlog"), type: "line", borderColor: colour.backlog, backgroundColor: colour.backlog, borderDash: [6, 4],
        borderWidth: 2, pointStyle: "rectRot", pointRadius: 3, spanGaps: true, order: 1 },
    ],
  };
  const axis = (stacked) => ({ stacked, ticks: { color: colour.text, maxRotation: 0, autoSkipPadding: 12 }, grid: { color: colour.edge } });
  const options = {
    animation: false,
    maintainAspectRatio: false,
    locale: texts.locale,
    scales: { x: axis(true), y: { ...axis(false), beginAtZero: true, suggestedMax: 5, ticks: { color: colour.text, precision: 0 } } },
    plugins: { legend: { labels: { color: colour.text, usePointStyle: true } } },
  };
  plot?.destroy();
  plot = new globalThis.Chart(byId("plot"), { type: "bar", data, options });
}

function table(periods) {
  const columns = Object.keys(texts.columns);
  const cell = (period, column) => {
    switch (column) {
      case "start":
        return element("th", { scope: "row" }, label(period));
      case "cents":
        return element("td", null, money(period.cents) || "–");
      default:
        return element("td", null, period[column] === null ? "–" : String(period[column]));
    }
  };
  byId("figures").replaceChildren(
    element("thead", null, element("tr", null, columns.map((column) => element("th", { scope: "col" }, texts.columns[column])))),
    element("tbody", null, [...periods].reverse().map((period) => element("tr", null, columns.map((column) => cell(period, column))))));
}

function update() {
  const periods = latest ? latest[week ? "days" : "hours"] : [];
  const sum = (name) => periods.reduce((total, period) => total + period[name], 0);
  write(byId("history-summary"), latest ? texts.historySummary(sum("delivered"), sum("failed"), sum("refused")) : texts.historyUnknown);
  const now = JSON.stringify([week, dark.matches, periods]);
  if (latest && now !== shown) {
    shown = now;
    byId("plot").setAttribute("aria-label", texts.plot);
    draw(periods);
    table(periods);
  }
}

function choose(wholeWeek) {
  week = wholeWeek;
  byId("history-day").setAttribute("aria-pressed", String(!week));
  byId("history-week").setAttribute("aria-pressed", String(week));
  update();
}

/** @param answer null when it is not known */
export function showHistory(answer) {
  latest = answer;
  update();
}

export function start() {
  byId("history-day").addEventListener("click", () => choose(false));
  byId("history-week").addEventListener("click", () => choose(true));
  dark.addEventListener("change", update);
}
