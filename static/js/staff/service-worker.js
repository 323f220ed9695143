// Shows alerts on a phone. What is pushed are words that name nobody; this adds nothing to them and keeps nothing.
// A message that comes twice (its sender was stopped before it could note that it had gone) rings once.

const BOARD = "/staff/";
const ONE_AT_A_TIME = "treetops"; // a later message takes the place of an earlier one

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => event.waitUntil(openBoard(event.notification)));

async function show(data) {
  const { words, silent, id } = read(data);
  const shown = await self.registration.getNotifications({ tag: ONE_AT_A_TIME });
  const again = id !== null && shown.some((one) => one.data === id);
  return self.registration.showNotification("Treetops", {
    body: words,
    lang: "en-GB",
    tag: ONE_AT_A_TIME,
    data: id,
    renotify: !silent && !again,
    silent: silent || again,
    requireInteraction: !silent, // it stays until somebody has seen it
  });
}

function read(data) {
  try {
    const { words, silent, id = null } = data.json();
    return { words: String(words), silent: silent === true, id };
  } catch {
    return { words: "Open Treetops.", silent: false, id: null };
  }
}

async function openBoard(notification) {
  notification.close();
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const board = windows.find((one) => new URL(one.url).pathname.startsWith(BOARD));
  return board ? board.focus() : self.clients.openWindow(BOARD);
}
