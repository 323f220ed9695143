// For a child who presses with one or two switches: what can be pressed is pointed out, one after the other, and the
// switch takes what is pointed out. Switches come to the page as the keys Space and Enter.
//
// With one switch the pointing goes on by itself and either key takes. With two, Space goes on and Enter takes. Where
// there are many choices, rows are pointed out first, then what is in the row that was taken.
//
// What is pointed out is spoken, unless the child is to hear nothing: of a row the first and the last. So the speakers
// beside the steps are no places to stop at. What can be taken back is pointed out first, and as long as one round takes.
//
// A child's own set-up says with how many switches. On the start screen, where nobody is known yet, nothing moves until
// a switch is pressed, and only on a tablet of which some child uses switches.

import * as idle from "./idle.js";
import * as roster from "./roster.js";
import { labelOf } from "./screens.js";
import { speak, speakNext } from "./speech.js";
import * as undo from "./undo.js";

const MANY = 8;
const SAME_ROW = 24; // px between the tops of what stands side by side
const SETTLES_IN = 500; // as for fingers: the second press of a double press is not meant for the next screen
const ROUNDS = 2; // so often it goes round by itself when nobody presses
const KEYS = [" ", "Enter"];
const PRESSABLE = "[data-press]:not(:disabled)";
const READS_FOR_AT_MOST = 5000; // A voice that never ends must not hold up the pointing.

const page = document.documentElement;
const stage = document.getElementById("stage");
const undoPlace = document.getElementById("undo");
const stillHere = document.getElementById("still-here");

let scan = null; // { switches, seconds, isSpoken } while somebody scans
let row = null; // the row that was taken, while there is one
let pointed = []; // what is pointed out: one choice, or a whole row
let rounds = 0;
let timer = null;
let pressedAt = -Infinity;
let isSomebodyHere = false;
let beginsSoon = false;

/** Listen to switches: before anybody else does, who would close the question whether a child is still here. */
export function listen() {
  addEventListener("keydown", press, { capture: true });
  addEventListener("keyup", (event) => isOurs(event) && event.preventDefault(), { capture: true });
  addEventListener("pointerdown", () => !isSomebodyHere && stop(), { capture: true, passive: true });
  new MutationObserver(beginSoon).observe(stage, { childList: true });
  new MutationObserver(() => undoPlace.firstElementChild && beginSoon()).observe(undoPlace, { childList: true });
}

/** A child has come: scan their screens for them if they use switches. */
export function come(pupil) {
  stop();
  isSomebodyHere = true;
  scanFor(scanOf(pupil));
}

/** Nobody is here. */
export function leave() {
  stop();
  isSomebodyHere = false;
}

function stop() {
  clearTimeout(timer);
  point([]);
  row = null;
  scanFor(null);
}

// Marked on the page for those who need to know: what is read aloud, and for how long something can be taken back.
function scanFor(whose) {
  scan = whose;
  if (scan) page.dataset.scanning = scan.isSpoken ? "spoken" : "silent";
  else delete page.dataset.scanning;
}

function scanOf(pupil) {
  const { scanning, scan_seconds: seconds, read_aloud: reads } = pupil?.tablet ?? {};
  if (!["one", "two"].includes(scanning)) return null;
  return { switches: scanning, seconds: seconds ?? 2, isSpoken: reads !== "never" };
}

// On the start screen any of the children with switches may be there: the slowest of them must be able to follow.
function scanOfAny() {
  const pupils = roster.isHere() ? roster.classes().flatMap(roster.pupilsOf) : [];
  const all = pupils.map(scanOf).filter(Boolean);
  if (!all.length) return null;
  return {
    switches: all.some((one) => one.switches === "one") ? "one" : "two",
    seconds: Math.max(...all.map((one) => one.seconds)),
    isSpoken: all.some((one) => one.isSpoken),
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
    scanFor(scanOfAny());
    begin();
  } else if (!pointed[0]?.isConnected) begin();
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

// After whoever brought the screen has filled it, and after it has begun to be read.
function beginSoon() {
  if (!scan || beginsSoon) return;
  beginsSoon = true;
  queueMicrotask(() => {
    beginsSoon = false;
    if (scan) begin();
  });
}

function begin() {
  clearTimeout(timer);
  rounds = 0;
  row = null;
  point(groupsNow()[0] ?? []);
  idle.stay();
  const isTurn = scan.isSpoken && pointed.length ? sayNext() : null;
  restOnce(isTurn);
}

// The first is not passed by while the question before it is still being read.
async function restOnce(isTurn) {
  const mine = pointed;
  let isHeldUp;
  const atMost = new Promise((resolve) => (isHeldUp = setTimeout(resolve, READS_FOR_AT_MOST)));
  await Promise.race([isTurn, atMost]);
  clearTimeout(isHeldUp);
  if (scan && mine === pointed) rest();
}

function goOn() {
  clearTimeout(timer);
  const groups = groupsNow();
  const place = groups.findIndex((group) => group[0] === pointed[0]) + 1;
  const isRound = place === groups.length;
  if (isRound) {
    rounds += 1;
    if (row) return leaveRow();
    undo.close();
  }
  if (rounds >= ROUNDS && scan.switches === "one") return point([]);
  point((isRound ? groupsNow()[0] : groups[place]) ?? []);
  say();
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
  if (choice.isConnected && scan) rest();
  else beginSoon(); // It has made room for other choices, or for another screen.
}

// What can be taken now: single choices, or rows of them where there are many.
function groupsNow() {
  const shown = row?.filter((one) => one.isConnected) ?? [];
  if (shown.length) return shown.map((one) => [one]);
  const places = [undoPlace, stage, ...document.querySelectorAll(".band")];
  const all = new Set(places.flatMap((place) => [...place.querySelectorAll(PRESSABLE)]));
  const choices = [...all].filter((one) => one.checkVisibility() && !one.matches(".tool-speak"));
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

function say() {
  if (!scan.isSpoken || !pointed.length) return;
  const [first, ...others] = saidOfPointed();
  speak([{ phrases: first }]);
  others.forEach(speakNext);
}

function sayNext() {
  const [first, ...others] = saidOfPointed();
  const isTurn = speakNext(first);
  others.forEach(speakNext);
  return isTurn;
}

function saidOfPointed() {
  if (pointed.length === 1) return [labelOf(pointed[0])];
  return [pointed[0], pointed.at(-1)].map((one) => [nameOf(one)]);
}

// A row is known by the names at its ends, not by all that stands beside them.
function nameOf(choice) {
  return labelOf(choice).find((words) => /\p{L}/u.test(words)) ?? "";
}
