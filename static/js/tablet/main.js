// Starts the tablet: takes up what it kept, shows who are you, and connects the parts.

import * as answers from "./answers.js";
import * as checkIns from "./check_ins.js";
import * as flow from "./flow.js";
import * as fits from "./fits.js";
import { forgetEverything } from "./forget.js";
import * as idle from "./idle.js";
import * as language from "./language.js";
import { keepPage, renewIfReady } from "./offline.js";
import * as lost from "./lost.js";
import * as outbox from "./outbox.js";
import * as pictures from "./pictures.js";
import * as press from "./press.js";
import * as requests from "./requests.js";
import * as roster from "./roster.js";
import * as scanning from "./scanning.js";
import { show } from "./screens.js";
import * as sender from "./sender.js";
import { reached, turnedAway } from "./server.js";
import * as sounds from "./sounds.js";
import * as speech from "./speech.js";
import { keepForGood, readAll } from "./store.js";
import * as wholeWords from "./whole_words.js";

const LOOK_FOR_ROSTER_EVERY = 60_000;

let isPaired = true;
let hasAskedToKeep = false;

async function start() {
  turnedAway.listen(notPaired);
  reached.listen(showWhetherReached);
  press.listen((name, value) => flow.presses[name]?.(value));
  scanning.listen();
  idle.listen(toStart);
  speech.listen();
  fits.listen();
  wholeWords.listen();
  await takeUpWhatWasKept();
  toStart();
  roster.changed.listen(whenPaired(flow.refreshRoster));
  requests.changed.listen(whenPaired(flow.refresh));
  lost.changed.listen(whenPaired(flow.refresh));
  pictures.changed.listen(whenPaired(flow.refreshRoster));
  language.arrived.listen(whenPaired(() => flow.isFree() && toStart()));
  startAgainWhenLeft();
  refreshRoster();
  sender.start();
  answers.start();
  setInterval(whenPaired(refreshRoster), LOOK_FOR_ROSTER_EVERY);
  document.addEventListener("visibilitychange", whenPaired(refreshRoster));
  addEventListener("online", whenPaired(refreshRoster));
}

function showWhetherReached(isReached) {
  const page = document.documentElement;
  const isNews = page.hasAttribute("data-unreached") === isReached;
  page.toggleAttribute("data-unreached", !isReached);
  if (isNews && isPaired) flow.refresh();
}

async function takeUpWhatWasKept() {
  await Promise.all([roster.open(), outbox.open(), requests.open(), lost.open(), language.open(), sounds.open(), pictures.open()]);
  checkIns.listen();
  requests.cancelHeld();
  flow.rememberClass(Object.fromEntries(await readAll("kept")).class ?? null);
}

async function refreshRoster() {
  const status = await roster.refresh();
  if (status !== 200 && status !== 304) return;
  language.refresh();
  sounds.refresh();
  pictures.refresh(roster.pictures());
  await keepPage(flow.isFree);
  askToKeepForGood();
  if (flow.isFree()) renewIfReady();
}

function askToKeepForGood() {
  if (!hasAskedToKeep) keepForGood();
  hasAskedToKeep = true;
}

function toStart() {
  if (isPaired) flow.toStart();
}

// Whoever looks away, goes back or loads the page again finds the start: nobody meets another child's screen.
function startAgainWhenLeft() {
  document.addEventListener("visibilitychange", () => document.hidden && toStart());
  addEventListener("pagehide", toStart);
  addEventListener("pageshow", (event) => event.persisted && toStart());
  addEventListener("popstate", toStart);
}

async function notPaired() {
  if (!isPaired) return;
  toStart(); // Ends whatever a child was doing.
  isPaired = false;
  show("not-paired");
  await forgetEverything();
}

function whenPaired(work) {
  return () => isPaired && work();
}

start();
