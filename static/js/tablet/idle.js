// A screen about a child does not stay when the child has gone: after a while without a touch it asks, visibly counts
// down, and goes back to the start. One tap or key anywhere stays longer, as often as wanted.

const QUIET = 20;
const WARNING = 20;
const TICK = 250;
const TOUCHES = ["pointerdown", "keydown", "click", "wheel"];

const dialog = document.getElementById("still-here");
const count = document.getElementById("still-here-count");
const leaves = document.getElementById("still-here-leaves");

let since = 0;
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
  since = Date.now();
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
  since = Date.now();
  close();
}

function look() {
  const quiet = (Date.now() - since) / 1000;
  if (quiet >= QUIET + WARNING) goBack();
  else if (quiet >= QUIET) warn(Math.ceil(QUIET + WARNING - quiet));
}

function warn(seconds) {
  if (!dialog.open) dialog.showModal();
  if (count.textContent === String(seconds)) return;
  count.textContent = seconds;
  [...leaves.children].forEach((leaf, place) => leaf.classList.toggle("is-gone", place >= seconds));
}

function close() {
  if (dialog.open) dialog.close();
}
