// Recorded words and names, for languages in which this device has no voice: fetched beforehand and kept, so that they
// are heard without the network, too.

import { ask } from "./server.js";
import { makeSignal } from "./signal.js";
import { readAll, write } from "./store.js";
import { phrasesToFill } from "./words.js";

const CACHE = "treetops-sounds";
const EVERY_LANGUAGE = "*";
const HOLE = /\\\{(\w+)\\\}/g; // a place for a name, in a phrase whose signs have been escaped
const SIGNS = /[.*+?^${}()|[\]\\]/g;
const NUMBER_BEFORE = /^\d+\.\s*/;
const BEFORE_WORDS = /^[^\p{L}\p{N}{]+/u; // a full stop, where a sentence begins anew within a text
const DIRECTIONS = /[\u200e\u200f\u2066-\u2069]/g;
const TIME = /^(.*?)\s*(\d{1,2}):(\d{2})\D*$/;
const TIMES = ["time", "opensAt"]; // the places where a time is filled in, and nothing else
const HOURS_ROUND = 12;

/** Rings when other sounds are here. */
export const changed = makeSignal();

let sounds = [];
let tag = null;

/** Take up what the tablet kept. */
export async function open() {
  const kept = Object.fromEntries(await readAll("kept")).sounds;
  if (kept) ({ sounds, tag } = kept);
}

/** Ask what is recorded, fetch what is new, and drop what was removed. */
export async function refresh() {
  const answer = await ask("/tablet/sounds", tag);
  if (answer.status !== 200) return;
  const isWhole = await keepFiles(answer.data.sounds.map(addressOf));
  sounds = answer.data.sounds;
  tag = isWhole ? answer.tag : null; // What is missing is asked for again next time.
  write("kept", "sounds", { sounds, tag });
  changed();
}

export function forget() {
  sounds = [];
  tag = null;
}

/** Whether anything is recorded in a language. */
export const speaks = (language) => sounds.some((one) => one.language === language);

/** The recordings that say these words, as addresses in their order: a phrase, then the names that it has places for. */
export function soundsOf(text, language) {
  const words = text.replace(DIRECTIONS, "").trim().replace(NUMBER_BEFORE, "");
  return saying(words, language).map(addressOf);
}

/** A recording as something to play. */
export async function soundAt(address) {
  const kept = await (await openCache())?.match(address);
  return kept ? URL.createObjectURL(await kept.blob()) : address;
}

function saying(words, language) {
  const whole = find(words, language) ?? find(words.replace(BEFORE_WORDS, ""), language);
  if (whole) return [whole];
  const filled = filledPhrase(words);
  if (!filled) return sayingTime(words, language);
  const phrase = find(filled.phrase, language);
  return phrase ? [phrase, ...filled.values.flatMap((value) => sayingValue(value, language))] : [];
}

function sayingValue(words, language) {
  const whole = find(words, language);
  return whole ? [whole] : sayingTime(words, language);
}

// Which phrase of the page this is, recorded or not: of several that fit, the one that says most of it in words of its
// own, and tells most. A phrase without any fits everything and is none.
function filledPhrase(words) {
  const fitting = phrasesToFill().map((phrase) => fit(phrase, words)).filter(Boolean);
  return fitting.sort((a, b) => b.own - a.own || b.values.length - a.values.length)[0] ?? null;
}

function fit(phrase, words) {
  const escaped = phrase.replace(SIGNS, "\\$&");
  const own = escaped.replace(HOLE, "").match(/\p{L}/gu)?.length ?? 0;
  const open = escaped.replace(HOLE, (_, name) => (TIMES.includes(name) ? "(\\D*\\d{1,2}:\\d{2}\\D*)" : "(.+?)"));
  const filled = own ? new RegExp(`^${open}$`).exec(words) : null;
  return filled && { phrase, own, values: filled.slice(1) };
}

// A time is said as a clock face shows it, hour and then minutes; before it may stand a day.
function sayingTime(words, language) {
  const [, day, hours, minutes] = TIME.exec(words) ?? [];
  const time = [`${((Number(hours) + HOURS_ROUND - 1) % HOURS_ROUND) + 1}:`, `:${minutes}`];
  const found = time.map((one) => find(one, language));
  if (!found.every(Boolean)) return [];
  const before = day && find(day, language);
  return before ? [before, ...found] : found;
}

function find(words, language) {
  const isIt = (one) => one.words === words && [language, EVERY_LANGUAGE].includes(one.language);
  const [first, ...others] = sounds.filter(isIt);
  return others.find((one) => one.language === language) ?? first ?? null;
}

function addressOf({ sound }) {
  return `/tablet/sounds/${sound}`;
}

async function keepFiles(addresses) {
  const cache = await openCache();
  if (!cache) return true; // They are asked for when they are played.
  const there = (await cache.keys()).map((request) => new URL(request.url).pathname);
  await Promise.all(there.filter((one) => !addresses.includes(one)).map((one) => cache.delete(one)));
  let isWhole = true;
  for (const address of new Set(addresses)) {
    if (!there.includes(address)) isWhole = (await keepFile(cache, address)) && isWhole;
  }
  return isWhole;
}

// A login page of the Wi-Fi is no sound.
async function keepFile(cache, address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
    const isSound = answer.ok && answer.headers.get("Content-Type")?.startsWith("audio/");
    if (isSound) await cache.put(address, answer);
    return isSound;
  } catch {
    return false;
  }
}

async function openCache() {
  try {
    return await caches.open(CACHE);
  } catch {
    return null; // Not a secure context, or refused.
  }
}
