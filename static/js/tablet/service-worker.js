// Keeps the tablet's page and its files, so that it opens without the network. The server puts VERSION (a hash of the
// files' contents) and FILES (their addresses) in front of this.
//
// Nothing else is touched: the protocol, pairing and the staff's pages go to the server as if this were not here.

/* global VERSION, FILES */
const CACHE = `treetops-${VERSION}`;
const SOUNDS = "treetops-sounds"; // looked after by sounds.js

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => event.data === "take over" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const isKept = address.origin === self.location.origin && FILES.includes(address.pathname);
  if (event.request.method === "GET" && isKept) event.respondWith(fromCache(event.request, address.pathname));
});

async function keepFiles() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
}

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith("treetops-") && ![CACHE, SOUNDS].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function fromCache(request, path) {
  return (await caches.match(path, { cacheName: CACHE })) ?? fetch(request);
}
