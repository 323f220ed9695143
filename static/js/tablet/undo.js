// Five seconds in which a tap can be taken back, on whatever screen the child goes to meanwhile. For a child who scans
// five seconds may pass before the offer is pointed out at all: theirs lasts for a whole round of pointing, which
// scanning.js ends.

import { tell } from "./screens.js";
import { build, say } from "./words.js";

const LASTS = 5000;

const place = document.getElementById("undo");
const page = document.documentElement;

let takeBack = null;
let goAhead = null;
let timer = null;

/** Offer to take back what was just done. What cannot be taken back once it is done waits: it is done when the offer
    is over. */
export function offer(undo, otherwise = null) {
  close();
  takeBack = undo;
  goAhead = otherwise;
  place.replaceChildren(build("undo"));
  tell(say("undo-offer"));
  if (!page.dataset.scanning) timer = setTimeout(close, LASTS);
}

/** The child presses it. */
export function press() {
  const undo = takeBack;
  end();
  undo?.();
}

/** The offer is over. */
export function close() {
  const otherwise = goAhead;
  end();
  otherwise?.();
}

function end() {
  clearTimeout(timer);
  takeBack = goAhead = null;
  place.replaceChildren();
}
