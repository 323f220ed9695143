// The language of whoever is at the tablet. The page is written in English; the same screens in the languages of this
// tablet's pupils are fetched beforehand and kept, so that a child meets their own words without the network, too.

import * as roster from "./roster.js";
import { ask } from "./server.js";
import { makeSignal } from "./signal.js";
import { erase, readAll, write } from "./store.js";
import { say, takeWordsFrom } from "./words.js";

const page = document.documentElement;
const ENGLISH = "en";
const OF_THE_PAGE = { lang: page.lang, dir: page.dir };
const VERSION = page.dataset.version; // Screens of another version would not fit the scripts of this one.
const PLACE = "screens ";

/** Rings when another language is on the page. */
export const changed = makeSignal();

/** Rings when the tablet's own language has come. */
export const arrived = makeSignal();

let kept = new Map();
let upToDate = new Set();
let now = ENGLISH;

/** Take up what the tablet kept. */
export async function open() {
  for (const [place, screens] of await readAll("kept")) {
    if (!place.startsWith(PLACE)) continue;
    if (screens.version === VERSION) takeUp(screens);
    else erase("kept", place);
  }
}

/** Fetch the languages of this tablet's pupils, each once in the life of this page: newer words come with a newer page. */
export async function refresh() {
  for (const code of roster.languages()) if (!upToDate.has(code)) await fetchScreens(code);
}

/** Put the page into a language. False when it is not on the tablet; English is there then. */
export function turnTo(code) {
  const screens = kept.get(code);
  if (code === now && (screens || code === ENGLISH)) return true;
  now = screens ? code : ENGLISH;
  takeWordsFrom(screens?.parsed ?? null);
  page.lang = screens?.language ?? OF_THE_PAGE.lang;
  page.dir = screens?.direction ?? OF_THE_PAGE.dir;
  page.dataset.scaleOrder = roster.isHere() ? roster.school().scale_order_rtl : "";
  translateFrame();
  changed();
  return code === now;
}

/** Put the page into a language that may have to be fetched first; false when it cannot be. */
export async function fetchAndTurnTo(code) {
  if (!kept.has(code) && code !== ENGLISH) await fetchScreens(code);
  return turnTo(code);
}

/** Nobody is here: the language of the tablet itself. */
export function rest() {
  turnTo(roster.isHere() ? (roster.school().language ?? ENGLISH) : ENGLISH);
}

export function forget() {
  kept = new Map();
  upToDate = new Set();
  turnTo(ENGLISH);
}

async function fetchScreens(code) {
  if (code === ENGLISH) return;
  const answer = await ask(`/tablet/screens/${code}?version=${VERSION}`, kept.get(code)?.tag);
  if (answer.status === 304) upToDate.add(code);
  if (answer.status !== 200) return;
  upToDate.add(code);
  const screens = { ...answer.data, tag: answer.tag };
  takeUp(screens);
  write("kept", `${PLACE}${code}`, screens);
  if (code === roster.school().language) arrived();
}

function takeUp(screens) {
  const parsed = new DOMParser().parseFromString(screens.screens, "text/html");
  kept.set(screens.language, { ...screens, parsed });
}

// What stands around the screens: <span data-word="start"> holds the words of the template t-word-start.
function translateFrame() {
  for (const part of document.querySelectorAll("[data-word]")) part.textContent = say(`word-${part.dataset.word}`);
  for (const part of document.querySelectorAll("[data-word-label]")) {
    part.setAttribute("aria-label", say(`word-${part.dataset.wordLabel}`));
  }
}
