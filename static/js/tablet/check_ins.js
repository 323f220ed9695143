// A child's step: kept at once, sent in the background.

import { instant } from "./clock.js";
import { newId } from "./ids.js";
import * as outbox from "./outbox.js";

/** Keep the step a child chose; answers the check-in's id. */
export function checkIn(pupil, step) {
  const id = newId();
  outbox.add("/tablet/check-ins", id, { id, pupil: pupil.id, step, felt_at: instant() });
  return id;
}

/** The child did not mean it. */
export function takeBack(id) {
  if (outbox.takeBack(id)) return;
  outbox.add(`/tablet/check-ins/${id}/undo`, id, { undone_at: instant() });
}
