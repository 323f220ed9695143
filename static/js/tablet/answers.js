// Asks the server how the requests stand: often while a child looks at theirs, seldom while nobody waits.

import * as requests from "./requests.js";
import { ask } from "./server.js";

const WHILE_LOOKING = 1000;
const WHILE_WAITING = 3000;
const OTHERWISE = 15_000;
const SELDOMEST = 30_000;
const SELDOMEST_WHILE_LOOKING = 5000;

let looking = null;
let tag = null;
let timer = null;
let asking = false;
let askAgain = false;
let failures = 0;
let stopped = false;

/** Ask from now on, as long as the tablet is looked at. */
export function start() {
  document.addEventListener("visibilitychange", askNow);
  addEventListener("online", askNow);
  askNow();
}

export function stop() {
  stopped = true;
  clearTimeout(timer);
}

/** A child looks at this request: it is asked for at once and every second. */
export function lookAt(id) {
  looking = id;
  askNow();
}

/** Nobody looks at a request any more. */
export function lookAway() {
  looking = null;
}

/** Ask at once, whenever it would have been time: somebody has come who may have asked on another tablet. */
export async function askNow() {
  clearTimeout(timer);
  if (stopped || document.hidden) return;
  askAgain = asking; // Whatever this was called for has come too late for the question that is on its way.
  if (asking) return;
  asking = true;
  let reached = false;
  try {
    reached = await (looking ? askForOne(looking) : askForAll());
  } finally {
    asking = false;
    failures = reached ? 0 : failures + 1;
    if (!stopped) timer = setTimeout(askNow, askAgain ? 0 : pauseAfter(failures));
  }
}

function pauseAfter(failed) {
  return Math.min(pause() * 2 ** Math.min(failed, 5), looking ? SELDOMEST_WHILE_LOOKING : SELDOMEST);
}

function pause() {
  if (looking) return WHILE_LOOKING;
  return requests.someoneWaits() ? WHILE_WAITING : OTHERWISE;
}

async function askForOne(id) {
  const known = requests.request(id);
  if (known?.sent !== "yes") return true; // The outbox tells when it has arrived.
  const answer = await ask(`/tablet/chats/${known.id}`);
  if (answer.status === 200) requests.learn(answer.data);
  return answer.status === 200 || answer.status === 404;
}

async function askForAll() {
  const answer = await ask("/tablet/chats", tag);
  if (answer.status === 200) {
    tag = answer.tag;
    requests.learnAll(answer.data.chats);
  }
  return answer.status === 200 || answer.status === 304;
}
