// What this tablet knows about the children's requests: those still to be sent, and how the others stand.
//
// A request: { id, pupil, adult, wants, askedAt, sent, asked, state, with, before, at, overdue, hurry, looked }
//   adult   {id, name} whom the child asked; null is whoever is on duty
//   sent    "no" until the server has it, "yes", or "refused" when it never will
//   closedUntil  when school opens again, while it is closed; nobodyHere, not one adult could be told
//   since   when it last changed, as the server tells it
//   with    {id, name} who has it now; before, who had it when it was handed over
//   held    how it stands while the child may still take back that they are OK now; else nothing
//   hurry   "no", "asked" (at hurryAt: the child cannot wait, on its way) or "told" (it has arrived); dutyTold, those on
//           duty know
//   looked  the news the child has seen

import { corrected, instant, now } from "./clock.js";
import { newId } from "./ids.js";
import * as outbox from "./outbox.js";
import { arrived, refused } from "./sender.js";
import { makeSignal } from "./signal.js";
import { readAll, write } from "./store.js";

const OPEN = ["asked", "seen", "coming"];
const NEWS = ["seen", "coming"];
const HOW_FAR = ["asked", "seen", "coming"];
const SURELY_LISTED_AFTER = 60_000;

/** Rings whenever a request stands differently. */
export const changed = makeSignal();

let requests = new Map();
let told = "";

/** Take up what the tablet kept, and listen to what becomes of what is sent. */
export async function open() {
  const kept = Object.fromEntries(await readAll("kept")).requests ?? [];
  requests = new Map(kept.map((one) => [one.id, one]));
  arrived.listen((_entry, data) => data.state && learn(data));
  refused.listen(askOtherwise);
}

/** A child asks. Answers the request's id. */
export function ask({ pupil, adult, wants, when, how, about, maybe, notToday, checkIn }) {
  const id = newId();
  const askedAt = instant();
  requests.set(id, {
    id, pupil: pupil.id, adult, wants, askedAt, sent: "no", state: "asked", with: null, before: null, at: null,
    overdue: false, closedUntil: null, hurry: "no", looked: "",
  });
  outbox.add("/tablet/chats", id, {
    id, pupil: pupil.id, adult: adult?.id ?? null, check_in: checkIn, asked_at: askedAt, wants, when, how, about,
    maybe, not_today: notToday,
  });
  tell();
  return id;
}

/** The child does not need to talk any more, it seems: shown as over, but not sent as long as it can be taken back. */
export function holdCancel(id) {
  const one = request(id);
  one.held = one.state;
  one.state = "cancelled";
  tell();
}

/** The child took it back: the request stands as it did, or as it has come to stand since. */
export function wantAgain(id) {
  const one = request(id);
  one.state = one.held;
  one.held = null;
  tell();
}

/** Send what was held when the page ended without a farewell. */
export function cancelHeld() {
  for (const one of requests.values()) if (one.held) cancel(one.id);
}

/** The child does not need to talk any more. */
export function cancel(id) {
  const one = request(id);
  one.held = null;
  if (!outbox.takeBack(one.id)) outbox.add(`/tablet/chats/${one.id}/cancel`, one.id);
  one.state = "cancelled";
  tell();
}

/** The child cannot wait: everyone on duty is to know. */
export function cannotWait(id) {
  const one = request(id);
  if (one.hurry !== "no") return;
  one.hurry = "asked";
  one.hurryAt = instant();
  outbox.add(`/tablet/chats/${one.id}/cannot-wait`, one.id);
  tell();
}

/** A request, by its id or the id it had before it was refused and sent otherwise. */
export const request = (id) => requests.get(id) ?? [...requests.values()].find((one) => one.was?.includes(id)) ?? null;

/** Whether any child waits for an answer. */
export const someoneWaits = () => [...requests.values()].some((one) => one.sent === "yes" && isOpen(one));

/** The requests the server will never have and nobody was told of. */
export const refusedOnes = () => [...requests.values()].filter((one) => one.sent === "refused");

