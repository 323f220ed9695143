// The pupil's way through, from their tile to an answer, told in the order in which it happens.

import * as answers from "./answers.js";
import * as cards from "./cards.js";
import * as checkIns from "./check_ins.js";
import * as forChild from "./for_child.js";
import * as forYou from "./for_you.js";
import * as helped from "./helped.js";
import * as how from "./how.js";
import * as idle from "./idle.js";
import * as language from "./language.js";
import { renewIfReady } from "./offline.js";
import * as lost from "./lost.js";
import * as mat from "./mat.js";
import * as requests from "./requests.js";
import * as roster from "./roster.js";
import * as scanning from "./scanning.js";
import { show, shown, spoken, tell } from "./screens.js";
import * as senses from "./senses.js";
import { speak } from "./speech.js";
import { write } from "./store.js";
import * as strategies from "./strategies.js";
import * as talk from "./talk.js";
import * as undo from "./undo.js";
import * as waiting from "./waiting.js";
import * as week from "./week.js";
import * as who from "./who.js";
import { say } from "./words.js";

// Who is at the tablet and what they did since they pressed their tile. Nothing of it outlives the visit.
let visit = null;
let className = null;

const UNSEEN = 500; // ms: so long nobody has read a screen yet, let alone found what to press on it
const WHO_IS_HERE_HOLDS = 5000; // ms: so old may be what a child is told of who is here, if there is a network
const HARD = 4; // From this intensity on, help comes before anything else.

/** Who are you? Whatever was on the screen is gone. */
export function toStart() {
  undo.close();
  leaveScreen();
  requests.letGo(visit?.request);
  visit = null;
  forChild.leave();
  scanning.leave();
  idle.rest();
  language.rest();
  if (!roster.isHere()) show("getting-ready");
  else if (!roster.classes().length) show("nobody");
  else if (classToShow() === null) who.askClass();
  else who.askWho(classToShow());
  if (roster.isHere()) who.showLost();
  renewIfReady();
}

/** Whether no child is in the middle of something. */
export const isFree = () => visit === null;

/** The class chosen last time, on a tablet that has several. */
export function rememberClass(name) {
  className = name;
}

/** What can be pressed, by its name in the page. */
export const presses = {
  class: (name) => {
    rememberClass(name);
    write("kept", "class", name);
    who.askWho(name);
  },
  "other-class": () => who.askClass(),
  "who-sees": () => tellWhoSees(),
  "who-sees-close": () => leaveWhoSees(),
  me: (id) => arrive(roster.pupil(id)),
  helped: (said) => says(said),
  step: (step) => feels(Number(step)),
  skip: () => goOn(),
  languages: () => askLanguage(),
  language: (code) => speaks(code),
  cards: () => showCard(shown() === "waiting" ? backToWaiting : askTalk),
  "card-answer": (answer) => answersCard(answer),
  "card-later": () => visit.afterCards(),
  book: () => openBook(),
  page: (step) => showPage(visit.page + Number(step)),
  "book-close": () => visit.afterBook(),
  adult: (id) => askSure({ adult: visit.pupil.high5.find((one) => one.id === id), wants: "chat" }),
  anyone: () => askSure({ adult: null, wants: "chat" }),
  "safe-space": () => askSure({ adult: null, wants: "safe_space" }),
  "not-now": () => toStart(),
  when: (when) => (visit.asking.when = talk.mark("when", when)),
  how: (how) => (visit.asking.how = talk.mark("how", how)),
  "how-open": () => talk.turnHow(true),
  "how-close": () => talk.turnHow(false),
  about: (about) => (visit.asking.about = talk.markAlso("about", about)),
  "about-open": () => (forChild.laysTopics() ? mat.showMat(visit.pupil, visit.asking) : talk.turnMat(true)),
  "about-close": () => talk.turnMat(false),
  "mat-lay": (column) => mat.lay(column),
  "mat-back": () => mat.takeBack(),
  "mat-not-say": () => leaveMat({ about: ["not_say"], maybe: [], notToday: [] }),
  "mat-done": () => leaveMat(mat.lies()),
  yes: () => asks(),
  no: () => askTalk(),
  "ok-now": () => okNow(),
  "cannot-wait": () => requests.cannotWait(visit.request),
  "check-in": () => askHow(),
  "ask-again": () => askTalk(),
  breathe: () => breathe(),
  senses: () => showSenses(),
  sense: (name) => senses.notice(name),
  "senses-close": () => leaveStrategies(),
  strategies: () => showStrategies(),
  strategy: (picture) => showStrategy(picture),
  "strategy-said": (said) => saysOfStrategy(said),
  "strategies-close": () => leaveStrategies(),
  week: () => openWeek(),
  "week-day": (day) => showDay(day),
  "week-back": () => showWeek(),
  "week-done": () => visit.afterWeek(),
  speak: (words) => speak(words || spoken()),
  undo: () => undo.press(),
  lost: () => {
    lost.dismiss();
    who.showLost();
  },
  start: () => toStart(),
};

