// What is said of an adult or a place, as pictures: for a child who goes by symbols alone. The words stay for whoever
// listens.

import { cardOf, dateOf, dayOf, shortDay, sleepsUntil } from "./people.js";
import { drawClock } from "./planned.js";
import * as roster from "./roster.js";
import { build } from "./words.js";

const MOST_MOONS = 6; // More are a number beside one moon.
const PLACES = [
  [/office|reception/i, "sym-office"],
  [/music/i, "sym-music"],
  [/library|book/i, "sym-book"],
  [/playground|outside|field|garden/i, "sym-break"],
];
const SOME_ROOM = "sym-door";

/** The name of the drawing for a place in school: a class has its leaf, as on the tablet's first screen. */
function pictureOfPlace(place) {
  const { safe_space: space, help_place: help } = roster.school();
  if (place.toLowerCase() === space.toLowerCase()) return "sym-safe-space";
  const [, known] = PLACES.find(([words]) => words.test(place)) ?? [];
  return known ?? leafIn(place) ?? (place === help ? "sym-help" : SOME_ROOM);
}

/** That drawing for the place where a child is told to go. */
export function placeSigns(place) {
  const placePicture = pictureOfPlace(place);
  return { placePicture, placeKind: kindOf(placePicture) };
}

/** What a card says about an adult, with a picture for each of it. */
export function cardWithSigns(adult) {
  const card = cardOf(adult);
  const where = adult.place && pictureOfPlace(adult.place);
  return {
    ...card,
    where,
    whereKind: where && kindOf(where),
    ...(card.back ? sleeps(adult.back) : {}),
  };
}

/** In how many sleeps an instant is, for one on another day. */
export function sleepsTo(instant) {
  return sleeps(dateOf(instant));
}

/** When school opens again: after so many sleeps, and at what time on the clock. */
export function drawOpening(closed) {
  const drawn = build("opens", dayOf(closed) ? sleepsTo(closed) : {});
  drawn.append(drawClock(closed));
  return drawn;
}

// So many moons, and the day after them.
function sleeps(day) {
  const number = sleepsUntil(day);
  return { moons: number <= MOST_MOONS ? number : 1, sleeps: number > MOST_MOONS ? number : null, dayAfter: shortDay(day) };
}

function kindOf(picture) {
  return picture.startsWith("sym-") ? "symbol painted" : "plain";
}

function leafIn(place) {
  const leaves = [...document.querySelectorAll("symbol[id^=leaf-]")].map((leaf) => leaf.id);
  return leaves.find((leaf) => place.toLowerCase().includes(leaf.slice("leaf-".length)));
}
