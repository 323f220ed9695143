// Fetches the part of the board that changes and puts it in place. Everything that reacts to a changed board
// listens for "board:shown" on the document.

import { morph } from "./morph.js";
import { hearServerTime } from "./time.js";

const name = document.getElementById("board-name");
const SIGN_IN = `/staff/sign-in?next=${encodeURIComponent(name.dataset.page)}`;
const HEADER = "X-Treetops-Board";
export const BY_SCRIPT = { [HEADER]: "1" };

let etag = name.dataset.etag;
let placed = 0;
let answering = 0;
let skipped = false;
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
  const answer = await fetch(name.dataset.fragment, {
    headers: { "If-None-Match": etag },
    cache: "no-store",
    redirect: "manual",
    signal: AbortSignal.timeout?.(10_000),
  });
  hearServerTime(answer);
  if (answer.status === 401 || answer.type === "opaqueredirect") return goToSignIn();
  if (answer.status === 304) return;
  if (!answer.ok) throw new Error(`The board answered ${answer.status}.`);
  const text = await answer.text();
  if (answering) {
    skipped = true; // what was pressed brings a newer board
    return;
  }
  if (placed !== before) return look();
  etag = answer.headers.get("ETag");
  show(parse(text));
}

/** Do something that ends in `showAnswered`. No older board is shown while it goes on. */
export async function whileAnswering(work) {
  answering += 1;
  try {
    await work();
  } finally {
    answering -= 1;
    if (!answering && skipped) lookAgain();
  }
}

/** Show what came back from a form: the sentence and the board. False when it is neither. */
export function showAnswered(answer, text) {
  const answered = parse(text);
  const notices = answered.getElementById("notices");
  if (!notices || !answered.getElementById("board")) return false;
  placed += 1;
  etag = answer.headers.get(HEADER);
  say(...notices.childNodes);
  show(answered);
  return true;
}

function lookAgain() {
  skipped = false;
  refresh().catch(() => {}); // the doorbell goes on trying
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
  morph(document.getElementById("board"), answered.getElementById("board"), name);
  document.dispatchEvent(new CustomEvent("board:shown"));
}
