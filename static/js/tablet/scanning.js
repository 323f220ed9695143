// For a child who presses with one or two switches: what can be pressed is pointed out, one after the other, and the
// switch takes what is pointed out. Switches come to the page as the keys Space and Enter.
//
// With one switch the pointing goes on by itself and either key takes. With two, Space goes on and Enter takes. Where
// there are many choices, rows are pointed out first, then what is in the row that was taken.
//
// A child's own set-up says with how many switches. On the start screen, where nobody is known yet, nothing moves until
// a switch is pressed, and only on a tablet of which some child uses switches.

import * as idle from "./idle.js";
import * as roster from "./roster.js";
import { isAlways, speak } from "./speech.js";

const MANY = 8;
const SAME_ROW = 24; // px between the tops of what stands side by side
const SETTLES_IN = 500; // as for fingers: the second press of a double press is not meant for the next screen
const ROUNDS = 2; // so often it goes round by itself when nobody presses
const KEYS = [" ", "Enter"];
const PRESSABLE = "[data-press]:not(:disabled)";

const stage = document.getElementById("stage");
const stillHere = document.getElementById("still-here");

let scan = null; // { switches, seconds } while somebody scans
let row = null; // the row that was taken, while there is one
let pointed = []; // what is pointed out: one choice, or a whole row
let rounds = 0;
let timer = null;
let pressedAt = -Infinity;
let isSomebodyHere = false;

/** Listen to switches: before anybody else does, who would close the question whether a child is still here. */
export function listen() {
  addEventListener("keydown", press, { capture: true });
  addEventListener("keyup", (event) => isOurs(event) && event.preventDefault(), { capture: true });
  addEventListener("pointerdown", () => !isSomebodyHere && stop(), { capture: true, passive: true });
  new MutationObserver(() => scan && begin()).observe(stage, { childList: true });
}

/** A child has come: scan for them if they use switches. */
export function come(pupil) {
  stop();
  isSomebodyHere = true;
  scan = scanOf(pupil);
  if (scan) begin();
}

/** Nobody is here. */
export function leave() {
  stop();
  isSomebodyHere = false;
}

function stop() {
  clearTimeout(timer);
  point([]);
  scan = row = null;
}

function scanOf(pupil) {
  const { scanning, scan_seconds: seconds } = pupil?.tablet ?? {};
  return ["one", "two"].includes(scanning) ? { switches: scanning, seconds: seconds ?? 2 } : null;
}

// On the start screen any of the children with switches may be there: the slowest of them must be able to follow.
function scanOfAny() {
  const pupils = roster.isHere() ? roster.classes().flatMap(roster.pupilsOf) : [];
  const all = pupils.map(scanOf).filter(Boolean);
  if (!all.length) return null;
  return {
    switches: all.some((one) => one.switches === "one") ? "one" : "two",
    seconds: Math.max(...all.map((one) => one.seconds)),
  };
}

function press(event) {
  if (!isOurs(event)) return;
  event.preventDefault();
  if (event.repeat || event.timeStamp - pressedAt < SETTLES_IN) return;
  pressedAt = event.timeStamp;
  rounds = 0;
  if (stillHere.open) return; // The child is: that was all that was asked.
  if (!scan) {
    scan = scanOfAny();
    begin();
  } else if (!pointed.length) begin();
  else if (scan.switches === "two" && event.key === " ") goOn();
  else take();
}

// Whoever walks through the page with Tab presses with the same keys what the focus is on.
function isOurs(event) {
  if (!KEYS.includes(event.key) || event.ctrlKey || event.altKey || event.metaKey) return false;
  const on = document.activeElement;
  const isOnAnother = on?.matches(PRESSABLE) && !pointed.includes(on);
  return !isOnAnother && (scan !== null || (!isSomebodyHere && scanOfAny() !== null));
}

// The first is pointed out in silence: to a child to whom everything is read, the screen is being read just now.
function begin() {
  rounds = 0;
  row = null;
  point(groupsNow()[0] ?? []);
  rest();
}

function goOn() {
  clearTimeout(timer);
  const groups = groupsNow();
  const place = groups.findIndex((group) => group[0] === pointed[0]) + 1;
  if (place === groups.length) {
    rounds += 1;
    if (row) return leaveRow();
  }
  if (rounds >= ROUNDS && scan.switches === "one") return point([]);
  point(groups[place % groups.length] ?? []);
  sayIt();
  rest();
}

// Stay on what is pointed out. While it goes round for a child who has not pressed yet, the child is here.
function rest() {
  clearTimeout(timer);
  if (scan.switches === "one") timer = setTimeout(goOn, scan.seconds * 1000);
  if (rounds < ROUNDS) idle.stay();
}

// What was wanted is not in this row after all: on with the next one.
function leaveRow() {
  point(row);
  row = null;
  goOn();
}

function take() {
  clearTimeout(timer);
  if (pointed.length > 1) {
    row = pointed;
    point([]);
    goOn();
    return;
  }
  const [choice] = pointed;
  choice.click();
  if (scan && choice.isConnected) rest(); // Where another screen has come, it begins anew.
}

// What can be taken now: single choices, or rows of them where there are many.
function groupsNow() {
  const shown = row?.filter((one) => one.isConnected) ?? [];
  if (shown.length) return shown.map((one) => [one]);
  const all = [...stage.querySelectorAll(PRESSABLE), ...document.querySelectorAll(`.band ${PRESSABLE}`)];
  const choices = all.filter((one) => one.checkVisibility());
  return choices.length > MANY ? rowsOf(choices) : choices.map((one) => [one]);
}

function rowsOf(choices) {
  const rows = [];
  for (const one of choices) {
    const { top } = one.getBoundingClientRect();
    const last = rows.at(-1);
    if (last && Math.abs(last.top - top) < SAME_ROW) last.choices.push(one);
    else rows.push({ top, choices: [one] });
  }
  return rows.map((each) => each.choices);
}

function point(choices) {
  for (const one of pointed) one.classList.remove("is-pointed");
  pointed = choices;
  for (const one of pointed) one.classList.add("is-pointed");
  const [first] = pointed;
  if (!first) return;
  first.scrollIntoView({ block: "nearest" });
  if (pointed.length > 1) return document.activeElement?.blur();
  first.focus({ preventScroll: true });
}

function sayIt() {
  const [first, another] = pointed;
  if (first && !another && isAlways()) speak(first.getAttribute("aria-label") ?? first.innerText);
}
