// Times that an adult promised a child, in pictures: whom, on which day of the week, and when on the clock.

import { clockTime, dateName, pictureOf, timeOfDay, weekOf } from "./people.js";
import { build } from "./words.js";

const HOURS_ROUND = 30; // degrees from one hour to the next
const MINUTES_ROUND = 6;

/** Draw the next planned times, a few at most: more would be a timetable. */
export function drawPlanned(planned, atMost) {
  return planned.slice(0, atMost).map(drawOne);
}

/** A clock that stands at the time of an instant. */
export function drawClock(instant) {
  const drawn = build("clock").firstElementChild;
  setClock(drawn, timeOfDay(instant));
  return drawn;
}

function drawOne({ adult, day, at, how }) {
  const onDay = dateName(day);
  const values = { ...pictureOf(adult), time: clockTime(at), day: onDay, today: !onDay };
  const drawn = build("planned", how ? { ...values, [how]: true } : values);
  drawn.querySelector("[data-list]").append(...weekOf(day).map((one) => build("planned-day", one)));
  setClock(drawn, at);
  return drawn;
}

function setClock(drawn, at) {
  const [hours, minutes] = at.split(":").map(Number);
  turn(drawn.querySelector(".clock-hour"), (hours + minutes / 60) * HOURS_ROUND);
  turn(drawn.querySelector(".clock-minute"), minutes * MINUTES_ROUND);
}

function turn(hand, degrees) {
  hand.setAttribute("transform", `rotate(${degrees} 32 32)`);
}
