// Keeps the page itself on the tablet, and takes a newer one only while nobody uses it.

const LOOK_EVERY = 60 * 60 * 1000;

let registration = null;
let takingOver = false;

/** Let the service worker keep the page. Without one the tablet works while the server is there. */
export async function keepPage() {
  if (registration) return;
  try {
    registration = await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  } catch {
    return;
  }
  navigator.serviceWorker.addEventListener("controllerchange", () => takingOver && location.reload());
  setInterval(() => registration.update().catch(() => {}), LOOK_EVERY);
}

/** Nobody is in the middle of anything: a newer page that is ready may take over. */
export function renewIfReady() {
  if (!registration?.waiting) return;
  takingOver = true;
  registration.waiting.postMessage("take over");
}
