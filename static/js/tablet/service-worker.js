// Keeps the tablet's page and its files, so that it opens without the network. The server puts VERSION (a hash of the
// files' contents) and FILES (their addresses) in front of this.
//
// Nothing else is touched: the protocol, pairing and the staff's pages go to the server as if this were not here.

/* global VERSION, FILES */
const CACHE = `treetops-${VERSION}`;
const SOUNDS = "treetops-sounds"; // looked after by sounds.js
const PICTURES = "treetops-pictures"; // looked after by pictures.js
const PICTURE = /^\/tablet\/pictures\/[0-9a-f]+$/;

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => event.data === "take over" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const isOurs = address.origin === self.location.origin;
  const isKept = isOurs && FILES.includes(address.pathname);
  if (event.request.method !== "GET") return;
  if (isKept) event.respondWith(fromCache(event.request, address.pathname));
  else if (isOurs && PICTURE.test(address.pathname)) event.respondWith(pictureFor(event.request, address.pathname));
});

async function keepFiles() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
}

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith("treetops-") && ![CACHE, SOUNDS, PICTURES].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function fromCache(request, path) {
  return (await caches.match(path, { cacheName: CACHE })) ?? fetch(request);
}

async function pictureFor(request, path) {
  return (await caches.match(path, { cacheName: PICTURES })) ?? fetch(request);
}
