// Five seconds in which a tap can be taken back.

import { tell } from "./screens.js";
import { build, say } from "./words.js";

const LASTS = 5000;

const place = document.getElementById("undo");

let takeBack = null;
let timer = null;

/** Offer to take back what was just done. */
export function offer(undo) {
  close();
  takeBack = undo;
  place.replaceChildren(build("undo"));
  tell(say("undo-offer"));
  timer = setTimeout(close, LASTS);
}

/** The child presses it. */
export function press() {
  const undo = takeBack;
  close();
  undo?.();
}

/** The offer is over. */
export function close() {
  clearTimeout(timer);
  takeBack = null;
  place.replaceChildren();
}
