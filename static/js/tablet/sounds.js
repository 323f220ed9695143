// Recorded words and names, for languages in which this device has no voice: fetched beforehand and kept, so that they
// are heard without the network, too.

import { ask } from "./server.js";
import { makeSignal } from "./signal.js";
import { readAll, write } from "./store.js";

const CACHE = "treetops-sounds";
const EVERY_LANGUAGE = "*";
const HOLE = /\\\{\w+\\\}/g; // a place for a name, in a phrase whose signs have been escaped
const SIGNS = /[.*+?^${}()|[\]\\]/g;
const NUMBER_BEFORE = /^\d+\.\s*/;
const SET_APART = /[\u2066-\u2069]/g;

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
  const words = text.replace(SET_APART, "").trim().replace(NUMBER_BEFORE, "");
  const ours = sounds.filter((one) => one.language === language);
  const whole = ours.find((one) => one.words === words) ?? nameOf(words);
  if (whole) return [addressOf(whole)];
  for (const one of ours) {
    const filled = patternOf(one.words)?.exec(words);
    if (filled) return [one, ...filled.slice(1).map(nameOf)].filter(Boolean).map(addressOf);
  }
  return [];
}

/** A recording as something to play. */
export async function soundAt(address) {
  const kept = await (await openCache())?.match(address);
  return kept ? URL.createObjectURL(await kept.blob()) : address;
}

function nameOf(words) {
  return sounds.find((one) => one.language === EVERY_LANGUAGE && one.words === words);
}

function patternOf(phrase) {
  const escaped = phrase.replace(SIGNS, "\\$&");
  const open = escaped.replace(HOLE, "(.+?)");
  return open === escaped ? null : new RegExp(`^${open}$`);
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
