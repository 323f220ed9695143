// One screen at a time: a question, what can be chosen, and nothing left of the screen before.

import { pictureOf } from "./people.js";
import { hush, isAlways, speak } from "./speech.js";
import { build } from "./words.js";

const stage = document.getElementById("stage");
const question = document.getElementById("question");
const questionPicture = document.getElementById("question-picture");
const lead = document.getElementById("lead");
const corner = document.getElementById("corner");
const news = document.getElementById("news");
const page = document.documentElement;

/** Show a screen. Its words may name the pupil, whose picture then stands in the corner; answers its element. */
export function show(name, { pupil = null, ...values } = {}) {
  const screen = build(name, { name: pupil?.name, ...values });
  hush();
  tell("");
  page.dataset.screen = name;
  stage.replaceChildren(screen);
  corner.replaceChildren(...(pupil ? [build("child", pictureOf(pupil))] : []));
  ask(screen.dataset.question, screen.dataset.lead);
  questionPicture.replaceChildren(...pictureOfQuestion(screen.dataset.picture));
  scrollTo(0, 0);
  question.focus({ preventScroll: true });
  queueMicrotask(readIfAlways); // once whoever asked for this screen has filled it
  return screen;
}

/** Read the screen to a child who hears every screen. */
export function readIfAlways() {
  if (isAlways()) speak(spoken());
}

/** Put another question, or news in its place, at the head of the screen. Answers whether it is another one. */
export function ask(words, before = "") {
  const isOther = question.textContent !== words;
  question.textContent = words;
  lead.textContent = before;
  return isOther;
}

// For those who do not read: the question as a sign. Where there is none its words stay.
function pictureOfQuestion(picture) {
  return picture ? [build("question-picture", { picture })] : [];
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

/** What the speaker beside the question reads aloud: the question, what is said below it, and what can be chosen. */
export function spoken() {
  const below = [...stage.querySelectorAll("[data-spoken], [data-press]:not(.tool-speak, .tile)")];
  const isHeard = (part) => part.offsetParent !== null && !part.parentElement.closest("[data-press]");
  const parts = [lead, question, ...below.filter(isHeard)];
  return parts.map((element) => ({ element, phrases: phrasesOf(element) })).filter(({ phrases }) => phrases.length);
}

// Each piece of text is one phrase as it stands in a template: a recording is found by it.
function phrasesOf(element) {
  const found = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const words = texts.currentNode.nodeValue.trim();
    if (/[\p{L}\p{N}]/u.test(words) && !texts.currentNode.parentElement.closest("[aria-hidden]")) found.push(words);
  }
  return found;
}
