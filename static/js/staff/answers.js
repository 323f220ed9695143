// Sends the board's forms without leaving the page. What the server says, a refusal too, is shown in place.

import { BY_SCRIPT, goToSignIn, refresh, say, showAnswered, whileAnswering } from "./board.js";
import { say as inWords } from "./words.js";

const NEXT_PAGE = "X-Treetops-Next";

document.addEventListener("submit", (event) => {
  if (!event.target.matches("#board form")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

async function send(form, button) {
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    await whileAnswering(async () => answered(await post(form, button), form));
  } catch {
    sayNotSent();
    refresh().catch(() => {}); // it may have arrived all the same
  } finally {
    form.ariaBusy = null;
  }
}

function post(form, button) {
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.append(button.name, button.value);
  return fetch(form.action, {
    method: "POST",
    body: fields,
    headers: BY_SCRIPT,
    redirect: "manual",
    signal: AbortSignal.timeout?.(10_000),
  });
}

async function answered(answer, form) {
  if (answer.type === "opaqueredirect" || answer.status === 401) return goToSignIn();
  if (answer.headers.has(NEXT_PAGE)) return location.assign(answer.headers.get(NEXT_PAGE));
  if (answer.status === 400) return location.reload(); // the page was open for so long that its forms are stale
  if (!showAnswered(answer, await answer.text())) throw new Error(`The form was answered ${answer.status}.`);
  if (answer.ok) form.reset();
}

function sayNotSent() {
  const notice = document.createElement("p");
  notice.className = "notice notice-stopped";
  notice.textContent = inWords("not_sent");
  say(notice);
}
