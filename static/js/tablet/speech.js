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
let untilRead = Promise.resolve();
let playing = null;

/** Show the speakers once there is a voice for the page's language. */
export function listen() {
  synthesis?.addEventListener?.("voiceschanged", look);
  language.changed.listen(look);
  sounds.changed.listen(look);
  look();
}

/** Whether this child hears every screen without asking: by their setting, or because they scan it. */
export const isReadTo = () => page.dataset.readAloud === "always" || page.dataset.scanning === "spoken";

/** Read something aloud, instead of what is being read: parts of { phrases, element }, or just words. */
export function speak(said) {
  hush();
  return (untilRead = read(typeof said === "string" ? [{ phrases: [said] }] : said));
}

/** Read phrases after what is being read now; answers when their turn has come. */
export function speakNext(phrases) {
  const [mine, before] = [reading, untilRead];
  const isWanted = () => mine === reading;
  // A voice keeps the order by itself.
  const said = findVoice() ? say(phrases, isWanted) : before.then(() => isWanted() && say(phrases, isWanted));
  untilRead = Promise.all([before, said]);
  return before;
}

async function read(parts) {
  const mine = reading;
  for (const { phrases, element } of parts) {
    element?.classList.add(MARK);
    await say(phrases, () => mine === reading, languageOf(element));
    element?.classList.remove(MARK);
    if (mine !== reading) return;
  }
}

export function hush() {
  reading += 1;
  untilRead = Promise.resolve();
  synthesis?.cancel();
  playing?.pause();
  for (const part of document.querySelectorAll(`.${MARK}`)) part.classList.remove(MARK);
}

async function say(phrases, isWanted, lang = page.lang) {
  const voice = findVoice(lang);
  if (voice) return sayWith(voice, phrases.join(" ").replace(SET_APART, ""));
  for (const phrase of phrases) {
    for (const address of sounds.soundsOf(phrase, codeOf(lang))) if (isWanted()) await play(address, isWanted);
  }
}

// The name of a language is in that language.
function languageOf(element) {
  const own = element?.closest("[lang]")?.lang ?? page.lang;
  return findVoice(own) || sounds.speaks(codeOf(own)) ? own : page.lang;
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
  page.toggleAttribute("data-voice", findVoice() !== null || sounds.speaks(codeOf(page.lang)));
}

function codeOf(lang) {
  return lang.startsWith("en") ? "en" : lang;
}

function findVoice(lang = page.lang) {
  const voices = (synthesis?.getVoices() ?? []).filter((voice) => voice.localService);
  const speaks = (start) => (voice) => voice.lang.replace("_", "-").toLowerCase().startsWith(start.toLowerCase());
  return voices.find(speaks(lang)) ?? voices.find(speaks(lang.split("-")[0])) ?? null;
}
