// A tablet that was removed forgets everything it ever knew.

import * as answers from "./answers.js";
import * as outbox from "./outbox.js";
import * as requests from "./requests.js";
import * as roster from "./roster.js";
import * as sender from "./sender.js";
import { wipe } from "./store.js";

/** Forget the roster, what was not sent yet, and the page itself; nothing is asked or sent any more. */
export async function forgetEverything() {
  answers.stop();
  sender.stop();
  for (const part of [roster, outbox, requests]) part.forget();
  await Promise.all([wipe(), forgetFiles(), forgetSettings()]);
}

async function forgetFiles() {
  if (!("caches" in window)) return;
  const workers = await (navigator.serviceWorker?.getRegistrations() ?? []);
  await Promise.all(workers.map((worker) => worker.unregister()));
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

function forgetSettings() {
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    // Storage is refused, so nothing is there.
  }
}
