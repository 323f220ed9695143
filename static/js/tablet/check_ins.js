// A child's step: kept at once, sent in the background.

import { corrected, instant } from "./clock.js";
import { newId } from "./ids.js";
import * as lost from "./lost.js";
import * as outbox from "./outbox.js";
import { refused } from "./sender.js";

/** Listen to what becomes of what is sent. */
export function listen() {
  refused.listen(sendOtherwise);
}

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

// Refused for its time, it goes once more when this tablet has learnt that its clock was off. Any other refusal is for
// good (the child may be on another tablet now), and a grown-up is to know of it.
function sendOtherwise(entry, why) {
  if (entry.path !== "/tablet/check-ins") return;
  const feltAt = why?.errors?.felt_at && !entry.retimed ? corrected(entry.body.felt_at, entry.ahead) : null;
  if (!feltAt) return lost.note();
  const id = newId();
  outbox.replace(entry, id, { body: { ...entry.body, id, felt_at: feltAt }, retimed: true });
}
