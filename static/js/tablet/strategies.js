// What helps this child: at most five cards of their own, to use while they wait or when it is hard, and what they say
// about it afterwards.

import { instant } from "./clock.js";
import * as forChild from "./for_child.js";
import { newId } from "./ids.js";
import * as outbox from "./outbox.js";
import { show } from "./screens.js";
import { build, ofSchool, say as words } from "./words.js";

const BREATHING = "sym-breathing";
const READY = { [BREATHING]: 1, "sym-drink": 2, "sym-walk": 8, "sym-safe-space": 9, "sym-talk": 11 };

/** Whether this child has cards. */
export const areThere = () => forChild.strategies().length > 0;

/** All cards of this child; to a child without any, some that every child knows. */
export function showAll(pupil) {
  show("strategies", { pupil }).querySelector("[data-list]").append(...tiles());
}

/** One card, large, and whether it helped. */
export function showOne(pupil, picture) {
  const card = cards().find((one) => one.picture === picture);
  const screen = show("strategy", { pupil, ...valuesOf(card) });
  screen.classList.toggle("is-breathing", picture === BREATHING);
}

/** The cards in the place where breathing stands for every child. */
export function putInPlaceOf(breathing) {
  if (!areThere()) return;
  const cards = build("strategies-beside");
  cards.querySelector("[data-list]").append(...tiles());
  breathing.replaceWith(cards);
}

/** The child says of a card that it "helped", "a_bit", or "not_today". */
export function say(pupil, picture, said) {
  const id = newId();
  outbox.add("/tablet/strategies", id, { id, pupil: pupil.id, picture, said, at: instant() });
}

function cards() {
  if (areThere()) return forChild.strategies();
  return Object.entries(READY).map(([picture, place]) => ({ picture, words: words(`default-strategy-${place}`) }));
}

function tiles() {
  return cards().map((card) => build("strategy-tile", valuesOf(card)));
}

function valuesOf({ picture, words }) {
  return { picture, words: ofSchool(words), kind: picture.startsWith("sym-") ? "symbol painted" : "plain" };
}