/** The roster or the requests changed while a screen is shown. */
export function refresh() {
  if (isFree()) {
    who.showNews();
    if (roster.isHere()) who.showLost();
  } else if (shown() === "waiting") waiting.draw();
  else if (shown() === "how" && isUnseen()) showAskedElsewhere();
}

/** Another roster came. A child in the middle of something is not disturbed, nor whoever chooses a class or reads. */
export function refreshRoster() {
  const stays = shown() === "who-sees" || who.isUpToDate(classToShow());
  if (isFree() && !stays) toStart();
  else if (!isFree()) hearWhoIsHere();
}

// Another roster came while a child is here: who is in now may have changed, and who stands in.
function hearWhoIsHere() {
  const { pupil, asking } = visit;
  visit.pupil = roster.pupil(pupil.id) ?? pupil;
  const adult = asking?.adult && (visit.pupil.high5.find((one) => one.id === asking.adult.id) ?? asking.adult);
  if (asking) asking.adult = adult;
  talk.sayAnew(visit.pupil, { adult });
}

function classToShow() {
  const classes = roster.classes();
  if (classes.length === 1) return classes[0];
  return classes.includes(className) ? className : null;
}

// It says nothing of anybody, but goes back to the start as a child's screen does: the next one looks for their tile.
function tellWhoSees() {
  const from = shown();
  if (visit) leaveScreen();
  if (visit) visit.afterWhoSees = { how: askHow, talk: askTalk, waiting: backToWaiting }[from] ?? askSureAgain;
  show("who-sees", { pupil: visit?.pupil, space: roster.school().safe_space });
  idle.watch();
}

function leaveWhoSees() {
  if (visit) visit.afterWhoSees();
  else toStart();
}

function arrive(pupil) {
  if (!pupil) return;
  visit = { pupil, began: performance.now(), forYou: { ...forYou.NOTHING }, checkIn: null, asking: null, request: null };
  stayOffHistory();
  forChild.come(pupil);
  scanning.come(pupil);
  language.turnTo(pupil.tablet?.language ?? roster.school().language ?? "en");
  const request = requests.openFor(pupil.id);
  if (request) showWaiting(request.id);
  else askHow();
  hearWhatWaits(visit);
  answers.askNow();
  roster.refreshIfOlder(WHO_IS_HERE_HOLDS);
}

// They asked on another tablet, and this one has heard of it only since they came: here, too, they find how it stands.
// Answers whether that is so.
function showAskedElsewhere() {
  const request = visit.request === null && requests.openFor(visit.pupil.id);
  if (request) showWaiting(request.id);
  return Boolean(request);
}

function isUnseen() {
  return performance.now() - visit.began < UNSEEN && !document.querySelector(".is-pressed");
}

// Nobody waits for this: the child goes on meanwhile, and what comes late is asked and shown after the step.
async function hearWhatWaits(whose) {
  const heard = await forYou.hear(whose.pupil);
  if (whose !== visit) return; // That child has gone.
  visit.forYou = heard;
  if (shown() === "waiting") waiting.hearForYou(heard);
  else if (shown() === "how" && isUnseen()) {
    if (heard.askHelped) askHelped();
    else if (heard.weekOpen) how.offer("week-answer");
  }
}

