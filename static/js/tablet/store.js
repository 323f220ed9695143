// What outlives a reload: two areas in IndexedDB, "kept" and "outbox".
//
// Where the browser refuses storage every call still ends well: nothing is found, and writing answers false. What must
// not be lost until then is held in memory by those who call.

const NAME = "treetops";
const AREAS = ["kept", "outbox"];
const OPENS_WITHIN = 3000; // Some browsers never answer the first time they are asked.

let opening = null;
let wiped = false;

/** Everything in an area, as [key, value] pairs in the order of their keys. */
export async function readAll(area) {
  const database = await open();
  if (!database) return [];
  return attempt(
    new Promise((resolve, reject) => {
      const found = [];
      const cursor = database.transaction(area).objectStore(area).openCursor();
      cursor.onerror = () => reject(cursor.error);
      cursor.onsuccess = () => {
        if (!cursor.result) return resolve(found);
        found.push([cursor.result.key, cursor.result.value]);
        cursor.result.continue();
      };
    }),
    [],
  );
}

/** Whether there is something in a place; null when that cannot be known. */
export async function has(area, key) {
  const database = await open();
  if (!database || wiped) return null;
  return attempt(
    new Promise((resolve, reject) => {
      const count = database.transaction(area).objectStore(area).count(key);
      count.onerror = () => reject(count.error);
      count.onsuccess = () => resolve(count.result > 0);
    }),
    null,
  );
}

/** Ask the browser once not to clear all this away when it needs room. */
export async function keepForGood() {
  await attempt(navigator.storage?.persisted?.().then((isKept) => isKept || navigator.storage.persist()));
}

/** Put a value in its place; true once it is on disk. */
export function write(area, key, value) {
  return change(area, (place) => place.put(value, key));
}

/** Take a value away; true once it is gone from the disk. */
export function erase(area, key) {
  return change(area, (place) => place.delete(key));
}

/** Forget everything, and keep nothing any more until the page is loaded again. */
export async function wipe() {
  const database = await open();
  wiped = true;
  opening = Promise.resolve(null);
  database?.close();
  await attempt(
    new Promise((resolve, reject) => {
      const deletion = indexedDB.deleteDatabase(NAME);
      deletion.onsuccess = resolve;
      deletion.onerror = reject;
    }),
  );
}

async function change(area, work) {
  const database = await open();
  if (!database || wiped) return false;
  return attempt(
    new Promise((resolve, reject) => {
      // Strict: a tap that was kept must survive a battery that dies the second after.
      const transaction = database.transaction(area, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => reject(transaction.error);
      work(transaction.objectStore(area));
      transaction.commit?.(); // At once: a page that is closed the moment after would take an open one with it.
    }),
    false,
  );
}

function open() {
  opening ??= Promise.race([openDatabase(), later(OPENS_WITHIN)]).catch(() => null);
  return opening;
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => AREAS.forEach((area) => asked.result.createObjectStore(area));
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const database = asked.result;
      database.onclose = openAgain; // The browser took it away.
      database.onversionchange = () => {
        database.close(); // Another page of this tablet forgets everything.
        openAgain();
      };
      resolve(database);
    };
  });
}

function openAgain() {
  if (!wiped) opening = null; // by whoever needs it next
}

function later(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null));
}

async function attempt(work, otherwise) {
  try {
    return await work;
  } catch {
    return otherwise;
  }
}
