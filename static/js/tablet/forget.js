// A tablet that was removed forgets everything it ever knew. What the staff's pages keep in the same browser (whether
// the sound is on, the worker for their notifications) is theirs and stays.

import * as answers from "./answers.js";
import * as language from "./language.js";
import * as lost from "./lost.js";
import * as outbox from "./outbox.js";
import * as pictures from "./pictures.js";
import * as requests from "./requests.js";
import * as roster from "./roster.js";
import * as sender from "./sender.js";
import * as sounds from "./sounds.js";
import { wipe } from "./store.js";

/** Forget the roster, what was not sent yet, and the page itself; nothing is asked or sent any more. */
export async function forgetEverything() {
  answers.stop();
  sender.stop();
  for (const part of [roster, outbox, requests, lost, language, sounds, pictures]) part.forget();
  await Promise.all([wipe(), forgetFiles()]);
}

async function forgetFiles() {
  if (!("caches" in window)) return;
  const workers = await (navigator.serviceWorker?.getRegistrations() ?? []);
  const ours = workers.filter((worker) => worker.scope === new URL("/", location.href).href);
  await Promise.all(ours.map((worker) => worker.unregister()));
  const kept = (await caches.keys()).filter((name) => name.startsWith("treetops-"));
  await Promise.all(kept.map((name) => caches.delete(name)));
}