function askHelped() {
  leaveScreen();
  forYou.wasAsked(visit.forYou.askHelped);
  helped.askHelped(visit.pupil);
}

function says(said) {
  const { askHelped: chat } = visit.forYou;
  visit.forYou.askHelped = null;
  if (visit.hasPassedHow) goOn();
  else askHow();
  undo.offer(
    () => {
      visit.forYou.askHelped = chat;
      askHelped();
      tell(say("taken-back"));
    },
    () => forYou.sayHelped(chat, said),
  );
}

function askHow() {
  leaveScreen();
  visit.hasPassedHow = false;
  how.askHow(visit.pupil);
  if (visit.forYou.weekOpen) how.offer("week-answer");
}

function askLanguage() {
  leaveScreen();
  show("languages", { pupil: visit.pupil });
}

// For this visit: the next child, and this one next time, meet their own again.
async function speaks(code) {
  const whose = visit;
  const isHere = await language.fetchAndTurnTo(code);
  if (whose !== visit || shown() !== "languages") return; // That child has gone, or on.
  if (isHere) askHow();
  else document.querySelector('[data-place="language-away"]').hidden = false;
}

function feels(step) {
  const id = checkIns.checkIn(visit.pupil, step);
  visit.checkIn = id;
  visit.intensity = how.intensityOf(step);
  visit.isHard = visit.intensity >= HARD;
  goOn(visit.isHard);
  undo.offer(() => {
    checkIns.takeBack(id);
    visit.checkIn = null;
    visit.intensity = null;
    visit.isHard = false;
    askHow();
    tell(say("taken-back"));
  });
}

// After the step, and before a talk is offered. A child for whom it is hard now is offered a talk at once, with a sign
// that a card is there: that many taps must never lie between them and help.
function goOn(isHard = false) {
  visit.hasPassedHow = true;
  if (showAskedElsewhere()) return;
  if (visit.forYou.askHelped && !isHard) askHelped();
  else if (visit.forYou.cards.length && !isHard) showCard(askTalk);
  else askTalk();
}

function showCard(afterwards) {
  const [card] = visit.forYou.cards;
  leaveScreen();
  visit.afterCards = afterwards;
  cards.showCard(visit.pupil, card, thanks(), visit.forYou.book);
}

function answersCard(answer) {
  const { afterCards } = visit;
  const { book } = visit.forYou;
  const [card, ...others] = visit.forYou.cards;
  visit.forYou.cards = others;
  visit.forYou.book = cards.withPage(book, card);
  visit.news = say(`card-${answer}`, { adult: card.from.name });
  if (others.length) showCard(afterCards);
  else afterCards();
  undo.offer(
    () => {
      visit.forYou.cards.unshift(card);
      visit.forYou.book = book;
      showCard(afterCards);
      tell(say("taken-back"));
    },
    () => forYou.answerCard(card.id, answer),
  );
}

function openBook() {
  visit.besideCard = shown() === "card";
  visit.afterBook = { card: () => showCard(visit.afterCards), waiting: backToWaiting }[shown()] ?? askTalk;
  showPage(0);
}

function showPage(place) {
  visit.page = place;
  leaveScreen();
  cards.showPage(visit.pupil, visit.forYou.book, place, visit.besideCard);
}

function askTalk() {
  leaveScreen();
  talk.askTalk(visit.pupil, thanks(), visit.forYou);
  talk.offerPlan(strategies.planFor(visit.intensity));
  if (visit.forYou.weekOpen) talk.addPlace("week-place");
  if (visit.forYou.book.length) talk.addPlace("book-place");
}

// What stands above the question: what was just done, else thanks for the step.
function thanks() {
  const news = visit.news ?? (visit.checkIn === null ? "" : say("thanks", { name: visit.pupil.name }));
  visit.news = null;
  return news;
}

function askSure({ adult, wants }) {
  leaveScreen();
  visit.asking = { adult, wants, ...talk.NOTHING_MORE };
  talk.askSure(visit.pupil, visit.asking);
  roster.refreshIfOlder(WHO_IS_HERE_HOLDS);
}

