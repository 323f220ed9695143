// A child's own week, where an adult has just opened it on this tablet for the two to look at together. It is fetched
// when the child presses "My week", stays in this visit's memory alone, and is gone with the child.

import * as forChild from "./for_child.js";
import { clockTime, dateName, pictureOf, weekdayOf, weekOf } from "./people.js";
import * as roster from "./roster.js";
import { putBesidePicture, show } from "./screens.js";
import { send } from "./server.js";
import { build, ofSchool } from "./words.js";

const OK = 200;
const DOTS = 6; // of a day in the picture of the week; all of them are in the picture of the day
const SIGNS = 3;
const FEW = 6; // so many stand large on one screen

/** The days of this child's week; nothing when it is not open here (any more), or without the network. */
export async function fetchDays(pupil) {
  const { status, data } = await send(`/tablet/pupils/${pupil.id}/week`);
  return status === OK ? data.days : null;
}

/** The whole week: a day is a picture to press. */
export function showWeek(pupil, days, lead) {
  const screen = show("week", { pupil, lead });
  screen.querySelector("[data-list]").append(...days.map((one) => drawDay(one, days)));
}

/** One of these days, large. */
export function showDay(pupil, { day, check_ins: felt, talks, cards }, days) {
  const items = [...felt.map(drawFelt), ...talks.map(drawTalk), ...cards.map(drawCard)];
  const list = show("week-of-day", { pupil, ...namesOf(day) }).querySelector("[data-list]");
  putBesidePicture(withPlace(build("day-sign", namesOf(day)), day, days));
  list.append(...(items.length ? items : [build("week-nothing")]));
  list.toggleAttribute("data-many", items.length > FEW);
}

function drawDay({ day, check_ins: felt, talks, cards }, days) {
  const drawn = withPlace(build("week-day", { day, ...namesOf(day) }), day, days);
  drawn.querySelector("[data-list]").append(
    ...felt.slice(-DOTS).map((one) => build("week-dot", looksOf(one))),
    ...talks.slice(-SIGNS).map(() => build("week-dot-talk")),
    ...cards.slice(-SIGNS).map(() => build("week-dot-card")),
  );
  return drawn;
}

function namesOf(day) {
  return { name: weekdayOf(day), today: dateName(day) === null };
}

// For a child who goes by symbols alone: which of the days of the week it is, in as many places for each of them.
function withPlace(drawn, day, days) {
  const week = weekOf(day, days.map((one) => one.day));
  drawn.querySelector('[data-place="days"]').append(...week.map((one) => build("day-place", one)));
  return drawn;
}

function drawFelt(one) {
  return build("week-felt", { ...looksOf(one), time: clockTime(one.at) });
}

function drawTalk({ adult, became }) {
  const talked = became === "talked";
  const asked = became === "asked";
  return build("week-talk", {
    ...(adult ? pictureOf(adult) : {}),
    adult: adult?.name,
    space: roster.school().safe_space,
    talked,
    asked,
    okNow: became === "ok_now",
    talkedWith: talked && adult,
    talkedWithSomebody: talked && !adult,
    askedAdult: asked && adult,
    askedSomebody: asked && !adult,
  });
}

function drawCard({ picture, words, from }) {
  const [drawnFor, hueFor] = picture.split(/-(?=\d+$)/);
  return build("week-card", { ...pictureOf(from), words: ofSchool(words), drawnFor, hueFor });
}

// As the child's own tablet shows a step.
function looksOf({ step, intensity, word }) {
  return { step, intensity, look: forChild.lookOf(intensity), word: forChild.wordOf(intensity) ?? ofSchool(word) };
}
