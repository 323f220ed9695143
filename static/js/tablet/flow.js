// The pupil's way through, from their tile to an answer, told in the order in which it happens.

import * as checkIns from "./check_ins.js";
import * as how from "./how.js";
import * as idle from "./idle.js";
import { renewIfReady } from "./offline.js";
import * as lost from "./lost.js";
import * as requests from "./requests.js";
import * as roster from "./roster.js";
import { show, shown, spoken, tell } from "./screens.js";
import { speak } from "./speech.js";
import { write } from "./store.js";
import * as talk from "./talk.js";
import * as undo from "./undo.js";
import * as waiting from "./waiting.js";
import * as who from "./who.js";
import { say } from "./words.js";

// Who is at the tablet and what they did since they pressed their tile. Nothing of it outlives the visit.
let visit = null;
let className = null;

/** Who are you? Whatever was on the screen is gone. */
export function toStart() {
  leaveScreen();
  visit = null;
  idle.rest();
  if (!roster.isHere()) show("getting-ready");
  else if (!roster.classes().length) show("nobody");
  else if (classToShow() === null) who.askClass();
  else who.askWho(classToShow());
  if (roster.isHere()) who.showLost();
  renewIfReady();
}

/** Whether no child is in the middle of something. */
export const isFree = () => visit === null;

/** The class chosen last time, on a tablet that has several. */
export function rememberClass(name) {
  className = name;
}

/** What can be pressed, by its name in the page. */
export const presses = {
  class: (name) => {
    rememberClass(name);
    write("kept", "class", name);
    who.askWho(name);
  },
  "other-class": () => who.askClass(),
  me: (id) => arrive(roster.pupil(id)),
  step: (step) => feels(Number(step)),
  skip: () => askTalk(),
  adult: (id) => askSure({ adult: visit.pupil.high5.find((one) => one.id === id), wants: "chat" }),
  anyone: () => askSure({ adult: null, wants: "chat" }),
  "safe-space": () => askSure({ adult: null, wants: "safe_space" }),
  "not-now": () => toStart(),
  when: (when) => (visit.asking.when = talk.mark("when", when)),
  how: (how) => (visit.asking.how = talk.mark("how", how)),
  yes: () => asks(),
  no: () => askTalk(),
  "ok-now": () => okNow(),
  "cannot-wait": () => requests.cannotWait(visit.request),
  "check-in": () => askHow(),
  "ask-again": () => askTalk(),
  breathe: () => breathe(),
  speak: (words) => speak(words || spoken()),
  undo: () => undo.press(),
  lost: () => {
    lost.dismiss();
    who.showLost();
  },
  start: () => toStart(),
};

/** The roster or the requests changed while a screen is shown. */
export function refresh() {
  if (isFree()) {
    who.showNews();
    if (roster.isHere()) who.showLost();
  } else if (shown() === "waiting") waiting.draw();
}

/** Another roster came. A child in the middle of something is not disturbed. */
export function refreshRoster() {
  const isSame = shown() === "who" && who.isUpToDate(classToShow());
  if (isFree() && !isSame) toStart();
}

function classToShow() {
  const classes = roster.classes();
  if (classes.length === 1) return classes[0];
  return classes.includes(className) ? className : null;
}

function arrive(pupil) {
  if (!pupil) return;
  visit = { pupil, checkIn: null, asking: null, request: null };
  stayOffHistory();
  const request = requests.openFor(pupil.id);
  if (request) showWaiting(request.id);
  else askHow();
}

function askHow() {
  leaveScreen();
  how.askHow(visit.pupil);
}

function feels(step) {
  const id = checkIns.checkIn(visit.pupil, step);
  visit.checkIn = id;
  askTalk();
  undo.offer(() => {
    checkIns.takeBack(id);
    visit.checkIn = null;
    askHow();
    tell(say("taken-back"));
  });
}

function askTalk() {
  leaveScreen();
  talk.askTalk(visit.pupil, visit.checkIn !== null);
}

function askSure({ adult, wants }) {
  leaveScreen();
  visit.asking = { adult, wants, when: "now", how: null };
  talk.askSure(visit.pupil, visit.asking);
}

function asks() {
  const { pupil, checkIn, asking } = visit;
  const adult = asking.adult && { id: asking.adult.id, name: asking.adult.name };
  const id = requests.ask({ ...asking, pupil, checkIn, adult });
  showWaiting(id);
  undo.offer(() => {
    requests.cancel(id);
    askTalk();
    tell(say("taken-back"));
  });
}

function okNow() {
  undo.close();
  requests.cancel(visit.request);
}

function showWaiting(id) {
  leaveScreen();
  visit.request = id;
  waiting.showWaiting(visit.pupil, id);
}

function breathe() {
  const picture = document.querySelector('[data-press="breathe"]');
  picture.setAttribute("aria-pressed", String(picture.getAttribute("aria-pressed") !== "true"));
}

function leaveScreen() {
  undo.close();
  waiting.leave();
  if (visit) idle.watch();
}

// The back button leads to the start: one nameless place in the history is all a visit leaves there.
function stayOffHistory() {
  if (!history.state?.visit) history.pushState({ visit: true }, "");
}
