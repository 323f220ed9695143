// Waiting, honestly: what has become of a child's request, and where to go when nothing has.

import * as answers from "./answers.js";
import { now } from "./clock.js";
import { NOTHING } from "./for_you.js";
import { cardOf, dayOf, opening, portraitOf, timeOf } from "./people.js";
import { drawClock, drawPlanned } from "./planned.js";
import * as requests from "./requests.js";
import * as roster from "./roster.js";
import { ask, readIfWanted, show, tell } from "./screens.js";
import { silentFor } from "./server.js";
import { drawOpening, placeSigns, sleepsTo } from "./signs.js";
import * as strategies from "./strategies.js";
import { build, ofSchool, say } from "./words.js";

const HONEST_AFTER = 2000; // "on its way" becomes "not sent yet"
const TOO_LONG_SILENT = 60_000; // Since then an answer may have come, or its time may be past, and we do not know.
const COMES_WITHIN = 600_000; // Who said that they come may be on the way for so long, also when school has closed meanwhile.
const OVER = ["refused", "cancelled", "talked"];
const UNANSWERED = ["overdue", "late", "nobody-here"];
const KEPT = "kept"; // The child cannot wait, and there is nobody of whom it could be said that they were told.
const COMING_AT = ["coming-at", "coming-on"];
const UNHEARD = ["unheard", "unheard-duty"];
const GO_AND_FIND_SOMEONE = ["not-sent", "refused", ...UNHEARD, ...UNANSWERED];

let pupil = null;
let forYou = NOTHING;
let watched = null;
let timer = null;
let isDrawn = false;

/** Show this child how their request stands, and every change of it; beside it what else there is for them. */
export function showWaiting(whose, id, waitsForThem) {
  leave();
  [pupil, watched, forYou, isDrawn] = [whose, id, waitsForThem, false];
  strategies.putInPlaceOf(show("waiting", { pupil }).querySelector(".breathe"));
  draw();
  answers.lookAt(id);
}

/** It was heard what else there is for this child. */
export function hearForYou(waitsForThem) {
  forYou = waitsForThem;
  draw();
}

/** Draw what has changed. */
export function draw() {
  const request = watched && requests.request(watched);
  if (!request) return;
  drawAgainWhenTrueNoMore(request);
  const status = statusOf(request);
  const values = valuesOf(request, status);
  put("status", [status, values], () => partsOf(status, values));
  const choices = isOver(status) ? "choices-after" : "choices-waiting";
  put("choices", [choices, values.hurry], () => [build(choices, values)]);
  const mustGo = mustGoAndFindSomeone(status, values);
  put("for-you", mustGo ? [] : [forYou.planned, forYou.cards.length > 0, forYou.weekOpen, forYou.book.length > 0], () => (mustGo ? [] : partsForYou()));
  const news = say(`news-${status}`, values);
  const isNews = ask(news);
  if (isDrawn) tell(news); // At first the focus stands on it anyway.
  if (isDrawn && isNews) readIfWanted();
  isDrawn = true;
  requests.look(watched);
}

/** This screen is left: nobody looks at the request any more. */
export function leave() {
  clearTimeout(timer);
  if (!watched) return;
  answers.lookAway();
  pupil = watched = null;
  forYou = NOTHING;
}

// What stays the same stays as it is: a finger may be on it.
function put(name, state, make) {
  const place = document.querySelector(`[data-place="${name}"]`);
  const key = JSON.stringify(state);
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  place.replaceChildren(...make());
}

function partsOf(status, values) {
  const mustGo = mustGoAndFindSomeone(status, values);
  const parts = [build(values.drawn ? "status-adult" : "status-duty", values)];
  parts[0].classList.toggle("is-small", mustGo);
  if (COMING_AT.includes(status)) parts[0].append(drawClock(values.at), ...(values.day ? [build("sleeps", sleepsTo(values.at))] : []));
  if (status === "closed") parts[0].append(drawOpening(values.closed));
  if (mustGo) parts.push(build("go-to", values));
  parts.push(build(`next-${status}`, values));
  if (!mustGo && values.reached) parts.push(build("stations", values));
  if (values.hurry && values.hurry !== KEPT) parts.push(build(`hurry-${values.hurry}`, values));
  if (UNANSWERED.includes(status) || (status === "closed" && values.hurry)) parts.push(build("childline", values));
  return parts;
}

