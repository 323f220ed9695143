// What a screen shows of a pupil or an adult.

import { now } from "./clock.js";
import { isOfToday, school } from "./roster.js";

const TITLES = /^(mr|mrs|ms|miss|mx|dr|prof|sir|dame|rev)\.?$/i;
const A_DAY = 86_400_000;
const A_WEEK = 7 * A_DAY;

/** Drawing, hue and name. */
export function pictureOf(person) {
  const [drawn, hue] = person.picture.split(/-(?=\d+$)/);
  return { id: person.id, name: person.name, drawn, hue, initials: initialsOf(person.name) };
}

/** What a card says about an adult: picture, place, here today or back when. */
export function cardOf(adult) {
  const known = isOfToday(); // What was said yesterday about today is not shown.
  return {
    ...pictureOf(adult),
    place: adult.place,
    here: known && adult.here,
    away: known && !adult.here,
    back: known && !adult.here && adult.back ? dayName(new Date(`${adult.back}T12:00Z`), "UTC") : null,
  };
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

// A weekday says which one for the coming days; later it takes the date as well.
function dayName(day, timeZone) {
  const isSoon = day - now() < A_WEEK - A_DAY;
  const weekday = { weekday: "long", timeZone };
  return format(day, isSoon ? weekday : { ...weekday, day: "numeric", month: "long" });
}

// An old browser may not know the school's time zone: the tablet's own is most likely the same.
function format(date, options) {
  const lang = document.documentElement.lang;
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