function leaveMat(laid) {
  Object.assign(visit.asking, laid);
  askSureAgain();
}

function askSureAgain() {
  leaveScreen();
  talk.askSure(visit.pupil, visit.asking);
}

function asks() {
  undo.close(); // What was held is sent before the request, in the order in which it was said.
  const { pupil, checkIn, asking } = visit;
  const adult = asking.adult && { id: asking.adult.id, name: asking.adult.name };
  const id = requests.ask({ ...asking, pupil, checkIn, adult });
  showWaiting(id);
  undo.offer(() => {
    requests.cancel(id);
    askTalk();
    tell(say("taken-back"));
  });
}

// Shown as done, and sent when it cannot be taken back any more: a request that is over stays over.
function okNow() {
  const id = visit.request;
  undo.close();
  requests.holdCancel(id);
  undo.offer(
    () => {
      requests.wantAgain(id);
      showWaiting(id);
      tell(say("taken-back"));
    },
    () => requests.cancel(id),
  );
}

function showWaiting(id) {
  leaveScreen();
  if (id !== visit.request) requests.letGo(visit.request);
  visit.request = id;
  waiting.showWaiting(visit.pupil, id, visit.forYou);
}

// What is over for long is not kept: then a talk is offered anew.
function backToWaiting() {
  if (requests.request(visit.request)) showWaiting(visit.request);
  else askTalk();
}

function showStrategies() {
  rememberBeside();
  leaveScreen();
  strategies.showAll(visit.pupil);
}

function showStrategy(picture) {
  rememberBeside();
  leaveScreen();
  visit.strategy = picture;
  strategies.showOne(visit.pupil, picture);
}

function saysOfStrategy(said) {
  const { pupil, strategy } = visit;
  if (visit.beside === "week") visit.news = say("strategy-told");
  if (visit.beside === "talk") showAfterStrategy();
  else leaveStrategies();
  undo.offer(
    () => {
      showStrategy(strategy);
      tell(say("taken-back"));
    },
    () => strategies.say(pupil, strategy, said),
  );
}

// What was just tried is over: how is it now, if the child wants to say?
function showAfterStrategy() {
  leaveScreen();
  strategies.showAfter(visit.pupil);
}

// From which screen the child came to what helps, whichever of its own screens they go through.
function rememberBeside() {
  const from = shown();
  if (["talk", "waiting", "week"].includes(from)) visit.beside = from;
}

// Back to where the cards lay: beside the waiting, in the week, or before a talk is asked for.
function leaveStrategies() {
  if (visit.beside === "waiting") backToWaiting();
  else if (visit.beside === "week") showWeek();
  else askTalk();
}

// An adult has opened it for this child, once: what was heard of it is in this visit's memory alone.
async function openWeek() {
  const whose = visit;
  visit.afterWeek = { waiting: backToWaiting, how: askHow }[shown()] ?? askTalk;
  visit.forYou.weekOpen = false;
  leaveScreen();
  show("week-opening", { pupil: visit.pupil });
  const days = await week.fetchDays(visit.pupil);
  if (whose !== visit || shown() !== "week-opening") return; // That child has gone.
  visit.week = days;
  if (days) showWeek();
  else show("week-away", { pupil: visit.pupil });
}

function showWeek() {
  leaveScreen();
  week.showWeek(visit.pupil, visit.week, visit.news ?? say("week-together"));
  visit.news = null;
}

function showDay(day) {
  leaveScreen();
  week.showDay(visit.pupil, visit.week.find((one) => one.day === day), visit.week);
}

function showSenses() {
  rememberBeside();
  leaveScreen();
  senses.showSenses(visit.pupil);
}

function breathe() {
  const picture = document.querySelector('[data-press="breathe"]');
  picture.setAttribute("aria-pressed", String(picture.getAttribute("aria-pressed") !== "true"));
}

function leaveScreen() {
  waiting.leave();
  if (visit) idle.watch();
}

// The back button leads to the start: one nameless place in the history is all a visit leaves there.
function stayOffHistory() {
  if (!history.state?.visit) history.pushState({ visit: true }, "");
}
