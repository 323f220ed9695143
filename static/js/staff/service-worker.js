// Shows alerts on a phone. What is pushed are words that name nobody; this adds nothing to them and keeps nothing.

const BOARD = "/staff/";
const ONE_AT_A_TIME = "treetops"; // a later message takes the place of an earlier one

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => event.waitUntil(openBoard(event.notification)));

function show(data) {
  const { words, silent } = read(data);
  return self.registration.showNotification("Treetops", {
    body: words,
    lang: "en-GB",
    tag: ONE_AT_A_TIME,
    renotify: !silent,
    silent,
    requireInteraction: !silent, // it stays until somebody has seen it
  });
}

function read(data) {
  try {
    const { words, silent } = data.json();
    return { words: String(words), silent: silent === true };
  } catch {
    return { words: "Open Treetops.", silent: false };
  }
}

async function openBoard(notification) {
  notification.close();
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const board = windows.find((one) => new URL(one.url).pathname.startsWith(BOARD));
  return board ? board.focus() : self.clients.openWindow(BOARD);
}
