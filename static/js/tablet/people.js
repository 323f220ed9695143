// What a screen shows of a pupil or an adult.

import { now } from "./clock.js";
import { photoOf } from "./pictures.js";
import { closedUntil, isOfToday, school } from "./roster.js";
import { say } from "./words.js";

const TITLES = /^(mr|mrs|ms|miss|mx|dr|prof|sir|dame|rev)\.?$/i;
const A_DAY = 86_400_000;
const A_WEEK = 7 * A_DAY;
const SCHOOL_WEEK = 5; // Monday to Friday
const LEAF_COLOURS = 8;

/** Drawing, hue and name. */
export function pictureOf(person) {
  const [drawn, hue] = person.picture.split(/-(?=\d+$)/);
  return { id: person.id, name: person.name, drawn, hue, initials: initialsOf(person.name), photo: photoOf(person.id) };
}

/** The same of somebody who is perhaps not in this child's High 5, and then has a leaf that is always the same. */
export function portraitOf(adult, { high5 }) {
  const trusted = high5.find((one) => one.id === adult.id);
  return pictureOf(trusted ?? { ...adult, picture: `oak-${(Number(adult.id) % LEAF_COLOURS) + 1}` });
}

/** What a card says about an adult: picture, place, here now or when, and who is there for the child meanwhile. */
export function cardOf(adult) {
  const known = isOfToday(); // What was said yesterday about today is not shown.
  const away = known && !adult.here;
  const comesAt = known ? notYet(adult.comes_at) : null;
  const lunchUntil = known ? notYet(adult.lunch_until) : null;
  const isThereNow = (adult.reached ?? adult.here) || hasPassed(adult.comes_at) || hasPassed(adult.lunch_until);
  const covered = known && !isThereNow && !closedUntil();
  return {
    ...pictureOf(adult),
    place: adult.place,
    here: known && adult.here && !comesAt && !lunchUntil,
    comesAt,
    lunchUntil,
    time: (comesAt ?? lunchUntil) && clockTime(comesAt ?? lunchUntil),
    away,
    back: away && adult.back ? dayName(noonOf(adult.back), "UTC") : null,
    standIn: covered ? adult.stand_in?.name : null,
    another: covered && !adult.stand_in,
  };
}

/** When school opens again, in words, while it is closed. */
export function opening(until) {
  return { closed: until, opensAt: until && timeOf(until), opensOn: until && dayOf(until) };
}

/** A time of day such as "09:10", as the school's clocks show it. */
export function clockTime(at) {
  return format(new Date(`2000-01-01T${at}:00Z`), { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
}

/** A date such as "2026-11-24" by its weekday; nothing when that is today. */
export function dateName(day) {
  return isToday(noonOf(day)) ? null : dayName(noonOf(day), "UTC");
}

/** The weekday of a date such as "2026-11-24". */
export function weekdayOf(day) {
  return weekdayName(noonOf(day), "UTC");
}

/** How often one sleeps until a date such as "2026-11-24". */
export function sleepsUntil(day) {
  return Math.round((noonOf(day) - noonOf(dateOf(now()))) / A_DAY);
}

/** The date of an instant on the school's calendar, as "2026-11-24". */
export function dateOf(instant) {
  return format(new Date(instant), { dateStyle: "short", timeZone: school().timezone }, "sv");
}

/** The time of an instant on the school's clocks, as "09:10". */
export function timeOfDay(instant) {
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: school().timezone };
  return format(new Date(instant), clock, "en-GB");
}

/** The weekday of a date in a few letters. */
export function shortDay(day) {
  return shortDayName(noonOf(day));
}

/** The days of the school week in which a date lies, each with its short name and whether it is the one, or today. It
    has a weekend when one of these dates lies there. */
export function weekOf(day, dates = [day]) {
  const date = noonOf(day);
  const weekday = weekdayIn(day);
  const days = [...Array(Math.max(SCHOOL_WEEK, ...dates.map((one) => weekdayIn(one) + 1))).keys()];
  return days.map((place) => {
    const one = new Date(date.getTime() + (place - weekday) * A_DAY);
    return { name: shortDayName(one), marked: place === weekday ? "marked" : "", today: isToday(one) ? "today" : "" };
  });
}

/** A time of day such as 10:30, as the school's clocks show it. */
export function timeOf(instant) {
  return format(new Date(instant), { hour: "numeric", minute: "2-digit", timeZone: school().timezone });
}

/** The day of an instant as the school's calendar names it; nothing when that is today. */
export function dayOf(instant) {
  const date = (at) => format(at, { dateStyle: "short", timeZone: school().timezone });
  const then = new Date(instant);
  return date(then) === date(new Date(now())) ? null : dayName(then, school().timezone);
}

// A time of day such as "10:00" that is still to come today; nothing once it has passed.
function notYet(at) {
  return at && !hasPassed(at) ? at : null;
}

function hasPassed(at) {
  return Boolean(at) && timeOfDay(now()) >= at;
}

// From 0 for Monday.
function weekdayIn(day) {
  return (noonOf(day).getUTCDay() + 6) % 7;
}

// A date of the school's calendar, where no time zone can move it to another day.
function noonOf(day) {
  return new Date(`${day}T12:00Z`);
}

function isToday(noon) {
  const date = (at, timeZone) => format(at, { dateStyle: "short", timeZone });
  return date(noon, "UTC") === date(new Date(now()), school().timezone);
}

// A weekday says which one for the coming days; later it takes the date as well.
function dayName(day, timeZone) {
  const weekday = weekdayName(day, timeZone);
  if (day - now() < A_WEEK - A_DAY) return weekday;
  if (knowsDays(day, timeZone)) return format(day, { weekday: "long", day: "numeric", month: "long", timeZone });
  const number = format(day, { day: "numeric", timeZone }, "en-GB");
  return `${weekday} ${number} ${say(`month-${format(day, { month: "numeric", timeZone }, "en-GB")}`)}`;
}

function weekdayName(day, timeZone) {
  return say(`day-${englishDay(day, timeZone)}`);
}

function shortDayName(noon) {
  return say(`short-day-${englishDay(noon, "UTC")}`);
}

function englishDay(day, timeZone) {
  return format(day, { weekday: "short", timeZone }, "en-GB");
}

// Browsers carry the days of few languages; of others they say them in English, or not at all.
function knowsDays(day, timeZone) {
  const letters = (words) => words.replace(/\P{L}/gu, "").toLowerCase();
  return letters(format(day, { weekday: "long", timeZone })) === letters(weekdayName(day, timeZone));
}

// An old browser may not know the school's time zone: the tablet's own is most likely the same.
function format(date, options, tongue = document.documentElement.lang) {
  const lang = `${tongue}-u-ca-gregory-nu-latn`; // as on the school's clocks and calendars
  try {
    return new Intl.DateTimeFormat(lang, options).format(date);
  } catch {
    return new Intl.DateTimeFormat(lang, { ...options, timeZone: undefined }).format(date);
  }
}

function initialsOf(name) {
  const words = name.split(/\s+/).filter((word) => word && !TITLES.test(word));
  const letters = words.map((word) => [...word][0]);
  return (letters.length > 2 ? [letters[0], letters.at(-1)] : letters).join("").toLocaleUpperCase();
}
