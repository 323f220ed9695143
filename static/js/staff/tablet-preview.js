// The tablet's own screens as one child meets them, for the adult who sets them up. What is pressed leads on as it does
// for the child, and nothing of it is sent or kept.

import * as forChild from "../tablet/for_child.js";
import * as how from "../tablet/how.js";
import * as language from "../tablet/language.js";
import * as mat from "../tablet/mat.js";
import * as pictures from "../tablet/pictures.js";
import * as press from "../tablet/press.js";
import * as roster from "../tablet/roster.js";
import { ask } from "../tablet/server.js";
import { shown, spoken } from "../tablet/screens.js";
import * as speech from "../tablet/speech.js";
import * as strategies from "../tablet/strategies.js";
import * as talk from "../tablet/talk.js";
import * as wholeWords from "../tablet/whole_words.js";

const NOTHING_ELSE = { cards: [], planned: [] };

let pupil = null;
let asking = null;
let intensity = null;

const presses = {
  step: (step) => feels(Number(step)),
  skip: () => askTalk(),
  adult: (id) => askSure({ adult: pupil.high5.find((one) => one.id === id), wants: "chat" }),
  anyone: () => askSure({ adult: null, wants: "chat" }),
  "safe-space": () => askSure({ adult: null, wants: "safe_space" }),
  "not-now": () => askHow(),
  when: (when) => (asking.when = talk.mark("when", when)),
  how: (kind) => (asking.how = talk.mark("how", kind)),
  about: (about) => (asking.about = talk.markAlso("about", about)),
  "about-open": () => (forChild.laysTopics() ? mat.showMat(pupil, asking) : talk.turnMat(true)),
  "about-close": () => talk.turnMat(false),
  "mat-lay": (column) => mat.lay(column),
  "mat-back": () => mat.takeBack(),
  "mat-not-say": () => askSure({ ...asking, about: ["not_say"], maybe: [], notToday: [] }),
  "mat-done": () => askSure({ ...asking, ...mat.lies() }),
  yes: () => askHow(),
  no: () => askTalk(),
  strategies: () => strategies.showAll(pupil),
  strategy: (picture) => strategies.showOne(pupil, picture),
  "strategy-said": () => askTalk(),
  "strategies-close": () => askTalk(),
  speak: (words) => speech.speak(words || spoken()),
  start: () => askHow(),
};

async function start() {
  const answer = await ask(`${location.pathname}.json`);
  if (answer.status !== 200) return;
  roster.showOnly(answer.data);
  const told = document.querySelector("script[data-photos]").dataset;
  pictures.showOnly(JSON.parse(told.photos), told.at);
  [pupil] = answer.data.pupils;
  press.listen((name, value) => presses[name]?.(value));
  speech.listen();
  wholeWords.listen();
  forChild.come(pupil);
  await language.fetchAndTurnTo(pupil.tablet.language ?? roster.school().language ?? "en");
  if (location.hash === "#talk") askTalk();
  else askHow();
}

function askHow() {
  remember("");
  how.askHow(pupil);
}

function feels(step) {
  intensity = how.intensityOf(step);
  askTalk();
}

function askTalk() {
  if (shown() !== "talk") remember("#talk");
  talk.askTalk(pupil, "", NOTHING_ELSE);
  talk.offerPlan(strategies.planFor(intensity));
}

function askSure(said) {
  asking = { ...talk.NOTHING_MORE, ...said };
  talk.askSure(pupil, asking);
}

// After a change the frame is loaded again, and shows the screen that was shown.
function remember(screen) {
  history.replaceState(null, "", `${location.pathname}${screen}`);
}

start();