/** The request this child should see first: the one that is furthest on its way, else the newest; or nothing. */
export function openFor(pupilId) {
  const theirs = [...requests.values()].filter((one) => one.pupil === pupilId && isOpen(one));
  const farther = (a, b) => HOW_FAR.indexOf(b.state) - HOW_FAR.indexOf(a.state) || (a.askedAt < b.askedAt ? 1 : -1);
  return theirs.sort(farther)[0] ?? null;
}

/** Whether there is something this child has not seen yet. */
export function hasNews(pupilId) {
  const one = openFor(pupilId);
  return one !== null && isNews(one) && one.looked !== newsOf(one);
}

/** The child has seen how this request stands. */
export function look(id) {
  const one = request(id);
  one.looked = newsOf(one);
  tell();
}

/** A request that was refused has been explained; it is over. */
export function letGo(id) {
  const one = request(id);
  if (one?.sent !== "refused") return;
  requests.delete(one.id);
  tell();
}

/** How one request stands, as the server tells it. */
export function learn(data) {
  learnOne(data);
  tell();
}

/** How all of today's requests of this tablet stand. */
export function learnAll(all) {
  const listed = new Set(all.map((data) => data.id));
  const isDone = (one) => one.sent === "yes" || one.state === "cancelled";
  const isGone = (one) => isDone(one) && !one.held && !listed.has(one.id) && age(one) > SURELY_LISTED_AFTER;
  requests = new Map([...requests].filter(([, one]) => !isGone(one)));
  all.forEach(learnOne);
  tell();
}

export function forget() {
  requests = new Map();
}

function learnOne(data) {
  const known = requests.get(data.id) ?? {
    id: data.id, pupil: data.pupil, adult: data.with, wants: "chat", askedAt: data.since, before: null, hurry: "no",
    looked: "",
  };
  const passedOn = data.state === "asked" && known.with && known.with.id !== data.with?.id;
  requests.set(data.id, {
    ...known,
    sent: "yes",
    state: known.state === "cancelled" ? "cancelled" : data.state,
    held: known.held ? data.state : null,
    with: data.with,
    before: passedOn ? known.with : data.state === "asked" ? known.before : null,
    at: data.at,
    since: data.since,
    overdue: data.overdue || data.late, // Late is also said while school is closed: then another screen tells it.
    closedUntil: data.closed_until,
    nobodyHere: data.nobody_here,
    dutyTold: data.duty_told,
    hurry: data.cannot_wait ? "told" : known.hurry,
  });
}

// No request is ever lost: one that the server will not have goes once more, with a better time if it was refused for
// that, else to whoever is on duty. If that fails as well the child is told at once, and where to go.
function askOtherwise(entry, why) {
  const known = requests.get(entry.about);
  if (!known) return;
  const isRequest = entry.path === "/tablet/chats";
  const isLate = isRequest && why?.errors?.asked_at && !entry.retimed;
  const askedAt = isLate ? corrected(known.askedAt, entry.ahead) : null;
  if (askedAt) {
    sendAs(entry, known, { askedAt }, { asked_at: askedAt }, { retimed: true });
  } else if (isRequest && !entry.again) {
    sendAs(entry, known, { adult: null }, { adult: null, check_in: null }, { again: true });
  } else if (isRequest || entry.path.endsWith("/cannot-wait")) {
    known.sent = "refused";
  }
  tell();
}

function sendAs(entry, known, change, bodyChange, mark) {
  const id = newId();
  requests.delete(known.id);
  requests.set(id, { ...known, ...change, id, was: [].concat(known.was ?? [], known.id) });
  outbox.replace(entry, id, { body: { ...entry.body, ...bodyChange, id }, ...mark });
}

function isOpen(one) {
  return OPEN.includes(one.state);
}

function isNews(one) {
  return one.sent === "refused" || NEWS.includes(one.state) || one.overdue;
}

function newsOf(one) {
  return [one.sent, one.state, one.with?.id, one.at, one.overdue].join(" ");
}

function age(one) {
  return Math.abs(now() - Date.parse(one.askedAt)); // It may have been asked before the clock was set back.
}

function tell() {
  const all = [...requests.values()];
  const now = JSON.stringify(all);
  if (now === told) return;
  told = now;
  write("kept", "requests", all);
  changed();
}
