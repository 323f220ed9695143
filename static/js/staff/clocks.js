// Says how long each child has waited, and when that has become too long.

import { now } from "./time.js";
import { count, say } from "./words.js";

const EVERY = 5_000;
const MINUTE = 60_000;
const LONGEST_COUNTED = 12 * 60; // minutes; an older request keeps the day and time that the server wrote

function tick() {
  for (const since of document.querySelectorAll("#board .since")) {
    const minutes = Math.floor((now() - Date.parse(since.dateTime)) / MINUTE);
    if (minutes < LONGEST_COUNTED) write(since, since.dataset.form === "short" ? short(minutes) : say("waiting", { time: duration(minutes) }));
  }
  for (const late of document.querySelectorAll("#board .late")) {
    if (now() <= Date.parse(late.dataset.due)) continue;
    late.hidden = false;
    late.closest("article").classList.add("is-late");
  }
}

function duration(minutes) {
  if (minutes < 1) return say("no_minute");
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours && count("hours", hours), rest && count("minutes", rest)].filter(Boolean).join(" ");
}

/** For a wall: "12 min", "1 h 05". */
function short(minutes) {
  const hours = Math.floor(minutes / 60);
  const rest = String(minutes % 60).padStart(2, "0");
  return hours ? say("short_hours", { hours, minutes: rest }) : say("short_minutes", { minutes });
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

document.addEventListener("board:shown", tick);
setInterval(tick, EVERY);
tick();
