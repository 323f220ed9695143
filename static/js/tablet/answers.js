// Asks the server how the requests stand: often while a child looks at theirs, seldom while nobody waits.

import * as requests from "./requests.js";
import { ask } from "./server.js";

const WHILE_LOOKING = 1000;
const WHILE_WAITING = 3000;
const OTHERWISE = 15_000;
const SELDOMEST = 30_000;

let looking = null;
let tag = null;
let timer = null;
let asking = false;
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

async function askNow() {
  clearTimeout(timer);
  if (asking || stopped || document.hidden) return;
  asking = true;
  let reached = false;
  try {
    reached = await (looking ? askForOne(looking) : askForAll());
  } finally {
    asking = false;
    failures = reached ? 0 : failures + 1;
    if (!stopped) timer = setTimeout(askNow, Math.min(pause() * 2 ** Math.min(failures, 5), SELDOMEST));
  }
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
