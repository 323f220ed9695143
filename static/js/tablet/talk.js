// Would you like to talk to someone? The child's High 5, the safe space, and not now.

import { cardOf } from "./people.js";
import * as roster from "./roster.js";
import { show } from "./screens.js";
import { build } from "./words.js";

/** Offer a talk, whatever the step was. */
export function askTalk(pupil, checkedIn) {
  const screen = show(checkedIn ? "talk-thanks" : "talk", { pupil, space: roster.school().safe_space });
  const people = screen.querySelector("[data-list]");
  for (const adult of pupil.high5) people.append(build("adult-card", cardOf(adult)));
  people.dataset.adults = pupil.high5.length;
}

/** Make sure of it, with when and how if the child wants to say. */
export function askSure(pupil, { adult, wants }) {
  const kind = adult ? "ask-adult" : wants === "safe_space" ? "ask-space" : "ask-anyone";
  show(kind, { pupil, space: roster.school().safe_space, ...(adult ? cardOf(adult) : {}) });
}

/** Mark what was chosen among the choices of a kind; pressing a choice that may be left out again takes it back. */
export function mark(kind, value) {
  const choices = [...document.querySelectorAll(`[data-press="${kind}"]`)];
  const pressed = choices.find((one) => one.dataset.value === value);
  const isOn = pressed.getAttribute("aria-pressed") === "false" || !("optional" in pressed.dataset);
  for (const one of choices) one.setAttribute("aria-pressed", String(one === pressed && isOn));
  return isOn ? value : null;
}
