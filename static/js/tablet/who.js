// Who are you? The class, if this tablet has several, and then the tile with one's own picture and name.

import * as lost from "./lost.js";
import { pictureOf } from "./people.js";
import * as requests from "./requests.js";
import * as roster from "./roster.js";
import { putInCorner, show, shown } from "./screens.js";
import { build, say } from "./words.js";

const HUES = 8;
const FITS = [4, 8, 12, 20, 30, 40]; // how many tiles each of the page's arrangements holds without scrolling

/** Ask for the class. */
export function askClass() {
  const list = show("class").querySelector("[data-list]");
  const classes = roster.classes();
  const leafOf = leavesOf(classes);
  list.dataset.key = JSON.stringify(classes);
  for (const value of classes) list.append(build("class-tile", { name: nameOf(value), value, ...leafOf(value) }));
  arrange(list);
}

/** Ask which of a class. */
export function askWho(className) {
  const pupils = roster.pupilsOf(className).map(pictureOf);
  const severalClasses = roster.classes().length > 1;
  const list = show("who").querySelector("[data-list]");
  if (severalClasses) putInCorner(build("other-class", { name: nameOf(className) }));
  for (const pupil of pupils) list.append(build("pupil-tile", pupil));
  list.dataset.key = keyOf(pupils, severalClasses);
  arrange(list);
  showNews();
}

/** Whether the tiles on the screen are still those of the class, or of the classes: if so a finger on one of them is
    not disturbed. */
export function isUpToDate(className) {
  const classes = roster.classes();
  const key = document.querySelector("[data-list]")?.dataset.key;
  if (shown() === "class") return key === JSON.stringify(classes);
  return shown() === "who" && key === keyOf(roster.pupilsOf(className).map(pictureOf), classes.length > 1);
}

/** Put the sign that an answer has come on the tiles of those who have not seen it, and on no other. */
export function showNews() {
  for (const tile of document.querySelectorAll('[data-press="me"]')) {
    const isNew = requests.hasNews(tile.dataset.value);
    const sign = tile.querySelector(".tile-news");
    if (isNew === (sign !== null)) continue;
    if (isNew) tile.append(build("tile-news"));
    else sign.remove();
  }
}

/** Tell a grown-up that something was lost, until it is touched. */
export function showLost() {
  const line = document.querySelector("#stage .lost");
  if (lost.isAny() === (line !== null)) return;
  if (line) line.remove();
  else document.querySelector("#stage .screen").append(build("lost"));
}

function nameOf(className) {
  return className || say("no-class");
}

// A class named after a tree has its leaf, any other class one of those left over; the colour is that of its place.
function leavesOf(classes) {
  const leaves = [...document.querySelectorAll("symbol[id^=leaf-]")].map((leaf) => leaf.id.slice("leaf-".length));
  const own = (name) => leaves.find((leaf) => name.toLowerCase().includes(leaf));
  const left = leaves.filter((leaf) => !classes.map(own).includes(leaf));
  return (name) => {
    const place = classes.indexOf(name);
    return { drawn: own(name) ?? left.at(place % left.length) ?? leaves[0], hue: (place % HUES) + 1 };
  };
}

function keyOf(pupils, severalClasses) {
  return JSON.stringify([pupils, severalClasses]);
}

function arrange(list) {
  list.dataset.fits = FITS.find((most) => list.children.length <= most) ?? "more";
}