function partsForYou() {
  const signs = build("signs");
  signs.append(...strategies.signs());
  if (forYou.cards.length) signs.append(build("card-sign"));
  if (forYou.weekOpen) signs.append(build("week-sign"));
  if (forYou.book.length) signs.append(build("book-sign"));
  return [...(signs.children.length ? [signs] : []), ...drawPlanned(forYou.planned, 1)];
}

function mustGoAndFindSomeone(status, { hurry }) {
  return GO_AND_FIND_SOMEONE.includes(status) || hurry === "not-sent";
}

function isOver(status) {
  return OVER.includes(status);
}

function statusOf(request) {
  if (request.sent === "refused") return "refused";
  if (request.state === "cancelled") return "cancelled";
  if (request.sent === "no") return isFresh(request.askedAt) ? "sending" : "not-sent";
  if (request.state === "talked" || request.state === "closed") return "talked";
  if (request.nobodyHere) return "nobody-here";
  if (isForAnotherDay(request)) return "closed";
  if (request.overdue) return request.state === "asked" ? "overdue" : "late";
  if (isUnheard(request)) return request.with ? "unheard" : "unheard-duty";
  if (request.state === "coming") return comingStatusOf(request);
  return request.state === "seen" ? "seen" : askedStatusOf(request);
}

// Nobody comes after school, and the office is closed as well: what was said, or what was too late, is so no more.
function isForAnotherDay({ closedUntil, state, overdue, since, at }) {
  if (!closedUntil) return false;
  const saidAt = Date.parse(at ?? since);
  return overdue || (state === "coming" && now() - saidAt >= COMES_WITHIN);
}

// School being closed, and a time that is still to come, stay true without the server.
function isUnheard({ closedUntil, at }) {
  return silentFor() >= TOO_LONG_SILENT && !closedUntil && !(at && Date.parse(at) > now());
}

function comingStatusOf({ at }) {
  if (!at) return "coming";
  return dayOf(at) ? "coming-on" : "coming-at";
}

function askedStatusOf({ adult, before, closedUntil, wants, with: owner }) {
  if (closedUntil) return "closed";
  if (!owner) return wants === "safe_space" ? "asked-space" : "asked-duty";
  if (before || !adult) return "handed-over";
  if (owner.id === adult.id) return "asked";
  const trusted = pupil.high5.find((one) => one.id === adult.id);
  return trusted && cardOf(trusted).away ? "asked-other" : "asked-meanwhile";
}

function valuesOf(request, status) {
  // While school is closed nobody has it yet: it is still for whom the child chose.
  const adult = (status === "closed" && request.adult) || (request.with ?? request.adult);
  return {
    ...(adult ? portraitOf(adult, pupil) : {}),
    name: pupil.name,
    adult: adult?.name,
    asked: request.adult?.name,
    space: roster.school().safe_space,
    place: ofSchool(roster.school().help_place),
    ...placeSigns(roster.school().help_place),
    at: request.at,
    time: request.at && timeOf(request.at),
    day: request.at && dayOf(request.at),
    ...opening(request.closedUntil),
    wantsSpace: request.wants === "safe_space",
    reached: reachedOf(request, status),
    hurry: isOver(status) ? null : hurryOf(request),
  };
}

function reachedOf({ state }, status) {
  if (["sending", "not-sent", ...UNHEARD].includes(status) || isOver(status)) return null;
  return status === "closed" && state === "coming" ? "seen" : state;
}

// Only who was told is said. While school is closed nobody is, and who looks at the screen is told where to turn instead.
function hurryOf({ hurry, hurryAt, closedUntil, dutyTold, nobodyHere, with: owner }) {
  if (hurry === "no") return null;
  if (closedUntil) return KEPT;
  if (hurry === "asked") return isFresh(hurryAt) ? "sending" : "not-sent";
  if (nobodyHere) return KEPT;
  if (dutyTold) return "told";
  return owner ? "told-adult" : KEPT;
}

function drawAgainWhenTrueNoMore({ askedAt, hurryAt }) {
  clearTimeout(timer);
  const silent = silentFor();
  if (isFresh(askedAt) || isFresh(hurryAt)) timer = setTimeout(draw, HONEST_AFTER);
  else if (silent > 0 && silent < TOO_LONG_SILENT) timer = setTimeout(draw, TOO_LONG_SILENT - silent);
}

// An instant that is still to come was read from a clock that has been set since.
function isFresh(instant) {
  const age = now() - Date.parse(instant);
  return age > -HONEST_AFTER && age < HONEST_AFTER;
}
