// Did talking help? Asked once, at the child's next visit after a talk.

import { show } from "./screens.js";

/** Ask it. */
export function askHelped(pupil) {
  show("helped", { pupil });
}
