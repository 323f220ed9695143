// Something a child said was refused for good and that child cannot be told of it here: a grown-up is, on the start
// screen, with not one word about whom or what.

import * as requests from "./requests.js";
import * as roster from "./roster.js";
import { makeSignal } from "./signal.js";
import { readAll, write } from "./store.js";

/** Rings when there is something new to tell. */
export const changed = makeSignal();

let noted = false;

/** Take up what the tablet kept. */
export async function open() {
  noted = Object.fromEntries(await readAll("kept")).lost ?? false;
}

/** Something was lost. */
export function note() {
  noted = true;
  write("kept", "lost", true);
  changed();
}

/** Whether there is something to tell. */
export const isAny = () => noted || untold().length > 0;

/** A grown-up has read it. */
export function dismiss() {
  noted = false;
  write("kept", "lost", false);
  untold().forEach((one) => requests.letGo(one.id));
}

export function forget() {
  noted = false;
}

// Refused requests of children whose tile is gone from this tablet; the others are told when they press theirs.
function untold() {
  return requests.refusedOnes().filter((one) => !roster.pupil(one.pupil));
}
