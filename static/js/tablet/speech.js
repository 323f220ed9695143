// Reads aloud when a speaker is pressed, and by itself only for a child whose setting says so. With a voice that lives on
// the device (what a child is asked must not be sent to a voice service); where it has none for the language, with
// recordings. What is read is marked meanwhile.

import * as language from "./language.js";
import * as sounds from "./sounds.js";

const MARK = "is-read";
const SET_APART = /[\u2066-\u2069]/g;

const page = document.documentElement;
const synthesis = window.speechSynthesis;

let reading = 0; // Another number means that something else is read now, or nothing.
let playing = null;

/** Show the speakers once there is a voice for the page's language. */
export function listen() {
  synthesis?.addEventListener?.("voiceschanged", look);
  language.changed.listen(look);
  sounds.changed.listen(look);
  look();
}

/** Whether this child hears every screen without asking. */
export const isAlways = () => page.dataset.readAloud === "always";

/** Read something aloud, instead of what is being read: parts of { phrases, element }, or just words. */
export async function speak(said) {
  hush();
  const mine = reading;
  for (const { phrases, element } of typeof said === "string" ? [{ phrases: [said] }] : said) {
    element?.classList.add(MARK);
    await say(phrases, () => mine === reading);
    element?.classList.remove(MARK);
    if (mine !== reading) return;
  }
}

export function hush() {
  reading += 1;
  synthesis?.cancel();
  playing?.pause();
  for (const part of document.querySelectorAll(`.${MARK}`)) part.classList.remove(MARK);
}

async function say(phrases, isWanted) {
  const voice = findVoice();
  if (voice) return sayWith(voice, phrases.join(" ").replace(SET_APART, ""));
  for (const phrase of phrases) {
    for (const address of sounds.soundsOf(phrase, code())) if (isWanted()) await play(address, isWanted);
  }
}

function sayWith(voice, text) {
  return new Promise((resolve) => {
    const words = new SpeechSynthesisUtterance(text);
    Object.assign(words, { voice, lang: voice.lang, rate: 0.9, onend: resolve, onerror: resolve });
    synthesis.speak(words);
  });
}

async function play(address, isWanted) {
  const sound = new Audio(await sounds.soundAt(address));
  if (!isWanted()) return;
  playing = sound;
  await new Promise((resolve) => {
    for (const over of ["ended", "pause", "error"]) sound.addEventListener(over, resolve);
    sound.play().catch(resolve);
  });
  if (sound.src.startsWith("blob:")) URL.revokeObjectURL(sound.src);
}

function look() {
  page.toggleAttribute("data-voice", findVoice() !== null || sounds.speaks(code()));
}

function code() {
  return page.lang.startsWith("en") ? "en" : page.lang;
}

function findVoice() {
  const voices = (synthesis?.getVoices() ?? []).filter((voice) => voice.localService);
  const speaks = (lang) => (voice) => voice.lang.replace("_", "-").toLowerCase().startsWith(lang.toLowerCase());
  return voices.find(speaks(page.lang)) ?? voices.find(speaks(page.lang.split("-")[0])) ?? null;
}
