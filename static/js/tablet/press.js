// One way to press for fingers, mice, keyboards, switches and screen readers.
//
// Children press long, press twice, and rest another finger or the whole hand on the glass. So: feedback when the
// finger comes down, the choice when it is lifted near the same place, every finger on its own, and for half a second
// nothing near the last choice counts (the second tap of a double tap would land on whatever appears there). What is
// wider than a finger, or rests long at the edge, is a hand that leans and chooses nothing.

const SETTLES_IN = 500;
const NEAR = 64; // CSS px around where the last finger was lifted
const AROUND = 24; // CSS px around the last target: a double tap need not meet the same place of a wide one
const SLIP = 32; // how far beside its target a finger may be lifted
const CLICK_FOLLOWS = 1000;
const WIDER_THAN_A_FINGER = 60; // CSS px across
const RESTS = 2000; // ms: in the middle of the screen a child may press as long as they like
const EDGE = 64; // CSS px from a side: there a hand leans

const fingers = new Map(); // of each that is down: its target, and since when
let chosen = null; // where the last choice was made, while nothing near it counts
let pointerAt = -Infinity;
let choose = () => {};

/** Call `onPress(name, value)` for everything in the page with data-press="name" (and data-value). */
export function listen(onPress) {
  choose = onPress;
  document.addEventListener("pointerdown", down);
  document.addEventListener("pointermove", grow, { passive: true });
  document.addEventListener("pointerup", up);
  document.addEventListener("pointercancel", lift);
  document.addEventListener("click", click);
  document.addEventListener("mousedown", keepFocus);
  document.addEventListener("contextmenu", (event) => targetOf(event) && event.preventDefault());
}

function down(event) {
  pointerAt = event.timeStamp;
  const target = targetOf(event);
  if (!target || event.button !== 0 || isWide(event) || isSettling(event)) return;
  fingers.set(event.pointerId, { target, since: event.timeStamp });
  target.classList.add("is-pressed");
}

// A palm comes down with its side first.
function grow(event) {
  if (isWide(event)) lift(event);
}

function up(event) {
  const finger = lift(event);
  if (!finger?.target.isConnected || isWide(event) || isLeaning(event, finger) || isSettling(event)) return;
  if (isWithin(finger.target.getBoundingClientRect(), SLIP, event)) commit(finger.target, event);
}

function lift(event) {
  pointerAt = event.timeStamp;
  const finger = fingers.get(event.pointerId);
  fingers.delete(event.pointerId);
  finger?.target.classList.remove("is-pressed");
  return finger;
}

function isWide({ width, height }) {
  return Math.max(width, height) > WIDER_THAN_A_FINGER;
}

function isLeaning({ timeStamp, clientX: x, clientY: y }, { since }) {
  const toTheEdge = Math.min(x, y, innerWidth - x, innerHeight - y);
  return timeStamp - since >= RESTS && toTheEdge < EDGE;
}

// A click right after a pointer is that pointer's, which has been dealt with (or landed on a screen that came up
// under the finger). Any other click was made by a keyboard, a switch or a screen reader.
function click(event) {
  const target = targetOf(event);
  const byPointer = event.detail > 0 && event.timeStamp - pointerAt < CLICK_FOLLOWS;
  if (target && !byPointer && target !== chosen?.target) commit(target);
}

// After a tap browsers play a mouse where the finger was, which would put the focus on whatever has come up there: the
// next press of a key or a switch would take it.
function keepFocus(event) {
  if (isSettling(event)) event.preventDefault();
}

function commit(target, finger) {
  settle(target, finger);
  choose(target.dataset.press, target.dataset.value);
}

function settle(target, finger) {
  clearTimeout(chosen?.timer);
  const timer = setTimeout(() => {
    chosen = null;
    document.documentElement.removeAttribute("data-settling");
  }, SETTLES_IN);
  chosen = { target, finger, timer, box: target.getBoundingClientRect() };
  document.documentElement.setAttribute("data-settling", "");
}

function isSettling(event) {
  if (!chosen?.finger) return false;
  const { finger, box } = chosen;
  const away = Math.hypot(event.clientX - finger.clientX, event.clientY - finger.clientY);
  return away <= NEAR || isWithin(box, AROUND, event);
}

function isWithin(box, margin, { clientX: x, clientY: y }) {
  return x >= box.left - margin && x <= box.right + margin && y >= box.top - margin && y <= box.bottom + margin;
}

function targetOf(event) {
  return event.target instanceof Element ? event.target.closest("[data-press]:not(:disabled)") : null;
}
