// Keeps the board live: a stream says "look again". When there is none, the page looks by itself every few seconds.

import { refresh } from "./board.js";
import { Line } from "./line.js";
import { say } from "./words.js";

const STREAM = "/staff/doorbell";
const POLL_EVERY = 5_000;
const LIVE_LOOK_EVERY = 30_000; // a connection can die without a word; this finds it
const TRY_STREAM_AGAIN = 60_000;

const sign = document.getElementById("live");
const line = new Line({
  lost: closeStream,
  free: openStream,
  still: () => line.tell({ state }),
  told: (what) => (what.rang ? lookNow() : become(what.state)),
});
let stream = null;
let revision = null;
let state = "again";
let timer = 0;
let retry = 0;

function openStream() {
  closeStream();
  line.take();
  stream = new EventSource(STREAM);
  stream.onopen = () => become("live");
  stream.onmessage = ({ data }) => {
    if (data === revision) return;
    revision = data;
    line.tell({ rang: true });
    lookNow();
  };
  stream.onerror = () => {
    if (stream.readyState === EventSource.CLOSED) refused();
    else if (state === "live") become("again"); // the browser reconnects by itself
  };
}

function closeStream() {
  clearTimeout(retry);
  stream?.close();
  stream = null;
  revision = null;
}

/** No place, or not signed in: look by ourselves, which also finds out which, and ask for a place again later. */
function refused() {
  become("polling");
  lookNow();
  retry = setTimeout(openStream, TRY_STREAM_AGAIN);
}

async function lookNow() {
  clearTimeout(timer);
  try {
    await refresh();
    if (state === "lost") become(stream?.readyState === EventSource.OPEN ? "live" : "polling");
  } catch {
    become("lost");
  }
  planLook();
}

function planLook() {
  clearTimeout(timer);
  timer = setTimeout(lookNow, state === "live" ? LIVE_LOOK_EVERY : POLL_EVERY);
}

function become(next) {
  const changed = next !== state;
  state = next;
  sign.hidden = false;
  sign.dataset.state = next;
  sign.querySelector(".live-words").textContent = say(next);
  line.tell({ state });
  if (changed) planLook();
}

function comeBack() {
  if (document.hidden) return;
  if (stream?.readyState !== EventSource.OPEN) openStream();
  lookNow();
}

function goAway() {
  closeStream();
  line.leave();
}

document.addEventListener("visibilitychange", comeBack);
window.addEventListener("online", comeBack);
window.addEventListener("pageshow", ({ persisted }) => { if (persisted) comeBack(); });
window.addEventListener("pagehide", goAway);

become("again");
openStream();
lookNow();
