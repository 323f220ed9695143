// Would you like to talk to someone? The child's High 5, the safe space, and not now.

import * as forChild from "./for_child.js";
import { cardOf, opening, portraitOf } from "./people.js";
import { drawPlanned } from "./planned.js";
import * as roster from "./roster.js";
import { show, shown } from "./screens.js";
import { cardWithSigns, drawOpening, placeSigns } from "./signs.js";
import { build, ofSchool } from "./words.js";

/** What a request says as long as the child has said nothing more of it. */
export const NOTHING_MORE = { when: "now", how: null, about: [], maybe: [], notToday: [] };

/** Offer a talk, whatever the step was; below it what else is there for this child. */
export function askTalk(pupil, lead, { cards, planned }) {
  const screen = show("talk", { pupil, lead, ...safeSpace(), closed: roster.closedUntil() });
  showOpening(screen);
  const people = screen.querySelector("[data-list]");
  for (const adult of forChild.fewer(pupil.high5)) people.append(drawAdult(adult, pupil));
  people.dataset.adults = people.children.length;
  if (cards.length) screen.querySelector(".places").append(build("card-place"));
  screen.querySelector("[data-place=planned]").append(...drawPlanned(planned, 2));
}

/** Offer what the child's own plan says for the step they chose, before the sign to all that helps. */
export function offerPlan(cards) {
  const all = document.querySelector('.places [data-press="strategies"]').parentElement;
  all.before(...cards.map((card) => build("plan-place", card)));
}

/** Offer one more place to go. */
export function addPlace(name) {
  document.querySelector(".places").append(build(name));
}

/** Make sure of it, with when, how and what about if the child wants to say. */
export function askSure(pupil, { adult, wants, when, how, about }) {
  const kind = adult ? "ask-adult" : wants === "safe_space" ? "ask-space" : "ask-anyone";
  const screen = show(kind, { pupil, ...whatIsTrue(pupil, adult) });
  for (const topic of screen.querySelectorAll('[data-press="about"]')) {
    if (!forChild.offersTopic(topic.dataset.value)) topic.remove();
  }
  mark("when", when);
  if (how) mark("how", how);
  showHow();
  showAbout(about);
  showInPictures(screen.querySelector(".ask-whom"), pupil, adult);
}

/** Another roster has come: say on the screen that is shown what is true now. What can be pressed stays where it is. */
export function sayAnew(pupil, { adult } = {}) {
  const kind = shown();
  if (kind === "talk") pupil.high5.forEach((one) => sayAnewOnCard(one, pupil));
  if (!kind.startsWith("ask-")) return;
  const place = document.querySelector(".ask-whom");
  const fresh = build(kind, { name: pupil.name, ...whatIsTrue(pupil, adult) });
  showInPictures(fresh.querySelector(".ask-whom"), pupil, adult);
  if (place.innerHTML !== fresh.querySelector(".ask-whom").innerHTML) place.replaceWith(fresh.querySelector(".ask-whom"));
}

function sayAnewOnCard(adult, pupil) {
  const fresh = drawAdult(adult, pupil).querySelector(".adult-words");
  const place = document.querySelector(`.adult-card[data-value="${adult.id}"] .adult-words`);
  if (place && place.innerHTML !== fresh.innerHTML) place.replaceWith(fresh);
}

function drawAdult(adult, pupil) {
  const card = build("adult-card", cardWithSigns(adult));
  showStandIn(card.querySelector('[data-place="stand-in"]'), pupil, adult);
  return card;
}

function showInPictures(place, pupil, adult) {
  showStandIn(place, pupil, adult);
  showOpening(place);
}

function showOpening(screen) {
  screen.querySelector('[data-place="opens"]')?.append(drawOpening(roster.closedUntil()));
}

// A part of its own: it has another face than the adult's, and perhaps another photo.
function showStandIn(place, pupil, adult) {
  if (adult && cardOf(adult).standIn) place.append(build("stand-in", portraitOf(adult.stand_in, pupil)));
}

// What the child is told before asking: who is here, who is there meanwhile, and when nobody will see it now.
function whatIsTrue(pupil, adult) {
  const about = adult ? cardWithSigns(adult) : {};
  const closed = roster.closedUntil();
  const nobody = !closed && roster.isOfToday() && pupil.nobody_here;
  const unseen = Boolean(closed || nobody);
  return {
    ...safeSpace(),
    ...about,
    ...opening(closed),
    another: about.another && !nobody,
    full: safeSpace().full && !unseen,
    place: ofSchool(roster.school().help_place),
    ...placeSigns(roster.school().help_place),
    nobody,
    seen: !unseen && !safeSpace().full,
    answered: !unseen,
  };
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

/** For larger targets: show the ways to talk in place of the rest; or the rest again, with what was chosen. */
export function turnHow(isOpen) {
  if (!isOpen) showHow();
  document.querySelector(".ask").toggleAttribute("data-how", isOpen);
  document.querySelector(`[data-press="how-${isOpen ? "close" : "open"}"]`).focus({ preventScroll: true });
}

function showHow() {
  const drawn = choicesOf("how").filter(isMarked).map((one) => one.querySelector(".drawing").cloneNode(true));
  document.querySelector('[data-place="how"]')?.replaceChildren(...drawn);
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
