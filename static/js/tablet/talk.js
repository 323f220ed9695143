// Would you like to talk to someone? The child's High 5, the safe space, and not now.

import * as forChild from "./for_child.js";
import { cardOf, pictureOf } from "./people.js";
import { drawPlanned } from "./planned.js";
import * as roster from "./roster.js";
import { show } from "./screens.js";
import { build } from "./words.js";

/** What a request says as long as the child has said nothing more of it. */
export const NOTHING_MORE = { when: "now", how: null, about: [], maybe: [], notToday: [] };

/** Offer a talk, whatever the step was; below it what else is there for this child. */
export function askTalk(pupil, lead, { cards, planned }) {
  const screen = show("talk", { pupil, lead, ...safeSpace() });
  const people = screen.querySelector("[data-list]");
  for (const adult of forChild.fewer(pupil.high5)) people.append(build("adult-card", cardOf(adult)));
  people.dataset.adults = people.children.length;
  if (cards.length) screen.querySelector(".places").append(build("card-place"));
  screen.querySelector("[data-place=planned]").append(...drawPlanned(planned, 2));
}

/** Offer one more place to go. */
export function addPlace(name) {
  document.querySelector(".places").append(build(name));
}

/** Make sure of it, with when, how and what about if the child wants to say. */
export function askSure(pupil, { adult, wants, when, how, about }) {
  const kind = adult ? "ask-adult" : wants === "safe_space" ? "ask-space" : "ask-anyone";
  const screen = show(kind, { pupil, ...safeSpace(), ...(adult ? cardOf(adult) : {}) });
  for (const topic of screen.querySelectorAll('[data-press="about"]')) {
    if (!forChild.offersTopic(topic.dataset.value)) topic.remove();
  }
  mark("when", when);
  if (how) mark("how", how);
  showAbout(about);
  const standIn = adult && cardOf(adult).standIn && pupil.high5.find((one) => one.id === adult.stand_in.id);
  if (standIn) screen.querySelector(".ask-whom").append(build("stand-in", pictureOf(standIn)));
}

/** Mark what was chosen among the choices of a kind; pressing a choice that may be left out again takes it back. */
export function mark(kind, value) {
  const choices = choicesOf(kind);
  const pressed = choices.find((one) => one.dataset.value === value);
  const isOn = !isMarked(pressed) || !("optional" in pressed.dataset);
  for (const one of choices) setMark(one, one === pressed && isOn);
  return isOn ? value : null;
}

/** Mark one more choice of a kind, or take it back; one that stands alone takes back the others, and they it.
    Answers all that are marked. */
export function markAlso(kind, value) {
  const choices = choicesOf(kind);
  const pressed = choices.find((one) => one.dataset.value === value);
  const goesWith = (one) => !("alone" in one.dataset) && !("alone" in pressed.dataset);
  for (const one of choices) setMark(one, one === pressed ? !isMarked(one) : isMarked(one) && goesWith(one));
  return choices.filter(isMarked).map((one) => one.dataset.value);
}

/** Show what the talk can be about, in place of when and how; or those again, with what was chosen. */
export function turnMat(isOpen) {
  const chosen = choicesOf("about").filter(isMarked).map((one) => one.dataset.value);
  if (!isOpen) showAbout(chosen);
  document.querySelector(".ask").toggleAttribute("data-about", isOpen);
  document.querySelector(`[data-press="about-${isOpen ? "close" : "open"}"]`).focus({ preventScroll: true });
}

function showAbout(topics) {
  document.querySelector('[data-place="about"]')?.replaceChildren(...topics.map((topic) => build(`topic-${topic}`)));
}

function safeSpace() {
  return { space: roster.school().safe_space, full: roster.school().safe_space_full };
}

function choicesOf(kind) {
  return [...document.querySelectorAll(`[data-press="${kind}"]`)];
}

function isMarked(choice) {
  return choice.getAttribute("aria-pressed") === "true";
}

function setMark(choice, isOn) {
  choice.setAttribute("aria-pressed", String(isOn));
}
