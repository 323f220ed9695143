// A choice is saved where it is pressed: the page stays where it is, and the preview shows what came of it. Without this
// script the same forms load the page again.

import { morph } from "./morph.js";

const sets = document.getElementById("sets");
const notices = document.getElementById("notices");
const preview = document.getElementById("preview");

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-at-once]");
  if (!form) return;
  event.preventDefault();
  const fresh = await save(form, event.submitter);
  if (!fresh?.getElementById("sets")) return location.reload(); // Signed out meanwhile: the server says what to do.
  morph(notices, fresh.getElementById("notices"), sets);
  morph(sets, fresh.getElementById("sets"), sets);
  const refused = document.getElementById("refused");
  if (refused) refused.scrollIntoView({ block: "center" }); // A fold with fifty pictures is longer than a screen.
  else form.reset(); // What is shown is now what is kept.
  preview?.contentWindow.location.reload();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("form[data-at-once] :is(select, .picks input)")) event.target.form.requestSubmit();
});

async function save(form, button) {
  try {
    const sent = new FormData(form, button);
    const body = form.enctype === "multipart/form-data" ? sent : new URLSearchParams(sent);
    const answer = await fetch(form.action, { method: "POST", body });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}
