// What children did and the server does not know yet, in order. In memory and on disk: where the disk is refused,
// memory still sends it.
//
// Each has a key of its own, made from the time (so that they stay in order) and chance (so that two pages of one tablet
// never write over each other's).
//
// An entry: { n, path, body, about, ahead, retimed, again }. `about` is the id of the check-in or request that it is
// about; `ahead` what was known of the server's clock when its times were read, null for nothing yet; `retimed` marks an
// entry that was refused for its time and goes once more with a better one, `again` a refused request on its second and
// last way.

import { corrected, serverAhead } from "./clock.js";
import { newId } from "./ids.js";
import { erase, has, readAll, write } from "./store.js";
import { makeSignal } from "./signal.js";

const TIMES = ["felt_at", "undone_at", "asked_at", "said_at", "at"];
const WRITTEN_WITHIN = 3000; // A disk that does not answer must not keep anything from being sent.

/** Rings when there is something new to send. */
export const added = makeSignal();

let entries = [];
let last = 0;
const renamed = new Map();

/** Take up what the tablet kept. Some of it may have reached the server already. */
export async function open() {
  entries = (await readAll("outbox")).map(([, entry]) => ({ ...entry, tried: true, written: null }));
  last = Math.max(0, ...entries.map((entry) => parseInt(entry.n, 10)));
}

/** Keep something to be sent. */
export function add(path, about, body = null) {
  const entry = {
    n: nextKey(), path, body, about, ahead: serverAhead(), retimed: false, again: false, tried: false, written: null,
  };
  for (const [before, now] of renamed) follow(entry, before, now);
  entries.push(entry);
  keep(entry);
  added(entry);
}

/** The first entry that is not about one of these ids. */
export function first(passed) {
  return entries.find((entry) => !passed.has(entry.about)) ?? null;
}

/** Everything that is still to be sent. */
export const waiting = () => [...entries];

/** Wait until an entry is on disk, if it can be. False when another page of this tablet has sent it meanwhile. */
export async function isStillHere(entry) {
  const isKept = entry.written === null || (await soon(entry.written));
  if (!isKept || (await soon(has("outbox", entry.n))) !== false) return true;
  entries = entries.filter((other) => other !== entry);
  return false;
}

/** Give an entry that was made before the server's clock was known its times by that clock. It was never sent before:
    nothing is, until the server was reached. */
export async function setRight(entry) {
  if (entry.ahead !== null || serverAhead() === null) return;
  const said = Object.entries(entry.body ?? {}).filter(([name]) => TIMES.includes(name));
  const right = said.map(([name, time]) => [name, corrected(time, null) ?? time]);
  Object.assign(entry, { ahead: serverAhead(), body: entry.body && { ...entry.body, ...Object.fromEntries(right) } });
  keep(entry);
  await soon(entry.written); // Whatever sends it again says the same.
}

/** An entry arrived, or was refused for good. */
export function remove(entry) {
  entries = entries.filter((other) => other !== entry);
  Promise.resolve(entry.written).then(() => erase("outbox", entry.n));
}

/** Take back all that is about this id and was not tried. False when the server may have heard of it already. */
export function takeBack(about) {
  const untried = entries.filter((one) => one.about === about && !one.tried);
  untried.forEach(remove);
  return untried.some((one) => one.body?.id === about);
}

/** Send an entry once more under another id, otherwise ({ body, and again or retimed }); what is or will be said about
    it follows its new id. */
export function replace(entry, about, otherwise) {
  const before = entry.about;
  renamed.set(before, about);
  Object.assign(entry, { about, ...otherwise });
  keep(entry);
  for (const later of entries) if (follow(later, before, about)) keep(later);
}

export function forget() {
  entries = [];
}

// Later than all before it, also when the tablet's clock was set back.
function nextKey() {
  last = Math.max(Date.now(), last + 1);
  return `${String(last).padStart(15, "0")}-${newId()}`;
}

function soon(work) {
  return Promise.race([work, new Promise((resolve) => setTimeout(resolve, WRITTEN_WITHIN, null))]);
}

function follow(entry, before, about) {
  const isAbout = entry.about === before;
  const names = entry.body?.check_in === before;
  if (isAbout) Object.assign(entry, { about, path: entry.path.replace(before, about) });
  if (names) entry.body = { ...entry.body, check_in: about };
  return isAbout || names;
}

function keep(entry) {
  const { n, path, body, about, ahead, retimed, again } = entry;
  entry.written = write("outbox", n, { n, path, body, about, ahead, retimed, again });
}
