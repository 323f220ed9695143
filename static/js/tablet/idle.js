// A screen about a child does not stay when the child has gone: after a while without a touch it asks, visibly counts
// down, and goes back to the start. One tap or key anywhere stays longer, as often as wanted. Where a child breathes or
// does what helps them, hands are still: such a screen says of itself how many seconds that may take. It shows no step.
// Hands are still, too, while a child listens to what is read: the time without a touch begins when it has been read.

import { partsIn } from "./screens.js";
import { hush, isReadTo, speak } from "./speech.js";

const QUIET = 20;
const WARNING = 20;
const LISTENS = 60; // A voice that never ends must not keep a child's screen there.
const TICK = 250;
const TAKES_TIME = '[data-takes-time]:not([aria-pressed="false"])';
const READ = ".is-read";
const TOUCHES = ["pointerdown", "keydown", "click", "wheel"];

const dialog = document.getElementById("still-here");
const count = document.getElementById("still-here-count");
const leaves = document.getElementById("still-here-leaves");

let since = 0;
let came = 0; // when the screen was touched last, or another one came
let timer = null;
let goBack = () => {};

/** Call `onGone` when nobody has touched the tablet for long while it was watched. */
export function listen(onGone) {
  goBack = onGone;
  for (const kind of TOUCHES) addEventListener(kind, touched, { capture: true, passive: true });
  dialog.addEventListener("cancel", (event) => event.preventDefault()); // Escape is a key like any other.
}

/** Watch from now on. */
export function watch() {
  since = came = Date.now();
  timer ??= setInterval(look, TICK);
}

/** Nobody is here: nothing to watch. */
export function rest() {
  clearInterval(timer);
  timer = null;
  close();
}

/** Somebody is here although they touch nothing just now; a question that is asked already stays. */
export function stay() {
  if (!dialog.open) since = Date.now();
}

function touched() {
  since = came = Date.now();
  close();
}

function look() {
  // The clock may have been set back: nobody may stay on the screen until it has caught up.
  [since, came] = [since, came].map((then) => Math.min(then, Date.now()));
  if (isListening()) stay();
  const quiet = (Date.now() - since) / 1000;
  const allowed = allowedQuiet();
  if (quiet >= allowed + WARNING) goBack();
  else if (quiet >= allowed) warn(Math.ceil(allowed + WARNING - quiet));
}

function isListening() {
  return document.querySelector(READ) !== null && Date.now() - came < LISTENS * 1000;
}

function allowedQuiet() {
  return Number(document.querySelector(TAKES_TIME)?.dataset.takesTime ?? QUIET);
}

function warn(seconds) {
  if (!dialog.open) ask();
  if (count.textContent === String(seconds)) return;
  count.textContent = seconds;
  [...leaves.children].forEach((leaf, place) => leaf.classList.toggle("is-gone", place >= seconds));
}

function ask() {
  dialog.showModal();
  if (isReadTo()) speak(partsIn([dialog]));
}

function close() {
  if (!dialog.open) return;
  dialog.close();
  hush();
}
