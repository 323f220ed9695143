// Keeps the page itself on the tablet, and takes a newer one only while nobody uses it.

const LOOK_EVERY = 60 * 60 * 1000;

let registration = null;
let takingOver = false;
let tookOver = false;

/** Let the service worker keep the page. Without one the tablet works while the server is there.
    `isFree` tells whether nobody is in the middle of anything: a child may come while a newer page takes over. */
export async function keepPage(isFree) {
  if (registration) return;
  try {
    registration = await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  } catch {
    return;
  }
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    tookOver = takingOver;
    if (tookOver && isFree()) location.reload();
  });
  setInterval(() => registration.update().catch(() => {}), LOOK_EVERY);
}

/** Nobody is in the middle of anything: a newer page that is ready may take over. */
export function renewIfReady() {
  if (tookOver) location.reload();
  if (!registration?.waiting) return;
  takingOver = true;
  registration.waiting.postMessage("take over");
}
