// What a screen shows of a pupil or an adult.

import { now } from "./clock.js";
import { photoOf } from "./pictures.js";
import { isOfToday, school } from "./roster.js";

const TITLES = /^(mr|mrs|ms|miss|mx|dr|prof|sir|dame|rev)\.?$/i;
const A_DAY = 86_400_000;
const A_WEEK = 7 * A_DAY;
const SCHOOL_WEEK = 5; // Monday to Friday

/** Drawing, hue and name. */
export function pictureOf(person) {
  const [drawn, hue] = person.picture.split(/-(?=\d+$)/);
  return { id: person.id, name: person.name, drawn, hue, initials: initialsOf(person.name), photo: photoOf(person.id) };
}

/** What a card says about an adult: picture, place, here today or back when. */
export function cardOf(adult) {
  const known = isOfToday(); // What was said yesterday about today is not shown.
  const away = known && !adult.here;
  return {
    ...pictureOf(adult),
    place: adult.place,
    here: known && adult.here,
    away,
    back: away && adult.back ? dayName(noonOf(adult.back), "UTC") : null,
    standIn: away ? adult.stand_in?.name : null,
  };
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
  return format(noonOf(day), { weekday: "long", timeZone: "UTC" });
}

/** The days of the school week in which a date lies, each with its short name and whether it is the one, or today. */
export function weekOf(day) {
  const date = noonOf(day);
  const weekday = (date.getUTCDay() + 6) % 7;
  const days = [...Array(Math.max(SCHOOL_WEEK, weekday + 1)).keys()];
  return days.map((place) => {
    const one = new Date(date.getTime() + (place - weekday) * A_DAY);
    const name = format(one, { weekday: "short", timeZone: "UTC" });
    return { name, marked: place === weekday ? "marked" : "", today: isToday(one) ? "today" : "" };
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
  const isSoon = day - now() < A_WEEK - A_DAY;
  const weekday = { weekday: "long", timeZone };
  return format(day, isSoon ? weekday : { ...weekday, day: "numeric", month: "long" });
}

// An old browser may not know the school's time zone: the tablet's own is most likely the same.
function format(date, options) {
  const lang = `${document.documentElement.lang}-u-ca-gregory-nu-latn`; // as on the school's clocks and calendars
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
