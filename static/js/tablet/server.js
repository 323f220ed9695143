// One call to the server. Only the server's own JSON counts as an answer: a page from a Wi-Fi login screen or a proxy
// must never look as if a child's tap had arrived.

import { hearServerTime } from "./clock.js";
import { makeSignal } from "./signal.js";

const ANSWERS_WITHIN = 10_000;

/** What a call comes to when the server was not reached. */
export const UNREACHED = { status: 0, data: null, tag: null };

/** Rings with true or false whenever a call did or did not reach the server. */
export const reached = makeSignal();

/** Rings when the server does not know this tablet (any more). */
export const turnedAway = makeSignal();

let formToken = "";
let silentSince = null;

/** Whether this page may send: the token for it arrives with the roster. */
export const canSend = () => formToken !== "";

/** For how many milliseconds every call has failed to reach the server; 0 when the last one reached it. */
export const silentFor = () => (silentSince === null ? 0 : performance.now() - silentSince);

/** Ask for something. Answers { status, data, tag }; with a tag, status 304 when nothing changed. */
export function ask(path, tag = null) {
  return call(path, { headers: tag ? { "If-None-Match": tag } : {} });
}

/** Send something. */
export function send(path, body) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": formToken },
    body: JSON.stringify(body ?? {}),
    keepalive: true, // The page may be closed the moment after the tap.
  });
}

async function call(path, options) {
  const answer = await fetchOurs(path, options);
  silentSince = answer.status === 0 ? (silentSince ?? performance.now()) : null;
  reached(answer.status !== 0);
  if (answer.status === 401) turnedAway();
  return answer;
}

async function fetchOurs(path, options) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ANSWERS_WITHIN);
  try {
    const answer = await fetch(path, {
      ...options,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
      signal: limit.signal,
    });
    const data = answer.status === 304 ? null : await answer.json();
    hearServerTime(answer);
    formToken = answer.headers.get("X-CSRF-Token") ?? formToken;
    return { status: answer.status, data, tag: answer.headers.get("ETag") };
  } catch {
    return UNREACHED;
  } finally {
    clearTimeout(timer);
  }
}
