// One screen at a time: a question, what can be chosen, and nothing left of the screen before.

import { pictureOf } from "./people.js";
import { hush, isReadTo, speak } from "./speech.js";
import { build } from "./words.js";

const stage = document.getElementById("stage");
const question = document.getElementById("question");
const questionPicture = document.getElementById("question-picture");
const lead = document.getElementById("lead");
const corner = document.getElementById("corner");
const news = document.getElementById("news");
const page = document.documentElement;

// Everything that can be seen, in the order in which it is read: what is asked, what can be chosen, and last what stands
// on every screen.
const READ = ["#lead", "#question", "#stage", "#undo", "#corner", ".band > .tool", ".unreached"];
const LEADS_TO_WHO_SEES = /^(how|talk|ask-.+|waiting)$/; // and back from there
const UNHEARD = "[aria-hidden], .visually-hidden";

/** Show a screen. Its words may name the pupil, whose picture then stands in the corner; answers its element. */
export function show(name, { pupil = null, ...values } = {}) {
  const screen = build(name, { name: pupil?.name, ...values });
  hush();
  tell("");
  page.dataset.screen = name;
  stage.replaceChildren(screen);
  corner.replaceChildren(...(pupil ? [build(cornerOf(name), pictureOf(pupil))] : []));
  ask(screen.dataset.question, screen.dataset.lead);
  questionPicture.replaceChildren(...pictureOfQuestion(screen.dataset.picture));
  scrollTo(0, 0);
  question.focus({ preventScroll: true });
  queueMicrotask(readIfWanted); // once whoever asked for this screen has filled it
  return screen;
}

/** Read the screen to a child who hears every screen. For one who scans it is what is said there, in one piece: what can
    be chosen is read when it is pointed out. */
export function readIfWanted() {
  if (!isReadTo()) return;
  const isScanned = Boolean(page.dataset.scanning);
  const said = spoken().filter(({ element }) => !element.matches("[data-press]"));
  speak(isScanned ? [{ element: question, phrases: said.flatMap(({ phrases }) => phrases) }] : spoken());
}

/** Put another question, or news in its place, at the head of the screen. Answers whether it is another one. */
export function ask(words, before = "") {
  const isOther = question.textContent !== words;
  question.textContent = words;
  lead.textContent = before;
  return isOther;
}

function cornerOf(name) {
  return LEADS_TO_WHO_SEES.test(name) ? "child-who-sees" : "child";
}

// For those who do not read: the question as a sign. Where there is none its words stay.
function pictureOfQuestion(picture) {
  return picture ? [build("question-picture", { picture })] : [];
}

/** Put more of a question's sign beside its picture. */
export function putBesidePicture(element) {
  questionPicture.append(element);
}

/** Put something to press in the corner. */
export function putInCorner(element) {
  corner.replaceChildren(element);
}

/** The screen that is shown. */
export const shown = () => page.dataset.screen;

/** Say a change to those who cannot see it. */
export function tell(words) {
  if (news.textContent !== words) news.textContent = words;
}

/** What the speaker beside the question reads aloud: every label that is seen, the question first. */
export const spoken = () => partsIn(READ.flatMap((place) => [...document.querySelectorAll(place)]));

/** What can be seen in some elements, as parts to be read: { element, phrases }, each what can be pressed, or a text. */
export function partsIn(places) {
  const parts = [];
  for (const text of places.flatMap(textsIn)) {
    const words = text.parentElement;
    const element = words.closest("[data-press]") ?? words.closest("[data-spoken]") ?? words;
    const last = parts.at(-1);
    if (last?.element === element) last.phrases.push(text.nodeValue.trim());
    else parts.push({ element, phrases: [text.nodeValue.trim()] });
  }
  return parts;
}

/** What is read of something that can be pressed. */
export function labelOf(element) {
  const label = element.getAttribute("aria-label");
  return label ? [label] : textsIn(element).map((text) => text.nodeValue.trim());
}

// Each piece of text is one phrase as it stands in a template: a recording is found by it.
function textsIn(element) {
  const found = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (isSeen(texts.currentNode)) found.push(texts.currentNode);
  return found;
}

function isSeen({ nodeValue, parentElement }) {
  return /[\p{L}\p{N}]/u.test(nodeValue) && !parentElement.closest(UNHEARD) && parentElement.checkVisibility();
}
