// What a talk is about, on a talking mat: each picture in its turn is laid under yes, maybe or not today with one tap
// on the column. Whenever the child is done, that is all; what was not laid was not said.

import * as forChild from "./for_child.js";
import { ask, readIfWanted, show, tell } from "./screens.js";
import { build, say as words } from "./words.js";

const TOPICS = ["friends", "home", "learning", "body", "playtime", "put_right", "sit_with_friend", "else"];
const COLUMNS = ["about", "maybe", "not_today"];

let laid = []; // [topic, column], in the order in which they were laid

/** Show the mat, with what was laid on it before: { about, maybe, notToday }. */
export function showMat(pupil, { about = [], maybe = [], notToday = [] }) {
  const of = (topics, column) => topics.filter((topic) => TOPICS.includes(topic)).map((topic) => [topic, column]);
  laid = [...of(about, "about"), ...of(maybe, "maybe"), ...of(notToday, "not_today")];
  show("mat", { pupil });
  draw();
}

/** Lay the picture that is in the hand under a column. */
export function lay(column) {
  const topic = inHand();
  if (!topic) return;
  laid.push([topic, column]);
  draw();
  say();
}

/** Take the picture that was laid last into the hand again. */
export function takeBack() {
  laid.pop();
  draw();
  say();
}

/** What lies where: { about, maybe, notToday }. */
export function lies() {
  const under = (column) => laid.filter(([, where]) => where === column).map(([topic]) => topic);
  return { about: under("about"), maybe: under("maybe"), notToday: under("not_today") };
}

function inHand() {
  const isLaid = (topic) => laid.some(([one]) => one === topic);
  return TOPICS.find((topic) => forChild.offersTopic(topic) && !isLaid(topic)) ?? null;
}

function draw() {
  const topic = inHand();
  ask(words(topic ? "mat-asks" : "mat-is-full"));
  place("hand").replaceChildren(...(topic ? [build(`topic-${topic}`)] : []));
  for (const column of COLUMNS) {
    const drawn = laid.filter(([, where]) => where === column).map(([one]) => build(`topic-${one}`));
    place(column).replaceChildren(...drawn);
    place(column).closest("button").disabled = !topic;
  }
  const [last] = laid.at(-1) ?? [];
  document.querySelector('[data-press="mat-back"]').disabled = !last;
  place("last").replaceChildren(...(last ? [build(`topic-${last}`).querySelector(".drawing")] : []));
}

// The column stays where the focus is; what came into the hand is said, and read to a child who hears every screen.
function say() {
  tell(place("hand").textContent.trim());
  readIfWanted();
}

function place(name) {
  return document.querySelector(`[data-place="mat-${name}"]`);
}
