// What helps this child: at most five cards of their own, and for every child breathing and looking around; to use while
// they wait, or before they ask for anybody, and what they say about it afterwards.

import { instant } from "./clock.js";
import * as forChild from "./for_child.js";
import { newId } from "./ids.js";
import * as outbox from "./outbox.js";
import { show } from "./screens.js";
import { build, ofSchool, say as words } from "./words.js";

const BREATHING = "sym-breathing";
const HARD_STEPS = [4, 5]; // when a card is offered at once, unless adults chose otherwise
const PLAN_MOST = 2;
const READY = { [BREATHING]: 1, "sym-drink": 2, "sym-walk": 8, "sym-safe-space": 9, "sym-talk": 11 };

/** Whether this child has cards. */
const areThere = () => forChild.strategies().length > 0;

/** All cards of this child; to a child without any, some that every child knows. With them what is there for everybody. */
export function showAll(pupil) {
  const tiles = [...cards(), ...forEverybody()].map(drawCard);
  show("strategies", { pupil }).querySelector("[data-list]").append(...tiles, build("senses-tile"));
}

/** What this child's own plan says for a step, by how hard it is: at most two cards. */
export function planFor(intensity) {
  const belongs = ({ at = HARD_STEPS }) => at.includes(intensity);
  return forChild.strategies().filter(belongs).slice(0, PLAN_MOST).map(valuesOf);
}

/** One card, large, and whether it helped. */
export function showOne(pupil, picture) {
  const card = [...cards(), ...forEverybody()].find((one) => one.picture === picture);
  const screen = show("strategy", { pupil, ...valuesOf(card) });
  screen.classList.toggle("is-breathing", picture === BREATHING);
}

/** Thanks for what the child said of a card, and what they may want next. */
export function showAfter(pupil) {
  show("strategy-after", { pupil });
}

/** The child's own cards in the place where breathing stands for every child. Where everything is larger there is no
    room for either: one of the signs leads to them. */
export function putInPlaceOf(breathing) {
  if (forChild.isLarger()) return breathing.remove();
  if (!areThere()) return;
  const beside = build("strategies-beside");
  beside.querySelector("[data-list]").append(...cards().map(drawCard));
  breathing.replaceWith(beside);
}

/** What stands among the signs beside the waiting: what is not beside it already. */
export function signs() {
  if (forChild.isLarger()) return [build("strategies-sign")];
  const breathing = areThere() ? forEverybody() : []; // Without own cards it stands there large.
  return [...breathing.map((card) => build("strategy-sign", valuesOf(card))), build("senses-sign")];
}

/** The child says of a card that they "used" it, that it "helped", "a_bit", or "not_today". */
export function say(pupil, picture, said) {
  const id = newId();
  outbox.add("/tablet/strategies", id, { id, pupil: pupil.id, picture, said, at: instant() });
}

function cards() {
  return areThere() ? forChild.strategies() : Object.keys(READY).map(ready);
}

// What is not among the child's own cards, and is there for them all the same.
function forEverybody() {
  return cards().some((one) => one.picture === BREATHING) ? [] : [ready(BREATHING)];
}

function ready(picture) {
  return { picture, words: words(`default-strategy-${READY[picture]}`) };
}

function drawCard(card) {
  return build("strategy-tile", valuesOf(card));
}

function valuesOf({ picture, words }) {
  return { picture, words: ofSchool(words), kind: picture.startsWith("sym-") ? "symbol painted" : "plain" };
}
