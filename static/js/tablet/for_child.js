// How the tablet is set up for one child: put on the page when they come, and taken off when they leave, so that the
// next child never meets it. What it looks like stands in css/tablet/child.css and themes.css.

import { isOwn, withInstead } from "./pictures.js";

const page = document.documentElement;
const MARKS = {
  colours: "theme",
  skin: "skin",
  hand: "hand",
  larger: "larger",
  symbols: "symbols_only",
  calmer: "calmer",
  "read-aloud": "read_aloud",
};
const FEWER = 3;

let tablet = {};

/** A child has come. */
export function come(pupil) {
  leave();
  tablet = pupil.tablet ?? {};
  for (const [mark, setting] of Object.entries(MARKS)) {
    if (tablet[setting]) page.setAttribute(`data-${mark}`, tablet[setting] === true ? "" : tablet[setting]);
  }
  if (tablet.calmer) page.dataset.motion = "less";
}

/** The child has gone. */
export function leave() {
  tablet = {};
  for (const mark of [...Object.keys(MARKS), "motion"]) page.removeAttribute(`data-${mark}`);
}

/** The drawing beside the fingers of a step, by how hard the step is. */
export function lookOf(intensity) {
  const school = `${family()}-${intensity}`;
  return withInstead(ownStep(intensity).picture ?? school, school);
}

/** This child's own word for a step; nothing when the school's stands. */
export const wordOf = (intensity) => ownStep(intensity).word ?? null;

/** Whether a talk can be about this, for this child. */
export const offersTopic = (topic) => tablet.topics?.includes(topic) ?? true;

/** Whether this child lays topics on a talking mat of three columns, one after the other; else picks among pictures. */
export const laysTopics = () => tablet.topics_as === "mat";

/** Whether everything is larger, so that less of it fits on one screen. */
export const isLarger = () => tablet.larger === true;

/** The cards with what helps this child. */
export const strategies = () => tablet.strategies ?? [];

/** On a calmer screen the first few, those who are here before all others; else everybody. */
export function fewer(adults) {
  if (!tablet.calmer) return adults;
  const here = adults.filter((one) => one.here);
  return [...here, ...adults.filter((one) => !one.here)].slice(0, FEWER);
}

function ownStep(intensity) {
  const own = tablet.own_steps?.[intensity] ?? {};
  return { ...own, picture: own.picture && (isOwn(own.picture) ? own.picture : `pic-${own.picture}`) };
}

function family() {
  return { thermometer: "thermometer", weather: "weather" }[tablet.scale_picture] ?? "face";
}
