// Rings once for each new alert on this screen, until somebody took the request, the person touches its card,
// or the sound is muted.

import { allowSound, canSound, onSoundChange, startChime, stopChime } from "./chime.js";
import { recall, remember } from "./memory.js";
import { count, say } from "./words.js";

const mute = document.getElementById("mute");
const hint = document.getElementById("allow-sound");
const said = document.getElementById("said");

/** Alerts that rang on this screen already; kept while the tab is open, so that loading again does not ring again. */
let known = new Set(recall(sessionStorage, "alerts-heard", "").split(" ").filter(Boolean));
/** Alerts that ring now. */
let ringing = new Set();

document.addEventListener("board:shown", follow);
document.addEventListener("pointerdown", touched);
document.addEventListener("keydown", touched);
mute.addEventListener("click", () => setMuted(!isMuted()));
hint.querySelector("button").addEventListener("click", wake);
onSoundChange(showHint);

mute.hidden = false;
setMuted(isMuted());
follow();

function follow() {
  const cards = new Map([...document.querySelectorAll("#board [data-alert]")].map((card) => [card.dataset.alert, card]));
  const fresh = [...cards.keys()].filter((alert) => !known.has(alert));
  const before = ringing;
  for (const [alert, card] of cards) if (card.dataset.heard !== alert) delete card.dataset.heard; // told of something new
  ringing = new Set([...ringing, ...fresh].filter((alert) => cards.has(alert) && !cards.get(alert).dataset.heard));
  known = new Set(cards.keys());
  remember(sessionStorage, "alerts-heard", [...known].join(" "));
  if (fresh.length && !isMuted()) startChime();
  if (fresh.length) said.textContent = whatRings(fresh);
  else if (before.size > ringing.size) said.textContent = say("taken");
  settle();
}

function whatRings(fresh) {
  const children = fresh.filter((alert) => !alert.startsWith("concern")).length;
  return children ? count("ask", children) : say("something_new");
}

function touched(event) {
  wake();
  const card = event.target.closest?.("#board [data-alert]");
  if (!card) return;
  card.dataset.heard = card.dataset.alert;
  ringing.delete(card.dataset.alert);
  settle();
}

function settle() {
  if (!ringing.size) stopChime();
  document.documentElement.dataset.ringing = ringing.size ? "yes" : "no";
}

function wake() {
  if (!canSound()) allowSound().then(showHint, showHint);
}

function isMuted() {
  return recall(localStorage, "muted", "no") === "yes";
}

function setMuted(muted) {
  remember(localStorage, "muted", muted ? "yes" : "no");
  mute.ariaPressed = String(muted);
  mute.querySelector(".mute-words").textContent = say(muted ? "sound_off" : "sound_on");
  if (muted) stopChime();
  showHint();
}

function showHint() {
  hint.hidden = canSound() || isMuted();
}
