// Money, times and durations as people read them; the shop's time is that of Paris.

import { texts } from "./texts.js";

const zone = { timeZone: "Europe/Paris" };
const euros = new Intl.NumberFormat(texts.locale, { style: "currency", currency: "EUR" });
const clock = new Intl.DateTimeFormat(texts.locale, { ...zone, hour: "2-digit", minute: "2-digit" });
const exactClock = new Intl.DateTimeFormat(texts.locale, { ...zone, hour: "2-digit", minute: "2-digit", second: "2-digit" });
const date = new Intl.DateTimeFormat(texts.locale, { ...zone, day: "numeric", month: "long" });
const weekday = new Intl.DateTimeFormat(texts.locale, { ...zone, weekday: "short", day: "numeric" });
const dayOf = new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });

/** Cents as euros; empty for null. */
export const money = (cents) => (cents === null || cents === undefined ? "" : euros.format(cents / 100));

export const time = (moment) => clock.format(new Date(moment));

export const exactTime = (moment) => exactClock.format(new Date(moment));

export const dayName = (moment) => weekday.format(new Date(moment));

/** A day without a time, such as 2026-11-20. */
export const longDay = (day) => date.format(new Date(`${day}T12:00:00Z`));

/** Such as: today at 09:02. */
export function when(moment, now) {
  const at = new Date(moment);
  const today = dayOf.format(at) === dayOf.format(new Date(now));
  return today ? texts.today(clock.format(at)) : texts.on(date.format(at), clock.format(at));
}

/** How long ago, in words. */
export const ago = (moment, now) => longAgo(moment, now) || texts.seconds;

/** The same; empty for what began just now. */
export function longAgo(moment, now) {
  const minutes = Math.floor((new Date(now) - new Date(moment)) / 60_000);
  if (minutes < 1) {
    return "";
  }
  if (minutes < 60) {
    return texts.minutes(minutes);
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? texts.hours(hours, hours < 10 ? minutes % 60 : 0) : texts.days(Math.floor(hours / 24));
}
