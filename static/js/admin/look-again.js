/* The page with a pairing code looks again by itself until the tablet has paired or the code is too old.
   Without this script there is a link that does the same. */

const EVERY = 4000;
const shown = document.getElementById("invited");

async function lookAgain() {
  try {
    if (!document.hidden) await show(await fetch(location.href, { cache: "no-store" }));
  } catch {
    // The Wi-Fi is gone for a moment: the next look will tell.
  }
  if (shown.dataset.state === "open") setTimeout(lookAgain, EVERY);
}

async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const news = page.getElementById("invited");
  if (!answer.ok || !news) return;
  if (news.dataset.state === shown.dataset.state) {
    shown.querySelector("[data-left]").textContent = news.querySelector("[data-left]").textContent;
  } else {
    shown.dataset.state = news.dataset.state;
    shown.replaceChildren(...news.childNodes);
  }
}

if (shown?.dataset.state === "open") setTimeout(lookAgain, EVERY);
