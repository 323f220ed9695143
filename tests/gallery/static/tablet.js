// Stands an example up on the tablet's own page, with the functions that show the screens to children. Nothing is sent.
//
// The page's address says which, and how: ?example=how, five steps&theme=zones&language=ur&direction=rtl

import * as answers from "/static/js/tablet/answers.js";
import * as cards from "/static/js/tablet/cards.js";
import { instant } from "/static/js/tablet/clock.js";
import * as forChild from "/static/js/tablet/for_child.js";
import * as helped from "/static/js/tablet/helped.js";
import * as how from "/static/js/tablet/how.js";
import * as language from "/static/js/tablet/language.js";
import * as lost from "/static/js/tablet/lost.js";
import * as mat from "/static/js/tablet/mat.js";
import * as pictures from "/static/js/tablet/pictures.js";
import * as requests from "/static/js/tablet/requests.js";
import * as roster from "/static/js/tablet/roster.js";
import { show } from "/static/js/tablet/screens.js";
import * as senses from "/static/js/tablet/senses.js";
import { ask, silentFor } from "/static/js/tablet/server.js";
import * as strategies from "/static/js/tablet/strategies.js";
import * as talk from "/static/js/tablet/talk.js";
import * as waiting from "/static/js/tablet/waiting.js";
import * as week from "/static/js/tablet/week.js";
import * as who from "/static/js/tablet/who.js";
import * as wholeWords from "/static/js/tablet/whole_words.js";
import { build, say } from "/static/js/tablet/words.js";

const page = document.documentElement;
const stillHere = document.getElementById("still-here");
const clock = performance.now.bind(performance);
const A_LONG_SILENCE = 120_000;

const screens = {
  plain: (_pupil, { template }) => show(template),
  class: () => who.askClass(),
  who: (pupil, given) => {
    if (given.request) stands(given.request);
    if (given.lost) lost.note();
    who.askWho(pupil.class);
    who.showLost();
  },
  "who-sees": (pupil, { child }) => show("who-sees", { pupil: child && pupil, space: roster.school().safe_space }),
  how: (pupil, { week: isOpen }) => {
    how.askHow(pupil);
    if (isOpen) how.offer("week-answer");
  },
  languages: (pupil, { away }) => {
    const screen = show("languages", { pupil });
    if (away) screen.querySelector('[data-place="language-away"]').hidden = false;
  },
  talk: (pupil, { thanks, step, week: isOpen, book, cards: left = [], planned = [] }) => {
    talk.askTalk(pupil, thanks ? say("thanks", { name: pupil.name }) : "", { cards: left, planned });
    if (step) talk.offerPlan(strategies.planFor(step));
    if (isOpen) talk.addPlace("week-place");
    if (book) talk.addPlace("book-place");
  },
  ask: (pupil, { adult, wants, when, how: together, about, turned, turnedHow }) => {
    const asking = { adult: pupil.high5.find((one) => one.id === adult) ?? null, wants };
    talk.askSure(pupil, { ...asking, when: when ?? "now", how: together ?? null, about: about ?? [] });
    if (turned) talk.turnMat(true);
    if (turnedHow) talk.turnHow(true);
    for (const topic of turned ?? []) talk.markAlso("about", topic);
  },
  mat: (pupil, laid) => mat.showMat(pupil, laid),
  week: (pupil, { days }) => week.showWeek(pupil, days, say("week-together")),
  "week-day": (pupil, { day }) => week.showDay(pupil, day, [day]),
  waiting: (pupil, given) => {
    stands(given.request);
    waiting.showWaiting(pupil, given.request.id, { cards: [], planned: [], book: [], ...given });
    if (given.breathing) document.querySelector(".breathe").setAttribute("aria-pressed", "true");
    if (given.still_here) stillHere.showModal();
  },
  card: (pupil, { card, book }) => cards.showCard(pupil, card, "", book),
  book: (pupil, { book, page: place, besideCard = true }) => cards.showPage(pupil, book, place, besideCard),
  helped: (pupil) => helped.askHelped(pupil),
  senses: (pupil, { noticed = [] }) => {
    senses.showSenses(pupil);
    noticed.forEach(senses.notice);
  },
  strategies: (pupil) => strategies.showAll(pupil),
  strategy: (pupil, { picture }) => strategies.showOne(pupil, picture),
  "strategy-after": (pupil) => strategies.showAfter(pupil),
};

/** Every example, by its name. */
export const examples = fetch("/gallery/tablet.json").then((answer) => answer.json());

/** Stand one up: its name; the child's theme; the language and the direction, if not the language's own. */
export async function stand(name, { theme = null, language: code = "en", direction = null } = {}) {
  const example = (await examples)[name];
  clear();
  roster.showOnly(example.roster);
  pictures.showOnly(example.photos, "/gallery/static/");
  const [first] = example.roster.pupils;
  const pupil = theme ? { ...first, tablet: { ...first.tablet, theme } } : first;
  forChild.come(pupil);
  if (!(await language.fetchAndTurnTo(code))) throw new Error(`There are no screens in ${code}.`);
  if (direction) page.dir = direction;
  page.toggleAttribute("data-voice", true); // so that every speaker is there
  page.toggleAttribute("data-unreached", example.unreached);
  if (example.given.silent) await fallSilent();
  else if (silentFor()) await ask("/gallery/tablet.json");
  screens[example.screen](pupil, example.given);
  if (example.undo) document.getElementById("undo").replaceChildren(build("undo"));
  wholeWords.look();
}

// How a request stands, and what only the tablet knows of it.
function stands({ kept, ...request }) {
  requests.learn(request);
  const known = requests.request(request.id);
  for (const [name, value] of Object.entries(kept ?? {})) known[name] = value === "now" ? instant() : value;
}

function clear() {
  stillHere.close();
  document.getElementById("undo").replaceChildren();
  waiting.leave();
  requests.forget();
  lost.forget();
  performance.now = clock;
}

// An answer that is not the server's own counts as none; and then two minutes pass.
async function fallSilent() {
  await ask("/gallery/");
  performance.now = () => clock() + A_LONG_SILENCE;
}

answers.stop();
wholeWords.listen();
const asked = Object.fromEntries([...new URLSearchParams(location.search)].filter(([, value]) => value));
if (asked.example) await stand(asked.example, asked);
page.toggleAttribute("data-standing", true); // for whoever waits until it is there
