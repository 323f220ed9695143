// Sends the outbox in order, one at a time, for as long as it takes.

import { oneAtATime } from "./one_at_a_time.js";
import * as outbox from "./outbox.js";
import * as roster from "./roster.js";
import { canSend, send, UNREACHED } from "./server.js";
import { makeSignal } from "./signal.js";

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
const TRIES_ALONE = 3;
const REFUSALS = [404, 409, 413, 422];

/** Rings with (entry, data) when the server has kept an entry. */
export const arrived = makeSignal();

/** Rings with (entry, data) when the server will never keep it. A listener may replace it there and then; else it goes. */
export const refused = makeSignal();

let pause = FIRST_PAUSE;
let timer = null;
let sending = false;
let stopped = false;

/** Send what is there and what comes. */
export function start() {
  outbox.added.listen(sendNow);
  addEventListener("online", () => {
    pause = FIRST_PAUSE; // also when it comes amid a try that is about to fail
    sendNow();
  });
  sendNow();
}

export function stop() {
  stopped = true;
  clearTimeout(timer);
}

async function sendNow() {
  if (sending || stopped) return; // Whoever is sending looks for more before ending.
  sending = true;
  clearTimeout(timer);
  let sentAll = false;
  try {
    do sentAll = await oneAtATime(sendAll);
    while (sentAll && !stopped && outbox.first(new Set()));
  } finally {
    sending = false;
    goOnLater(sentAll);
  }
}

function goOnLater(sentAll) {
  if (sentAll || stopped) {
    pause = FIRST_PAUSE;
    return;
  }
  timer = setTimeout(sendNow, pause);
  pause = Math.min(pause * 2, LONGEST_PAUSE);
}

// An entry on which the server stumbles again and again must not hold up a child who asks for help behind it: after
// a few tries what is about other things goes past it, and it is tried again each time.
async function sendAll() {
  const stuck = new Set();
  for (let entry = outbox.first(stuck); entry && !stopped; entry = outbox.first(stuck)) {
    const outcome = await deliver(entry);
    if (outcome === "unreached") return false;
    if (outcome === "stumbled") {
      entry.stumbles = (entry.stumbles ?? 0) + 1;
      if (entry.stumbles < TRIES_ALONE) return false;
      stuck.add(entry.about);
    }
  }
  return stuck.size === 0 || stopped;
}

async function deliver(entry) {
  entry.tried = true;
  // On disk first: a tap must not be lost between here and there.
  if (!(await outbox.isStillHere(entry))) return "arrived";
  const answer = await post(entry);
  if ([200, 201].includes(answer.status) && answer.data?.id === entry.about) {
    outbox.remove(entry);
    arrived(entry, answer.data);
    return "arrived";
  }
  if (REFUSALS.includes(answer.status)) {
    const about = entry.about;
    refused(entry, answer.data);
    if (entry.about === about) outbox.remove(entry);
    return "refused";
  }
  return answer.status ? "stumbled" : "unreached";
}

// The token for sending belongs to a session that ends with the browser; the roster brings a new one.
async function post(entry) {
  if (!canSend()) await roster.refresh();
  if (!canSend()) return UNREACHED; // Without the token it would be refused, whoever is there by now.
  await outbox.setRight(entry);
  const answer = await send(entry.path, entry.body);
  if (answer.status !== 400 || answer.data?.errors) return answer;
  await roster.refresh();
  return send(entry.path, entry.body);
}
