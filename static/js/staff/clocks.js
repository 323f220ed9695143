// Says how long each child has waited, and when that has become too long.

import { now } from "./time.js";

const EVERY = 5_000;
const MINUTE = 60_000;
const LONGEST_COUNTED = 12 * 60; // minutes; an older request keeps the day and time that the server wrote

function tick() {
  for (const since of document.querySelectorAll("#board .since")) {
    const minutes = Math.floor((now() - Date.parse(since.dateTime)) / MINUTE);
    if (minutes < LONGEST_COUNTED) write(since, since.dataset.form === "short" ? short(minutes) : `Waiting ${duration(minutes)}`);
  }
  for (const late of document.querySelectorAll("#board .late")) {
    if (now() <= Date.parse(late.dataset.due)) continue;
    late.hidden = false;
    late.closest("article").classList.add("is-late");
  }
}

function duration(minutes) {
  if (minutes < 1) return "less than a minute";
  const hours = Math.floor(minutes / 60);
  const rest = counted(minutes % 60, "minute");
  return hours ? [counted(hours, "hour"), minutes % 60 ? rest : ""].join(" ").trim() : rest;
}

/** For a wall: "12 min", "1 h 05". */
function short(minutes) {
  const hours = Math.floor(minutes / 60);
  return hours ? `${hours} h ${String(minutes % 60).padStart(2, "0")}` : `${minutes} min`;
}

function counted(number, what) {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

document.addEventListener("board:shown", tick);
setInterval(tick, EVERY);
tick();
