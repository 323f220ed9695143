// Fetches the part of the board that changes and puts it in place. Everything that reacts to a changed board
// listens for "board:shown" on the document.

import { morph } from "./morph.js";
import { hearServerTime } from "./time.js";

const FRAGMENT = "/staff/board";
const SIGN_IN = "/staff/sign-in?next=%2Fstaff%2F";
export const BY_SCRIPT = { "X-Treetops-Board": "1" };

let etag = null;
let placed = 0;
let looking = null;

/** Ask for the board and show it if it changed. Rejects when the server cannot be reached. */
export function refresh() {
  // One at a time: who asks while a look is under way gets a look that begins after it.
  looking = looking ? looking.catch(() => {}).then(look) : look();
  const mine = looking;
  mine.catch(() => {}).then(() => { if (looking === mine) looking = null; });
  return mine;
}

async function look() {
  const before = placed;
  const answer = await fetch(FRAGMENT, {
    headers: etag ? { "If-None-Match": etag } : {},
    cache: "no-store",
    redirect: "manual",
    signal: AbortSignal.timeout(10_000),
  });
  hearServerTime(answer);
  if (answer.status === 401 || answer.type === "opaqueredirect") return goToSignIn();
  if (answer.status === 304) return;
  if (!answer.ok) throw new Error(`The board answered ${answer.status}.`);
  const text = await answer.text();
  if (placed !== before) return; // an answer was sent meanwhile and shows the newer board
  etag = answer.headers.get("ETag");
  show(parse(text));
}

/** Show what came back from a form: the sentence and the board. False when it is neither. */
export function showAnswered(text) {
  const answered = parse(text);
  const notices = answered.getElementById("notices");
  if (!notices || !answered.getElementById("board")) return false;
  placed += 1;
  etag = null;
  say(...notices.childNodes);
  show(answered);
  return true;
}

/** Put sentences above the board; a screen reader speaks them. */
export function say(...nodes) {
  document.getElementById("notices").replaceChildren(...nodes);
}

/** The session is over, or the account closed. */
export function goToSignIn() {
  location.assign(SIGN_IN);
}

function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

function show(answered) {
  morph(document.getElementById("board"), answered.getElementById("board"), document.getElementById("board-name"));
  document.dispatchEvent(new CustomEvent("board:shown"));
}
