// How are you? The steps this child is offered.

import * as roster from "./roster.js";
import { show } from "./screens.js";
import { build } from "./words.js";

/** Ask how this child is. */
export function askHow(pupil) {
  const screen = show("how", { pupil });
  const list = screen.querySelector("[data-list]");
  const offered = roster.scale().steps.filter((one) => pupil.steps.includes(one.step));
  for (const { step, intensity, word } of offered) list.append(build("step", { step, intensity, word }));
  list.dataset.steps = offered.length;
}
