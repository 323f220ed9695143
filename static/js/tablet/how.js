// How are you? The steps this child is offered.

import * as forChild from "./for_child.js";
import * as roster from "./roster.js";
import { show } from "./screens.js";
import { build, ofSchool } from "./words.js";

/** How hard a step is, from 1 calm to 5. */
export const intensityOf = (step) => roster.scale().steps.find((one) => one.step === step).intensity;

/** Offer one thing more beside the steps. */
export function offer(name) {
  document.querySelector(".how-more").prepend(build(name));
}

/** Ask how this child is. */
export function askHow(pupil) {
  const screen = show("how", { pupil });
  const list = screen.querySelector("[data-list]");
  const offered = roster.scale().steps.filter((one) => pupil.steps.includes(one.step));
  for (const { step, intensity, word: schools } of offered) {
    const word = forChild.wordOf(intensity) ?? ofSchool(schools);
    list.append(build("step", { step, intensity, word, look: forChild.lookOf(intensity) }));
  }
  list.dataset.steps = offered.length;
}
