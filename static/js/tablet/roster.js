// The pupils of this tablet, their High 5, the scale and the school's words: kept on the tablet, refreshed in the
// background, and shown at once at the start.

import { now } from "./clock.js";
import { ask } from "./server.js";
import { makeSignal } from "./signal.js";
import { readAll, write } from "./store.js";

/** Rings when the roster is another one than before. */
export const changed = makeSignal();

let roster = null;
let tag = null;
let confirmedOn = null;
let asking = null;
let askAgain = false;
let heardAt = -Infinity;

/** Take up what the tablet kept. */
export async function open() {
  const kept = Object.fromEntries(await readAll("kept")).roster;
  if (kept && !roster) ({ roster, tag, confirmedOn } = kept);
}

/** Show this one and keep nothing: for whoever looks at how a tablet is set up. */
export function showOnly(given) {
  roster = given;
  confirmedOn = today();
}

/** Ask the server for a newer one. Answers the status: 200 and 304 are good news. */
export function refresh() {
  askAgain = asking !== null;
  asking ??= askUntilHeard().finally(() => (asking = null));
  return asking;
}

/** Ask for a newer one when a child is about to rely on who is here now, and this one is older than so many milliseconds. */
export function refreshIfOlder(milliseconds) {
  if (performance.now() - heardAt > milliseconds) refresh();
}

export function forget() {
  roster = tag = confirmedOn = null;
}

export const isHere = () => roster !== null;
export const scale = () => roster.scale;
export const school = () => roster.school;
export const classes = () => [...new Set(roster.pupils.map((pupil) => pupil.class))];
export const pupilsOf = (className) => roster.pupils.filter((pupil) => pupil.class === className);
export const pupil = (id) => roster?.pupils.find((one) => one.id === id) ?? null;

/** The pictures that the children's steps and cards carry. */
export function pictures() {
  const ofChild = ({ own_steps: steps = {}, strategies = [] }) => [...Object.values(steps), ...strategies];
  const all = roster.pupils.flatMap((one) => ofChild(one.tablet ?? {}).map((part) => part.picture));
  return [...new Set(all)].filter(Boolean);
}

/** The languages of this tablet and its pupils. */
export function languages() {
  const all = [roster.school.language, ...roster.pupils.map((one) => one.tablet?.language)];
  return [...new Set(all)].filter(Boolean);
}

/** When school opens again, while it is closed; nothing while it is open. */
export function closedUntil() {
  const opens = school().closed_until;
  return opens && Date.parse(opens) > now() ? opens : null;
}

/** Whether what the roster says about today (who is here) was confirmed today. */
export const isOfToday = () => confirmedOn === today();

// What fails may have been asked before the network came back, of which somebody has told since.
async function askUntilHeard() {
  let status = null;
  do {
    askAgain = false;
    status = await fetchRoster();
  } while (askAgain && !isHeard(status));
  return status;
}

async function fetchRoster() {
  const answer = await ask("/tablet/roster", tag);
  if (answer.status === 200) {
    roster = answer.data;
    tag = answer.tag;
  }
  if (isHeard(answer.status)) heardAt = performance.now();
  if (answer.status === 200 || (answer.status === 304 && !isOfToday())) {
    confirmedOn = today();
    write("kept", "roster", { roster, tag, confirmedOn });
    changed();
  }
  return answer.status;
}

function isHeard(status) {
  return status === 200 || status === 304;
}

function today() {
  return new Date().toDateString();
}
