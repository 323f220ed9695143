// Photos of adults and pictures of a child's own things: fetched beforehand and kept, so that they are there without the
// network, too. Where one is missing the drawing that it stands over is shown.

import { ask } from "./server.js";
import { makeSignal } from "./signal.js";
import { readAll, write } from "./store.js";

const CACHE = "treetops-pictures";
const OWN = "own-";

/** Rings when other photos are here. */
export const changed = makeSignal();

let at = "/tablet/pictures/";
let photos = {};
let tag = null;
const insteadOf = new Map();

/** Take up what the tablet kept. */
export async function open() {
  const kept = Object.fromEntries(await readAll("kept")).photos;
  if (kept) ({ photos, tag } = kept);
}

/** Ask which adults have a photo, fetch what is new, and drop what was removed: photos, and these own pictures. */
export async function refresh(own) {
  const answer = await ask("/tablet/pictures", tag);
  if (answer.status === 200) {
    ({ photos } = answer.data);
    tag = answer.tag;
    write("kept", "photos", { photos, tag });
  }
  if (answer.status === 200 || answer.status === 304) {
    await keepFiles([...Object.values(photos), ...own.filter(isOwn).map(nameOf)].map((name) => at + name));
  }
  if (answer.status === 200) changed();
}

/** Show these and keep nothing: for whoever looks at how a tablet is set up. */
export function showOnly(given, address) {
  photos = given;
  at = address;
}

export function forget() {
  photos = {};
  tag = null;
}

/** Whether a picture is a child's own and none of our drawings. */
export const isOwn = (picture) => picture.startsWith(OWN);

/** The same picture; where it is an own one that is missing, this drawing is shown in its place. */
export function withInstead(picture, drawing) {
  insteadOf.set(picture, drawing);
  return picture;
}

/** The name of an adult's photo; nothing when there is none. */
export const photoOf = (id) => photos[id];

/** Put photos and own pictures where a part of a screen has places for them. */
export function putInto(part, photo) {
  if (photo) for (const leaf of within(part, ".leaf")) putOver(leaf, photo);
  for (const use of part.querySelectorAll(`use[href^="#${OWN}"]`)) replace(use);
}

function putOver(leaf, photo) {
  const image = imageOf(photo, () => image.remove());
  leaf.append(image);
}

function replace(use) {
  const drawing = use.closest("svg");
  const picture = use.getAttribute("href").slice(1);
  const image = imageOf(nameOf(picture), () => image.replaceWith(drawing));
  image.classList.add(...drawing.classList);
  use.setAttribute("href", `#${insteadOf.get(picture) ?? "pic-star"}`);
  drawing.replaceWith(image);
}

function imageOf(name, whenMissing) {
  const image = new Image();
  image.className = "photo";
  image.alt = "";
  image.src = at + name;
  image.addEventListener("error", whenMissing);
  return image;
}

function within(part, selector) {
  return [...(part.matches(selector) ? [part] : []), ...part.querySelectorAll(selector)];
}

function nameOf(picture) {
  return picture.slice(OWN.length);
}

async function keepFiles(addresses) {
  const cache = await openCache(addresses.length > 0);
  if (!cache) return; // They are asked for when they are shown.
  const there = (await cache.keys()).map((request) => new URL(request.url).pathname);
  await Promise.all(there.filter((one) => !addresses.includes(one)).map((one) => cache.delete(one)));
  for (const address of new Set(addresses)) if (!there.includes(address)) await keepFile(cache, address);
}

// A login page of the Wi-Fi is no picture.
async function keepFile(cache, address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
    if (answer.ok && answer.headers.get("Content-Type")?.startsWith("image/")) await cache.put(address, answer);
  } catch {
    // It is asked for again with the next roster.
  }
}

async function openCache(isNeeded) {
  try {
    return isNeeded || (await caches.has(CACHE)) ? await caches.open(CACHE) : null;
  } catch {
    return null; // Not a secure context, or refused.
  }
}
