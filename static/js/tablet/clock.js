// The server's clock: a tablet's own may be days off, and what a child did would be refused as too old.

const JITTER = 5000; // The server's date has whole seconds, and an answer takes its time.

let ahead = 0;
let isKnown = false;

/** Learn from an answer how far the server's clock is ahead of this tablet's. */
export function hearServerTime(answer) {
  const found = Date.parse(answer.headers.get("Date")) - Date.now();
  if (Math.abs(found - ahead) > JITTER) ahead = found;
  isKnown ||= !Number.isNaN(found);
}

/** Milliseconds by which the server's clock is ahead; null until this page has reached it. */
export const serverAhead = () => (isKnown ? ahead : null);

/** What an entry said of its time, corrected by what was learnt of the clock since; null when that changes nothing. */
export function corrected(said, aheadThen) {
  const change = ahead - (aheadThen ?? 0);
  return change ? new Date(Date.parse(said) + change).toISOString() : null;
}

/** Milliseconds since 1970 on the server's clock. */
export const now = () => Date.now() + ahead;

/** The instant it is now, or was when this tablet's clock said `then`, as the protocol writes it. */
export const instant = (then = Date.now()) => new Date(then + ahead).toISOString();
