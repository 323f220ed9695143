// One screen at a time: a question, what can be chosen, and nothing left of the screen before.

import { pictureOf } from "./people.js";
import { hush } from "./speech.js";
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
  return screen;
}

/** Put another question, or news in its place, at the head of the screen. */
export function ask(words, before = "") {
  question.textContent = words;
  lead.textContent = before;
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

/** What the speaker beside the question reads aloud. */
export function spoken() {
  const more = [...stage.querySelectorAll("[data-spoken]")];
  return [lead, question, ...more].map((part) => part.textContent.trim()).join(" ").trim();
}
