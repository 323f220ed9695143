// Five, four, three, two, one: what a child sees, touches, hears, smells and tastes. Nothing of it is kept or sent.

import { show } from "./screens.js";

/** Show the five senses. */
export function showSenses(pupil) {
  show("senses", { pupil });
}

/** The child has found the things for one of them; or not yet after all. */
export function notice(name) {
  const sense = document.querySelector(`[data-press="sense"][data-value="${name}"]`);
  sense.setAttribute("aria-pressed", String(sense.getAttribute("aria-pressed") !== "true"));
}
