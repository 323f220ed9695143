// Lets a phone be alerted: asks for its permission, has its browser subscribe, and sends what it says with the form.

const form = document.getElementById("add-phone");
const cannot = document.getElementById("cannot-phone");
const problem = document.getElementById("phone-problem");
const canPush = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

form.hidden = !canPush;
cannot.hidden = canPush;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  addPhone()
    .catch((error) => say(error.name === "NotAllowedError" ? "refused" : "failed"))
    .finally(() => { form.ariaBusy = null; });
});

async function addPhone() {
  problem.hidden = true;
  if ((await Notification.requestPermission()) !== "granted") return say("refused");
  const worker = await ready(await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.scope }));
  const { endpoint, keys } = (await subscribe(worker.pushManager)).toJSON();
  form.elements.endpoint.value = endpoint;
  form.elements.p256dh.value = keys.p256dh;
  form.elements.auth.value = keys.auth;
  form.submit();
}

/** A subscription made with another key of this server (it was lost, or this is another school) is of no use. */
async function subscribe(manager) {
  const wanted = { userVisibleOnly: true, applicationServerKey: form.dataset.key };
  try {
    return await manager.subscribe(wanted);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    await (await manager.getSubscription())?.unsubscribe();
    return manager.subscribe(wanted);
  }
}

/** The worker once it is active: `serviceWorker.ready` would wait for one that has this page in its scope. */
function ready(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (!worker || registration.active) return registration;
  return new Promise((resolve) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && resolve(registration));
  });
}

function say(what) {
  problem.textContent = problem.dataset[what];
  problem.hidden = false;
  problem.focus();
}
